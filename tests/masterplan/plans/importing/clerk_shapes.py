"""Workbooks as clerks fill them in: words for "as above", lines of a PDF, a second table below, indicators among the
texts. Every tree was written before the reader was taught the kind.
"""

from tests.masterplan.plans.importing.laid_out import DEMAK, KENDAL, Sheet, workbook
from tests.masterplan.plans.importing.outlines import expected
from tests.masterplan.plans.importing.shapes import Shape

# Words that mean "as above" -------------------------------------------------------------------------------------------


def idem() -> bytes:
    """Idem and sda in the columns of mission, goal, objective and agency."""
    return workbook(
        Sheet("Matriks", {
            1: ["MATRIKS RPJMD KABUPATEN KENDAL TAHUN 2021-2026"],
            3: ["Misi", "Tujuan", "Sasaran", "Indikator Sasaran", "Satuan", "Target 2022", "Target 2023", "OPD"],
            4: ["Misi 1: Meningkatkan layanan dasar", "Meningkatnya derajat kesehatan", "Meningkatnya akses kesehatan",
                "Umur harapan hidup", "tahun", "74,1", "74,3", "Dinas Kesehatan"],
            5: ["idem", "idem", "idem", "Angka kematian ibu", "per 100.000", 80, 75, "idem"],
            6: ["sda", "sda", "Meningkatnya gizi masyarakat", "Prevalensi tengkes", "%", 15, 14, "sda"],
            7: ["Idem", "Meningkatnya mutu pendidikan", "Meningkatnya partisipasi sekolah", "Harapan lama sekolah",
                "tahun", "12,9", "13,1", "Disdikbud"],
            8: ["Misi 2: Menjaga lingkungan", "Alam terjaga", "Sampah terkelola", "Sampah terkelola", "%", 80, 85,
                "DLH"],
            9: ["idem.", "idem.", "Air bersih dari pencemaran", "Indeks kualitas air", "nilai", 55, 56, "idem."],
        }),
    )  # fmt: skip


IDEM_TREE = """
mission 1 Meningkatkan layanan dasar
  goal Meningkatnya derajat kesehatan
    objective Meningkatnya akses kesehatan
      * Umur harapan hidup [tahun] 2022=74,1 2023=74,3 @3
      * Angka kematian ibu [per 100.000] 2022=80 2023=75 @3
    objective Meningkatnya gizi masyarakat
      * Prevalensi tengkes [%] 2022=15 2023=14 @3
  goal Meningkatnya mutu pendidikan
    objective Meningkatnya partisipasi sekolah
      * Harapan lama sekolah [tahun] 2022=12,9 2023=13,1 @2
mission 2 Menjaga lingkungan
  goal Alam terjaga
    objective Sampah terkelola
      * Sampah terkelola [%] 2022=80 2023=85 @6
    objective Air bersih dari pencemaran
      * Indeks kualitas air [nilai] 2022=55 2023=56 @6
"""


def ditto_marks() -> bytes:
    """Marks for "as above" in every column of words, the first cell of a merged row too."""
    return workbook(
        Sheet("Program", {
            1: ["PROGRAM PRIORITAS KABUPATEN KENDAL 2021-2026"],
            3: ["Tujuan", "Sasaran", "Kode", "Program", "Indikator Program", "Satuan", "Target 2022", "Pagu 2022 (Rp)",
                "Perangkat Daerah"],
            4: ["Layanan mudah", "Layanan digital naik", "2.16.03", "Program Aplikasi Informatika", "Layanan daring",
                "persen", 40, 1_250_000_000, "Diskominfo"],
            5: ['"', '"', '"', '"', "Aplikasi terpadu", '"', 55, None, '"'],
            6: ["〃", "〃", "2.16.02", "Program Informasi dan Komunikasi Publik", "Media aktif", "〃", 70,
                450_000_000, "〃"],
            7: ['-"-', "Layanan kesehatan naik", "1.02.02", "Program Pemenuhan Upaya Kesehatan", "Cakupan", '-"-', 90,
                900_000_000, "Dinkes"],
            8: ["''", "''", "1.02.03", "Program Peningkatan Kapasitas SDM Kesehatan", "Rasio tenaga", "''", 60,
                300_000_000, "''"],
        }),
    )  # fmt: skip


DITTO_MARKS_TREE = """
goal Layanan mudah
  objective Layanan digital naik
    program 2.16.03 Program Aplikasi Informatika @1
      * Layanan daring [persen] 2022=40 @1
      * Aplikasi terpadu [persen] 2022=55 @1
      Rp 2022=1250000000
    program 2.16.02 Program Informasi dan Komunikasi Publik @1
      * Media aktif [persen] 2022=70 @1
      Rp 2022=450000000
  objective Layanan kesehatan naik
    program 1.02.02 Program Pemenuhan Upaya Kesehatan @3
      * Cakupan [persen] 2022=90 @3
      Rp 2022=900000000
    program 1.02.03 Program Peningkatan Kapasitas SDM Kesehatan @3
      * Rasio tenaga [persen] 2022=60 @3
      Rp 2022=300000000
"""


def as_above_nested() -> bytes:
    """A column of all levels: "s.d.a" for the agency and the unit, "sama dengan di atas" for a program's next line."""
    return workbook(
        Sheet("Tabel 6.2", {
            1: ["Tabel 6.2 RPJMD Kabupaten Demak Tahun 2025-2029"],
            3: ["Kode", "Tujuan/Sasaran/Program", "Indikator", "Satuan", "Target 2026", "Target 2027",
                "Pagu 2026 (Rp juta)", "Perangkat Daerah"],
            4: ["1", "Meningkatnya layanan digital", "Indeks SPBE", "indeks", "3,1", "3,3"],
            5: ["1.1", "Meningkatnya kematangan layanan", "Layanan daring", "persen", 50, 60, None,
                "Dinas Komunikasi dan Informatika"],
            6: ["2.16.03", "Program Aplikasi Informatika", "Aplikasi terpadu", "aplikasi", 5, 6, 1250, "s.d.a"],
            7: ["s.d.a", "s.d.a", "Layanan terintegrasi", "s.d.a", 7, 8, None, "s.d.a"],
            8: ["2.16.02", "Program Informasi dan Komunikasi Publik", "Media aktif", "persen", 70, 75, 450, "s.d.a."],
            9: [None, "Sama dengan di atas", "Keterbukaan informasi", "s.d.a.", 90, 91, None, "sama dengan di atas"],
        }),
    )  # fmt: skip


AS_ABOVE_NESTED_TREE = """
goal 1 Meningkatnya layanan digital
  * Indeks SPBE [indeks] 2026=3,1 2027=3,3
  objective 1.1 Meningkatnya kematangan layanan
    * Layanan daring [persen] 2026=50 2027=60 @1
    program 2.16.03 Program Aplikasi Informatika @1
      * Aplikasi terpadu [aplikasi] 2026=5 2027=6 @1
      * Layanan terintegrasi [aplikasi] 2026=7 2027=8 @1
      Rp 2026=1250000000
    program 2.16.02 Program Informasi dan Komunikasi Publik @1
      * Media aktif [persen] 2026=70 2027=75 @1
      * Keterbukaan informasi [persen] 2026=90 2027=91 @1
      Rp 2026=450000000
"""

# Lines broken by pasting from a PDF -----------------------------------------------------------------------------------


def broken_nested() -> bytes:
    """A sentence goes on in the next rows, in lower case and without a code."""
    return workbook(
        Sheet("Tempelan", {
            1: ["RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Misi/Tujuan/Sasaran", "Indikator", "Satuan", "Target 2022", "Target 2023"],
            4: ["1", "Meningkatkan kualitas pelayanan publik yang"],
            5: [None, "mudah, cepat,"],
            6: [None, "dan transparan"],
            7: ["1.1", "Terwujudnya birokrasi yang bersih", "Indeks reformasi birokrasi", "nilai", 65, 67],
            8: ["1.1.1", "Meningkatnya akuntabilitas kinerja", "Nilai SAKIP", "nilai", "B", "BB"],
            9: [None, "perangkat daerah"],
            10: ["2", "Menjaga lingkungan"],
        }),
    )  # fmt: skip


BROKEN_NESTED_TREE = """
mission 1 Meningkatkan kualitas pelayanan publik yang mudah, cepat, dan transparan
  goal 1.1 Terwujudnya birokrasi yang bersih
    * Indeks reformasi birokrasi [nilai] 2022=65 2023=67
    objective 1.1.1 Meningkatnya akuntabilitas kinerja perangkat daerah
      * Nilai SAKIP [nilai] 2022=B 2023=BB
mission 2 Menjaga lingkungan
"""


def broken_flat() -> bytes:
    """A column a level; words divided at the end of the line, goal and objective broken in the same rows."""
    return workbook(
        Sheet("Bab V", {
            1: ["Tabel 5.1 Tujuan dan Sasaran Kabupaten Kendal"],
            3: ["Misi", "Tujuan", "Sasaran", "Indikator Sasaran", "Satuan", "Target 2022", "Target 2023"],
            4: ["Misi 1: Meningkatkan daya saing ekono-", "Meningkatnya pertumbuhan ekonomi",
                "Meningkatnya nilai tambah", "Pertumbuhan industri", "%", "5,1", "5,3"],
            5: ["mi daerah yang berbasis perta-", "yang inklusif", "sektor industri pengolahan"],
            6: ["nian dan industri"],
            7: [None, None, "Meningkatnya investasi", "Realisasi penanaman modal dalam ne-", "miliar rupiah", 900, 950],
            8: [None, None, None, "geri dan asing"],
        }),
    )  # fmt: skip


BROKEN_FLAT_TREE = """
mission 1 Meningkatkan daya saing ekonomi daerah yang berbasis pertanian dan industri
  goal Meningkatnya pertumbuhan ekonomi yang inklusif
    objective Meningkatnya nilai tambah sektor industri pengolahan
      * Pertumbuhan industri [%] 2022=5,1 2023=5,3
    objective Meningkatnya investasi
      * Realisasi penanaman modal dalam negeri dan asing [miliar rupiah] 2022=900 2023=950
"""


def broken_programs() -> bytes:
    """Programs, indicators and agencies broken over two and three rows."""
    return workbook(
        Sheet("Program", {
            1: ["PROGRAM PERANGKAT DAERAH KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Program", "Indikator", "Satuan", "Target 2022", "Pagu 2022 (Rp)", "Perangkat Daerah"],
            4: ["1.03.10", "Program Penyelenggaraan", "Persentase jalan kabupaten", "%", 73, 80_000_000_000,
                "Dinas Pekerjaan Umum dan"],
            5: [None, "jalan", "dalam kondisi mantap", None, None, None, "Penataan Ruang"],
            6: ["1.02.02", "Program Pemenuhan Upaya", "Cakupan kunjungan ibu hamil", "%", 90, 12_500_000_000,
                "Dinas Kesehatan"],
            7: [None, "kesehatan perorangan dan", "yang keempat"],
            8: [None, "upaya kesehatan masyarakat", "kalinya"],
            9: ["2.16.03", "Program Aplikasi Informatika", "Indeks SPBE", "indeks", "2,9", 1_250_000_000,
                "Diskominfo"],
        }),
    )  # fmt: skip


BROKEN_PROGRAMS_TREE = """
program 1.03.10 Program Penyelenggaraan jalan @4
  * Persentase jalan kabupaten dalam kondisi mantap [%] 2022=73 @4
  Rp 2022=80000000000
program 1.02.02 Program Pemenuhan Upaya kesehatan perorangan dan upaya kesehatan masyarakat @3
  * Cakupan kunjungan ibu hamil yang keempat kalinya [%] 2022=90 @3
  Rp 2022=12500000000
program 2.16.03 Program Aplikasi Informatika @1
  * Indeks SPBE [indeks] 2022=2,9 @1
  Rp 2022=1250000000
"""

# A second table lower on the same sheet -------------------------------------------------------------------------------

GOALS = {
    1: ["RPJMD KABUPATEN KENDAL TAHUN 2021-2026"],
    2: ["Misi", "Tujuan", "Sasaran", "Indikator Sasaran", "Satuan", "Target 2022", "Target 2023"],
    3: ["Misi 1: Meningkatkan layanan", "Layanan mudah", "Layanan digital naik", "Indeks SPBE", "indeks", "2,7", "2,9"],
    4: [None, None, "Layanan sehat naik", "Umur harapan hidup", "tahun", "74,1", "74,3"],
}
GOALS_TREE = """
mission 1 Meningkatkan layanan
  goal Layanan mudah
    objective Layanan digital naik
      * Indeks SPBE [indeks] 2022=2,7 2023=2,9
      program 2.16.03 Program Aplikasi Informatika @1
        Rp 2022=1250000000 2023=1300000000
    objective Layanan sehat naik
      * Umur harapan hidup [tahun] 2022=74,1 2023=74,3
      program 1.02.02 Program Pemenuhan Upaya Kesehatan @3
        Rp 2022=900000000 2023=950000000
"""


def second_table_titled() -> bytes:
    """A title, then a table of other columns in another order."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            7: ["Tabel 2. Program prioritas dan pagu indikatif"],
            8: ["Kode", "Program", "Sasaran", "Perangkat Daerah", "Pagu 2022 (Rp juta)", "Pagu 2023 (Rp juta)"],
            9: ["2.16.03", "Program Aplikasi Informatika", "Layanan digital naik", "Diskominfo", 1250, 1300],
            10: ["1.02.02", "Program Pemenuhan Upaya Kesehatan", "Layanan sehat naik", "Dinkes", 900, 950],
        }),
    )  # fmt: skip


def second_table_close() -> bytes:
    """No line between the tables; the years of the lower one stand below one head for money."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            5: ["Sasaran", "Program", "Kode", "OPD", "Pagu Indikatif (Rp ribu)", None],
            6: [None, None, None, None, 2022, 2023],
            7: ["Layanan digital naik", "Program Aplikasi Informatika", "2.16.03", "Diskominfo", 1_250_000, 1_300_000],
            8: ["Layanan sehat naik", "Program Pemenuhan Upaya Kesehatan", "1.02.02", "Dinkes", 900_000, 950_000],
        }, merged="E5:F5 A5:A6 B5:B6 C5:C6 D5:D6"),
    )  # fmt: skip


def second_table_aside() -> bytes:
    """The lower table begins in another column, has few columns and heads in capitals."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            6: [None, None, "SASARAN", "PROGRAM", "2022 (Rp)", "2023 (Rp)"],
            7: [None, None, "Layanan digital naik", "2.16.03 Program Aplikasi Informatika", 1_250_000_000,
                1_300_000_000],
            8: [None, None, "Layanan sehat naik", "1.02.02 Program Pemenuhan Upaya Kesehatan", 900_000_000,
                950_000_000],
        }),
    )  # fmt: skip


def second_table_of_three() -> bytes:
    """Three heads."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            7: ["Sasaran", "Program", "Pagu 2022 (Rp juta)"],
            8: ["Layanan digital naik", "2.16.03 Program Aplikasi Informatika", 1250],
            9: ["Layanan sehat naik", "1.02.02 Program Pemenuhan Upaya Kesehatan", 900],
        }),
    )  # fmt: skip


def second_table_of_two() -> bytes:
    """Two heads, a title above them."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            6: ["Tabel 2. Program bagi tiap sasaran"],
            7: ["Sasaran", "Program"],
            8: ["Layanan digital naik", "2.16.03 Program Aplikasi Informatika"],
            9: ["Layanan sehat naik", "1.02.02 Program Pemenuhan Upaya Kesehatan"],
        }),
    )  # fmt: skip


def second_table_without_goals() -> bytes:
    """Three heads of which none was above: code, program and money, right below the first table."""
    return workbook(
        Sheet("RPJMD", GOALS | {
            5: ["Kode", "Program", "Pagu 2022 (Rp juta)"],
            6: ["2.16.03", "Program Aplikasi Informatika", 1250],
            7: ["1.02.02", "Program Pemenuhan Upaya Kesehatan", 900],
        }),
    )  # fmt: skip


NARROW_TREE = (
    GOALS_TREE.replace(" @1", "").replace(" @3", "").replace(" 2023=1300000000", "").replace(" 2023=950000000", "")
)
UNPAID_TREE = NARROW_TREE.replace("        Rp 2022=1250000000\n", "").replace("        Rp 2022=900000000\n", "")
ALONE_TREE = """
mission 1 Meningkatkan layanan
  goal Layanan mudah
    objective Layanan digital naik
      * Indeks SPBE [indeks] 2022=2,7 2023=2,9
    objective Layanan sehat naik
      * Umur harapan hidup [tahun] 2022=74,1 2023=74,3
program 2.16.03 Program Aplikasi Informatika
  Rp 2022=1250000000
program 1.02.02 Program Pemenuhan Upaya Kesehatan
  Rp 2022=900000000
"""

# Rows that begin with the word for an indicator -----------------------------------------------------------------------


def indicator_rows() -> bytes:
    """No column for indicators: they stand below their node, in the column of the texts."""
    return workbook(
        Sheet("Tujuan", {
            1: ["TUJUAN DAN SASARAN RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Uraian", "Satuan", "Kondisi Awal", "Target 2022", "Target 2023"],
            4: ["1", "Meningkatkan layanan dasar"],
            5: ["1.1", "Meningkatnya derajat kesehatan"],
            6: [None, "Indikator: Umur harapan hidup", "tahun", "74,0", "74,1", "74,3"],
            7: ["1.1.1", "Meningkatnya akses layanan kesehatan"],
            8: [None, "Indikator: Cakupan kunjungan ibu hamil", "%", 88, 90, 92],
            9: [None, "Indikator: Rasio dokter", "rasio", "1:2600", "1:2500", "1:2400"],
        }),
    )  # fmt: skip


INDICATOR_ROWS_TREE = """
mission 1 Meningkatkan layanan dasar
  goal 1.1 Meningkatnya derajat kesehatan
    * Umur harapan hidup [tahun] awal=74,0 2022=74,1 2023=74,3
    objective 1.1.1 Meningkatnya akses layanan kesehatan
      * Cakupan kunjungan ibu hamil [%] awal=88 2022=90 2023=92
      * Rasio dokter [rasio] awal=1:2600 2022=1:2500 2023=1:2400
"""


def indicators_of_levels() -> bytes:
    """The word names the level as well: Indikator Tujuan, Indikator Sasaran, Indikator Program."""
    return workbook(
        Sheet("Matriks", {
            1: ["MATRIKS RPJMD KABUPATEN KENDAL"],
            3: ["Misi/Tujuan/Sasaran/Program", "Satuan", "Target 2022", "Pagu 2022 (Rp)", "Perangkat Daerah"],
            4: ["Misi 1: Meningkatkan layanan"],
            5: ["Tujuan 1.1: Layanan mudah"],
            6: ["Indikator Tujuan : Indeks pelayanan publik", "indeks", "3,5"],
            7: ["Sasaran 1.1.1: Layanan digital naik"],
            8: ["Indikator Sasaran : Indeks SPBE", "indeks", "2,9"],
            9: ["Indikator Sasaran : Layanan daring", "persen", 40],
            10: ["Program Aplikasi Informatika", None, None, 1_250_000_000, "Diskominfo"],
            11: ["Indikator Program : Aplikasi terpadu", "aplikasi", 5],
        }),
    )  # fmt: skip


INDICATORS_OF_LEVELS_TREE = """
mission 1 Meningkatkan layanan
  goal 1.1 Layanan mudah
    * Indeks pelayanan publik [indeks] 2022=3,5
    objective 1.1.1 Layanan digital naik
      * Indeks SPBE [indeks] 2022=2,9
      * Layanan daring [persen] 2022=40
      program Program Aplikasi Informatika @1
        * Aplikasi terpadu [aplikasi] 2022=5
        Rp 2022=1250000000
"""


def indicators_short() -> bytes:
    """IK: and IKU - in the texts, counted; a column of agencies beside."""
    return workbook(
        Sheet("IK", {
            1: ["RPJMD KABUPATEN DEMAK 2025-2029"],
            3: ["No", "Tujuan / Sasaran", "Satuan", 2026, 2027, "OPD"],
            4: ["1", "Meningkatnya kualitas lingkungan"],
            5: [None, "IKU - Indeks kualitas lingkungan hidup", "nilai", "66,1", "66,9", "DLH"],
            6: ["1.1", "Meningkatnya pengelolaan sampah"],
            7: ["a.", "IK: Sampah terkelola", "%", 80, 85, "DLH"],
            8: ["b.", "IK: Sampah terdaur ulang", "%", 20, 25, "DLH"],
            9: ["2", "Meningkatnya layanan digital"],
            10: [None, "IK 1: Indeks SPBE", "indeks", "3,1", "3,3", "Diskominfo"],
        }),
    )  # fmt: skip


INDICATORS_SHORT_TREE = """
goal 1 Meningkatnya kualitas lingkungan
  * Indeks kualitas lingkungan hidup [nilai] 2026=66,1 2027=66,9 @6
  objective 1.1 Meningkatnya pengelolaan sampah
    * Sampah terkelola [%] 2026=80 2027=85 @6
    * Sampah terdaur ulang [%] 2026=20 2027=25 @6
goal 2 Meningkatnya layanan digital
  * Indeks SPBE [indeks] 2026=3,1 2027=3,3 @1
"""


def indicators_below_a_word() -> bytes:
    """`Indikator:` alone in a row, its indicators with their values in the rows below."""
    return workbook(
        Sheet("Tujuan", {
            1: ["TUJUAN DAN SASARAN RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Uraian", "Satuan", "Kondisi Awal", "Target 2022"],
            4: ["1", "Meningkatkan layanan dasar"],
            5: ["1.1", "Meningkatnya derajat kesehatan"],
            6: [None, "Indikator:"],
            7: [None, "Umur harapan hidup", "tahun", "74,0", "74,1"],
            8: ["a", "Angka kematian ibu", "per 100.000", 80, 75],
            9: ["1.1.1", "Meningkatnya akses layanan kesehatan"],
            10: [None, "Indikator Sasaran"],
            11: [None, "1. Cakupan kunjungan ibu hamil", "%", 88, 90],
            12: [None, "2. Rasio dokter", "rasio", "1:2600", "1:2500"],
            13: ["2", "Menjaga lingkungan"],
        }),
    )  # fmt: skip


INDICATORS_BELOW_TREE = """
mission 1 Meningkatkan layanan dasar
  goal 1.1 Meningkatnya derajat kesehatan
    * Umur harapan hidup [tahun] awal=74,0 2022=74,1
    * Angka kematian ibu [per 100.000] awal=80 2022=75
    objective 1.1.1 Meningkatnya akses layanan kesehatan
      * Cakupan kunjungan ibu hamil [%] awal=88 2022=90
      * Rasio dokter [rasio] awal=1:2600 2022=1:2500
mission 2 Menjaga lingkungan
"""


def indicators_in_a_list() -> bytes:
    """`Indikator Kinerja :` in a column of a level, the names below it with dashes, no values anywhere."""
    return workbook(
        Sheet("Bab V", {
            1: ["RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Misi", "Tujuan", "Sasaran"],
            4: ["Misi 1: Meningkatkan layanan", "Layanan mudah", "Layanan digital naik"],
            5: [None, None, "Indikator Kinerja :"],
            6: [None, None, "- Indeks SPBE"],
            7: [None, None, "- Layanan daring"],
            8: [None, None, "Layanan sehat naik"],
        }),
    )  # fmt: skip


INDICATORS_LISTED_TREE = """
mission 1 Meningkatkan layanan
  goal Layanan mudah
    objective Layanan digital naik
      * Indeks SPBE
      * Layanan daring
    objective Layanan sehat naik
"""


def indicators_told_by_place() -> bytes:
    """`Indikator` and one name without a value below it: asked, as it may be a node."""
    return workbook(
        Sheet("Uraian", {
            1: ["RPJMD KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Misi/Tujuan/Sasaran", "Keterangan"],
            4: ["1", "Meningkatkan layanan"],
            5: ["1.1", "Layanan mudah"],
            6: [None, "Indikator"],
            7: [None, "Indeks pelayanan publik"],
            8: ["1.1.1", "Layanan digital naik"],
        }),
    )  # fmt: skip


INDICATORS_BY_PLACE_TREE = """
mission 1 Meningkatkan layanan
  goal 1.1 Layanan mudah
    * Indeks pelayanan publik
    objective 1.1.1 Layanan digital naik
"""

# Money in other units -------------------------------------------------------------------------------------------------

MONEY_TREE = """
program 1.03.10 Program Penyelenggaraan Jalan @4
  Rp 2022=80500000000 2023=85250000000
program 2.16.03 Program Aplikasi Informatika @1
  Rp 2022=1250000000 2023=1300000000
"""
ROAD, APPS = ["1.03.10", "Program Penyelenggaraan Jalan"], ["2.16.03", "Program Aplikasi Informatika"]


def billions_in_the_title() -> bytes:
    """The title alone says it."""
    return workbook(
        Sheet("Pagu", {
            1: ["PAGU INDIKATIF PROGRAM KABUPATEN KENDAL 2021-2026 (dalam miliar rupiah)"],
            3: ["Kode", "Program", "Pagu 2022", "Pagu 2023", "OPD"],
            4: [*ROAD, "80,5", "85,25", "DPUPR"],
            5: [*APPS, 1.25, "1,3", "Diskominfo"],
        }),
    )  # fmt: skip


def billions_in_the_head() -> bytes:
    """A unit of its own in each column of money."""
    return workbook(
        Sheet("Pagu", {
            1: ["PAGU INDIKATIF PROGRAM KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Program", "2022 (Rp miliar)", "2023 (juta Rp)", "OPD"],
            4: [*ROAD, "80,5", "85.250", "DPUPR"],
            5: [*APPS, "1,25", "1.300", "Diskominfo"],
        }),
    )  # fmt: skip


def millions_below_the_table() -> bytes:
    """Only the note below the table says it; a total stands between."""
    return workbook(
        Sheet("Pagu", {
            1: ["PAGU INDIKATIF PROGRAM KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Program", "Pagu 2022", "Pagu 2023", "OPD"],
            4: [*ROAD, 80_500, 85_250, "DPUPR"],
            5: [*APPS, 1_250, 1_300, "Diskominfo"],
            6: [None, "JUMLAH", 81_750, 86_550],
            8: ["Keterangan: pagu dalam jutaan rupiah"],
        }),
    )  # fmt: skip


def unit_unsaid() -> bytes:
    """Nothing says it: billions by their size alone, and thousands are as well possible."""
    return workbook(
        Sheet("Pagu", {
            1: ["PAGU INDIKATIF PROGRAM KABUPATEN KENDAL 2021-2026"],
            3: ["Kode", "Program", "Pagu 2022", "Pagu 2023", "OPD"],
            4: [*ROAD, "80,5", "85,25", "DPUPR"],
            5: [*APPS, "1,25", "1,3", "Diskominfo"],
        }),
    )  # fmt: skip


def _lines(sheet: str, *rows: int) -> tuple[str, ...]:
    return tuple(f"{sheet}!{row}:sambungan" for row in rows)


GOALS_WITHOUT_AGENCIES = expected(GOALS_TREE.replace(" @1", "").replace(" @3", ""))
CLERK_SHAPES = [
    Shape("idem", idem, expected(IDEM_TREE), (), KENDAL),
    Shape("ditto marks", ditto_marks, expected(DITTO_MARKS_TREE), ("Program:uang",), KENDAL),
    Shape("as above, nested", as_above_nested, expected(AS_ABOVE_NESTED_TREE), (), DEMAK),
    Shape("broken lines, nested", broken_nested, expected(BROKEN_NESTED_TREE), _lines("Tempelan", 5, 6, 9), KENDAL),
    Shape("broken lines, flat", broken_flat, expected(BROKEN_FLAT_TREE), _lines("Bab V", 5, 6, 8), KENDAL),
    Shape("broken programs", broken_programs, expected(BROKEN_PROGRAMS_TREE),
          ("Program:uang", *_lines("Program", 5, 7, 8)), KENDAL),
    Shape("second table, titled", second_table_titled, expected(GOALS_TREE), (), KENDAL),
    Shape("second table, close", second_table_close, expected(GOALS_TREE), (), KENDAL),
    Shape("second table, aside", second_table_aside, GOALS_WITHOUT_AGENCIES, ("RPJMD (baris 6):uang",), KENDAL),
    Shape("second table of three", second_table_of_three, expected(NARROW_TREE), (), KENDAL),
    Shape("second table of two", second_table_of_two, expected(UNPAID_TREE), (), KENDAL),
    Shape("second table without goals", second_table_without_goals, expected(ALONE_TREE), (), KENDAL),
    Shape("rows of indicators", indicator_rows, expected(INDICATOR_ROWS_TREE), (), KENDAL),
    Shape("indicators of levels", indicators_of_levels, expected(INDICATORS_OF_LEVELS_TREE), ("Matriks:uang",), KENDAL),
    Shape("indicators, short", indicators_short, expected(INDICATORS_SHORT_TREE), (), DEMAK),
    Shape("indicators below a word", indicators_below_a_word, expected(INDICATORS_BELOW_TREE), (), KENDAL),
    Shape("indicators in a list", indicators_in_a_list, expected(INDICATORS_LISTED_TREE), (), KENDAL),
    Shape("indicators by place", indicators_told_by_place, expected(INDICATORS_BY_PLACE_TREE),
          ("Uraian!7:indikator",), KENDAL),
    Shape("billions in the title", billions_in_the_title, expected(MONEY_TREE), (), KENDAL),
    Shape("billions in the head", billions_in_the_head, expected(MONEY_TREE), (), KENDAL),
    Shape("millions below the table", millions_below_the_table, expected(MONEY_TREE), (), KENDAL),
]  # fmt: skip
