"""Two editions compared: every answer, every table, in words and in figures; and what is the same is not told."""

from collections.abc import Callable
from copy import deepcopy
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masterplan.books.blueprint import book_parts
from masterplan.books.render import render_part
from masterplan.editions.comparison.blocks import ANALYSES, INITIATIVES, PLACE, PLAN, PROGRAMS, SECTIONS
from masterplan.editions.comparison.compare import ChangedItem, compare
from masterplan.editions.comparison.differences import ChangeKind, NumberChange, Text, amounts, matched, targets
from masterplan.editions.outline import default_outline
from masterplan.editions.outline.tree import place_texts
from masterplan.registry import FIELDS, SIMPLE
from smartcity.press.parts import Heading
from tests.masterplan.books.plan_content import generate, generate_300

Content = dict[str, Any]
Change = Callable[[Content], object]
PROOF = {"title": "Surat", "placement": "annex", "sha256": "a" * 64, "kind": "pdf", "kind_label": "PDF", "size": 9,
         "fingerprint": "3FA2-91C0", "image": None}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    """A plan with a dozen initiatives, one of them with evidence."""
    made = generate(12)
    for number, row in enumerate(made["initiatives"]):
        row["evidence"] = [PROOF] if number == 1 else []
    return made


def changed(content: Content, change: Change) -> Content:
    """A copy in which `change` has been made."""
    copy = deepcopy(content)
    change(copy)
    return copy


def only(content: Content, change: Change) -> ChangedItem:
    """The one thing that is different after `change`."""
    groups = compare(content, changed(content, change)).groups
    assert [len(group.items) for group in groups] == [1]
    return groups[0].items[0]


def words(item: ChangedItem) -> list[tuple[str, str, str, str, str]]:
    """Each text that is different: answer, row, column, before, after."""
    return [
        (answer.key, row.name, text.label, text.before, text.after)
        for answer in item.answers
        for row in answer.rows
        for text in row.texts
    ]


def figures(item: ChangedItem) -> list[NumberChange]:
    """Each figure that is different."""
    return [figure for answer in item.answers for row in answer.rows for figure in row.figures]


def fates(item: ChangedItem) -> list[tuple[str, str, str]]:
    """Each row that is different: answer, row, what became of it."""
    return [(answer.key, row.name, row.change) for answer in item.answers for row in answer.rows]


# Nothing, everything -------------------------------------------------------------------------------------------------


def test_the_same_content_has_no_differences(content: Content) -> None:
    found = compare(content, deepcopy(content))
    assert (found.count, found.groups, found.unchanged) == (0, (), 12)


def test_a_new_number_or_day_is_no_difference(content: Content) -> None:
    later = changed(content, lambda c: c["edition"].update(number=9, date="2027-01-01", label="Lain"))
    assert compare(content, later).count == 0


@pytest.mark.parametrize("key", FIELDS)
def test_every_answer_is_compared(content: Content, key: str) -> None:
    """Emptied, or in an edition from before it was asked, each is found under its own key in the words of the form."""
    row = next(r for r in content["initiatives"] if r.get(key) or r.get(f"{key}_label"))
    place = content["initiatives"].index(row)

    def clear(copy: Content) -> None:
        copy["initiatives"][place][key] = FIELDS[key].empty
        if f"{key}_label" in row:
            copy["initiatives"][place][f"{key}_label"] = ""

    def forget(copy: Content) -> None:
        for each in (key, f"{key}_label"):
            copy["initiatives"][place].pop(each, None)

    cleared = only(content, clear).answers
    assert [(answer.key, answer.label) for answer in cleared] == [(key, FIELDS[key].label)]
    if FIELDS[key].kind in SIMPLE:
        assert only(content, forget).answers == cleared, "an edition that did not know the question"


def test_an_answer_nobody_has_words_for_is_found_all_the_same(content: Content) -> None:
    item = only(content, lambda c: c["initiatives"][0].update(new_question="Ya"))
    assert words(item) == [("new_question", "", "", "", "Ya")]


# Initiatives ---------------------------------------------------------------------------------------------------------


def test_added_and_removed_initiatives(content: Content) -> None:
    fewer = changed(content, lambda c: c["initiatives"].pop(3))
    gone = content["initiatives"][3]
    removed, added = compare(content, fewer), compare(fewer, content)
    assert (removed.removed, removed.added, removed.changed, removed.unchanged) == (1, 0, 0, 11)
    assert (added.removed, added.added, added.changed, added.unchanged) == (0, 1, 0, 11)
    assert (removed.initiatives[0].code, removed.initiatives[0].anchor) == (gone["code"], "")
    assert added.initiatives[0].anchor == gone["id"]
    total = removed.initiatives[0].budget
    assert total is not None
    assert total.difference == f"-{total.before}"


def test_text_is_told_word_by_word(content: Content) -> None:
    content = changed(content, lambda c: c["initiatives"][0].update(risk="Listrik padam di loket kota"))
    item = only(content, lambda c: c["initiatives"][0].update(risk="Listrik padam di kantor kota"))
    text = item.answers[0].rows[0].texts[0]
    assert text.words == (
        ("same", "Listrik padam di "), ("del", "loket"), ("ins", "kantor"), ("same", " kota"),
    )  # fmt: skip


def test_long_passages_that_stayed_are_shortened() -> None:
    long = " ".join(f"kata{number}" for number in range(100))
    found = Text("", f"{long} lama {long}", f"{long} baru {long}").words
    assert [change for change, _ in found] == ["same", "del", "ins", "same"]
    assert found[0][1].startswith("… kata9")
    assert found[3][1].endswith("kata8 …")


def test_money_is_told_by_year_with_its_difference(content: Content) -> None:
    budgets = [{"source": "apbd_regency", "source_label": "APBD", "amounts": {"2023": 100_000_000, "2024": 5}}]
    content = changed(content, lambda c: c["initiatives"][0].update(budgets=budgets))
    item = only(content, lambda c: c["initiatives"][0]["budgets"][0].update(amounts={"2023": 150_000_000, "2025": 7}))
    assert figures(item) == [
        NumberChange("2023", "Rp100.000.000", "Rp150.000.000", "+Rp50.000.000"),
        NumberChange("2024", "Rp5", "-", "-Rp5"),
        NumberChange("2025", "-", "Rp7", "+Rp7"),
    ]
    assert item.budget == NumberChange("", "Rp100.000.005", "Rp150.000.007", "+Rp50.000.002")


def test_targets_are_told_by_year_with_their_difference(content: Content) -> None:
    def indicators(**targets: str) -> list[Content]:
        row = {"kind": "output", "kind_label": "Keluaran", "name": "Loket", "unit": "loket", "baseline": "1"}
        years = {year.strip("y"): text for year, text in targets.items()}
        return [row | {"direction": "up", "end_condition": "9", "targets": years}]

    before = indicators(y2023="10,5", y2024="70-75", y2025="3")
    content = changed(content, lambda c: c["initiatives"][0].update(indicators=before))
    after = indicators(y2023="12", y2024="80", y2025="3")
    item = only(content, lambda c: c["initiatives"][0].update(indicators=after))
    assert figures(item) == [
        NumberChange("Target 2023", "10,5", "12", "+1,5 loket"),
        NumberChange("Target 2024", "70-75", "80", "-"),
    ]


def test_rows_that_were_renamed_moved_added_and_removed(content: Content) -> None:
    def activity(name: str, **more: Any) -> Content:
        return {"name": name, "start": "2023-01-01", "end": "2023-06-30", "output": "", **more}

    old = [activity("Pemasangan kode QR di tiga loket"), activity("Pelatihan"), activity("Evaluasi")]
    new = [activity("Evaluasi"), activity("Pemasangan kode QR di lima loket"), activity("Sosialisasi", output="Acara")]
    content = changed(content, lambda c: c["initiatives"][0].update(activities=old))
    item = only(content, lambda c: c["initiatives"][0].update(activities=new))
    assert fates(item) == [
        ("activities", "Pemasangan kode QR di lima loket", ChangeKind.CHANGED),
        ("activities", "Sosialisasi", ChangeKind.ADDED),
        ("activities", "Pelatihan", ChangeKind.REMOVED),
    ]
    assert words(item)[0][2:] == ("Nama", "Pemasangan kode QR di tiga loket", "Pemasangan kode QR di lima loket")
    assert ("activities", "Sosialisasi", "Keluaran", "", "Acara") in words(item)


def test_links_and_evidence(content: Content) -> None:
    place, row = next((n, r) for n, r in enumerate(content["initiatives"]) if r["links"])
    link = row["links"][0]
    item = only(content, lambda c: c["initiatives"][place]["links"][0].update(state="rejected", state_label="Ditolak"))
    assert figures(item) == [NumberChange("Keadaan", link["state_label"], "Ditolak", "-")]
    gone = only(content, lambda c: c["initiatives"][place]["links"].pop(0))
    assert fates(gone)[0][2] == ChangeKind.REMOVED
    assert fates(gone)[0][1].startswith(f"{link['element_code']} {link['element_text']}")
    new = only(content, lambda c: c["initiatives"][place]["evidence"].append(PROOF | {"sha256": "b" * 64}))
    assert fates(new) == [("evidence", "Surat", ChangeKind.ADDED)]


def test_an_agency_that_was_renamed_is_told_once(content: Content) -> None:
    item = only(content, lambda c: c["agencies"][0].update(name="Badan Baru"))
    assert words(item)[0][2:] == ("", content["agencies"][0]["name"], "Badan Baru")


def test_agencies_that_were_joined(content: Content) -> None:
    """Initiatives go to another agency, told by the names each edition knew."""
    first, second = content["agencies"][:2]

    def join(copy: Content) -> None:
        copy["agencies"] = [a for a in copy["agencies"] if a["id"] != first["id"]]
        for row in copy["initiatives"]:
            row["lead_agency"] = second["id"] if row["lead_agency"] == first["id"] else row["lead_agency"]

    content = changed(content, lambda c: c["initiatives"][0].update(lead_agency=first["id"]))
    found = compare(content, changed(content, join))
    led = [answer for item in found.initiatives for answer in item.answers if answer.key == "lead_agency"]
    told = {figure for answer in led for row in answer.rows for figure in row.figures}
    assert told == {NumberChange("", first["name"], second["name"], "-")}
    assert [item.change for group in found.groups if group.kind == PLACE for item in group.items] == [
        ChangeKind.REMOVED
    ]


# Texts and outline ---------------------------------------------------------------------------------------------------


def outlined(content: Content) -> Content:
    """The content with the outline that its plan would have stored."""
    trees = {
        book: place_texts(default_outline(book, content["dimensions"]), content["sections"] if book == "buku-2" else ())
        for book in ("buku-1", "buku-2", "buku-3")
    }
    return changed(content, lambda c: c.update(outline=trees))


def below(content: Content, key: str, book: str = "buku-2") -> list[Content]:
    """The rows below a chapter of the outline."""
    return next(row["children"] for row in content["outline"][book] if row["key"] == key)


def told(content: Content, change: Change) -> list[tuple[str, str, ChangeKind, list[NumberChange]]]:
    """Heading, title, fate and figures of each thing that is different."""
    groups = compare(content, changed(content, change)).groups
    return [(group.title, item.title, item.change, figures(item)) for group in groups for item in group.items]


def test_an_outline_that_nobody_touched_is_no_difference(content: Content) -> None:
    assert compare(content, outlined(content)).count == 0
    assert compare(outlined(content), content).count == 0


def test_a_place_that_moved_is_told_once_and_its_neighbours_are_not(content: Content) -> None:
    def up(copy: Content) -> None:
        rows = below(copy, "pendahuluan")
        rows.insert(0, rows.pop(3))

    where = NumberChange("", "Pendahuluan, urutan ke-4", "Pendahuluan, urutan ke-1", "-")
    assert told(outlined(content), up) == [("Buku 2, Pendahuluan", "Dasar hukum", ChangeKind.CHANGED, [where])]

    def elsewhere(copy: Content) -> None:
        below(copy, "peta-jalan").append(below(copy, "rencana-aksi").pop(0))

    where = NumberChange("", "Rencana Aksi, urutan ke-1", "Peta Jalan, urutan ke-4", "-")
    found = told(outlined(content), elsewhere)
    assert found == [("Buku 2, Peta Jalan", "Kebijakan dan kelembagaan", ChangeKind.CHANGED, [where])]


def test_a_chapter_that_is_left_out_goes_with_what_is_in_it(content: Content) -> None:
    def leave_out(copy: Content) -> None:
        next(row for row in copy["outline"]["buku-2"] if row["key"] == "penutup")["included"] = False

    found = told(outlined(content), leave_out)
    assert {(heading, fate) for heading, _, fate, _ in found} == {("Buku 2, Penutup", ChangeKind.REMOVED)}
    assert [title for _, title, _, _ in found] == ["Penutup", "Pemantauan dan evaluasi", "Penutup"]


def test_a_new_chapter_stands_under_itself_and_an_annex_under_annexes(content: Content) -> None:
    def add(copy: Content) -> None:
        for key, title in (("tambahan-1", "Kerja sama"), ("lampiran.tambahan-2", "Peta")):
            copy["sections"][key] = {"title": title, "lead": "", "body": ""}
            chapters = sum("." not in row["key"] for row in copy["outline"]["buku-2"])
            copy["outline"]["buku-2"].insert(chapters, {"key": key, "included": True, "children": []})

    assert told(outlined(content), add) == [
        ("Buku 2, Kerja sama", "Kerja sama", ChangeKind.ADDED, []),
        ("Buku 2, Lampiran", "Peta", ChangeKind.ADDED, []),
    ]


def test_a_renamed_chapter_holds_its_sections_under_its_new_name(content: Content) -> None:
    def rename(copy: Content) -> None:
        copy["sections"]["visi"] = {"title": "Visi Bersama", "lead": "Pembuka lain.", "body": ""}
        copy["sections"]["visi.visi-misi"]["body"] = "Naskah lain."

    found = compare(outlined(content), changed(outlined(content), rename))
    assert [(group.title, len(group.items)) for group in found.groups] == [("Buku 2, Visi Bersama", 2)]
    assert [text[0] for text in words(found.groups[0].items[0])] == ["title", "lead"]


def test_marks_are_no_words(content: Content) -> None:
    def write(body: str) -> Change:
        return lambda c: c["sections"]["visi.visi-misi"].update(body=body)

    content = changed(content, write("Satu kata.\n\n- butir"))
    item = only(content, write("**Satu** kata.\n\n- butir\n- butir lain"))
    assert words(item)[0][3:] == ("Satu kata.\n\n\u2022 butir", "Satu kata.\n\n\u2022 butir\n\u2022 butir lain")
    looks = only(content, write("**Satu kata.**\n\n- butir"))
    assert [row[1][:26] for row in fates(looks)] == ["Hanya bentuk tulisannya ya"]


# Analyses ------------------------------------------------------------------------------------------------------------

CELL = {
    "aspect": "digital",
    "group": "infrastruktur",
    "group_label": "Infrastruktur",
    "label": "Digital",
} | dict.fromkeys(("condition", "score", "evidence", "problem", "recommendation"), "")
GAP = {"id": "ks-1", "dimension": "GO", "sub_dimension": "public_service", "indicator": "Layanan daring", "unsent": 0} | {
    "ideal": "Semua daring", "existing": "120 layanan", "gap": "30 layanan", "cause": "", "response": "",
    "initiatives": [],
}  # fmt: skip


def point(number: str, text: str) -> Content:
    return {
        "number": number, "kind": number[0], "kind_label": "Kekuatan" if number[0] == "S" else "Peluang",
        "aspect": "structure", "aspect_label": "Struktur", "dimension": None, "text": text,
    }  # fmt: skip


@pytest.fixture
def analysed(content: Content) -> Content:
    strategy = {"number": "SO1", "kind": "SO", "kind_label": "Kekuatan dan peluang", "text": "Pertemukan keduanya."}
    swot = {
        "kinds": [],
        "items": [point("S1", "Bupati mendukung"), point("S2", "Jaringan luas"), point("O1", "Jalan tol baru")],
        "strategies": [strategy | {"items": ["S2", "O1"]}],
    }
    return changed(
        content,
        lambda c: c.update(readiness={"scale": ["Baik", "Sedang", "Kurang"], "cells": [CELL]}, gaps=[GAP], swot=swot),
    )


def test_a_judgement_is_told_in_steps_of_the_scale(analysed: Content) -> None:
    poor = changed(analysed, lambda c: c["readiness"]["cells"][0].update(score="Kurang"))
    item = only(poor, lambda c: c["readiness"]["cells"][0].update(score="Baik"))
    assert figures(item) == [NumberChange("", "Kurang", "Baik", "naik 2 tingkat")]
    assert item.title == "Kesiapan infrastruktur: digital"
    assert compare(poor, changed(poor, lambda c: None)).count == 0

    def other_scale(copy: Content) -> None:
        copy["readiness"] = {"scale": ["Siap", "Belum"], "cells": [CELL | {"score": "Siap"}]}

    found = told(poor, other_scale)
    assert found[1][3] == [NumberChange("", "Kurang", "Siap", "-")], "steps of two scales cannot be counted"


def test_analyses_stand_under_their_chapters(analysed: Content) -> None:
    def touch(copy: Content) -> None:
        copy["readiness"]["cells"][0]["condition"] = "Ada."
        copy["gaps"][0]["gap"] = "20 layanan"
        copy["swot"]["items"][0]["text"] = "Bupati sangat mendukung"

    groups = compare(analysed, changed(analysed, touch)).groups
    assert [(group.kind, group.title) for group in groups] == [
        (ANALYSES, "Buku 1, Analisis Kesiapan Daerah"),
        (ANALYSES, "Buku 1, Analisis Gap"),
        (ANALYSES, "Buku 1, SWOT dan Visi Pembangunan Smart City"),
    ]
    assert compare(analysed, changed(analysed, touch)).others[2] == ("Analisis", 3)


def test_what_a_plan_leaves_out_is_not_told(analysed: Content) -> None:
    def left_out(copy: Content) -> None:
        for row in below(copy, "gap", "buku-1"):
            row["included"] = row["key"] != "gap.tabel"

    without = changed(outlined(analysed), left_out)
    assert told(without, lambda c: c["gaps"][0].update(gap="20 layanan")) == []


def test_a_gap_names_the_initiatives_that_came(analysed: Content) -> None:
    first = analysed["initiatives"][0]
    item = only(analysed, lambda c: c["gaps"][0].update(initiatives=[first["id"]], unsent=1))
    assert fates(item)[0] == ("initiatives", f"{first['code']} {first['name']}", ChangeKind.ADDED)
    assert figures(item) == [NumberChange("", "0", "1", "+1 inisiatif")]


def test_points_that_are_only_counted_anew_are_the_same(analysed: Content) -> None:
    """With S1 gone, S2 is S1; the strategy answers the same points as before."""

    def remove(copy: Content) -> None:
        copy["swot"]["items"] = [point("S1", "Jaringan luas"), point("O1", "Jalan tol baru")]
        copy["swot"]["strategies"][0]["items"] = ["S1", "O1"]

    assert [(title, fate) for _, title, fate, _ in told(analysed, remove)] == [("Kekuatan S1", ChangeKind.REMOVED)]

    def other(copy: Content) -> None:
        copy["swot"]["strategies"][0]["items"] = ["S1", "O1"]

    item = only(analysed, other)
    assert fates(item) == [
        ("items", "S1 Bupati mendukung", ChangeKind.ADDED),
        ("items", "S2 Jaringan luas", ChangeKind.REMOVED),
    ]


def test_an_edition_from_before_the_analyses(content: Content, analysed: Content) -> None:
    kinds = {group.title for group in compare(content, analysed).groups}
    assert kinds == {
        "Buku 1, Analisis Kesiapan Daerah",
        "Buku 1, Analisis Gap",
        "Buku 1, SWOT dan Visi Pembangunan Smart City",
    }
    assert compare(analysed, content).count


# The rest of the plan ------------------------------------------------------------------------------------------------


def test_an_agency_that_goes_on_in_another(content: Content) -> None:
    first, second = content["agencies"][:2]
    item = only(content, lambda c: c["agencies"][0].update(successor=second["id"]))
    assert item.title == first["name"]
    assert words(item) == [("successor", "", "", "", second["name"])]


def test_figures_of_the_regency_and_years_of_the_plan(content: Content) -> None:
    item = only(content, lambda c: c["regency"]["facts"][1].update(value="1.088.729"))
    assert figures(item) == [NumberChange("", "1.008.646", "1.088.729", "+80.083 jiwa")]
    item = only(content, lambda c: c["plan"].update(end_year=2028))
    assert figures(item) == [NumberChange("", "2026", "2028", "+2 tahun")]


def test_a_difference_of_percentages_is_one_of_points(content: Content) -> None:
    content = changed(content, lambda c: c["development_plan"]["programs"][0]["indicators"][0].update(baseline="60"))
    item = only(content, lambda c: c["development_plan"]["programs"][0]["indicators"][0].update(baseline="62,5"))
    assert figures(item) == [NumberChange("Kondisi awal", "60", "62,5", "+2,5 poin persen")]


def test_sections_stand_under_their_chapters(content: Content) -> None:
    key = next(iter(content["sections"]))

    def write(copy: Content) -> None:
        copy["sections"][key]["body"] = "Naskah yang lain."
        copy["sections"]["visi.tambahan"] = {"title": "Bagian baru", "body": "Isi."}
        copy["sections"]["lampiran.catatan"] = {"title": "Catatan", "body": "Isi."}

    found = compare(content, changed(content, write))
    assert [(group.kind, group.title) for group in found.groups] == [
        (SECTIONS, "Buku 2, Pendahuluan"),
        (SECTIONS, "Buku 2, Visi Smart City Daerah"),
        (SECTIONS, "Buku 2, Penutup"),
    ]
    assert (found.others[1], found.initiatives) == (("Naskah dan kerangka buku", 3), ())


def test_pictures_of_a_section_are_told_by_caption(content: Content) -> None:
    key = next(iter(content["sections"]))
    picture = {"key": "7", "caption": "Peta jalan", "alt": "Peta", "source": "BPS, 2021", "sha256": "ab", "image": {}}

    def change(copy: Content) -> None:
        copy["sections"][key]["pictures"] = [picture]

    item = only(content, change)
    assert [(answer.key, answer.label) for answer in item.answers] == [("pictures", "Gambar")]
    assert [(row.name, row.change) for answer in item.answers for row in answer.rows] == [
        ("Peta jalan", ChangeKind.ADDED)
    ]


def test_plan_and_programs(content: Content) -> None:
    assert words(only(content, lambda c: c["plan"].update(vision="Visi lain")))[0][4] == "Visi lain"
    program = content["development_plan"]["programs"][0]
    year = next(iter(program["ceilings"]), "2023")
    item = only(content, lambda c: c["development_plan"]["programs"][0]["ceilings"].update({year: 1}))
    assert figures(item)[0].after == "Rp1"
    kinds = [
        compare(content, changed(content, change)).groups[0].kind
        for change in (
            lambda c: c["plan"].update(title="Lain"),
            lambda c: c["development_plan"]["programs"].pop(),
            lambda c: c["districts"].pop(),
            lambda c: c["initiatives"].pop(),
        )
    ]
    assert kinds == [PLAN, PROGRAMS, PLACE, INITIATIVES]


def test_the_sum_of_all_initiatives_by_year(content: Content) -> None:
    def cut(copy: Content) -> None:
        for row in copy["initiatives"]:
            row["budgets"] = []

    *years, total = compare(content, changed(content, cut)).budget
    assert total.label == "Seluruhnya"
    assert total.difference == f"-{total.before}"
    assert [figure.after for figure in years] == ["-"] * len(years)


def test_filters(content: Content) -> None:
    def touch(copy: Content) -> None:
        copy["plan"]["vision"] = "Lain"
        for row in copy["initiatives"]:
            row["risk"] = "Lain sama sekali"

    found = compare(content, changed(content, touch))
    row = content["initiatives"][0]
    whole = found.narrowed()
    by_dimension = found.narrowed(dimension=row["dimension"])
    by_agency = found.narrowed(agency=row["lead_agency"])
    assert whole == found.groups
    assert [group.kind for group in by_dimension] == [INITIATIVES]
    assert {item.code for item in by_dimension[0].items} == {
        each["code"] for each in content["initiatives"] if each["dimension"] == row["dimension"]
    }
    assert {item.code for group in by_agency for item in group.items} == {
        each["code"] for each in content["initiatives"] if each["lead_agency"] == row["lead_agency"]
    }
    assert found.narrowed(dimension="XX") == ()


# Properties ----------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["Kegiatan satu", "Kegiatan dua", "Sosialisasi", "Pelatihan", "Pelatihan lanjutan", ""])
ROWS = st.lists(st.fixed_dictionaries({"name": NAMES, "output": st.sampled_from(["", "Laporan"])}), max_size=6)


@given(ROWS, ROWS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_row_is_matched_exactly_once(before: list[Content], after: list[Content], alike: bool) -> None:
    name = (lambda row: row["name"]) if alike else None
    pairs = list(matched(before, after, key=lambda row: row["name"], name=name))
    assert [new for _, new in pairs if new is not None] == after
    left = [id(old) for old, _ in pairs if old is not None]
    assert sorted(left) == sorted(map(id, before))
    assert all(old is not None or new is not None for old, new in pairs)


@given(ROWS)
@settings(max_examples=50, deadline=None)
def test_a_table_is_the_same_as_itself(rows: list[Content]) -> None:
    assert all(old == new for old, new in matched(rows, deepcopy(rows), key=lambda row: row["name"]))


AMOUNTS = st.dictionaries(st.sampled_from(["2022", "2023", "2024"]), st.integers(0, 10**13), max_size=3)


@given(AMOUNTS, AMOUNTS)
def test_money_that_differs_is_told_and_no_other(before: dict[str, int], after: dict[str, int]) -> None:
    told = {figure.label for figure in amounts(before, after)}
    assert told == {year for year in {*before, *after} if before.get(year) != after.get(year)}


@given(st.dictionaries(st.sampled_from(["2022", "2023"]), st.sampled_from(["", "-", "7", "70-75", "≥ 95", "WTP"])))
def test_any_target_can_be_compared(found: dict[str, str]) -> None:
    assert targets(found, found) == ()
    assert len(targets({}, found)) == len(found)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_no_changed_word_is_left_out(before: str, after: str) -> None:
    found = Text("", before, after).words
    kept = "".join(part for change, part in found if change == "del").split()
    assert all(word in before.split() or word in before for word in kept)
    assert ("".join(part for change, part in found if change != "ins") == before) or any("…" in p for _, p in found)


# The annex -----------------------------------------------------------------------------------------------------------


def annex(content: Content, previous: Content) -> list[Any]:
    parts = book_parts(content, previous=previous)
    return [part for part in parts if part.template.startswith("print/changes")]


def test_the_annex_stands_last_and_is_rendered(content: Content) -> None:
    def change(copy: Content) -> None:
        copy["edition"]["number"] += 1
        copy["initiatives"][0]["risk"] = "Listrik <padam> & gelap"
        gone = copy["initiatives"].pop()
        copy["sections"].pop(next(iter(copy["sections"])), None)
        copy["initiatives"][1]["name"] += f" {gone['code']}"

    newer = changed(content, change)
    parts = annex(newer, content)
    number = parts[0].headings[0].number
    assert parts[0].headings == (Heading(1, parts[0].key, number, "Perubahan sejak edisi sebelumnya"),)
    assert book_parts(newer, previous=content)[-len(parts) :] == tuple(parts)
    html = "".join(render_part(part, content=newer) for part in parts)
    assert "<ins>" in html
    assert "&lt;padam&gt; &amp; gelap" in html
    assert f"edisi {content['edition']['number']}" in html
    assert content["initiatives"][-1]["name"] in html
    keys = [part.key for part in book_parts(newer, previous=content)]
    assert len(keys) == len(set(keys))


def test_a_long_annex_comes_in_several_parts(content: Content) -> None:
    def touch(copy: Content) -> None:
        for row in copy["initiatives"]:
            row["activities"] = [row["activities"][0] | {"name": f"Langkah {n}"} for n in range(40)]

    parts = annex(changed(content, touch), content)
    assert len(parts) > 2
    assert [part.template for part in parts[1:]] == ["print/changes_more.html"] * (len(parts) - 1)
    told = [item.code for part in parts for group in part.context["groups"] for item in group["items"]]
    assert sorted(told) == sorted(row["code"] for row in content["initiatives"])


def test_without_an_edition_before_there_is_no_annex(content: Content) -> None:
    assert not [part for part in book_parts(content) if part.template.startswith("print/changes")]


def test_an_annex_of_nothing_says_so(content: Content) -> None:
    parts = annex(content, deepcopy(content))
    assert len(parts) == 1
    assert "sama dengan edisi sebelumnya" in render_part(parts[0], content=content)


def test_300_initiatives_are_compared_in_no_time() -> None:
    """Generous: on an idle machine it takes a tenth of it."""
    content = generate_300()

    def touch(copy: Content) -> None:
        for row in copy["initiatives"]:
            row["risk"] += " Lain."
            row["budgets"] = row["budgets"][1:]

    newer = changed(content, touch)
    started = perf_counter()
    assert compare(content, newer).changed == 300
    assert perf_counter() - started < 2
