"""What a file does not say clearly is asked at its place, counts as proposed until answered, and then as answered."""

from datetime import time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from masterplan.plans.importing.document import PlanDocument
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.questions import CellRef, Questions
from smartcity.common.workbooks.reader import WorkbookUnreadable
from tests.masterplan.plans.importing.outlines import outline, read
from tests.masterplan.plans.importing.samples import BOYOLALI, KENDAL, RENSTRA, RPJMD, Sheet, sample, saved, workbook

BOLD, LISTS = sample("office/bold_and_italic").data, sample("office/lists_in_cells").data
HEADS = ["Kode", "Uraian", "Indikator", "Satuan", "Target 2022", "Target 2023", "Pagu 2022 (rupiah)", "OPD"]
TOP: list[list[Any]] = [["1", "Meningkatkan layanan"], ["1.1", "Layanan mudah"], ["1.1.1", "Layanan digital naik"]]


def table(*rows: list[Any], above: str = "", heads: list[Any] | None = None) -> bytes:
    """A nested table with a mission, a goal and an objective on top."""
    book = Workbook()
    sheet = book.active
    sheet.title = "RPJMD"
    sheet["A1"] = above or None
    for number, row in enumerate([heads or HEADS, *rows], 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    return saved(book)


def programs(document: PlanDocument) -> list[str]:
    return [f"{node.code} {node.text}".strip() for node in document.walk() if node.level == "program"]


A, B = ["2.16.03", "Program Aplikasi Informatika"], ["2.16.03", "Program Statistik Sektoral"]


def test_a_ratio_is_a_target_and_nobody_is_asked() -> None:
    document, doubts, _ = read(table(*TOP, [*A, "Rasio dokter", "rasio", "1 : 2.500", "1:2400"]))
    assert "2022=1 : 2.500 2023=1:2400" in outline(document) and doubts.all == []


@pytest.mark.parametrize(
    ("under_excels_hands", "proposed", "others"),
    [
        (time(1, 5), "1:5", []),
        (time(0, 30), "0:30", []),
        (time(2, 30), "2:30", ["1:90"]),
        (timedelta(hours=42, minutes=40), "1:2500", ["42:40"]),
    ],
)
def test_a_ratio_that_excel_made_a_time_of_is_asked_about(
    under_excels_hands: object, proposed: str, others: list[str]
) -> None:
    data = table(*TOP, [*A, "Rasio dokter", "rasio", under_excels_hands])
    document, doubts, _ = read(data)
    [doubt] = doubts.all
    assert "menjadi jam" in doubt.sentence and proposed in doubt.sentence
    assert [value for value, _ in doubt.choices] == [proposed, *others, "-"]
    assert f"2022={proposed}" in outline(document)
    for other in others:
        assert f"2022={other}" in outline(read(data, answers={doubt.key: other})[0])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([time(1, 2), "Program Aplikasi Informatika"], "Excel mengubah kode ini menjadi jam."),
        ([*A, None, None, None, None, time(1, 2)], "Sel ini jam, bukan jumlah rupiah."),
        (["2.16.03", time(1, 2), "Indeks layanan"], "Sel ini jam, padahal kolomnya berisi kata."),
    ],
)
def test_a_time_where_none_can_be_is_named(row: list[Any], said: str) -> None:
    assert said in read(table(*TOP, row))[1].all[0].sentence


def test_a_code_used_twice_must_be_decided() -> None:
    data, key = table(*TOP, A, B), "RPJMD!8:kode"
    _, doubts, _ = read(data)
    assert [doubt.key for doubt in doubts.unanswered] == [key]
    assert "sudah dipakai program lain (lembar RPJMD baris 7)" in doubts.unanswered[0].sentence
    told = {answer: programs(read(data, answers={key: answer})[0]) for answer in ("join", "bare", "skip")}
    first = "2.16.03 Program Aplikasi Informatika"
    assert told == {"join": [first], "bare": [first, "Program Statistik Sektoral"], "skip": [first]}


def test_the_same_program_twice_is_one() -> None:
    document, doubts, _ = read(table(*TOP, A, ["1.1.2", "Layanan lain"], A))
    assert programs(document) == ["2.16.03 Program Aplikasi Informatika"]
    assert doubts.all == []


def test_what_stands_below_nothing_is_named_and_may_be_hung() -> None:
    data = table(["1.1.1", "Sasaran tanpa tujuan"], *TOP[:2])
    document, doubts, _ = read(data)
    assert [(doubt.ref.cell, doubt.current) for doubt in doubts.all] == [("B4", "")]
    assert "tidak berada di bawah tujuan mana pun" in doubts.all[0].sentence
    assert outline(document) == "mission 1 Meningkatkan layanan\n  goal 1.1 Layanan mudah"
    late = table(*TOP[:2], ["2", "Misi lain"], ["2.1.1", "Sasaran tanpa tujuan"])
    key = "RPJMD!7:induk"
    assert [doubt.key for doubt in read(late)[1].unanswered] == [key]
    hung, _, _ = read(late, answers={key: "RPJMD!5:goal"})
    assert "  goal 1.1 Layanan mudah\n    objective 2.1.1 Sasaran tanpa tujuan" in outline(hung)
    loose = table(*TOP[:2], ["9.9.9", "Sasaran lain"], heads=HEADS)
    assert "objective 9.9.9 Sasaran lain" in outline(read(loose)[0]), "in a nested table the row above is the parent"


@pytest.mark.parametrize(("parent", "why"), [("7", "tidak ada di berkas ini"), ("1.1", "tidak dapat menjadi induknya")])
def test_a_parent_that_cannot_be_is_asked(parent: str, why: str) -> None:
    heads = ["Jenjang", "Kode", "Kode induk", "Uraian"]
    rows = [
        ["Misi", "1", None, "Layanan"],
        ["Tujuan", "1.1", "1", "Mudah"],
        ["Program", "2.16.03", parent, "Program A"],
    ]
    document, doubts, _ = read(table(*rows, heads=heads))
    assert why in doubts.unanswered[0].sentence and programs(document) == []


def test_a_parent_that_names_itself_makes_no_circle() -> None:
    heads = ["Jenjang", "Kode", "Kode induk", "Uraian"]
    document, doubts, _ = read(table(["Sasaran", "1.1", "1.1", "Berputar"], ["Tujuan", "1", None, "Atas"], heads=heads))
    assert len(doubts.unanswered) == 1
    assert outline(document) == "goal 1 Atas"


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("RPJMD KABUPATEN SEMARANG TAHUN 2025–2029", True),
        ("RPJMD Kabupaten Semarang 2016 s.d. 2021", True),
        ("RPJMD Kabupaten Semarang Tahun 2021-2026", False),
        ("RPJMD Kabupaten Semarang, program tahun 2022 - 2024", False),
        ("RPJMD Kabupaten Semarang, tahap keempat RPJPD 2005-2025", False),
        ("RPJMD 2021-2026, pengganti RPJMD 2016-2021", False),
    ],
)
def test_a_plan_of_another_period_is_known_by_its_title(title: str, asked: bool) -> None:
    _, doubts, _ = read(table(*TOP, A, above=title))
    assert [doubt.key for doubt in doubts.unanswered] == (["RPJMD:periode"] if asked else [])
    document, answered, _ = read(table(*TOP, A, above=title), answers={"RPJMD:periode": "go_on"})
    assert answered.unanswered == [] and len(programs(document)) == 1


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("RPJMD KOTA SEMARANG, Perda Nomor 6 Tahun 2021", True),
        ("RPJMD Kab. Semarang, Perda Nomor 6 Tahun 2021", False),
        ("RPJMD Kabupaten Semarang, bukan Kota Semarang", False),
        ("Perda Nomor 6 Tahun 2021", False),
    ],
)
def test_a_plan_of_another_place_is_known_by_its_title(title: str, asked: bool) -> None:
    _, doubts, _ = read(table(*TOP, above=title))
    assert [doubt.key for doubt in doubts.unanswered] == (["RPJMD:wilayah"] if asked else [])
    assert read(table(*TOP, above=title), answers={"RPJMD:wilayah": "go_on"})[1].unanswered == []


def test_years_of_another_period_are_left_out_unless_wanted() -> None:
    heads = ["Kode", "Uraian", "Indikator", "Target 2026", "Target 2027"]
    data = table(["1", "Layanan"], ["1.1", "Mudah", "Indeks", "3", "4"], heads=heads)
    assert "2026=3\n" in f"{outline(read(data)[0])}\n"
    assert "2026=3 2027=4" in outline(read(data, answers={"RPJMD:tahun": "go_on"})[0])
    strange = table(["1", "Layanan"], heads=["Kode", "Uraian", "Target 2031", "Target 2032"])
    assert [doubt.key for doubt in read(strange)[1].unanswered] == ["RPJMD:tahun"]


def test_lines_that_do_not_match_are_asked() -> None:
    several = ["1.1", "Mudah", "1. Indeks layanan\n2. Waktu tunggu", "indeks", "3,1"]
    data = table(TOP[0], several)
    assert "* Indeks layanan [indeks] 2022=3,1" in outline(read(data)[0])
    whole = outline(read(data, answers={"RPJMD!C5": "whole"})[0])
    assert "* Indeks layanan Waktu tunggu [indeks] 2022=3,1" in whole
    wrapped = table(TOP[0], ["1.1", "Mudah", "Indeks layanan\npublik", "indeks", "3,1"])
    document, doubts, _ = read(wrapped)
    assert "* Indeks layanan publik [indeks]" in outline(document) and doubts.all == []


def test_an_indicator_written_twice_differently_is_asked() -> None:
    goal = ["1.1", "Mudah", "Indeks layanan", "indeks", "3,1"]
    data = table(TOP[0], goal, [None, None, "Indeks layanan", "indeks", "3,3"])
    document, doubts, _ = read(data)
    assert "target berbeda" in doubts.all[0].sentence and "2022=3,1" in outline(document)
    assert "2022=3,3" in outline(read(data, answers={doubts.all[0].key: "last"})[0])


def test_money_without_a_unit_is_asked_and_counts_as_answered() -> None:
    heads = [*HEADS[:6], "Pagu 2022"]
    data = table(*TOP, [*A, None, None, None, None, 1_250_000], heads=heads)
    document, doubts, _ = read(data)
    assert (doubts.all[0].key, doubts.all[0].proposed) == ("RPJMD:uang", "")
    assert "Rp 2022" not in outline(document), "nothing is stored in a unit that nobody said"
    for unit in ("1000", "1000000"):
        told = outline(read(data, answers={"RPJMD:uang": unit})[0])
        assert f"Rp 2022={1_250_000 * int(unit)}\n" in f"{told}\n"
    assert "Rp 2022=1250000\n" in f"{outline(read(data, answers={'RPJMD:uang': '1'})[0])}\n"


@pytest.mark.parametrize(
    ("head", "amounts", "proposed"),
    [
        ("Pagu 2022", [1_250_000_000, 80_500_000_000], "1"),
        ("Pagu 2022", [1_250_123_456, 80_500_654_321], ""),
        ("Pagu 2022", [1_250_000, 80_500_000], ""),
        ("Pagu 2022 (Rp)", [1_250_000, 80_500_000], "1"),
        ("Pagu 2022 (Rp)", [1_250, 80_500], ""),
        ("Pagu 2022 (Rp)", [1.25, 80.5], ""),
    ],
)
def test_rupiah_is_proposed_on_evidence_only(head: str, amounts: list[float], proposed: str) -> None:
    rows = [[f"2.16.{n:02}", f"Program {n}", *[None] * 4, amount] for n, amount in enumerate(amounts, 2)]
    document, doubts, _ = read(table(*TOP, *rows, heads=[*HEADS[:6], head]))
    assert [(doubt.key, doubt.proposed) for doubt in doubts.all] == [("RPJMD:uang", proposed)]
    assert any(node.ceilings for node in document.walk()) == bool(proposed)


@pytest.mark.parametrize(
    ("money", "said"), [(-5, "kurang dari nol"), (1e16, "15 angka"), ("entah", "tidak terbaca"), (10.5, "sen")]
)
def test_money_that_is_none_is_named(money: Any, said: str) -> None:
    document, doubts, _ = read(table(*TOP, [*A, None, None, None, None, money]))
    assert [doubt.ref.cell for doubt in doubts.all] == ["G7"] and said in doubts.all[0].sentence
    assert ("Rp 2022=11" in outline(document)) == (money == 10.5)


def test_an_unknown_agency_is_asked_once_for_all_rows() -> None:
    rows = [[f"2.16.{n:02}", f"Program {n}", None, None, None, None, None, "Dinas Antariksa"] for n in range(2, 9)]
    _, doubts, _ = read(table(*TOP, *rows))
    assert [(doubt.key, doubt.places, doubt.proposed) for doubt in doubts.all] == [("opd:dinas antariksa", 7, "-")]
    answered, _, _ = read(table(*TOP, *rows), answers={"opd:dinas antariksa": "5"})
    assert {node.agency for node in answered.walk() if node.level == "program"} == {5}
    unheard_of, _, _ = read(table(*TOP, *rows), answers={"opd:dinas antariksa": "999"})
    assert {node.agency for node in unheard_of.walk() if node.level == "program"} == {None}


def test_an_agency_that_ended_is_named_with_who_came_after() -> None:
    data = table(*TOP, [*A, None, None, None, None, None, "Barenlitbangda"])
    document, doubts, _ = read(data)
    assert "sudah tidak ada. Penggantinya Badan Perencanaan Pembangunan, Riset" in doubts.all[0].sentence
    assert "@4" in outline(document) and "@3" in outline(read(data, answers={"opd:4": "3"})[0])


def test_a_wrong_nomenclature_code_is_named() -> None:
    _, doubts, _ = read(table(*TOP, ["1.1.1.9", "Program Aplikasi"]))
    assert doubts.all == [], "the order of the plan's own codes says that this is a strategy"
    heads = ["Jenjang", "Kode", "Uraian"]
    rows = [["Program", "2.16.03", "Program A"], ["Kegiatan", "2.17.03.2.01", "Kegiatan A"], ["Program", "16", "B"]]
    _, doubts, _ = read(table(*rows, heads=heads), RENSTRA)
    assert [doubt.sentence for doubt in doubts.all] == [
        "Kode 2.17.03.2.01 tidak berada di bawah kode 2.16.03.",
        "Kode 16 bukan kode nomenklatur program, misalnya 2.16.03.",
    ]


def test_what_a_person_says_of_a_column_counts() -> None:
    def corrected(tables: Any) -> None:
        column = next(each for each in tables[0].columns if each.head == "Kolom X")
        assert column.role == roles.IGNORED
        column.role = "target:2024"

    heads = [*HEADS[:4], "Kolom X"]
    document, _, _ = read(table(*TOP[:1], ["1.1", "Mudah", "Indeks", "nilai", "80"], heads=heads), change=corrected)
    assert "2024=80" in outline(document)


def test_a_sheet_without_a_table_holds_nothing() -> None:
    book = Workbook()
    book.active["A1"] = "Hanya catatan"
    document, doubts, tables = read(saved(book))
    assert (tables, document.nodes, doubts.all) == ([], [], [])


@pytest.mark.parametrize("level", ["activity", "mission"])
def test_levels_that_the_plan_does_not_have_are_passed_over_and_told(level: str) -> None:
    setting, label = (RPJMD, "Kegiatan") if level == "activity" else (RENSTRA, "Misi")
    heads = ["MISI", "TUJUAN", "SASARAN", "PROGRAM", "KEGIATAN"]
    document, _, _ = read(table(["M", "T", "S", "P", "K"], ["M", "T", "S", "P", "L"], heads=heads), setting)
    assert level not in {node.level for node in document.walk()}
    assert any(note.startswith(f"{label} tidak ada pada jenis dokumen ini") for note in document.notes)
    assert [node.text for node in document.walk()] == (["M", "T", "S", "P"] if setting is RPJMD else list("TSPKL"))


def test_what_is_hidden_is_left_out_when_somebody_says_so() -> None:
    key = "Renstra DLH:tersembunyi"
    answers = {f"{key}:kolom": "drop", f"{key}:baris": "drop"}
    document, doubts, _ = read(BOLD, BOYOLALI, answers)
    assert {"Kolom H", "Baris 8"} == {" ".join(doubt.sentence.split()[:2]) for doubt in doubts.all[:2]}
    assert "Peran Serta" not in outline(document) and " 2023=2345678000" not in outline(document)
    assert "Peran Serta" in outline(read(BOLD, BOYOLALI)[0])


def test_levels_seen_in_bold_may_be_refused() -> None:
    document, _, _ = read(BOLD, BOYOLALI, {"Renstra DLH:tampilan": "even"})
    assert {node.level for node in document.walk()} == {"program"}


def test_rows_that_nothing_sets_apart_are_asked_about_once() -> None:
    heads = ["Program/Kegiatan", "Indikator", "Target 2022"]
    rows = [["Program Jalan", "Jalan mantap", 80], ["Pelebaran ruas", "Ruas", 3], ["Pemeliharaan ruas", "Ruas", 9]]
    document, doubts, _ = read(table(*rows, heads=heads), RENSTRA)
    assert [(doubt.key, doubt.proposed, doubt.places) for doubt in doubts.all] == [("RPJMD:sejenjang", "program", 2)]
    assert len(programs(document)) == 3
    told, _, _ = read(table(*rows, heads=heads), RENSTRA, {"RPJMD:sejenjang": "activity"})
    assert [node.level for node in told.walk()] == ["program", "activity", "activity"]


@pytest.mark.parametrize(
    ("unit", "amounts", "answer", "stored"),
    [
        ("ribu", [500_000, 600_000, 1_234_567_000], "1234567000", 1_234_567_000),
        ("ribu", [500_000, 600_000, "Rp 900.000.000,-"], "full", 900_000_000),
        ("ribu", [500_000, 600_000, "Rp 900.000.000,-"], "counted", 900_000_000_000),
        ("juta", [1_250, "1.250,5", 3_000_000_000], "3000000000", 3_000_000_000),
    ],
)
def test_money_in_another_unit_than_its_column_is_asked(
    unit: str, amounts: list[Any], answer: str, stored: int
) -> None:
    heads = [*HEADS[:6], f"Pagu 2022 (Rp {unit})"]
    rows = [[f"2.16.{n:02}", f"Program {n}", *[None] * 4, amount] for n, amount in enumerate(amounts, 2)]
    document, doubts, _ = read(table(*TOP, *rows, heads=heads))
    last = [node for node in document.walk() if node.level == "program"][-1]
    assert [doubt.ref.cell for doubt in doubts.all] == ["G9"]
    assert last.ceilings == ({} if doubts.unanswered else {2022: stored})
    answered, doubts, _ = read(table(*TOP, *rows, heads=heads), answers={doubts.all[0].key: answer})
    assert doubts.unanswered == []
    assert [node for node in answered.walk() if node.level == "program"][-1].ceilings == {2022: stored}


def test_a_heading_in_capitals_may_be_a_program_after_all() -> None:
    heads = ["Program", "Indikator", "Target 2022"]
    rows = [["KESEHATAN"], ["Program Upaya Kesehatan", "Cakupan", 80]]
    document, doubts, _ = read(table(*rows, heads=heads))
    assert [(doubt.key, doubt.proposed) for doubt in doubts.all] == [("RPJMD!4:judul", "skip")]
    assert programs(document) == ["Program Upaya Kesehatan"]
    assert programs(read(table(*rows, heads=heads), answers={"RPJMD!4:judul": "node"})[0])[0] == "KESEHATAN"


def test_several_of_a_level_in_a_cell_may_be_one() -> None:
    key = "Bab VI!D6:butir"
    several, one = (outline(read(LISTS, KENDAL, {key: answer})[0]) for answer in ("several", "one"))
    assert "strategy Penguatan SAKIP\n" in several and "strategy 1 Penguatan SAKIP 2. Penguatan pengawasan" in one


def test_a_program_right_below_a_mission_may_be_hung_below_its_objective() -> None:
    key, objective = "Program:program:Bab VI!9:mission", "Bab VI!9:objective"
    document, _, _ = read(LISTS, KENDAL, {key: objective})
    found = next(node for node in document.walk() if node.code == "5.02.02")
    assert found.parent and found.parent.text == "Tumbuhnya UMKM"


@pytest.mark.parametrize(
    ("written", "grade"), [("WTP", True), ("Sangat Baik", True), ("BB", True), ("menyesuaikan kebutuhan", False)]
)
def test_words_for_a_target_are_a_known_grade_or_are_named(written: str, grade: bool) -> None:
    data = table(TOP[0], ["1.1", "Mudah", "Indeks layanan", "indeks", written, written])
    document, doubts, _ = read(data)
    assert f"2022={written}" in outline(document)
    assert [(doubt.key, doubt.places) for doubt in doubts.all] == ([] if grade else [(f"predikat:{written}", 2)])


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Sasaran Strategis", "level:objective"),
        ("Strategi", "level:strategy"),
        ("Perangkat Daerah / Program", "level:program"),
        ("Perangkat Daerah Penanggung Jawab Program", "agency"),
        ("Unit Kerja Perangkat Daerah", "agency"),
        ("Kondisi Kinerja pada Akhir Periode Renstra Perangkat Daerah Rp", ""),
    ],
)
def test_a_head_names_what_its_column_is_about(head: str, role: str) -> None:
    assert roles.guess([head]) == role


def test_names_beside_their_level_are_read_under_a_bare_head() -> None:
    heads = ["Tingkat", "Nama", "Indikator", "Target 2022"]
    rows = [heads, ["MISI 1", "Meningkatkan layanan"], ["Tujuan 1", "Layanan mudah"]]
    document, _, _ = read(workbook(Sheet("A", dict(enumerate(rows, 1)))))
    assert outline(document) == "mission Meningkatkan layanan\n  goal Layanan mudah"


def test_lines_between_the_rows_name_the_agency_of_those_below() -> None:
    heads = ["Kode", "Program", "Indikator", "Target 2022", "Pagu 2022 (Rp ribu)"]
    others = ["2.16.02", "Program Lain", "Media", 5, 6_000]
    lines = [["Perangkat Daerah : Dinas Pariwisata"], [*A, "Layanan", 4, 5_000], ["OPD: Diskominfo"], others]
    document, doubts, _ = read(table(*lines, heads=heads))
    assert [(node.code, node.agency) for node in document.walk()] == [("2.16.03", 5), ("2.16.02", 1)]
    assert doubts.all == []


def test_a_sheet_of_very_many_tables_is_refused_with_what_to_do() -> None:
    one, other = ["Kode", "Program", "Indikator", "Satuan"], ["Misi", "Tujuan", "Sasaran", "Target 2022"]
    rows = [row for _ in range(10) for row in (one, ["2.16.03", "Program A"], other, ["Misi 1: Layanan", "Mudah"])]
    with pytest.raises(WorkbookUnreadable, match="lebih dari 12 tabel"):
        read(workbook(Sheet("Banyak", dict(enumerate(rows, 1)))))


def test_what_is_left_out_is_told() -> None:
    above = "Misi 1: Meningkatkan layanan"
    heads = ["Kode", "Program", "Indikator", "Pagu 2022 (Rp ribu)", "OPD"]
    rows = [[*A, "Layanan", 5_000, "Diskominfo"], [*A, "Aplikasi", None, "Dinas Pariwisata"]]
    told, _, _ = read(table(*rows, heads=heads))
    assert [note.partition(" ditulis")[0] for note in told.notes] == ["2.16.03 Program Aplikasi Informatika"]
    listed = workbook(Sheet("A", {1: [above], 2: ["Misi 2: Menjaga alam"], 4: heads, 5: rows[0]}))
    document, _, _ = read(listed)
    assert "menyebut beberapa misi, jadi tidak dibaca" in document.notes[0]
    assert [node.level for node in document.walk()] == ["program"]


@pytest.mark.parametrize(("asked", "counts"), [({}, "a"), ({"x": "Ini?"}, "a"), ({"x": "Bukan ini?"}, "b")])
def test_an_answer_is_to_the_question_that_was_asked(asked: dict[str, str], counts: str) -> None:
    doubts = Questions({"x": "a"}, asked)
    assert doubts.ask(CellRef("RPJMD", 5, 3), "Ini?", [("a", "A"), ("b", "B")], "b", "x") == counts
