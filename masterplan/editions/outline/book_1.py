"""The outline of Buku 1, with the text a new plan opens with. Pure data, valid for any regency and free of figures."""

from masterplan.editions.outline.entry import OutlineEntry

ANALYSIS_OUTLINE: tuple[OutlineEntry, ...] = (
    OutlineEntry(
        "kajian",
        "Pendahuluan",
        lead="Bab ini menjelaskan untuk apa analisis disusun, dari mana bahannya, dan bagaimana hasilnya dipakai dalam"
        " rencana induk.",
        children=(
            OutlineEntry(
                "kajian.latar-belakang",
                "Latar belakang",
                "Rencana induk yang dapat dilaksanakan berangkat dari pengenalan diri yang jujur. Sebelum menetapkan"
                " inisiatif, daerah perlu mengetahui ke mana arah perubahan, seberapa siap ia menjalankannya, dan apa"
                " yang masih kurang.\n\nBuku ini memuat analisis tersebut. Hasilnya menjadi dasar visi, strategi, dan"
                " rencana aksi yang diuraikan dalam Buku 2.",
            ),
            OutlineEntry(
                "kajian.tujuan",
                "Maksud dan tujuan",
                "Analisis ini dimaksudkan sebagai dasar bersama bagi perangkat daerah dan para mitra.\n\nTujuannya"
                " adalah:\n\n"
                "1. Mengenali kecenderungan dan arah kebijakan yang memengaruhi daerah.\n"
                "2. Menilai kesiapan struktur, infrastruktur, dan suprastruktur.\n"
                "3. Menemukan kesenjangan antara kondisi ideal dan kondisi saat ini.\n"
                "4. Merumuskan strategi dari kekuatan, kelemahan, peluang, dan ancaman.",
            ),
            OutlineEntry("kajian.gambaran-umum", "Gambaran umum daerah"),
            OutlineEntry(
                "kajian.metode",
                "Cara penyusunan",
                "Bahan dihimpun dari RPJMD, Renstra, data perangkat daerah, dan pembahasan dalam bimbingan teknis."
                " Setiap penilaian disertai bukti yang dapat diperiksa. Bila data belum tersedia, hal itu ditulis apa"
                " adanya.",
            ),
        ),
    ),
    OutlineEntry(
        "masa-depan",
        "Analisis Masa Depan",
        lead="Bab ini membaca kecenderungan dan arah kebijakan yang menentukan keadaan daerah pada tahun-tahun"
        " mendatang.",
        children=(
            OutlineEntry(
                "masa-depan.kecenderungan",
                "Kecenderungan yang memengaruhi daerah",
                "Perubahan penduduk, ekonomi, iklim, dan teknologi mengubah kebutuhan warga dan cara pemerintah"
                " melayani. Bagian ini menguraikan kecenderungan yang paling berpengaruh bagi daerah dan kesempatan"
                " yang dibukanya.",
            ),
            OutlineEntry(
                "masa-depan.nasional",
                "Arah pembangunan nasional",
                "Rencana pembangunan jangka panjang dan menengah nasional memberi arah bagi pelayanan publik digital,"
                " pemerataan ekonomi, dan pembangunan berkelanjutan. Daerah menerjemahkannya sesuai dengan"
                " kewenangannya.",
            ),
            OutlineEntry(
                "masa-depan.kawasan",
                "Kawasan strategis",
                "Kedudukan daerah dalam kawasan strategis membuka peluang kunjungan, usaha, dan kerja sama. Bagian ini"
                " menjelaskan peran daerah di kawasan tersebut dan dukungan yang dibutuhkan.",
            ),
            OutlineEntry(
                "masa-depan.daerah",
                "Arah pembangunan daerah",
                "RPJMD menetapkan visi, misi, dan program yang wajib didukung rencana induk ini. Rencana jangka"
                " panjang daerah dan renstra perangkat daerah melengkapinya.",
            ),
            OutlineEntry(
                "masa-depan.tata-ruang",
                "Arah tata ruang",
                "Rencana tata ruang wilayah menentukan tempat permukiman, industri, pertanian, dan kawasan lindung."
                " Inisiatif yang membangun sarana fisik mengikuti peruntukan tersebut.",
            ),
        ),
    ),
    OutlineEntry(
        "kesiapan",
        "Analisis Kesiapan Daerah",
        lead="Bab ini menilai kesiapan daerah menurut struktur, infrastruktur, dan suprastruktur, masing-masing dari"
        " tiga sudut.",
        children=(
            OutlineEntry(
                "kesiapan.pengantar",
                "Cara menilai kesiapan",
                "Kesiapan dinilai pada sembilan sel: struktur (sumber daya manusia, anggaran, tata kelola),"
                " infrastruktur (fisik, digital, sosial), dan suprastruktur (kebijakan, kelembagaan, tata laksana)."
                " Setiap sel memuat kondisi, penilaian, bukti, masalah, dan saran. Skala penilaian ditetapkan oleh"
                " daerah.",
            ),
            OutlineEntry("kesiapan.hasil", "Hasil penilaian kesiapan"),
        ),
    ),
    OutlineEntry(
        "gap",
        "Analisis Gap",
        lead="Bab ini membandingkan kondisi ideal dengan kondisi saat ini pada setiap dimensi dan menunjuk inisiatif"
        " yang menjawab selisihnya.",
        children=(
            OutlineEntry(
                "gap.pengantar",
                "Cara membaca kesenjangan",
                "Kondisi ideal diambil dari target RPJMD atau standar yang disebut pada barisnya. Kesenjangan adalah"
                " jarak antara kondisi ideal dan kondisi saat ini, penyebabnya dirumuskan bersama perangkat daerah,"
                " dan tanggapannya dirujuk ke inisiatif dalam Buku 2.",
            ),
            OutlineEntry("gap.tabel", "Tabel kesenjangan"),
        ),
    ),
    OutlineEntry(
        "swot",
        "SWOT dan Visi Pembangunan Smart City",
        lead="Bab ini merangkum kekuatan, kelemahan, peluang, dan ancaman, lalu merumuskan strategi dan visi.",
        children=(
            OutlineEntry("swot.matriks", "Matriks SWOT dan strategi"),
            OutlineEntry(
                "swot.visi",
                "Visi pembangunan smart city",
                "Visi dirumuskan dari arah RPJMD, kesiapan daerah, kesenjangan yang hendak ditutup, dan strategi di"
                " atas. Uraian visi, sasaran, dan rencana aksinya dimuat dalam Buku 2.",
            ),
        ),
    ),
    OutlineEntry("lampiran.inisiatif", "Inisiatif yang menjawab kesenjangan"),
)
