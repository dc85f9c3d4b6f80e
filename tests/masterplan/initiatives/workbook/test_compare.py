"""What a workbook would change: new, changed, removed, absent, wrong, in dispute - and whose it is."""

import json
from datetime import datetime, time
from typing import Any

import pytest

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.initiatives.actions import initiatives
from masterplan.initiatives.workbook.compare import WorkbookComparison
from masterplan.initiatives.workbook.layout import MARK
from masterplan.initiatives.workbook.marked import MOST_MARKED, marked_copy
from masterplan.models import ROW_LIMIT, ChangeSource, Initiative, MasterPlan, SubDimension
from masterplan.registry.reading import read
from smartcity.common.workbooks.reader import WorkbookUnreadable
from tests.factories import make_district, make_initiative, make_master_plan, make_person, make_regency
from tests.masterplan.initiatives.workbook.books import Book, compared, exported, stored, uploaded

PARTNERS = [
    {"kind": "campus", "name": "Universitas Contoh", "contribution": "Pendampingan"},
    {"kind": "media", "name": "Radio Contoh", "contribution": ""},
]


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft with an answer to nearly every question."""
    return make_initiative(plan, agency=agency, by=agency_head, complete=True, partners=PARTNERS)


@pytest.fixture
def book(plan: MasterPlan, draft: Initiative) -> Book:
    """Its workbook."""
    return Book(exported(plan))


def data_of(found: WorkbookComparison) -> dict[str, Any]:
    """What would be stored of the one initiative."""
    assert not found.errors, found.errors
    (entry,) = found.entries
    return entry.data


def faults_of(plan: MasterPlan, user: User, book: Book) -> dict[str, str]:
    """Sentences by sheet and cell."""
    return {f"{f.sheet} {f.cell}": f.sentence for f in compared(plan, user, book.bytes).errors}


# Cells ----------------------------------------------------------------------------------------------------------------


SINGLE_ANSWERS = [
    ("Risiko", "Jaringan lemah", "risk", "Jaringan lemah"),
    ("Risiko", "  baris\r\nkedua ", "risk", "baris\nkedua"),
    ("Risiko", None, "risk", ""),
    ("Jenis aksi", "kebijakan dan kelembagaan", "action_kind", "policy"),
    ("Tahun selesai", 2024, "end_year", 2024),
    ("Tahun selesai", "tahun 2024", "end_year", 2024),
    ("Diusulkan sebagai quick win", "ya", "quick_win", True),
    ("Diusulkan sebagai quick win", True, "quick_win", True),
    ("Kode nomenklatur", 21603, "nomenclature_code", "21603"),
    ("Kode nomenklatur", 123456789012345, "nomenclature_code", "123456789012345"),
    ("Risiko", "Kelas 1E5 dan 1,2E+5 tetap", "risk", "Kelas 1E5 dan 1,2E+5 tetap"),
    ("Risiko", "2E10", "risk", "2E10"),
]


def test_single_answers_are_understood(plan: MasterPlan, book: Book, agency_head: User) -> None:
    as_exported = book.bytes
    tourism = ("Dimensi dan sub-dimensi", "Ekosistem pariwisata", "sub_dimension")
    cases = [*SINGLE_ANSWERS, (*tourism, SubDimension.objects.get(key="tourism").pk)]
    understood = []
    for head, typed, key, _ in cases:
        changed = Book(as_exported).put("Inisiatif", 1, **{head.replace(" ", "_"): typed})
        understood.append((head, typed, key, data_of(compared(plan, agency_head, changed.bytes))[key]))
    assert understood == cases


def test_names_of_places_are_divided_by_semicolons_or_commas(
    plan: MasterPlan, draft: Initiative, agency_head: User
) -> None:
    first, second = make_district(plan.regency), make_district(plan.regency)
    for typed in (
        f"{first.name}; {second.name}",
        f"{second.name},{first.name.upper()}",
        f"{first.name}\n{second.name}",
    ):
        book = Book(exported(plan)).put("Inisiatif", 1, Lokasi_kecamatan=typed)
        assert data_of(compared(plan, agency_head, book.bytes)) == {"districts": sorted([first.pk, second.pk])}


def test_money_is_understood(plan: MasterPlan, book: Book, agency_head: User) -> None:
    cases = {2_000_000: 2_000_000, "450 juta": 450_000_000, "1,25 miliar": 1_250_000_000, 0: 0}
    for typed, amount in cases.items():
        book.put("Anggaran", 1, **{str(plan.start_year): typed})
        (row,) = data_of(compared(plan, agency_head, book.bytes))["budgets"]
        assert row == {"source": "apbd_regency", "amounts": {str(plan.start_year): amount}}, typed


def test_dates_are_understood(plan: MasterPlan, book: Book, agency_head: User) -> None:
    cases = {datetime(2023, 6, 30): "2023-06-30", "31/12/2023": "2023-12-31", "Desember 2023": "2023-12-31"}
    for typed, day in cases.items():
        book.put("Kegiatan", 1, Selesai=typed)
        assert data_of(compared(plan, agency_head, book.bytes))["activities"][0]["end"] == day, typed


def test_targets_are_text_or_numbers(plan: MasterPlan, book: Book, agency_head: User) -> None:
    year = plan.start_year
    book.put("Indikator", 1, **{f"Target_{year}": 99.25, f"Target_{year + 1}": "70-75", "Kondisi_awal": 12})
    row = data_of(compared(plan, agency_head, book.bytes))["indicators"][0]
    assert (row["targets"][str(year)], row["targets"][str(year + 1)], row["baseline"]) == ("99,25", "70-75", "12")


def test_percent_cells_keep_their_sign(plan: MasterPlan, book: Book, agency_head: User) -> None:
    book.put("Indikator", 1, **{f"Target_{plan.start_year}": 0.25})
    sheet = book.book["Indikator"]
    sheet.cell(3, book.place("Indikator", f"Target {plan.start_year}")).number_format = "0%"
    row = data_of(compared(plan, agency_head, book.bytes))["indicators"][0]
    assert row["targets"][str(plan.start_year)] == "25%"


FAULTS = [
    ("Inisiatif", "Nama inisiatif", None, "tidak boleh kosong"),
    ("Inisiatif", "Nama inisiatif", "a" * 121, "batasnya 120"),
    ("Inisiatif", "Risiko", "=RUMUS()", "berisi rumus"),
    ("Inisiatif", "Jenis aksi", "entah", "tidak ada dalam daftar"),
    ("Inisiatif", "Tahun mulai", "kapan-kapan", "empat angka"),
    ("Inisiatif", "Tahun selesai", 1999, "lebih awal"),
    ("Inisiatif", "Risiko", datetime(2026, 1, 2), "menjadi tanggal 2 Januari 2026"),
    ("Inisiatif", "Risiko", time(1, 25), "menjadi jam 1.25"),
    ("Inisiatif", "Lokasi kecamatan", "Negeri Antah", "tidak ada dalam daftar"),
    ("Inisiatif", "Kode", "GO-99", "Kode tidak dapat diubah"),
    ("Inisiatif", "Penanda", "diubah", "Penanda baris ini berubah"),
    ("Anggaran", "2022", -5, "kurang dari nol"),
    ("Anggaran", "2022", 1.5, "rupiah bulat"),
    ("Anggaran", "2022", "99.25", "rupiah bulat"),
    ("Anggaran", "2022", 10**16, "terlalu besar"),
    ("Kegiatan", "Selesai", "31/02/2023", "tidak ada"),
    ("Kegiatan", "Selesai", "1/1/2001", "lebih awal"),
    ("Mitra", "Nama mitra", None, "kosong"),
    ("Mitra", "Hapus", "mungkin", "Tulis ya"),
    ("Quick win", "Nilai: Manfaat", 9, "1 sampai 5"),
    ("Indikator", "Target 2022", "1,250", "Tulis salah satunya"),
    ("Inisiatif", "Kode nomenklatur", 1.23e15, "menjadi 1,23E+15"),
    ("Inisiatif", "Kode nomenklatur", "1.23E15", "format kolom menjadi Teks"),
    ("Inisiatif", "Risiko", " 1,23E+15 ", "menjadi 1,23E+15"),
    ("Mitra", "Nama mitra", 3374011234567890, "menjadi 3,37401123456789E+15"),
    ("Indikator", "Kondisi awal", 2e-9, "menjadi 2E-09"),
]


def test_what_cannot_be_stored_is_said_at_the_cell(plan: MasterPlan, book: Book, agency_head: User) -> None:
    as_exported, wrong = book.bytes, []
    for sheet, head, typed, said in FAULTS:
        changed = Book(as_exported).put(sheet, 1, **{head.replace(" ", "_"): typed})
        found = faults_of(plan, agency_head, changed)
        column = {"Penanda": "Kode"}.get(head, head)
        cell = f"{sheet} {changed.book[sheet].cell(3, changed.place(sheet, column)).coordinate}"
        if list(found) != [cell] or said not in found[cell]:
            wrong.append((sheet, head, typed, found))
    assert wrong == []


def test_a_spelled_control_character_reaches_no_table(plan: MasterPlan, book: Book, agency_head: User) -> None:
    """Excel spells characters by number; PostgreSQL refuses NUL, in texts and in what is said about them."""
    book.put("Inisiatif", 1, Risiko="a_x0000_b_x000B_c", Jenis_aksi="en_x0000_tah")
    job = uploaded(plan, agency_head, book.bytes)
    assert "\\u0000" not in json.dumps(job.result)
    assert job.result["entries"][0]["data"] == {"risk": "ab\nc"}


def test_nonsense_everywhere_is_named_cell_by_cell(plan: MasterPlan, book: Book, agency_head: User) -> None:
    sheet = book.book["Inisiatif"]
    for row in range(4, 250):
        for column in range(4, sheet.max_column + 1):
            sheet.cell(row, column).value = "entah"
    found = compared(plan, agency_head, book.bytes)
    assert len(found.errors) > MOST_MARKED
    copy = Book(marked_copy(plan, found))
    comments = [cell for row in copy.book["Inisiatif"].iter_rows() for cell in row if cell.comment]
    assert len(comments) == MOST_MARKED


# Rows -----------------------------------------------------------------------------------------------------------------


def test_rows_are_added_changed_and_removed(plan: MasterPlan, book: Book, agency_head: User) -> None:
    book.put("Mitra", 1, Perannya="Riset").put("Mitra", 2, Hapus="ya")
    book.put("Mitra", 3, Kode="GO-01", Jenis_mitra="Komunitas", Nama_mitra="Karang taruna")
    found = compared(plan, agency_head, book.bytes)
    assert data_of(found) == {
        "partners": [
            {"kind": "campus", "name": "Universitas Contoh", "contribution": "Riset"},
            {"kind": "community", "name": "Karang taruna", "contribution": ""},
        ]
    }
    assert [(row.state, row.row.number) for row in found.entries[0].rows] == [
        ("changed", 3),
        ("removed", 4),
        ("added", 5),
    ]


def test_nothing_is_removed_by_its_absence(plan: MasterPlan, book: Book, agency_head: User) -> None:
    for sheet in ("Mitra", "Kegiatan"):
        book.book[sheet].delete_rows(3, 50)
    del book.book["Anggaran"]
    book.book["Inisiatif"].delete_cols(book.place("Inisiatif", "Risiko"))
    found = compared(plan, agency_head, book.bytes)
    assert data_of(found) == {}
    assert found.entries[0].absent == 3
    assert any("Anggaran" in note for note in found.notes)
    assert any("Risiko" in note for note in found.notes)


def test_a_row_deleted_from_the_main_sheet_alone_is_told(plan: MasterPlan, book: Book, agency_head: User) -> None:
    """Its other rows are still read and nothing is removed; whoever meant something else learns what to do."""
    book.book["Inisiatif"].delete_rows(3)
    book.put("Mitra", 2, Perannya="Siaran")
    job = uploaded(plan, agency_head, book.bytes)
    (told,) = job.result["notes"]
    assert told.startswith("GO-01 tidak ada lagi di lembar Inisiatif")
    assert "Mitra (baris 3, 4)" in told
    assert "salin kembali baris GO-01" in told
    assert not job.result["faults"]
    assert [row["new"]["contribution"] for row in job.result["entries"][0]["rows"]] == ["Siaran"]


def test_order_of_sheets_rows_and_columns_does_not_matter(plan: MasterPlan, book: Book, agency_head: User) -> None:
    book.book.move_sheet("Inisiatif", 4)
    sheet = book.book["Mitra"]
    first, second = ([cell.value for cell in sheet[row]] for row in (3, 4))
    for column, (one, two) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(3, column).value, sheet.cell(4, column).value = two, one
    main = book.book["Inisiatif"]
    left, right = book.place("Inisiatif", "Risiko"), book.place("Inisiatif", "Mitigasi")
    for row in range(1, 4):
        one, two = main.cell(row, left), main.cell(row, right)
        one.value, two.value = two.value, one.value
    assert data_of(compared(plan, agency_head, book.bytes)) == {}


def test_a_copied_row_and_a_doubled_source_are_refused(plan: MasterPlan, book: Book, agency_head: User) -> None:
    sheet = book.book["Mitra"]
    for cell in sheet[3]:
        sheet.cell(6, cell.column).value = cell.value
    book.put("Anggaran", 2, Kode="GO-01", Sumber_dana="APBD Kabupaten/Kota", **{"2023": 5})
    said = " ".join(faults_of(plan, agency_head, book).values())
    assert "salinan baris 3" in said
    assert "sudah ada di baris lain" in said


def test_a_table_has_no_more_rows_than_the_form(plan: MasterPlan, book: Book, agency_head: User) -> None:
    for number in range(3, ROW_LIMIT + 2):
        book.put("Mitra", number, Kode="GO-01", Jenis_mitra="Media", Nama_mitra=f"Mitra {number}")
    assert f"Paling banyak {ROW_LIMIT} baris" in " ".join(faults_of(plan, agency_head, book).values())


def test_merged_cells_strange_columns_and_doubled_heads_are_named(
    plan: MasterPlan, book: Book, agency_head: User
) -> None:
    main = book.book["Inisiatif"]
    main.cell(1, main.max_column + 1).value = "Catatan saya"
    book.book["Mitra"].merge_cells("E3:E4")
    book.book["Kegiatan"].cell(1, 12).value = "Keluaran"
    found = compared(plan, agency_head, book.bytes)
    said = " ".join(error.sentence for error in found.errors)
    assert "E3:E4 digabung" in said
    assert "dua kali" in said
    assert any("Catatan saya" in note for note in found.notes)


# New initiatives ------------------------------------------------------------------------------------------------------


def test_a_row_without_a_mark_begins_an_initiative(
    plan: MasterPlan, book: Book, agency_head: User, agency: Agency
) -> None:
    book.put("Inisiatif", 2, Kode="BARU-1", Nama_inisiatif="Tiket nontunai", Risiko="Sinyal lemah")
    book.book["Inisiatif"].cell(4, book.place("Inisiatif", "Dimensi dan sub-dimensi")).value = "Ekosistem pariwisata"
    book.put("Mitra", 4, Kode="BARU-1", Jenis_mitra="Media", Nama_mitra="Radio")
    job = stored(plan, agency_head, book.bytes)
    made = Initiative.objects.complete().get(name="Tiket nontunai")
    assert (made.code, made.lead_agency, made.risk) == ("BR-01", agency, "Sinyal lemah")
    assert [partner.name for partner in made.partners.all()] == ["Radio"]
    assert set(made.changes.values_list("source", flat=True)) == {ChangeSource.WORKBOOK}
    assert job.result["stored"] == [{"pk": made.pk, "code": "BR-01", "name": "Tiket nontunai", "is_new": True}]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Nama_inisiatif": "Baru"}, "Isi dimensi dan sub-dimensi"),
        ({"Risiko": "Tanpa nama"}, "Isi nama inisiatif"),
        ({"Kode": "XX-77", "Nama_inisiatif": "Baru"}, "Kode diberikan oleh portal"),
        ({"Kode": "GO-01", "Nama_inisiatif": "Baru"}, "tidak dikenali lagi"),
    ],
)
def test_a_new_initiative_needs_its_first_answers(
    plan: MasterPlan, book: Book, agency_head: User, cells: dict[str, Any], said: str
) -> None:
    assert said in " ".join(faults_of(plan, agency_head, book.put("Inisiatif", 2, **cells)).values())


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_another_agency_reads_and_does_not_write(
    plan: MasterPlan, draft: Initiative, agency_head: User, other_agency: Agency
) -> None:
    other = make_person(plan.regency, Role.AGENCY_HEAD, other_agency)
    sent = make_initiative(plan, status="submitted", agency=draft.lead_agency, by=agency_head)
    book = Book(exported(plan, [sent]))
    assert faults_of(plan, other, book) == {}
    assert "tidak dapat mengisi untuk" in " ".join(
        faults_of(plan, other, book.put("Inisiatif", 1, Risiko="x")).values()
    )
    hidden = Book(exported(plan, [draft]))
    assert "tidak ada, atau Anda tidak berwenang" in " ".join(faults_of(plan, other, hidden).values())


def test_what_was_sent_is_frozen(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    sent = make_initiative(plan, status="submitted", agency=agency, by=agency_head)
    book = Book(exported(plan, [sent])).put("Inisiatif", 1, Risiko="lain")
    assert "Inisiatif ini diajukan" in " ".join(faults_of(plan, agency_head, book).values())


def test_only_the_coordinator_hands_over(
    plan: MasterPlan, book: Book, agency_head: User, coordinator: User, other_agency: Agency
) -> None:
    book.put("Inisiatif", 1, Penanggung_jawab=other_agency.name)
    assert "Hanya Diskominfo" in " ".join(faults_of(plan, agency_head, book).values())
    assert data_of(compared(plan, coordinator, book.bytes)) == {"lead_agency": other_agency.pk}


@pytest.mark.parametrize("has_rows", [True, False])
def test_a_file_of_another_regency_is_refused_at_its_cell(plan: MasterPlan, agency_head: User, has_rows: bool) -> None:
    elsewhere = make_master_plan(make_regency("Magelang Uji", "kabupaten-magelang-uji"))
    book = Book(exported(elsewhere, [make_initiative(elsewhere)] if has_rows else []))
    book.put("Inisiatif", 1 + has_rows, Nama_inisiatif="Baru")
    if has_rows:
        book.book["Inisiatif"].cell(2, book.place("Inisiatif", MARK)).value = "petunjuk"  # as in files of before
    with pytest.raises(WorkbookUnreadable, match=f"kabupaten/kota lain.*lembar Inisiatif, sel A{2 + has_rows} "):
        compared(plan, agency_head, book.bytes)
    assert not Initiative.objects.filter(master_plan=plan).exists()


# Meanwhile ------------------------------------------------------------------------------------------------------------


def change(draft: Initiative, by: User, **answers: Any) -> None:
    """Somebody saves through the form."""
    fresh = Initiative.objects.get(pk=draft.pk)
    initiatives.save(fresh, by=by, data=answers, version=fresh.edit_version)


def test_changes_of_others_to_other_answers_stay(
    plan: MasterPlan, draft: Initiative, book: Book, agency_head: User, coordinator: User
) -> None:
    change(draft, coordinator, strategy="Strategi koordinator", partners=[PARTNERS[1]])
    stored(plan, agency_head, book.put("Inisiatif", 1, Risiko="Risiko berkas").bytes)
    after = Initiative.objects.complete().get(pk=draft.pk)
    assert (after.strategy, after.risk, after.partners.count()) == ("Strategi koordinator", "Risiko berkas", 1)


def test_the_same_answer_is_in_dispute_until_somebody_chooses(
    plan: MasterPlan, draft: Initiative, book: Book, agency_head: User, coordinator: User
) -> None:
    change(draft, coordinator, risk="Risiko koordinator")
    data = book.put("Inisiatif", 1, Risiko="Risiko berkas", Mitigasi="Mitigasi berkas").bytes
    job = uploaded(plan, agency_head, data)
    (entry,) = job.result["entries"]
    assert (entry["data"], entry["conflicts"][0]["theirs"]) == ({"mitigation": "Mitigasi berkas"}, "Risiko koordinator")
    stored(plan, agency_head, data)
    after = Initiative.objects.get(pk=draft.pk)
    assert (after.risk, after.mitigation) == ("Risiko koordinator", "Mitigasi berkas")
    stored(plan, agency_head, data, chosen=[f"{draft.pk}:risk"])
    assert Initiative.objects.get(pk=draft.pk).risk == "Risiko berkas"


def test_the_same_change_twice_is_no_dispute(
    plan: MasterPlan, draft: Initiative, book: Book, agency_head: User, coordinator: User
) -> None:
    change(draft, coordinator, risk="Risiko sama")
    found = compared(plan, agency_head, book.put("Inisiatif", 1, Risiko="Risiko sama").bytes)
    assert (data_of(found), found.entries[0].conflicts) == ({}, {})


def test_the_stored_content_is_what_the_page_showed(
    plan: MasterPlan, draft: Initiative, book: Book, agency_head: User
) -> None:
    book.put("Anggaran", 2, Kode="GO-01", Sumber_dana="DAK", **{"2023": "2 M"}).put(
        "Quick win", 1, Yang_diserahkan="Loket"
    )
    job = stored(plan, agency_head, book.bytes)
    content = read(Initiative.objects.complete().get(pk=draft.pk))
    for key, value in job.result["entries"][0]["data"].items():
        assert content[key] == value
