"""Rows that became nothing are listed with the reason, and a person says what a row is."""

import pytest

from masterplan.plans.importing.corrections import correction_key
from tests.masterplan.plans.importing.outlines import expected, outline, read
from tests.masterplan.plans.importing.samples import KENDAL, Sheet, workbook


def untidy() -> bytes:
    """A table with every sort of row that names nothing."""
    heads = ["No", "Kode", "Program", "Indikator", "Satuan", "Target 2022", "Pagu 2022 (Rp juta)", "Lokasi"]
    return workbook(
        Sheet("Program", {
            1: ["PROGRAM KABUPATEN KENDAL 2021-2026"],
            3: heads,
            4: [1, 2, 3, 4, 5, 6, 7, 8],
            5: [None, "1", "URUSAN PEMERINTAHAN WAJIB"],
            6: [1, "1.02.02", "Program Upaya", "Cakupan", "%", 90, 900],
            7: [None, None, "kesehatan masyarakat"],
            8: [None, None, "JUMLAH", None, None, None, 900],
            9: heads,
            10: ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            11: [3, None, None, None, "%"],
            12: ["Sumber: Bappeda, 2021"],
            13: [None, None, None, None, None, None, None, "Kec. Kota"],
            14: [2, "2.16.03", "Program Aplikasi Informatika", "Indeks SPBE", "indeks", "2,9", 1250],
            16: [None, None, None, None, "Kendal, 3 Mei 2021"],
            17: [None, None, None, None, "BUPATI KENDAL"],
        }),
    )  # fmt: skip


def test_every_row_that_became_nothing_is_listed_with_its_reason() -> None:
    document, _, _ = read(untidy(), KENDAL)
    assert [(row.row, row.reason) for row in document.skipped] == [
        (4, "Nomor kolom"),
        (5, "Judul kelompok, bukan unsur rencana"),
        (7, "Digabungkan dengan baris di atasnya"),
        (8, "Baris jumlah"),
        (9, "Judul kolom yang diulang"),
        (10, "Nomor kolom"),
        (11, "Tidak ada uraian, indikator, atau nilainya"),
        (12, "Catatan atau sumber"),
        (13, "Isinya di kolom yang tidak dibaca"),
        (16, "Catatan atau tanda tangan di bawah tabel"),
        (17, "Catatan atau tanda tangan di bawah tabel"),
    ]
    assert document.skipped[3].text == "JUMLAH | 900"
    assert {node.row for node in document.walk()} == {6, 14}


def unlevelled() -> bytes:
    """Rows that nothing sets apart."""
    return workbook(
        Sheet("Polos", {
            1: ["RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Uraian", "Satuan", "Target 2022"],
            4: ["Program Aplikasi Informatika"],
            5: ["Indeks SPBE", "indeks", "2,9"],
        }),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "tree"),
    [
        ("indicator", """
            program Program Aplikasi Informatika
              * Indeks SPBE [indeks] 2022=2,9
         """),
        ("continuation", "program Program Aplikasi Informatika Indeks SPBE"),
        ("skip", "program Program Aplikasi Informatika"),
    ],
)  # fmt: skip
def test_a_row_without_level_may_be_an_indicator_or_go_on_with_the_row_above(answer: str, tree: str) -> None:
    _, doubts, _ = read(unlevelled(), KENDAL)
    (doubt,) = [each for each in doubts.all if each.key == "Polos:sejenjang"]
    assert {"indicator": "Indikator dari baris di atasnya", "continuation": "Sambungan baris di atasnya"}.items() <= (
        dict(doubt.choices).items()
    )
    document, _, _ = read(unlevelled(), KENDAL, {"Polos:sejenjang": answer})
    assert outline(document) == expected(tree)


def nested() -> bytes:
    """Two missions with a goal each, and a row of each sort that may be wrong."""
    return workbook(
        Sheet("Tujuan", {
            1: ["RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Misi/Tujuan/Sasaran", "Satuan", "Target 2022"],
            4: ["1", "Meningkatkan layanan"],
            5: ["1.1", "Layanan mudah"],
            6: ["2", "Menjaga lingkungan"],
            7: ["2.1", "Alam terjaga"],
            8: ["2.1.1", "Sampah terkelola"],
            9: [None, "JUMLAH sekolah hijau", "sekolah", 12],
        }),
    )  # fmt: skip


TOP = (
    "mission 1 Meningkatkan layanan\n  goal 1.1 Layanan mudah\nmission 2 Menjaga lingkungan\n  goal 2.1 Alam terjaga\n"
)
BELOW = "    objective 2.1.1 Sampah terkelola\n"


@pytest.mark.parametrize(
    ("row", "column", "what", "parent", "tree"),
    [
        (8, 2, "program", "", f"{TOP}program 2.1.1 Sampah terkelola"),
        (8, 2, "", "Tujuan!5:2", TOP.replace("mission 2", "    objective 2.1.1 Sampah terkelola\nmission 2")),
        (8, 2, "indicator", "", f"{TOP}    * Sampah terkelola"),
        (8, 2, "continuation", "", f"{TOP.strip()} Sampah terkelola"),
        (8, 2, "skip", "", TOP),
        (9, 0, "indicator", "", f"{TOP}{BELOW}      * JUMLAH sekolah hijau [sekolah] 2022=12"),
        (9, 0, "strategy", "Tujuan!8:2", f"{TOP}{BELOW}      strategy JUMLAH sekolah hijau"),
    ],
)  # fmt: skip
def test_a_person_says_what_a_row_is_and_what_stands_above_it(
    row: int, column: int, what: str, parent: str, tree: str
) -> None:
    given = {correction_key("Tujuan", row, column): {"answer": what, "parent": parent}}
    assert outline(read(nested(), KENDAL, corrections=given)[0]) == tree.strip()
