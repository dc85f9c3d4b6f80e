"""Workbooks in the habits of an office: a sheet a mission, bold for a level, two units of money, each with its tree."""

from datetime import date

from tests.masterplan.plans.importing.laid_out import BOYOLALI, DEMAK_RENSTRA, KENDAL, Sheet, workbook
from tests.masterplan.plans.importing.outlines import expected
from tests.masterplan.plans.importing.shapes import Shape


def per_mission() -> bytes:
    """The mission, goal and objective of a sheet stand above its table only."""
    return workbook(
        Sheet("Misi 1", {
            1: ["MATRIKS PROGRAM RPJMD KABUPATEN KENDAL TAHUN 2021-2026"],
            3: ["MISI 1 : Meningkatkan kualitas pelayanan dasar"],
            4: ["TUJUAN : Meningkatnya derajat kesehatan"],
            5: ["SASARAN : Meningkatnya akses layanan kesehatan"],
            7: ["Kode", "Program", "Indikator", "Satuan", "Kondisi Awal", 2022, None, 2023, None, "Perangkat Daerah"],
            8: [None, None, None, None, None, "Target", "Pagu (Rp. Juta)", "Target", "Pagu (Rp. Juta)"],
            9: ["1.02.02", "Program Pemenuhan Upaya Kesehatan", "Cakupan kunjungan ibu hamil", "%", 89, 90, 12500, 92,
                13000, "Dinas Kesehatan"],
            10: [None, "Jumlah", None, None, None, None, 12500, None, 13000],
        }, merged="F7:G7 H7:I7"),
        Sheet("Misi 2", {
            1: ["MATRIKS PROGRAM RPJMD KABUPATEN KENDAL TAHUN 2021-2026"],
            3: ["MISI 2 : Meningkatkan infrastruktur yang merata"],
            4: ["TUJUAN : Meningkatnya konektivitas wilayah"],
            5: ["SASARAN : Meningkatnya kondisi jalan"],
            7: ["Kode", "Program", "Indikator", "Satuan", "Kondisi Awal", 2022, None, 2023, None, "Perangkat Daerah"],
            8: [None, None, None, None, None, "Target", "Pagu (Rp. Juta)", "Target", "Pagu (Rp. Juta)"],
            9: ["1.03.10", "Program Penyelenggaraan Jalan", "Persentase jalan mantap", "%", "71,5", 73, 80000, 75,
                85000, "DPUPR"],
            10: [None, "Jumlah", None, None, None, None, 80000, None, 85000],
        }, merged="F7:G7 H7:I7"),
    )  # fmt: skip


PER_MISSION_TREE = """
mission 1 Meningkatkan kualitas pelayanan dasar
  goal Meningkatnya derajat kesehatan
    objective Meningkatnya akses layanan kesehatan
      program 1.02.02 Program Pemenuhan Upaya Kesehatan @3
        * Cakupan kunjungan ibu hamil [%] awal=89 2022=90 2023=92 @3
        Rp 2022=12500000000 2023=13000000000
mission 2 Meningkatkan infrastruktur yang merata
  goal Meningkatnya konektivitas wilayah
    objective Meningkatnya kondisi jalan
      program 1.03.10 Program Penyelenggaraan Jalan @4
        * Persentase jalan mantap [%] awal=71,5 2022=73 2023=75 @4
        Rp 2022=80000000000 2023=85000000000
"""


def per_agency() -> bytes:
    """The agency of a sheet stands above its table only."""
    return workbook(
        Sheet("Dinkes", {
            1: ["PROGRAM PERANGKAT DAERAH TAHUN 2021-2026"],
            2: ["KABUPATEN KENDAL"],
            4: ["PERANGKAT DAERAH : DINAS KESEHATAN"],
            6: ["Kode Rekening", "Program", "Indikator Program", "Satuan", "Tahun 2022", None, "Tahun 2023"],
            7: [None, None, None, None, "Target", "Anggaran (Rp)", "Target", "Anggaran (Rp)"],
            8: ["1 02 02", "Program Pemenuhan Upaya Kesehatan", "Cakupan kunjungan ibu hamil", "%", 90,
                12_500_000_000, 92, 13_000_000_000],
            9: ["1 02 03", "Program Peningkatan Kapasitas SDM Kesehatan", "Rasio dokter", "rasio", "1:2500",
                500_000_000, "1:2400", 550_000_000],
        }, merged="E6:F6 G6:H6"),
        Sheet("Diskominfo", {
            1: ["PROGRAM PERANGKAT DAERAH TAHUN 2021-2026"],
            2: ["KABUPATEN KENDAL"],
            4: ["PERANGKAT DAERAH : DINAS KOMUNIKASI DAN INFORMATIKA"],
            6: ["Kode Rekening", "Program", "Indikator Program", "Satuan", "Tahun 2022", None, "Tahun 2023"],
            7: [None, None, None, None, "Target", "Anggaran (Rp)", "Target", "Anggaran (Rp)"],
            8: ["2 16 03", "Program Aplikasi Informatika", "Indeks SPBE", "indeks", "2,9", 1_250_000_000, "3,1",
                1_300_000_000],
        }, merged="E6:F6 G6:H6"),
    )  # fmt: skip


PER_AGENCY_TREE = """
program 1.02.02 Program Pemenuhan Upaya Kesehatan @3
  * Cakupan kunjungan ibu hamil [%] 2022=90 2023=92 @3
  Rp 2022=12500000000 2023=13000000000
program 1.02.03 Program Peningkatan Kapasitas SDM Kesehatan @3
  * Rasio dokter [rasio] 2022=1:2500 2023=1:2400 @3
  Rp 2022=500000000 2023=550000000
program 2.16.03 Program Aplikasi Informatika @1
  * Indeks SPBE [indeks] 2022=2,9 2023=3,1 @1
  Rp 2022=1250000000 2023=1300000000
"""


def agency_rows() -> bytes:
    """Agencies in rows of their own between their programs; one amount in full in a column of thousands."""
    return workbook(
        Sheet("Program OPD", {
            1: ["PROGRAM PERANGKAT DAERAH KABUPATEN KENDAL"],
            3: ["No", "Perangkat Daerah / Program", "Indikator", "Satuan", "2022", None, "2023"],
            4: [None, None, None, None, "Target", "Rp (ribu)", "Target", "Rp (ribu)"],
            5: ["I", "DINAS KESEHATAN"],
            6: [1, "Program Upaya Kesehatan", "Cakupan", "%", 90, 1_250_000, 91, 1_300_000],
            7: [2, "Program SDM Kesehatan", "Rasio", "%", 50, 750000, 51, 760000],
            8: ["II", "Dinas Komunikasi dan Informatika"],
            9: [1, "Program Aplikasi Informatika", "Indeks SPBE", "indeks", "2,9", 250000, "3,1", 1_234_567_000],
        }, merged="E3:F3 G3:H3"),
    )  # fmt: skip


AGENCY_ROWS_TREE = """
program Program Upaya Kesehatan @3
  * Cakupan [%] 2022=90 2023=91 @3
  Rp 2022=1250000000 2023=1300000000
program Program SDM Kesehatan @3
  * Rasio [%] 2022=50 2023=51 @3
  Rp 2022=750000000 2023=760000000
program Program Aplikasi Informatika @1
  * Indeks SPBE [indeks] 2022=2,9 2023=3,1 @1
  Rp 2022=250000000
"""


def by_bold() -> bytes:
    """A Renstra whose levels are told by capitals, bold and italic; a row and a column are hidden."""
    return workbook(
        Sheet("Renstra DLH", {
            1: ["RENCANA PROGRAM DAN KEGIATAN DINAS LINGKUNGAN HIDUP 2021-2026"],
            3: ["No", "Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Satuan", "2022", None, "2023", None,
                "Pelaksana"],
            4: [None, None, None, None, "Target", "Rp", "Target", "Rp"],
            5: [1, "PROGRAM PENGELOLAAN PERSAMPAHAN ", "Persentase sampah terkelola", "%", "75 - 80",
                "Rp 1.234.567.000,-", "≥ 90", "Rp 2.345.678.000,-", "DLH"],
            6: [None, "Pengelolaan Sampah", "Jumlah TPA", "unit", "1", "Rp 500.000.000,-", "1", "Rp 600.000.000,-",
                "DLH"],
            7: [None, "Penanganan Sampah dengan Melakukan Pemilahan", "Jumlah sampah terpilah", "ton", "1.200",
                "Rp 200.000.000,-", "1.300", "Rp 250.000.000,-", "DLH"],
            8: [None, "Peningkatan Peran Serta Masyarakat dalam Pengelolaan Persampahan", "Jumlah kelompok",
                "kelompok", "n/a", "Rp 300.000.000,-", "12", "Rp 350.000.000,-", "DLH"],
            9: [2, "PROGRAM PENGENDALIAN PENCEMARAN", "Indeks kualitas air", "nilai", "B", "Rp 700.000.000,-", "100%",
                "Rp 750.000.000,-", "DLH"],
            10: [None, "Pencegahan Pencemaran", "Jumlah titik pantau", "titik", "20", "Rp 700.000.000,-", "22",
                "Rp 750.000.000,-", "DLH"],
        }, merged="E3:F3 G3:H3", bold="B5 B6 B9 B10", italic="B7 B8", hidden_rows=(8,), hidden_columns="H"),
    )  # fmt: skip


BY_BOLD_TREE = """
program PROGRAM PENGELOLAAN PERSAMPAHAN @6
  * Persentase sampah terkelola [%] 2022=75 - 80 2023=≥ 90 @6
  Rp 2022=1234567000 2023=2345678000
  activity Pengelolaan Sampah @6
    * Jumlah TPA [unit] 2022=1 2023=1 @6
    Rp 2022=500000000 2023=600000000
    sub_activity Penanganan Sampah dengan Melakukan Pemilahan @6
      * Jumlah sampah terpilah [ton] 2022=1.200 2023=1.300 @6
      Rp 2022=200000000 2023=250000000
    sub_activity Peningkatan Peran Serta Masyarakat dalam Pengelolaan Persampahan @6
      * Jumlah kelompok [kelompok] 2023=12 @6
      Rp 2022=300000000 2023=350000000
program PROGRAM PENGENDALIAN PENCEMARAN @6
  * Indeks kualitas air [nilai] 2022=B 2023=100% @6
  Rp 2022=700000000 2023=750000000
  activity Pencegahan Pencemaran @6
    * Jumlah titik pantau [titik] 2022=20 2023=22 @6
    Rp 2022=700000000 2023=750000000
"""


def mixed_money() -> bytes:
    """One year in rupiah, the next in millions, written in the English way."""
    return workbook(
        Sheet("Sheet1", {
            1: ["Indikasi Rencana Program Prioritas RPJMD Kab. Kendal 2021-2026"],
            3: ["Kode", "Program", "Indikator Kinerja", "Satuan", "Kondisi Awal", "Target 2022", "Pagu 2022 (Rp)",
                "Target 2023", "Pagu 2023 (Rp. Juta)", "OPD"],
            4: ["1.03.10", "Program Penyelenggaraan Jalan", "Persentase jalan mantap", "%", "71,5", 73,
                80_000_000_000, 75, "85,500.25", "DPUPR"],
            5: ["1.03.02", "Program Pengelolaan Sumber Daya Air", "Rasio jaringan irigasi", "%", "59", 60,
                1_234_560_000, 61, "1,234.56", "DPUPR"],
            6: ["1.03.03", "Program Pengelolaan Sistem Penyediaan Air Minum", "Cakupan air minum", "%", "80", 81,
                "750.000.000", 82, 750, "DPUPR"],
        }),
    )  # fmt: skip


MIXED_MONEY_TREE = """
program 1.03.10 Program Penyelenggaraan Jalan @4
  * Persentase jalan mantap [%] awal=71,5 2022=73 2023=75 @4
  Rp 2022=80000000000 2023=85500250000
program 1.03.02 Program Pengelolaan Sumber Daya Air @4
  * Rasio jaringan irigasi [%] awal=59 2022=60 2023=61 @4
  Rp 2022=1234560000 2023=1234560000
program 1.03.03 Program Pengelolaan Sistem Penyediaan Air Minum @4
  * Cakupan air minum [%] awal=80 2022=81 2023=82 @4
  Rp 2022=750000000 2023=750000000
"""


def dirty() -> bytes:
    """Years that are dates, a target that became one, words for numbers, one code twice, an amount of one rupiah."""
    return workbook(
        Sheet("DATA", {
            2: [None, "RPJMD KABUPATEN KENDAL 2021-2026"],
            4: [None, "KODE\u00a0", "URAIAN PROGRAM", "INDIKATOR  KINERJA", "SATUAN", "KONDISI AWAL", "TARGET", None,
                "PAGU (Rp)", None, "PENANGGUNG\u00a0JAWAB"],
            5: [None, None, None, None, None, None, date(2022, 1, 1), date(2023, 1, 1), date(2022, 1, 1),
                date(2023, 1, 1)],
            6: [None, "1.02.02", "Program\u00a0“Kendal Sehat” ", " Cakupan kunjungan", "%", "80", date(2021, 12, 10),
                "85\u00a0", "Rp\u00a01.234.567.000,-", "1.300.000.000,00", "Dinas\u00a0Kesehatan "],
            7: [None, "1.02.02", "Program Lain", "Jumlah layanan", "layanan", "-", "sesuai kebutuhan", "10-12",
                "menyesuaikan", "1.500.000", "Dinas Kesehatan"],
            8: [None, "1.02.04", "Program Sediaan Farmasi", "Jumlah apotek", "apotek", "12", "1.200", "1,300",
                "Rp. 500 juta", "(50.000.000)", "Dinkes; Disdikbud"],
            9: [None, "1.02.5", "Program Pemberdayaan Masyarakat", "Rasio", "per 1.000", "0.75", "0.80", "1.5",
                250_000_000, "2,5 M", "Puskesmas"],
            10: [None, None, "Program Tanpa Kode", "Persentase", "%", None, 0.8, 0.9, 1, None, "Dinkes"],
        }, merged="G4:H4 I4:J4", formats={"G5": "yyyy", "H5": "yyyy", "I5": "yyyy", "J5": "yyyy", "G10": "0%", "H10": "0.0%"}),
    )  # fmt: skip


DIRTY_TREE = """
program 1.02.02 Program “Kendal Sehat” @3
  * Cakupan kunjungan [%] awal=80 2022=10-12 2023=85 @3
  Rp 2022=1234567000 2023=1300000000
program Program Lain @3
  * Jumlah layanan [layanan] 2022=sesuai kebutuhan 2023=10-12 @3
  Rp 2023=1500000
program 1.02.04 Program Sediaan Farmasi @3
  * Jumlah apotek [apotek] awal=12 2022=1.200 2023=1,3 @3
  Rp 2022=500000000
program 1.02.5 Program Pemberdayaan Masyarakat
  * Rasio [per 1.000] awal=0,75 2022=0,8 2023=1,5
  Rp 2022=250000000 2023=2500000000
program Program Tanpa Kode @3
  * Persentase [%] 2022=80 2023=90 @3
"""


def strategies() -> bytes:
    """Several strategies counted in one cell; programs below a mission without an objective."""
    return workbook(
        Sheet("Bab VI", {
            1: ["Tabel 6.1 Strategi dan Arah Kebijakan Kabupaten Kendal"],
            2: ["VISI: Kendal Handal, Unggul, Makmur, dan Berkeadilan"],
            4: ["Misi", "Tujuan", "Sasaran", "Strategi", "Arah Kebijakan"],
            5: ["(1)", "(2)", "(3)", "(4)", "(5)"],
            6: ["Misi I: Meningkatkan layanan publik", "1.1 Terwujudnya birokrasi yang bersih",
                "1.1.1 Meningkatnya akuntabilitas", "1. Penguatan SAKIP\n2. Penguatan pengawasan",
                "a. Perbaikan perencanaan\nb. Perbaikan evaluasi"],
            7: [None, None, "1.1.2 Meningkatnya layanan digital", "1. Percepatan SPBE", "a. Integrasi aplikasi"],
            8: [None, None, None, None, "b. Pusat data bersama"],
            9: ["Misi II: Meningkatkan ekonomi", "2.1 Tumbuhnya ekonomi", "2.1.1 Tumbuhnya UMKM", "1. Akses modal",
                "a. Kemitraan bank"],
        }),
        Sheet("Program", {
            1: ["Misi", "Program", "Indikator", "Satuan", "Target 2022", "Pagu 2022 (juta)", "OPD"],
            2: ["Misi I: Meningkatkan layanan publik", "2.16.03 Program Aplikasi Informatika", "Indeks SPBE",
                "indeks", "2,9", "1.250,5", "Diskominfo"],
            3: [None, "6.01.02 Program Pengawasan", "Maturitas SPIP", "level", "3", "900", "Inspektorat"],
            4: ["Misi II: Meningkatkan ekonomi", "5.02.02 Program Pengelolaan Keuangan", "Opini BPK", "opini", "WTP",
                "400,25", "BKD"],
        }),
    )  # fmt: skip


STRATEGIES_TREE = """
mission 1 Meningkatkan layanan publik
  goal 1.1 Terwujudnya birokrasi yang bersih
    objective 1.1.1 Meningkatnya akuntabilitas
      strategy Penguatan SAKIP
        policy_direction Perbaikan perencanaan
      strategy Penguatan pengawasan
        policy_direction Perbaikan evaluasi
    objective 1.1.2 Meningkatnya layanan digital
      strategy 1 Percepatan SPBE
        policy_direction Integrasi aplikasi
        policy_direction Pusat data bersama
mission 2 Meningkatkan ekonomi
  goal 2.1 Tumbuhnya ekonomi
    objective 2.1.1 Tumbuhnya UMKM
      strategy Akses modal
        policy_direction Kemitraan bank
program 2.16.03 Program Aplikasi Informatika @1
  * Indeks SPBE [indeks] 2022=2,9 @1
  Rp 2022=1250500000
program 6.01.02 Program Pengawasan @5
  * Maturitas SPIP [level] 2022=3 @5
  Rp 2022=900000000
program 5.02.02 Program Pengelolaan Keuangan @7
  * Opini BPK [opini] 2022=WTP @7
  Rp 2022=400250000
"""


def two_tables() -> bytes:
    """Goals, and below them programs under heads of their own."""
    return workbook(
        Sheet("Lampiran", {
            1: ["A. TUJUAN DAN SASARAN"],
            2: ["Misi", "Tujuan", "Sasaran", "Indikator", "Satuan", 2022, 2023],
            3: ["1. Meningkatkan layanan", "1.1 Terwujudnya layanan", "1.1.1 Meningkatnya mutu", "Indeks mutu",
                "indeks", 80, 81],
            4: [None, None, "1.1.2 Meningkatnya akses", "Indeks akses", "indeks", 70, 71],
            7: ["B. PROGRAM PRIORITAS"],
            8: ["Kode", "Program", "Indikator Program", "Satuan", "Target 2022", "Pagu 2022 (Rp juta)",
                "Perangkat Daerah"],
            9: ["1.02.02", "Program Upaya Kesehatan", "Cakupan", "%", 90, 1250, "Dinkes"],
            10: ["1.02.03", "Program SDM Kesehatan", "Rasio", "rasio", 5, 750, "Dinkes"],
        }),
    )  # fmt: skip


TWO_TABLES_TREE = """
mission 1 Meningkatkan layanan
  goal 1.1 Terwujudnya layanan
    objective 1.1.1 Meningkatnya mutu
      * Indeks mutu [indeks] 2022=80 2023=81
    objective 1.1.2 Meningkatnya akses
      * Indeks akses [indeks] 2022=70 2023=71
program 1.02.02 Program Upaya Kesehatan @3
  * Cakupan [%] 2022=90 @3
  Rp 2022=1250000000
program 1.02.03 Program SDM Kesehatan @3
  * Rasio [rasio] 2022=5 @3
  Rp 2022=750000000
"""


def code_in_text() -> bytes:
    """A Renstra with code and name in one cell, X for what every agency has."""
    return workbook(
        Sheet("Renstra", {
            1: ["Program/Kegiatan/Sub Kegiatan", "Indikator", "Target dan Pagu Indikatif"],
            2: [None, None, 2022, None, 2023],
            3: [None, None, "Target", "Rp (Juta)", "Target", "Rp (Juta)"],
            4: ["2.16.03\nPROGRAM APLIKASI INFORMATIKA", "Indeks SPBE", "2,9", "1.250,50", "3,1", "1.300"],
            5: ["2.16.03.2.01 - Pengelolaan Domain", "Jumlah domain (domain)", "12", "250,25", "14", "260"],
            6: ["2.16.03.2.01.0003 Penyelenggaraan Jaringan", "Jumlah OPD", "20 OPD", "100", "25 OPD", "110"],
            7: ["x.xx.01 PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH", "Nilai SAKIP", "BB", "900", "A", "950"],
            8: ["x.xx.01.2.01 Perencanaan dan Penganggaran", "Jumlah dokumen", "6 dok", "50", "6 dok", "50"],
        }, merged="C1:F1 C2:D2 E2:F2"),
    )  # fmt: skip


CODE_IN_TEXT_TREE = """
program 2.16.03 PROGRAM APLIKASI INFORMATIKA
  * Indeks SPBE 2022=2,9 2023=3,1
  Rp 2022=1250500000 2023=1300000000
  activity 2.16.03.2.01 Pengelolaan Domain
    * Jumlah domain (domain) 2022=12 2023=14
    Rp 2022=250250000 2023=260000000
    sub_activity 2.16.03.2.01.0003 Penyelenggaraan Jaringan
      * Jumlah OPD [OPD] 2022=20 2023=25
      Rp 2022=100000000 2023=110000000
program X.XX.01 PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH
  * Nilai SAKIP 2022=BB 2023=A
  Rp 2022=900000000 2023=950000000
  activity X.XX.01.2.01 Perencanaan dan Penganggaran
    * Jumlah dokumen [dok] 2022=6 2023=6
    Rp 2022=50000000 2023=50000000
"""


def one_code_two_levels() -> bytes:
    """A Renstra with program, activity and sub-activity side by side behind one column of codes."""
    return workbook(
        Sheet("Renstra", {
            1: ["Tujuan", "Sasaran", "Kode", "Program", "Kegiatan", "Sub Kegiatan", "Indikator Kinerja", "Satuan",
                "Th. 2022", None, "Th. 2023"],
            2: [None, None, None, None, None, None, None, None, "Target", "Rp (juta)", "Target", "Rp (juta)"],
            3: ["Terwujudnya layanan", None, None, None, None, None, "Indeks layanan", "indeks", 80, None, 81],
            4: [None, "Meningkatnya mutu", None, None, None, None, "Indeks mutu", "indeks", 70, None, 71],
            5: [None, None, "2.16.03", "Program Aplikasi Informatika", None, None, "Cakupan", "%", 50, 1250.5, 55,
                1300],
            6: [None, None, "2.16.03.2.01", None, "Pengelolaan Domain", None, "Jumlah domain", "domain", 12, 250, 14,
                260],
            7: [None, None, "2.16.03.2.01.0003", None, None, "Jaringan Intra", "Jumlah OPD", "OPD", 20, 100, 25, 110],
            8: [None, None, "2.16.03.2.02", None, "Pengelolaan e-Gov", None, "Jumlah aplikasi", "aplikasi", 5, 150, 6,
                160],
        }, merged="I1:J1 K1:L1"),
    )  # fmt: skip


ONE_CODE_TWO_LEVELS_TREE = """
goal Terwujudnya layanan
  * Indeks layanan [indeks] 2022=80 2023=81
  objective Meningkatnya mutu
    * Indeks mutu [indeks] 2022=70 2023=71
    program 2.16.03 Program Aplikasi Informatika
      * Cakupan [%] 2022=50 2023=55
      Rp 2022=1250500000 2023=1300000000
      activity 2.16.03.2.01 Pengelolaan Domain
        * Jumlah domain [domain] 2022=12 2023=14
        Rp 2022=250000000 2023=260000000
        sub_activity 2.16.03.2.01.0003 Jaringan Intra
          * Jumlah OPD [OPD] 2022=20 2023=25
          Rp 2022=100000000 2023=110000000
      activity 2.16.03.2.02 Pengelolaan e-Gov
        * Jumlah aplikasi [aplikasi] 2022=5 2023=6
        Rp 2022=150000000 2023=160000000
"""


def pages() -> bytes:
    """An agency merged over the rows of two programs, a title on each page."""
    return workbook(
        Sheet("Tabel 7.1", {
            1: ["Tabel 7.1 Program Prioritas"],
            2: ["KODE", "PROGRAM", "INDIKATOR KINERJA", "SATUAN", "AWAL", "TAHUN 2022", None, "TAHUN 2023", None,
                "PENANGGUNG JAWAB"],
            3: [None, None, None, None, None, "TARGET", "RP (000)", "TARGET", "RP (000)"],
            4: ["1.02.02", "Program Upaya Kesehatan", "• Cakupan ibu hamil\n• Cakupan bayi", "%\n%", "80\n70",
                "82\n72", 1_250_000, "84\n74", 1_300_000, "Dinas Kesehatan"],
            5: [None, "Program SDM Kesehatan", "Rasio dokter", "rasio", "-", "1", 500000, "2", 510000],
            6: ["Lanjutan Tabel 7.1"],
            7: ["KODE", "PROGRAM", "INDIKATOR KINERJA", "SATUAN", "AWAL", "TAHUN 2022", None, "TAHUN 2023", None,
                "PENANGGUNG JAWAB"],
            8: [None, None, None, None, None, "TARGET", "RP (000)", "TARGET", "RP (000)"],
            9: ["2.16.03", "Program Aplikasi Informatika", "Indeks SPBE", "indeks", "2,8", "2,9", 250000, "3,1",
                260000, "Diskominfo"],
            10: ["TOTAL KESELURUHAN", None, None, None, None, None, 2_000_000, None, 2_070_000],
        }, merged="F2:G2 F7:G7 H2:I2 H7:I7 J4:J5"),
    )  # fmt: skip


PAGES_TREE = """
program 1.02.02 Program Upaya Kesehatan @3
  * Cakupan ibu hamil [%] awal=80 2022=82 2023=84 @3
  * Cakupan bayi [%] awal=70 2022=72 2023=74 @3
  Rp 2022=1250000000 2023=1300000000
program Program SDM Kesehatan @3
  * Rasio dokter [rasio] 2022=1 2023=2 @3
  Rp 2022=500000000 2023=510000000
program 2.16.03 Program Aplikasi Informatika @1
  * Indeks SPBE [indeks] awal=2,8 2022=2,9 2023=3,1 @1
  Rp 2022=250000000 2023=260000000
"""


def formulas_uncached() -> bytes:
    """A Renstra whose formulas no program has worked out: no value is guessed."""
    return workbook(
        Sheet("Renstra", {
            1: ["Kode", "Program/Kegiatan", "Indikator", "Satuan", "Target 2026", "Pagu 2026 (Rp)", "Target 2027",
                "Pagu 2027 (Rp)"],
            2: ["2.16.02", "Program Informasi", "Persentase konten", "%", "=60+5", "=F3", 70, "=F2*1.1"],
            3: ["2.16.02.2.01", "Pengelolaan Informasi", "=\"Jumlah \"&\"dokumen\"", "dokumen", 2, 700_000_000, 3,
                "=F3*1.1"],
        }),
    )  # fmt: skip


FORMULAS_UNCACHED_TREE = """
program 2.16.02 Program Informasi
  * Persentase konten [%] 2027=70
  activity 2.16.02.2.01 Pengelolaan Informasi
    Rp 2026=700000000
"""


OFFICE_SHAPES = (
    Shape("a sheet a mission", per_mission, expected(PER_MISSION_TREE), (), KENDAL),
    Shape(
        "a sheet an agency",
        per_agency,
        expected(PER_AGENCY_TREE),
        ("Dinkes:uang", "Diskominfo:uang"),
        KENDAL,
    ),
    Shape("agencies between", agency_rows, expected(AGENCY_ROWS_TREE), ("Program OPD!H9:satuan",), KENDAL),
    Shape(
        "bold and italic",
        by_bold,
        expected(BY_BOLD_TREE),
        ("Renstra DLH:tampilan", "Renstra DLH:tersembunyi:baris", "Renstra DLH:tersembunyi:kolom"),
        BOYOLALI,
    ),
    Shape("two units of money", mixed_money, expected(MIXED_MONEY_TREE), ("Sheet1:uang",), KENDAL),
    Shape(
        "dates and words",
        dirty,
        expected(DIRTY_TREE),
        (
            "DATA!7:kode",
            "DATA!9:nomenklatur",
            "DATA!F9",
            "DATA!G6",
            "DATA!G9",
            "DATA!H8",
            "DATA!H9",
            "DATA!I10:satuan",
            "DATA!I7",
            "DATA!J8",
            "DATA:uang",
            "opd:dinkes; disdikbud",
            "opd:puskesmas",
            "predikat:sesuai kebutuhan",
        ),
        KENDAL,
    ),
    Shape(
        "lists in cells",
        strategies,
        expected(STRATEGIES_TREE),
        ("Bab VI!D6:butir", "Bab VI!E6:butir", "Program:program:Bab VI!6:mission", "Program:program:Bab VI!9:mission"),
        KENDAL,
    ),
    Shape("two tables in a sheet", two_tables, expected(TWO_TABLES_TREE), (), KENDAL),
    Shape("code before the name", code_in_text, expected(CODE_IN_TEXT_TREE), (), BOYOLALI),
    Shape("one column of codes", one_code_two_levels, expected(ONE_CODE_TWO_LEVELS_TREE), (), BOYOLALI),
    Shape("an agency over two rows", pages, expected(PAGES_TREE), (), KENDAL),
    Shape(
        "formulas never worked out",
        formulas_uncached,
        expected(FORMULAS_UNCACHED_TREE),
        ("Renstra!C3", "Renstra!E2", "Renstra!E3", "Renstra!F2", "Renstra!H2", "Renstra!H3", "Renstra:uang"),
        DEMAK_RENSTRA,
    ),
)
