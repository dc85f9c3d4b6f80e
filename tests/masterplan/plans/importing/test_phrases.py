"""What single lines of a plan say by their words, and what only looks like it."""

import pytest

from masterplan.plans.importing.read.phrases import (
    TitleLine,
    agency_line,
    is_outcome,
    is_signature,
    split_label,
    title_line,
)
from smartcity.common.workbooks.reader import Cell


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Misi I: Meningkatkan layanan", "1", "Meningkatkan layanan"),
        ("MISI 1 MENINGKATKAN LAYANAN", "1", "MENINGKATKAN LAYANAN"),
        ("Tujuan 1.1 Terwujudnya layanan", "1.1", "Terwujudnya layanan"),
        ("Sasaran 1.1.1. Meningkatnya mutu", "1.1.1", "Meningkatnya mutu"),
        ("Strategi: Memadukan layanan", "", "Memadukan layanan"),
        ("2.16.02 - PROGRAM INFORMASI", "2.16.02", "PROGRAM INFORMASI"),
        ("x.xx.01 Program Penunjang", "X.XX.01", "Program Penunjang"),
        ("b. Pusat data bersama", "", "Pusat data bersama"),
        ("Misi Indonesia maju", "", "Misi Indonesia maju"),
        ("Misi 1 dan Misi 2", "", "Misi 1 dan Misi 2"),
    ],
)
def test_a_label_is_taken_from_its_words(text: str, code: str, words: str) -> None:
    assert split_label(text) == (code, words)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["MISI 1 : Meningkatkan layanan"], TitleLine("mission", "1", "Meningkatkan layanan")),
        (["SASARAN", ":", "Meningkatnya mutu"], TitleLine("objective", "", "Meningkatnya mutu")),
        (["Misi", 2, ":", "Menjaga alam"], TitleLine("mission", "2", "Menjaga alam")),
        (["Visi : \u201cMaju bersama\u201d"], TitleLine("visi", "", "Maju bersama")),
        (["Tujuan dan Sasaran Jangka Menengah"], None),
        (["Misi 1 dan Misi 2 RPJMD"], None),
        (["Misi", "Tujuan", "Sasaran", "Program", "Indikator"], None),
    ],
)
def test_a_line_of_its_own_names_a_node(cells: list[str | int], said: TitleLine | None) -> None:
    row = {n: Cell("s" if isinstance(cell, str) else "n", cell) for n, cell in enumerate(cells, 1)}
    assert title_line(row) == said


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("PERANGKAT DAERAH : DINAS KESEHATAN", "DINAS KESEHATAN"),
        ("OPD: 1.02.0.00.0.00.01 - Dinas Kesehatan", "Dinas Kesehatan"),
        ("PROGRAM PERANGKAT DAERAH TAHUN 2021-2026", ""),
    ],
)
def test_a_line_names_the_agency_of_a_sheet(line: str, name: str) -> None:
    assert agency_line({1: Cell("s", line)}) == name


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("Kendal, 20 September 2021", True),
        ("BUPATI KENDAL,", True),
        ("NIP. 19700101 199503 1 001", True),
        ("Pembinaan kepala sekolah", False),
        ("Program Kepala Daerah", False),
    ],
)
def test_a_signature_is_known_by_its_beginning(text: str, signed: bool) -> None:
    assert is_signature(text) == signed


def test_an_outcome_says_that_it_is_one() -> None:
    assert is_outcome("Outcome: Meningkatnya layanan") and not is_outcome("Hasil pertanian meningkat")
