"""Workbooks in the shapes that planning agencies really have, each with the tree that it holds written beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment

from masterplan.plans.importing.document import PlanContext
from tests.masterplan.plans.importing.outlines import RENSTRA, RPJMD, expected, saved


@dataclass(frozen=True)
class Shape:
    """A workbook, the plan it is for, the tree it holds and the cells that must be doubted."""

    name: str
    make: Callable[[], bytes]
    tree: str
    doubted: tuple[str, ...] = ()
    setting: PlanContext = RPJMD


def _filled(sheet: Any, rows: dict[int, list[Any]], first_column: int = 1) -> None:
    for number, values in rows.items():
        for offset, value in enumerate(values):
            if value is not None:
                sheet.cell(number, first_column + offset).value = value


# 1 -------------------------------------------------------------------------------------------------------------------


def flat() -> bytes:
    """Every level in a column of its own; merged cells, comma decimals, `-` for a baseline, one agency for each sort."""
    book = Workbook()
    sheet = book.active
    sheet.title = "RPJMD"
    _filled(sheet, {
        1: ["MATRIKS RPJMD KABUPATEN SEMARANG TAHUN 2021-2026"],
        3: ["VISI", "MISI", "TUJUAN", "SASARAN", "IK SASARAN", "SATUAN", "BASELINE", "TARGET 2022", "TARGET 2023",
            "OPD", "PROGRAM", "IK PROGRAM", "SATUAN", "TARGET 2022", "TARGET 2023", "PAGU 2022 (Rp ribu)",
            "PAGU 2023 (Rp ribu)", "OPD"],
        4: ["Sejahtera dan mandiri", "1. Meningkatkan mutu layanan", "Terwujudnya layanan yang mudah",
            "Meningkatnya layanan digital", "Indeks SPBE", "indeks", "-", "2,75", "3,00", "DISKOMINFO",
            "Program Aplikasi Informatika", "Persentase layanan daring", "persen", 40, 55.5, 1250000, 1300000.5,
            "Diskominfo"],
        5: [None, None, None, None, None, None, None, None, None, None, None, "Jumlah aplikasi terpadu", "aplikasi",
            "3", "5", None, None, None],
        6: [None, None, None, None, "Indeks kepuasan warga", "nilai", "80,1", "82", "84,5", "DISKOMINFO",
            "Program Informasi dan Komunikasi Publik", "Persentase media yang aktif", "persen", "70-75", "75-80",
            450000, 460000, "DISKOMINFO"],
        7: [None, "2. Meningkatkan pariwisata", "Tumbuhnya kunjungan", "Meningkatnya lama tinggal",
            "Rata-rata lama tinggal", "hari", "1,2", "1,3", "1,4", "Dinas Pariwisata", "Program Pemasaran Pariwisata",
            "Jumlah kunjungan", "orang", "1.250.000", "1.400.000", 2000000, 2100000, "DINPAR"],
    })  # fmt: skip
    for column in "ABCD":
        sheet.merge_cells(f"{column}4:{column}{6 if column != 'A' else 7}")
    return saved(book)


FLAT_TREE = """
mission 1 Meningkatkan mutu layanan
  goal Terwujudnya layanan yang mudah
    objective Meningkatnya layanan digital
      * Indeks SPBE [indeks] 2022=2,75 2023=3,00 @1
      * Indeks kepuasan warga [nilai] awal=80,1 2022=82 2023=84,5 @1
      program Program Aplikasi Informatika @1
        * Persentase layanan daring [persen] 2022=40 2023=55,5 @1
        * Jumlah aplikasi terpadu [aplikasi] 2022=3 2023=5
        Rp 2022=1250000000 2023=1300000500
      program Program Informasi dan Komunikasi Publik @1
        * Persentase media yang aktif [persen] 2022=70-75 2023=75-80 @1
        Rp 2022=450000000 2023=460000000
mission 2 Meningkatkan pariwisata
  goal Tumbuhnya kunjungan
    objective Meningkatnya lama tinggal
      * Rata-rata lama tinggal [hari] awal=1,2 2022=1,3 2023=1,4 @5
      program Program Pemasaran Pariwisata @5
        * Jumlah kunjungan [orang] 2022=1.250.000 2023=1.400.000 @5
        Rp 2022=2000000000 2023=2100000000
"""


# 2 -------------------------------------------------------------------------------------------------------------------


def nested() -> bytes:
    """Code and text of any level in two columns, years merged over Target and Rp, columns numbered, indicators in one
    cell, money in thousands as the line above the table says.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Tabel 7.1"
    _filled(sheet, {
        1: ["Tabel 7.1 Program Perangkat Daerah Kabupaten Semarang"],
        2: ["(dalam ribuan rupiah)"],
        5: ["Kode", "Misi/Tujuan/Sasaran/Program", "Indikator Kinerja", "Satuan", "Kondisi Kinerja Awal (2021)",
            "Target Kinerja dan Kerangka Pendanaan", None, None, None, "Kondisi Akhir RPJMD", None,
            "Perangkat Daerah Penanggung Jawab"],
        6: [None, None, None, None, None, "2022", None, "2023", None, None, None, None],
        7: [None, None, None, None, None, "Target", "Rp", "Target", "Rp", "Target", "Rp", None],
        8: ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"],
        9: ["1", "Meningkatkan kualitas sumber daya manusia"],
        10: ["1.1", "Terwujudnya masyarakat yang sehat dan cerdas", "Indeks Pembangunan Manusia", "indeks", "N/A",
             "74,67", None, "75,13", None, "76,55"],
        11: ["1.1.1", "Meningkatnya mutu pendidikan", "1. Harapan lama sekolah\n2. Rata-rata lama sekolah", "tahun",
             "12,98\n8,05", "13,02\n8,12", None, "13,07\n8,21", None, "13,25\n8,50", None, "DISDIKBUDPORA"],
        12: ["1.01", "URUSAN PENDIDIKAN"],
        13: ["1.01.02", "Program Pengelolaan Pendidikan", "Angka partisipasi murni\nRasio guru dan murid",
             "persen\nrasio", "96,40\n1:20", "96,80\n1:19", 56800000, "97,20\n1:18", 57900000, "98,50\n1:16",
             114700000, "DISDIKBUDPORA"],
        14: [None, "Jumlah", None, None, None, None, 56800000, None, 57900000],
    })  # fmt: skip
    for area in ("F5:I5", "F6:G6", "H6:I6", "J5:K6", "A5:A7", "B5:B7", "C5:C7"):
        sheet.merge_cells(area)
    return saved(book)


NESTED_TREE = """
mission 1 Meningkatkan kualitas sumber daya manusia
  goal 1.1 Terwujudnya masyarakat yang sehat dan cerdas
    * Indeks Pembangunan Manusia [indeks] 2022=74,67 2023=75,13 akhir=76,55
    objective 1.1.1 Meningkatnya mutu pendidikan
      * Harapan lama sekolah [tahun] awal=12,98 2022=13,02 2023=13,07 akhir=13,25 @2
      * Rata-rata lama sekolah [tahun] awal=8,05 2022=8,12 2023=8,21 akhir=8,50 @2
      program 1.01.02 Program Pengelolaan Pendidikan @2
        * Angka partisipasi murni [persen] awal=96,40 2022=96,80 2023=97,20 akhir=98,50 @2
        * Rasio guru dan murid [rasio] awal=1:20 2022=1:19 2023=1:18 akhir=1:16 @2
        Rp 2022=56800000000 2023=57900000000
"""


# 3 -------------------------------------------------------------------------------------------------------------------


def several_sheets() -> bytes:
    """Missions, goals and programs on sheets of their own, tied by their words; a cover and notes between them."""
    book = Workbook()
    book.active.title = "Sampul"
    _filled(book.active, {3: ["RPJMD Kabupaten Semarang"], 4: ["2021-2026"]})
    missions = book.create_sheet("Misi")
    _filled(missions, {2: ["No", "Misi"], 3: [1, "Misi 1: Meningkatkan mutu layanan"], 4: [2, "Misi 2: Menjaga alam"]})
    goals = book.create_sheet("Tujuan dan sasaran")
    _filled(goals, {
        1: ["Misi", "Tujuan", "Indikator Tujuan", "Target 2022", "Target 2023", "Sasaran", "Indikator Sasaran",
            "Target 2022", "Target 2023"],
        2: ["Meningkatkan mutu layanan", "Layanan mudah", "Indeks layanan", "3,1", "3,2", "Layanan digital naik",
            "Indeks SPBE", "2,7", "2,9"],
        3: ["Menjaga alam", "Alam terjaga", "Indeks kualitas lingkungan", "66,1", "66,9", "Sampah terkelola",
            "Sampah yang belum terkelola", "40", "35"],
    })  # fmt: skip
    programs = book.create_sheet("Program")
    _filled(programs, {
        1: ["Sasaran", "Kode Program", "Program", "Indikator Program", "Satuan", "2022", "2023", "2024", "OPD",
            "Anggaran 2022", "Anggaran 2023", "Anggaran 2024"],
        2: ["Layanan digital naik", "2.16.03", "Program Aplikasi Informatika", "Layanan daring", "persen", 40, 50, 60,
            "DISKOMINFO", "Rp 1.250.000.000,00", "1,3 miliar", "1.350.000.000"],
        3: ["Sampah terkelola", "2.11.11", "Program Pengelolaan Persampahan", "Sampah belum terkelola", "persen",
            40, 35, 30, None, "900 juta", "950 juta", None],
    })  # fmt: skip
    _filled(book.create_sheet("Catatan"), {1: ["Sumber: rapat", "Tanggal"], 2: ["Rapat ke-2", "lusa"]})
    return saved(book)


SEVERAL_TREE = """
mission 1 Meningkatkan mutu layanan
  goal Layanan mudah
    * Indeks layanan 2022=3,1 2023=3,2
    objective Layanan digital naik
      * Indeks SPBE 2022=2,7 2023=2,9
      program 2.16.03 Program Aplikasi Informatika @1
        * Layanan daring [persen] 2022=40 2023=50 2024=60 @1
        Rp 2022=1250000000 2023=1300000000 2024=1350000000
mission 2 Menjaga alam
  goal Alam terjaga
    * Indeks kualitas lingkungan 2022=66,1 2023=66,9
    objective Sampah terkelola
      * Sampah yang belum terkelola 2022=40 2023=35
      program 2.11.11 Program Pengelolaan Persampahan
        * Sampah belum terkelola [persen] 2022=40 2023=35 2024=30 (down)
        Rp 2022=900000000 2023=950000000
"""


# 4 -------------------------------------------------------------------------------------------------------------------


def split_codes() -> bytes:
    """A Renstra: the groups of a code in columns of their own and as numbers, headings of fields, totals, millions."""
    book = Workbook()
    sheet = book.active
    sheet.title = "T-C.27"
    _filled(sheet, {
        1: ["Rencana Program, Kegiatan, dan Pendanaan Diskominfo Kabupaten Semarang"],
        3: ["Kode", None, None, None, None, None, "Program, Kegiatan, Sub Kegiatan", "Indikator Kinerja", "Satuan",
            "Data Awal", "Tahun 2022", None, "Tahun 2023", None, "Unit Kerja Penanggung Jawab"],
        4: [None, None, None, None, None, None, None, None, None, None, "Target", "Rp (juta)", "Target", "Rp (juta)"],
        5: [2, None, None, None, None, None, "URUSAN PEMERINTAHAN WAJIB"],
        6: [2, 16, None, None, None, None, "KOMUNIKASI DAN INFORMATIKA"],
        7: [2, 16, 3, None, None, None, "Program Aplikasi Informatika", "Layanan daring", "persen", 31.5, 40, 1250.5,
            "50%", 1300, "Dinas Komunikasi dan Informatika Kabupaten Semarang"],
        8: [2, 16, 3, 2, 2, None, "Pengelolaan e-Government", "Aplikasi terpadu", "aplikasi", "-", 3, 400, 5, 410],
        9: [2, 16, 3, 2, 2, "0035", "Pengelolaan pusat data", "Pusat data yang aman", "unit", 1, 1, 250, 1, 260],
        10: ["Total", None, None, None, None, None, None, None, None, None, None, 1250.5, None, 1300],
    })  # fmt: skip
    for area in ("A3:F4", "K3:L3", "M3:N3"):
        sheet.merge_cells(area)
    return saved(book)


SPLIT_TREE = """
program 2.16.03 Program Aplikasi Informatika @1 -> 71
  * Layanan daring [persen] awal=31,5 2022=40 2023=50% @1
  Rp 2022=1250500000 2023=1300000000
  activity 2.16.03.2.02 Pengelolaan e-Government
    * Aplikasi terpadu [aplikasi] 2022=3 2023=5
    Rp 2022=400000000 2023=410000000
    sub_activity 2.16.03.2.02.0035 Pengelolaan pusat data
      * Pusat data yang aman [unit] awal=1 2022=1 2023=1
      Rp 2022=250000000 2023=260000000
"""


# 5 -------------------------------------------------------------------------------------------------------------------


def steps() -> bytes:
    """No codes: each level begins one column further to the right, under one merged head."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Pohon kinerja"
    _filled(sheet, {
        2: ["Misi, Tujuan, Sasaran, Program", None, None, None, "Indikator", "Satuan", "Awal", "2022", "2023", "2024"],
        3: ["Meningkatkan mutu layanan"],
        4: [None, "Layanan mudah", None, None, "Indeks layanan", "indeks", "n/a", "3,1", "3,2", "3,3"],
        5: [None, None, "Layanan digital naik", None, "Indeks SPBE", "indeks", "2,5", "2,7", "2,9", "3,1"],
        6: [None, None, None, "Aplikasi Informatika", "Layanan daring", "persen", "30", "40", "50", "60"],
        7: [None, None, None, "Informasi Publik", "Media aktif", "persen", "60", "70", "75", "80"],
        8: [None, "Birokrasi bersih", None, None, "Predikat SAKIP", "predikat", "B", "B", "BB", "BB"],
        9: [None, None, "Akuntabilitas naik", None, "Opini BPK", "predikat", "WTP", "WTP", "WTP", "WTP"],
    })  # fmt: skip
    sheet.merge_cells("A2:D2")
    return saved(book)


STEPS_TREE = """
mission Meningkatkan mutu layanan
  goal Layanan mudah
    * Indeks layanan [indeks] 2022=3,1 2023=3,2 2024=3,3
    objective Layanan digital naik
      * Indeks SPBE [indeks] awal=2,5 2022=2,7 2023=2,9 2024=3,1
      program Aplikasi Informatika
        * Layanan daring [persen] awal=30 2022=40 2023=50 2024=60
      program Informasi Publik
        * Media aktif [persen] awal=60 2022=70 2023=75 2024=80
  goal Birokrasi bersih
    * Predikat SAKIP [predikat] awal=B 2022=B 2023=BB 2024=BB
    objective Akuntabilitas naik
      * Opini BPK [predikat] awal=WTP 2022=WTP 2023=WTP 2024=WTP
"""


# 6 -------------------------------------------------------------------------------------------------------------------


def labelled() -> bytes:
    """One column that says its level in words; years counted from the first; per cent as Excel keeps it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Lampiran"
    _filled(sheet, {
        4: ["Uraian", "Indikator", "Satuan", "Kondisi Awal", "Target Tahun ke-1", "Target Tahun ke-2",
            "Target Tahun ke-3", "Target Tahun ke-4", "Target Tahun ke-5", "Kondisi Akhir", "Penanggung Jawab"],
        5: ["MISI I: Meningkatkan mutu layanan"],
        6: ["Tujuan 1.1: Layanan mudah", "Indeks layanan", "indeks", "tidak ada data", 3.1, 3.2, 3.3, 3.4, 3.5, 3.5],
        7: ["Sasaran 1.1.1: Layanan digital naik", "Layanan daring", None, 0.305, 0.4, 0.5, 0.6, 0.7, 0.755, 0.755,
            "BARENLITBANGDA"],
        8: ["Strategi 1: Memadukan layanan"],
        9: ["Arah Kebijakan: Satu data untuk semua layanan"],
        10: ["Program Aplikasi Informatika", "Aplikasi terpadu", "aplikasi", 1, "12 unit", 15, 18, 21, 24, 24,
             "Diskominfo"],
    })  # fmt: skip
    for column in "DEFGHIJ":
        sheet[f"{column}7"].number_format = "0.0%"
    return saved(book)


LABELLED_TREE = """
mission 1 Meningkatkan mutu layanan
  goal 1.1 Layanan mudah
    * Indeks layanan [indeks] 2022=3,1 2023=3,2 2024=3,3 2025=3,4 2026=3,5 akhir=3,5
    objective 1.1.1 Layanan digital naik
      * Layanan daring [persen] awal=30,5 2022=40 2023=50 2024=60 2025=70 2026=75,5 akhir=75,5 @4
      strategy 1 Memadukan layanan
        policy_direction Satu data untuk semua layanan
          program Program Aplikasi Informatika @1
            * Aplikasi terpadu [aplikasi] awal=1 2022=12 2023=15 2024=18 2025=21 2026=24 akhir=24 @1
"""


# 7 -------------------------------------------------------------------------------------------------------------------


def numbers_as_codes() -> bytes:
    """The table begins at C9; codes are numbers and one is a date; pages repeat the heads; 5-10 became a date."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Cetak"
    heads = ["No", "Tujuan / Sasaran / Program", "Indikator", "Satuan", "Target 2022", "Target 2023", "Pagu 2022",
             "Pagu 2023"]  # fmt: skip
    rows: dict[int, list[Any]] = {
        9: heads,
        10: [1, "Meningkatkan mutu layanan"],
        11: [1.9, "Layanan mudah", "Indeks layanan", "indeks", "3.10", 3.2],
        12: ["1.9.1", "Layanan digital naik", "Waktu tunggu", "menit", date(2022, 10, 5), "5-10"],
        13: heads,
        14: [1.1, "Birokrasi bersih", "Temuan", "temuan", 12, 10],
        15: ["1.10.1", "Akuntabilitas naik", "Opini", "predikat", "WTP", "WTP"],
        16: [date(2003, 2, 1), "Program Pengelolaan Pendidikan", "Angka partisipasi", "persen", "1,250", 90,
             56800000000, "58.000.000.000"],
        17: [None, None, "Guru bersertifikat", "persen", 70, 72, 100000000, 100000000],
        18: ["Jumlah", None, None, None, None, None, 56900000000, 58100000000],
    }  # fmt: skip
    _filled(sheet, rows, first_column=3)
    return saved(book)


NUMBERS_TREE = """
mission 1 Meningkatkan mutu layanan
  goal 1.9 Layanan mudah
    * Indeks layanan [indeks] 2022=3,1 2023=3,2
    objective 1.9.1 Layanan digital naik
      * Waktu tunggu [menit] 2022=5-10 2023=5-10
  goal 1.10 Birokrasi bersih
    * Temuan [temuan] 2022=12 2023=10
    objective 1.10.1 Akuntabilitas naik
      * Opini [predikat] 2022=WTP 2023=WTP
      program 1.02.03 Program Pengelolaan Pendidikan
        * Angka partisipasi [persen] 2022=1,25 2023=90
        * Guru bersertifikat [persen] 2022=70 2023=72
        Rp 2022=56900000000 2023=58100000000
"""


# 8 -------------------------------------------------------------------------------------------------------------------


def parents() -> bytes:
    """A register: one node a row in any order, its level in words and the code of its parent in columns of their own."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Data"
    _filled(sheet, {
        1: ["Jenjang", "Kode", "Kode Induk", "Uraian", "Indikator", "Satuan", "Baseline 2021", "Realisasi 2021",
            "Target 2022", "Target 2023", "Kondisi Akhir", "Pagu 2022 (Rupiah)", "Perangkat Daerah"],
        2: ["Program", "2.16.03", "1.1.1", "Program Aplikasi Informatika", "Layanan daring", "persen", "30", "31",
            "40", "50", "90", 1250000000, "Dinas Kominfo Kab. Semarang"],
        3: ["Sasaran", "1.1.1", "1.1", "Layanan digital naik", "Indeks SPBE", "indeks", "2,5", "2,6", "2,7", "2,9",
            "3,5"],
        4: ["Tujuan", "1.1", "1", "Layanan mudah"],
        5: ["Misi", "1", None, "Meningkatkan mutu layanan"],
        6: ["Program", "2.16.02", "1.1.1", "Program Informasi Publik", "Media aktif", "persen", "60", "61", "70", "75",
            "90", 450000000, "DISKOMINFO; DINPAR"],
    })  # fmt: skip
    return saved(book)


PARENTS_TREE = """
mission 1 Meningkatkan mutu layanan
  goal 1.1 Layanan mudah
    objective 1.1.1 Layanan digital naik
      * Indeks SPBE [indeks] awal=2,5 2022=2,7 2023=2,9 akhir=3,5
      program 2.16.03 Program Aplikasi Informatika @1
        * Layanan daring [persen] awal=30 2022=40 2023=50 akhir=90 @1
        Rp 2022=1250000000
      program 2.16.02 Program Informasi Publik @1
        * Media aktif [persen] awal=60 2022=70 2023=75 akhir=90 @1
        Rp 2022=450000000
"""


# 9 -------------------------------------------------------------------------------------------------------------------


def set_in() -> bytes:
    """A Renstra whose kegiatan are set in by Excel's indent below their program, with formulas for the sums."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Renstra"
    _filled(sheet, {
        1: ["Renstra Dinas Pariwisata", None, None, None, None, None],
        3: ["Program/Kegiatan/Sub Kegiatan", "Indikator", "Satuan", "2022", "2023", "Melaksanakan Program RPJMD"],
        4: ["Pengelolaan aplikasi", "Layanan daring", "persen", "40", "50", "2.16.03 Program Aplikasi Informatika"],
        5: ["Layanan terpadu", "Layanan terpadu", "layanan", "3", "=D5+2"],
        6: ["Pelatihan operator", "Operator terlatih", "orang", "> 20", "minimal 25"],
        7: ["Informasi publik", "Media aktif", "persen", "70", "75", "Program Informasi & Komunikasi Publik"],
    })  # fmt: skip
    for row, indent in ((5, 1), (6, 2)):
        sheet[f"A{row}"].alignment = Alignment(indent=indent)
    return saved(book)


SET_IN_TREE = """
program Pengelolaan aplikasi -> 71
  * Layanan daring [persen] 2022=40 2023=50
  activity Layanan terpadu
    * Layanan terpadu [layanan] 2022=3
    sub_activity Pelatihan operator
      * Operator terlatih [orang] 2022=> 20 2023=minimal 25
program Informasi publik -> 72
  * Media aktif [persen] 2022=70 2023=75
"""

SHAPES = (
    Shape("flat", flat, expected(FLAT_TREE)),
    Shape("nested", nested, expected(NESTED_TREE)),
    Shape("several sheets", several_sheets, expected(SEVERAL_TREE)),
    Shape("codes in several columns", split_codes, expected(SPLIT_TREE), (), RENSTRA),
    Shape("steps to the right", steps, expected(STEPS_TREE)),
    Shape("levels in words", labelled, expected(LABELLED_TREE), ("Lampiran!E10", "opd:4")),
    Shape(
        "numbers as codes",
        numbers_as_codes,
        expected(NUMBERS_TREE),
        ("Cetak!C14", "Cetak!C16", "Cetak!G11", "Cetak!G12", "Cetak!G16", "Cetak!17:pagu", "Cetak:uang"),
    ),
    Shape("parents named by code", parents, expected(PARENTS_TREE), ("opd:dinas kominfo kab. semarang", "opd:diskominfo; dinpar")),
    Shape("set in", set_in, expected(SET_IN_TREE), ("Renstra!E5", "program:program informasi & komunikasi publik"), RENSTRA),
)  # fmt: skip
