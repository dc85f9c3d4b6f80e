"""Workbooks after the tables of the regulation (T-B.35, T-C.25, T-C.27, outcomes), as offices fill them in, and their trees."""

from tests.masterplan.plans.importing.laid_out import BOYOLALI, DEMAK, KENDAL, Sheet, workbook
from tests.masterplan.plans.importing.outlines import expected
from tests.masterplan.plans.importing.shapes import Shape


def tc27() -> bytes:
    """A Renstra after T-C.27: goal and objective beside a column of any level, three lines of heads, units behind the
    targets, offices for agencies, a signature below."""
    return workbook(
        Sheet("T-C.27", {
            1: ["Tabel T-C.27"],
            2: ["Rencana Program, Kegiatan, dan Pendanaan Perangkat Daerah"],
            3: ["Dinas Komunikasi dan Informatika Kabupaten Boyolali Tahun 2021-2026"],
            5: ["Tujuan", "Sasaran", "Kode", "Program dan Kegiatan",
                "Indikator Kinerja Tujuan, Sasaran, Program (outcome) dan Kegiatan (output)",
                "Data Capaian pada Tahun Awal Perencanaan (2020)", "Target Kinerja Program dan Kerangka Pendanaan",
                None, None, None, None, None, None, None, None, None, None, None,
                "Unit Kerja Perangkat Daerah Penanggung jawab", "Lokasi"],
            6: [None, None, None, None, None, None, "Tahun-1 (2022)", None, "Tahun-2 (2023)", None, "Tahun-3 (2024)",
                None, "Tahun-4 (2025)", None, "Tahun-5 (2026)", None,
                "Kondisi Kinerja pada akhir periode Renstra Perangkat Daerah"],
            7: [None, None, None, None, None, None, "target", "Rp", "target", "Rp", "target", "Rp", "target", "Rp",
                "target", "Rp", "target", "Rp"],
            8: ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)",
                "(15)", "(16)", "(17)", "(18)", "(19)", "(20)"],
            9: ["Meningkatnya kualitas layanan digital pemerintah", None, None, None, "Indeks SPBE", "2,81", 2.9,
                None, 3.1, None, 3.2, None, 3.4, None, 3.6, None, 3.6],
            10: [None, "Meningkatnya layanan aplikasi terpadu", None, None, "Persentase layanan daring terintegrasi",
                "45%", "50%", None, "60%", None, "70%", None, "75 – 80%", None, "≥ 90%", None, "≥ 90%"],
            11: [None, None, "2.16.03", "PROGRAM APLIKASI INFORMATIKA",
                "Persentase perangkat daerah yang memakai aplikasi terpadu", "n/a", "40%", "Rp 1.250.000.000,-",
                "55%", "Rp 2.250.000.000,-", "70%", "Rp 3.250.000.000,-", "85%", "Rp 4.250.000.000,-", "100%",
                "Rp 5.250.000.000,-", "100%", "Rp 16.250.000.000,-", "Bidang Aptika", "Kab. Boyolali"],
            12: [None, None, "2.16.03.2.01",
                "Pengelolaan Nama Domain yang Telah Ditetapkan oleh Pemerintah Pusat dan Sub Domain di Lingkup Pemerintah Daerah Kabupaten/Kota",
                "Jumlah nama domain yang dikelola", "12 domain", "14 domain", "Rp 150.000.000,-", "16 domain",
                "Rp 250.000.000,-", "18 domain", "Rp 350.000.000,-", "20 domain", "Rp 450.000.000,-", "22 domain",
                "Rp 550.000.000,-", "22 domain", "Rp 1.750.000.000,-", "Bidang Aptika", "Kab. Boyolali"],
            13: [None, None, "2.16.03.2.01.0003", "Penyelenggaraan Sistem Jaringan Intra Pemerintah Daerah",
                "Jumlah OPD yang terhubung", "-", "20 OPD", "Rp 10.000.000,-", "25 OPD", "Rp 20.000.000,-", "30 OPD",
                "Rp 30.000.000,-", "35 OPD", "Rp 40.000.000,-", "40 OPD", "Rp 50.000.000,-", "40 OPD",
                "Rp 150.000.000,-", "Bidang Aptika"],
            14: ["JUMLAH", None, None, None, None, None, None, "Rp 1.250.000.000,-"],
            16: ["Keterangan: pagu belum termasuk belanja pegawai"],
            18: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "Boyolali, 20 September 2021"],
            19: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA"],
            20: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "KABUPATEN BOYOLALI"],
            24: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "CONTOH NAMA, S.Kom., M.M."],
            25: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "Pembina Utama Muda"],
            26: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "NIP. 19700101 199503 1 001"],
        }, merged="A14:G14 G5:R5 G6:H6 I6:J6 K6:L6 M6:N6 O6:P6 Q6:R6"),
    )  # fmt: skip


TC27_TREE = """
goal Meningkatnya kualitas layanan digital pemerintah
  * Indeks SPBE awal=2,81 2022=2,9 2023=3,1 2024=3,2 2025=3,4 2026=3,6 akhir=3,6
  objective Meningkatnya layanan aplikasi terpadu
    * Persentase layanan daring terintegrasi awal=45% 2022=50% 2023=60% 2024=70% 2025=75 – 80% 2026=≥ 90% akhir=≥ 90%
    program 2.16.03 PROGRAM APLIKASI INFORMATIKA
      * Persentase perangkat daerah yang memakai aplikasi terpadu 2022=40% 2023=55% 2024=70% 2025=85% 2026=100% akhir=100%
      Rp 2022=1250000000 2023=2250000000 2024=3250000000 2025=4250000000 2026=5250000000
      activity 2.16.03.2.01 Pengelolaan Nama Domain yang Telah Ditetapkan oleh Pemerintah Pusat dan Sub Domain di Lingkup Pemerintah Daerah Kabupaten/Kota
        * Jumlah nama domain yang dikelola [domain] awal=12 2022=14 2023=16 2024=18 2025=20 2026=22 akhir=22
        Rp 2022=150000000 2023=250000000 2024=350000000 2025=450000000 2026=550000000
        sub_activity 2.16.03.2.01.0003 Penyelenggaraan Sistem Jaringan Intra Pemerintah Daerah
          * Jumlah OPD yang terhubung [OPD] 2022=20 2023=25 2024=30 2025=35 2026=40 akhir=40
          Rp 2022=10000000 2023=20000000 2024=30000000 2025=40000000 2026=50000000
"""


def tb35() -> bytes:
    """Codes in three columns, matters and fields as headings, sums between, heads on each page, a source and a
    signature below."""
    return workbook(
        Sheet("Bab VII", {
            1: ["Tabel 7.1 (T-B.35)"],
            2: ["Program Prioritas yang disertai Kebutuhan Pendanaan RPJMD Kabupaten Kendal Tahun 2021-2026"],
            4: ["Kode", None, None, "Bidang Urusan Pemerintahan dan Program Prioritas Pembangunan",
                "Indikator Kinerja Program (outcome)", "Kondisi Kinerja Awal RPJMD (Tahun 0)",
                "Capaian Kinerja Program dan Kerangka Pendanaan", None, None, None, None, None, None, None, None,
                None, None, None, "Perangkat Daerah Penanggung Jawab"],
            5: [None, None, None, None, None, None, "Tahun 2022", None, "Tahun 2023", None, "Tahun 2024", None,
                "Tahun 2025", None, "Tahun 2026", None, "Kondisi Kinerja pada Akhir Periode RPJMD"],
            6: [None, None, None, None, None, None, "Target", "Rp", "Target", "Rp", "Target", "Rp", "Target", "Rp",
                "Target", "Rp", "Target", "Rp"],
            7: [1, None, None, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
            8: ["1", None, None, "URUSAN PEMERINTAHAN WAJIB YANG BERKAITAN DENGAN PELAYANAN DASAR"],
            9: ["1", "01", None, "BIDANG URUSAN PENDIDIKAN"],
            10: ["1", "01", "02", "Program Pengelolaan Pendidikan", "Angka Partisipasi Murni SD (%)", "96,40",
                "96,80", 56_800_000_000, 97.2, 57_900_000_000, 97.6, 58_000_000_000, 98, 59_000_000_000, 98.4,
                60_000_000_000, 98.4, 291_700_000_000, "Disdikbud"],
            11: [None, None, None, None, "Persentase sekolah terakreditasi A", "-", "35 - 40", None, "40 - 45", None,
                "45 - 50", None, "50 - 55", None, "≥ 55", None, "≥ 55"],
            12: ["1", "01", "03", "Program Pengembangan Kurikulum", "Jumlah muatan lokal (dokumen)", "1", 2,
                100_000_000, 3, 100_000_000, 4, 100_000_000, 5, 100_000_000, 6, 100_000_000, 6, 500_000_000,
                "Dinas Pendidikan dan Kebudayaan"],
            13: [None, None, None, "Jumlah Bidang Urusan Pendidikan", None, None, None, 56_900_000_000],
            14: ["Kode", None, None, "Bidang Urusan Pemerintahan dan Program Prioritas Pembangunan",
                "Indikator Kinerja Program (outcome)", "Kondisi Kinerja Awal RPJMD (Tahun 0)",
                "Capaian Kinerja Program dan Kerangka Pendanaan", None, None, None, None, None, None, None, None,
                None, None, None, "Perangkat Daerah Penanggung Jawab"],
            15: [None, None, None, None, None, None, "Tahun 2022", None, "Tahun 2023", None, "Tahun 2024", None,
                "Tahun 2025", None, "Tahun 2026", None, "Kondisi Kinerja pada Akhir Periode RPJMD"],
            16: [None, None, None, None, None, None, "Target", "Rp", "Target", "Rp", "Target", "Rp", "Target", "Rp",
                "Target", "Rp", "Target", "Rp"],
            17: [1, None, None, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
            18: ["1", "02", None, "BIDANG URUSAN KESEHATAN"],
            19: ["1", "02", "02", "Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat",
                "Angka kematian ibu per 100.000 kelahiran hidup", "98,2", "95", 120_000_000_000, "92",
                120_000_000_000, "90", 120_000_000_000, "88", 120_000_000_000, "85", 120_000_000_000, "85",
                600_000_000_000, "Dinkes"],
            20: ["6", None, None, "UNSUR PENGAWASAN URUSAN PEMERINTAHAN"],
            21: ["6", "01", None, "INSPEKTORAT DAERAH"],
            22: ["6", "01", "02", "Program Penyelenggaraan Pengawasan", "Opini BPK atas laporan keuangan", "WTP",
                "WTP", 900_000_000, "WTP", 900_000_000, "WTP", 900_000_000, "WTP", 900_000_000, "WTP", 900_000_000,
                "WTP", 4_500_000_000, "Inspektorat"],
            23: [None, None, None, None, "Nilai SAKIP", "B", "B", None, "B", None, "BB", None, "BB", None, "A", None,
                "A"],
            24: [None, None, None, "JUMLAH TOTAL", None, None, None, 177_800_000_000],
            26: ["Sumber: Bappeda Kabupaten Kendal, 2021"],
            28: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "BUPATI KENDAL,"],
            30: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "ttd"],
            32: [None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                "NAMA CONTOH"],
        }, merged="A14:C16 A4:C6 G14:R14 G15:H15 G4:R4 G5:H5 I15:J15 I5:J5 K15:L15 K5:L5 M15:N15 M5:N5 O15:P15 O5:P5 Q15:R15 Q5:R5"),
    )  # fmt: skip


TB35_TREE = """
program 1.01.02 Program Pengelolaan Pendidikan @2
  * Angka Partisipasi Murni SD (%) awal=96,40 2022=96,80 2023=97,2 2024=97,6 2025=98 2026=98,4 akhir=98,4 @2
  * Persentase sekolah terakreditasi A 2022=35 - 40 2023=40 - 45 2024=45 - 50 2025=50 - 55 2026=≥ 55 akhir=≥ 55
  Rp 2022=56800000000 2023=57900000000 2024=58000000000 2025=59000000000 2026=60000000000
program 1.01.03 Program Pengembangan Kurikulum @2
  * Jumlah muatan lokal (dokumen) awal=1 2022=2 2023=3 2024=4 2025=5 2026=6 akhir=6 @2
  Rp 2022=100000000 2023=100000000 2024=100000000 2025=100000000 2026=100000000
program 1.02.02 Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat @3
  * Angka kematian ibu per 100.000 kelahiran hidup awal=98,2 2022=95 2023=92 2024=90 2025=88 2026=85 akhir=85 (down) @3
  Rp 2022=120000000000 2023=120000000000 2024=120000000000 2025=120000000000 2026=120000000000
program 6.01.02 Program Penyelenggaraan Pengawasan @5
  * Opini BPK atas laporan keuangan awal=WTP 2022=WTP 2023=WTP 2024=WTP 2025=WTP 2026=WTP akhir=WTP @5
  * Nilai SAKIP awal=B 2022=B 2023=B 2024=BB 2025=BB 2026=A akhir=A
  Rp 2022=900000000 2023=900000000 2024=900000000 2025=900000000 2026=900000000
"""


def goals2025() -> bytes:
    """Missions over the whole width, the vision above, indicators of goals in rows without an objective; a year too
    many."""
    return workbook(
        Sheet("Tujuan Sasaran", {
            1: ["TABEL 3.2"],
            2: ["TUJUAN, SASARAN, DAN INDIKATOR KINERJA RPJMD KABUPATEN DEMAK TAHUN 2025–2029"],
            3: ["Visi : “Demak Bermartabat, Maju, dan Sejahtera”"],
            5: ["No", "Tujuan", "Sasaran", "Indikator Tujuan/Sasaran", "Satuan", "Kondisi Awal\n2024",
                "Target Tahun"],
            6: [None, None, None, None, None, None, 2025, 2026, 2027, 2028, 2029, 2030],
            7: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            8: ["Misi 1 : Mewujudkan sumber daya manusia unggul dan berdaya saing"],
            9: ["1.1", "Meningkatnya kualitas sumber daya manusia ", None, "Indeks Pembangunan Manusia", "Indeks",
                75.67, "76,1", "76,5", "76,9", "77,3", "77,7", "78,1"],
            10: [None, None, "Meningkatnya derajat kesehatan masyarakat", "Usia Harapan Hidup", "Tahun", "75,90", 76,
                76.1, 76.2, 76.3, 76.4, 76.5],
            11: [None, None, None, "Prevalensi stunting", "%", "12,30", "11,5", "11", "10,5", "10", "9,5", "9"],
            12: ["No", "Tujuan", "Sasaran", "Indikator Tujuan/Sasaran", "Satuan", "Kondisi Awal\n2024",
                "Target Tahun"],
            13: [None, None, None, None, None, None, 2025, 2026, 2027, 2028, 2029, 2030],
            14: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            15: [None, "Meningkatnya kualitas sumber daya manusia", "Meningkatnya kualitas\u00a0pendidikan",
                "Harapan lama sekolah", "Tahun", "13,1", "13,2", "13,3", "13,4", "13,5", "13,6", "13,7"],
            16: ["MISI 2 : MEWUJUDKAN TATA KELOLA PEMERINTAHAN YANG BAIK"],
            17: ["2.1", "Meningkatnya tata kelola pemerintahan", None, "Indeks Reformasi Birokrasi", "Nilai", "B",
                "B", "BB", "BB", "BB", "A", "A"],
            18: [None, None, "Meningkatnya akuntabilitas", "Opini BPK", "Opini", "WTP", "WTP", "WTP", "WTP", "WTP",
                "WTP", "WTP"],
            19: [None, None, None, "Indeks SPBE", "Indeks", "3,2", "3,3", "3,4", "3,5", "3,6", "3,7", "3,8"],
            21: ["Catatan : target 2030 dipakai sebagai pedoman RPJMD berikutnya"],
            23: [None, None, None, None, None, None, None, None, "Demak, 20 Agustus 2025"],
            24: [None, None, None, None, None, None, None, None, "BUPATI DEMAK"],
            28: [None, None, None, None, None, None, None, None, "NAMA CONTOH"],
        }, merged="A16:L16 A2:K2 A3:K3 A8:L8 G12:L12 G5:L5"),
    )  # fmt: skip


GOALS2025_TREE = """
mission 1 Mewujudkan sumber daya manusia unggul dan berdaya saing
  goal 1.1 Meningkatnya kualitas sumber daya manusia
    * Indeks Pembangunan Manusia [Indeks] awal=75,67 2025=76,1 2026=76,5 2027=76,9 2028=77,3 2029=77,7
    objective Meningkatnya derajat kesehatan masyarakat
      * Usia Harapan Hidup [Tahun] awal=75,90 2025=76 2026=76,1 2027=76,2 2028=76,3 2029=76,4
      * Prevalensi stunting [%] awal=12,30 2025=11,5 2026=11 2027=10,5 2028=10 2029=9,5 (down)
    objective Meningkatnya kualitas pendidikan
      * Harapan lama sekolah [Tahun] awal=13,1 2025=13,2 2026=13,3 2027=13,4 2028=13,5 2029=13,6
mission 2 MEWUJUDKAN TATA KELOLA PEMERINTAHAN YANG BAIK
  goal 2.1 Meningkatnya tata kelola pemerintahan
    * Indeks Reformasi Birokrasi [Nilai] awal=B 2025=B 2026=BB 2027=BB 2028=BB 2029=A
    objective Meningkatnya akuntabilitas
      * Opini BPK [Opini] awal=WTP 2025=WTP 2026=WTP 2027=WTP 2028=WTP 2029=WTP
      * Indeks SPBE [Indeks] awal=3,2 2025=3,3 2026=3,4 2027=3,5 2028=3,6 2029=3,7
"""


def nth_years() -> bytes:
    """T-C.25: the years are numbers below "tahun ke-", every cell of a level filled."""
    return workbook(
        Sheet("T-C.25", {
            1: ["Tabel T-C.25 Tujuan dan Sasaran Jangka Menengah"],
            3: ["NO.", "MISI", "TUJUAN", "SASARAN", "INDIKATOR TUJUAN/SASARAN", "SATUAN", "KONDISI AWAL (2021)",
                "TARGET KINERJA TUJUAN/SASARAN PADA TAHUN KE-", None, None, None, None, "KONDISI AKHIR (2026)"],
            4: [None, None, None, None, None, None, None, 1, 2, 3, 4, 5],
            5: ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)"],
            6: [1, "Misi 1: Meningkatkan layanan", "1.1 Terwujudnya layanan", None, "Indeks layanan", "indeks", 80,
                81, 82, 83, 84, 85, 85],
            7: [None, "Misi 1: Meningkatkan layanan", "1.1 Terwujudnya layanan", "1.1.1 Meningkatnya mutu",
                "Indeks mutu", "indeks", 70, 71, 72, 73, 74, 75, 75],
            8: [None, "Misi 1: Meningkatkan layanan", "1.1 Terwujudnya layanan", "1.1.1 Meningkatnya mutu",
                "Waktu layanan", "menit", 30, 28, 26, 24, 22, 20, 20],
        }, merged="H3:L3"),
    )  # fmt: skip


NTH_YEARS_TREE = """
mission 1 Meningkatkan layanan
  goal 1.1 Terwujudnya layanan
    * Indeks layanan [indeks] awal=80 2022=81 2023=82 2024=83 2025=84 2026=85 akhir=85
    objective 1.1.1 Meningkatnya mutu
      * Indeks mutu [indeks] awal=70 2022=71 2023=72 2024=73 2025=74 2026=75 akhir=75
      * Waktu layanan [menit] awal=30 2022=28 2023=26 2024=24 2025=22 2026=20 akhir=20 (down)
"""


def outcome_rows() -> bytes:
    """Programs with their outcome in a row of its own, which bears the indicators; code, dash and name in one cell."""
    return workbook(
        Sheet("4.1", {
            1: ["Tabel 4.1 Program Perangkat Daerah RPJMD Kabupaten Demak Tahun 2025-2029"],
            3: ["BIDANG URUSAN/ PROGRAM/ OUTCOME", "INDIKATOR OUTCOME", "BASELINE TAHUN 2024",
                "TARGET DAN PAGU INDIKATIF TAHUN", None, None, None, None, None, None, None, None, None,
                "PERANGKAT DAERAH", "KETERANGAN"],
            4: [None, None, None, 2026, None, 2027, None, 2028, None, 2029, None, 2030],
            5: [None, None, None, "TARGET", "PAGU", "TARGET", "PAGU", "TARGET", "PAGU", "TARGET", "PAGU", "TARGET",
                "PAGU"],
            6: ["(01)", "(02)", "(03)", "(04)", "(05)", "(06)", "(07)", "(08)", "(09)", "(10)", "(11)", "(12)",
                "(13)", "(14)", "(15)"],
            7: ["2.16 - URUSAN PEMERINTAHAN BIDANG KOMUNIKASI DAN INFORMATIKA", None, None, None, 3_000_000_000, None,
                3_000_000_000, None, 3_000_000_000, None, 3_000_000_000, None, 3_000_000_000],
            8: ["2.16.02 - PROGRAM PENGELOLAAN INFORMASI DAN KOMUNIKASI PUBLIK", None, None, None, 1_000_000_000,
                None, 1_000_000_000, None, 1_000_000_000, None, 1_000_000_000, None, 1_000_000_000,
                "DINAS KOMUNIKASI DAN INFORMATIKA"],
            9: ["Outcome: Meningkatnya keterbukaan informasi publik", "Indeks Keterbukaan Informasi Publik", "75,2",
                "76,0", None, "77,0", None, "78,0", None, "79,0", None, "80,0"],
            10: [None, "Persentase aduan yang ditindaklanjuti", "90%", "91%", None, "92%", None, "93%", None, "94%",
                None, "95%"],
            11: ["2.16.03 - PROGRAM PENGELOLAAN APLIKASI INFORMATIKA", None, None, None, 2_000_000_000, None,
                2_000_000_000, None, 2_000_000_000, None, 2_000_000_000, None, 2_000_000_000,
                "DINAS KOMUNIKASI DAN INFORMATIKA"],
            12: ["Outcome: Meningkatnya layanan SPBE", "Indeks SPBE", 3.2, 3.3, None, 3.4, None, 3.5, None, 3.6, None,
                3.7],
        }, merged="D3:M3 D4:E4 F4:G4 H4:I4 J4:K4 L4:M4"),
    )  # fmt: skip


OUTCOME_ROWS_TREE = """
program 2.16.02 PROGRAM PENGELOLAAN INFORMASI DAN KOMUNIKASI PUBLIK @1
  * Indeks Keterbukaan Informasi Publik awal=75,2 2026=76,0 2027=77,0 2028=78,0 2029=79,0
  * Persentase aduan yang ditindaklanjuti awal=90% 2026=91% 2027=92% 2028=93% 2029=94%
  Rp 2026=1000000000 2027=1000000000 2028=1000000000 2029=1000000000
program 2.16.03 PROGRAM PENGELOLAAN APLIKASI INFORMATIKA @1
  * Indeks SPBE awal=3,2 2026=3,3 2027=3,4 2028=3,5 2029=3,6
  Rp 2026=2000000000 2027=2000000000 2028=2000000000 2029=2000000000
"""


def outcome_bare() -> bytes:
    """The same without the word, a heading whose code is the field's, the signature among the names."""
    return workbook(
        Sheet("Tabel 4.2", {
            1: ["KODE", "BIDANG URUSAN/PROGRAM/OUTCOME", "INDIKATOR OUTCOME", "SATUAN", "BASELINE 2024",
                "TARGET 2026", "PAGU 2026 (Rp ribu)", "TARGET 2027", "PAGU 2027 (Rp ribu)", "PERANGKAT DAERAH"],
            2: ["2.16", "KOMUNIKASI DAN INFORMATIKA", None, None, None, None, 3_000_000, None, 3_100_000],
            3: ["2.16.02", "PROGRAM PENGELOLAAN INFORMASI PUBLIK", None, None, None, None, 1_000_000, None, 1_100_000,
                "DINAS KOMUNIKASI DAN INFORMATIKA"],
            4: [None, "Meningkatnya keterbukaan informasi publik", "Indeks KIP", "indeks", "75,2", 76, None, 77],
            5: [None, "Meningkatnya kualitas konten", "Persentase konten", "%", "60", 61, None, 62],
            6: ["2.16.03", "PROGRAM PENGELOLAAN APLIKASI INFORMATIKA", None, None, None, None, 2_000_000, None,
                2_000_000, "DINAS KOMUNIKASI DAN INFORMATIKA"],
            7: [None, "Meningkatnya layanan SPBE", "Indeks SPBE", "indeks", 3.2, 3.3, None, 3.4],
            9: [None, "Demak, 2 September 2025"],
            10: [None, "BUPATI DEMAK,"],
            13: [None, "CONTOH NAMA"],
        }),
    )  # fmt: skip


OUTCOME_BARE_TREE = """
program 2.16.02 PROGRAM PENGELOLAAN INFORMASI PUBLIK @1
  * Indeks KIP [indeks] awal=75,2 2026=76 2027=77
  * Persentase konten [%] awal=60 2026=61 2027=62
  Rp 2026=1000000000 2027=1100000000
program 2.16.03 PROGRAM PENGELOLAAN APLIKASI INFORMATIKA @1
  * Indeks SPBE [indeks] awal=3,2 2026=3,3 2027=3,4
  Rp 2026=2000000000 2027=2000000000
"""


def beside() -> bytes:
    """Goals and objectives with indicators of their own beside a column of any level; a sheet that is hidden."""
    return workbook(
        Sheet("Renstra DLH", {
            1: ["Rencana Strategis DLH Kabupaten Boyolali 2021-2026"],
            3: ["Tujuan", "Indikator Tujuan", "Sasaran", "Indikator Sasaran", "Kode", "Program/Kegiatan",
                "Indikator Program/Kegiatan", "Satuan", "Kondisi Awal", "Target dan Pagu"],
            4: [None, None, None, None, None, None, None, None, None, "2022", None, "2023"],
            5: [None, None, None, None, None, None, None, None, None, "Target", "Rp (000)", "Target", "Rp (000)"],
            6: ["1. Meningkatnya kualitas lingkungan hidup", "IKLH", "1.1 Menurunnya pencemaran",
                "Indeks Kualitas Air", "2.11.03", "Program Pengendalian Pencemaran", "Persentase usaha taat", "%",
                "40", "45", 700000, "50", 750000],
            7: [None, None, None, None, "2.11.03.2.01", "Pencegahan Pencemaran", "Jumlah titik pantau", "titik", 20,
                22, 500000, 24, 520000],
            8: [None, None, None, None, "2.11.03.2.02", "Penanggulangan Pencemaran", "Jumlah kasus ditangani",
                "kasus", "-", 5, 200000, 4, 230000],
        }, merged="J3:M3 J4:K4 L4:M4"),
        Sheet("arsip lama", {
            1: ["Kode", "Program/Kegiatan", "Indikator", "Satuan", "Target 2022", "Pagu 2022"],
            2: ["2.11.99", "Program Lama", "x", "%", 1, 100],
        }, is_hidden=True),
    )  # fmt: skip


BESIDE_TREE = """
goal 1 Meningkatnya kualitas lingkungan hidup
  * IKLH
  objective 1.1 Menurunnya pencemaran
    * Indeks Kualitas Air
    program 2.11.03 Program Pengendalian Pencemaran
      * Persentase usaha taat [%] awal=40 2022=45 2023=50
      Rp 2022=700000000 2023=750000000
      activity 2.11.03.2.01 Pencegahan Pencemaran
        * Jumlah titik pantau [titik] awal=20 2022=22 2023=24
        Rp 2022=500000000 2023=520000000
      activity 2.11.03.2.02 Penanggulangan Pencemaran
        * Jumlah kasus ditangani [kasus] 2022=5 2023=4
        Rp 2022=200000000 2023=230000000
"""


REGULATION_SHAPES = (
    Shape("T-C.27", tc27, expected(TC27_TREE), ("opd:bidang aptika",), BOYOLALI),
    Shape("T-B.35", tb35, expected(TB35_TREE), ("Bab VII:uang",), KENDAL),
    Shape("missions over the whole width", goals2025, expected(GOALS2025_TREE), ("Tujuan Sasaran:tahun",), DEMAK),
    Shape("years counted", nth_years, expected(NTH_YEARS_TREE), (), KENDAL),
    Shape("outcomes", outcome_rows, expected(OUTCOME_ROWS_TREE), ("4.1:tahun", "4.1:uang"), DEMAK),
    Shape("outcomes without the word", outcome_bare, expected(OUTCOME_BARE_TREE), ("Tabel 4.2:outcome",), DEMAK),
    Shape("indicators beside", beside, expected(BESIDE_TREE), (), BOYOLALI),
)
