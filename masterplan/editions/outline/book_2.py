"""The outline of Buku 2, with the text a new plan opens with. Pure data, valid for any regency and free of figures."""

from collections.abc import Iterator, Sequence

from masterplan.editions.outline.entry import OutlineEntry
from masterplan.editions.schema import FrozenDimension, FrozenSubDimension

# What each dimension aims at, and the road taken to it.
_TARGETS: dict[str, str] = {
    "GO": "Sasaran dimensi ini adalah pemerintahan yang mudah dihubungi, terbuka, dan cepat melayani. Layanan yang"
    " sering dipakai warga dan pelaku usaha dapat diurus dari mana saja dengan waktu dan biaya yang pasti, sedangkan"
    " data antarperangkat daerah dipakai bersama.",
    "BR": "Sasaran dimensi ini adalah daerah yang dikenal, nyaman dikunjungi, dan menarik untuk berusaha. Destinasi,"
    " produk unggulan, dan wajah kawasan dikelola sebagai satu pengalaman yang utuh.",
    "EC": "Sasaran dimensi ini adalah perekonomian daerah yang tumbuh merata. Industri dan usaha mikro memperoleh pasar"
    " yang lebih luas, lapangan kerja bertambah, dan transaksi berlangsung mudah serta tercatat.",
    "LI": "Sasaran dimensi ini adalah lingkungan hidup yang layak bagi semua. Ruang ditata sesuai peruntukannya,"
    " layanan kesehatan mudah dijangkau, dan perpindahan orang serta barang berlangsung lancar dan aman.",
    "SO": "Sasaran dimensi ini adalah masyarakat yang guyub, terus belajar, dan merasa aman. Warga terlibat dalam"
    " pembangunan, memperoleh kesempatan belajar sepanjang hayat, dan terlindungi dari gangguan serta bencana.",
    "EN": "Sasaran dimensi ini adalah lingkungan yang terjaga bagi generasi berikutnya. Air, tanah, udara, dan hayati"
    " dilindungi, sampah dikurangi sejak dari sumbernya, dan energi dipakai dengan hemat.",
}
_ROADS: dict[str, str] = {
    "GO": "Strategi dimensi ini mendahulukan perbaikan tata laksana sebelum membangun aplikasi. Layanan dirancang dari"
    " sudut pandang penggunanya, data diisi satu kali lalu dipakai bersama, dan kebijakan disusun atas dasar bukti.",
    "BR": "Strategi dimensi ini menyatukan promosi dengan perbaikan nyata di lapangan. Ekosistem pariwisata, ekosistem"
    " bisnis, dan wajah kota dikerjakan bersama pelaku usaha dan warga setempat.",
    "EC": "Strategi dimensi ini menghubungkan pelaku ekonomi daerah dengan pasar, modal, dan keterampilan. Pendataan"
    " yang rapi menjadi dasar agar bantuan sampai kepada yang membutuhkan.",
    "LI": "Strategi dimensi ini menempatkan kebutuhan sehari-hari warga sebagai ukuran. Penataan ruang, layanan"
    " kesehatan, dan transportasi direncanakan bersama agar saling mendukung.",
    "SO": "Strategi dimensi ini bertumpu pada kekuatan komunitas. Teknologi dipakai untuk memperluas gotong royong,"
    " kesempatan belajar, dan rasa aman, bukan untuk menggantikannya.",
    "EN": "Strategi dimensi ini mencegah kerusakan lebih dahulu daripada memulihkannya. Pemantauan yang terbuka"
    " mendorong warga dan pelaku usaha ikut menjaga lingkungan.",
}

# One strategy for each sub-dimension, as the clause that follows "dengan cara".
_WAYS: dict[str, str] = {
    "public_service": "menyederhanakan persyaratan, menyatukan pintu layanan, dan membuka saluran pengaduan"
    " yang dipantau",
    "bureaucracy": "memadukan sistem pemerintahan berbasis elektronik, menata perizinan dan kepegawaian, serta"
    " mewujudkan satu data daerah",
    "public_policy": "melibatkan warga sejak perumusan kebijakan dan membuka data yang boleh diketahui umum",
    "tourism": "meningkatkan mutu destinasi, melatih pelaku wisata, dan memudahkan perjalanan pengunjung dari rencana"
    " sampai pulang",
    "business": "memperluas pasar produk daerah, mempermudah perizinan, dan menyajikan peluang investasi secara"
    " terbuka",
    "appearance": "menata tepian, penanda, papan petunjuk, jalur, dan simpul kawasan agar mudah dikenali dan nyaman"
    " dilalui",
    "industry": "menguatkan rantai pasok lokal, mutu produk, dan keterkaitan industri besar dengan usaha kecil",
    "welfare": "menghubungkan pencari kerja dengan lapangan kerja serta mendampingi usaha mikro sampai mandiri",
    "transaction": "memperluas pembayaran nontunai dan membuka akses permodalan yang resmi dan terjangkau",
    "harmony": "menerbitkan informasi tata ruang yang mudah dibaca dan mengendalikan pemanfaatan ruang sejak awal",
    "health": "mendekatkan layanan kesehatan kepada warga, mempersingkat antrean, dan menyambungkan rekam layanan",
    "mobility": "memperbaiki jaringan jalan dan angkutan, mengatur lalu lintas, serta memberi informasi perjalanan",
    "community": "menyediakan ruang bertemu dan saluran partisipasi bagi warga, termasuk kelompok rentan",
    "learning": "memperluas sumber belajar, meningkatkan literasi digital, dan membuka pembelajaran sepanjang hayat",
    "security": "memperkuat peringatan dini, tanggap darurat, dan perlindungan bagi perempuan, anak, serta kelompok"
    " rentan",
    "protection": "memantau mutu air, tanah, dan udara serta melindungi kawasan tangkapan air dan"
    " keanekaragaman hayati",
    "waste": "mengurangi dan memilah sampah dari rumah, memperluas pengolahan, dan mengawasi pembuangan limbah",
    "energy": "menghemat pemakaian energi pada gedung dan penerangan jalan serta memanfaatkan energi terbarukan"
    " setempat",
}

# For a dimension or sub-dimension that the regency added itself.
_ANY_TARGET = (
    "Sasaran dimensi ini ditetapkan bersama perangkat daerah yang terlibat. Hasilnya diukur dengan indikator setiap"
    " inisiatif dan ditinjau setiap tahun."
)
_ANY_ROAD = (
    "Strategi dimensi ini menghubungkan kebutuhan warga dengan program perangkat daerah. Setiap inisiatif jelas"
    " penanggung jawab, waktu, dan biayanya."
)
_ANY_WAY = "menyelesaikan masalah yang paling dirasakan warga lebih dahulu dan mengukur hasilnya"


def _opening(description: str) -> str:
    """A description on its way into a sentence: a small first letter, unless it is an abbreviation."""
    return description if description[:2].isupper() else description[:1].lower() + description[1:]


def _targets(dimensions: Sequence[FrozenDimension]) -> Iterator[OutlineEntry]:
    for dimension in dimensions:
        code = dimension["code"]
        yield OutlineEntry(f"visi.sasaran-{code.lower()}", dimension["name"], _TARGETS.get(code, _ANY_TARGET))


def _strategies(dimensions: Sequence[FrozenDimension]) -> Iterator[OutlineEntry]:
    """An introduction for each dimension, below it one strategy for each of its sub-dimensions."""
    for dimension in dimensions:
        code = dimension["code"]
        subs = tuple(_strategy(sub) for sub in dimension["sub_dimensions"])
        yield OutlineEntry(f"strategi.{code.lower()}", dimension["name"], _ROADS.get(code, _ANY_ROAD), children=subs)


def _strategy(sub: FrozenSubDimension) -> OutlineEntry:
    covers = f"Subdimensi ini mencakup {_opening(sub['description'])}. " if sub["description"] else ""
    body = (
        f"{covers}Arah yang ditempuh adalah memperbaikinya dengan cara {_WAYS.get(sub['key'], _ANY_WAY)}. Inisiatif"
        " yang menjalankan strategi ini diturunkan dari program RPJMD dan Renstra, sehingga penanggung jawab, target,"
        " dan anggarannya dapat dipantau setiap tahun."
    )
    return OutlineEntry(f"strategi.{sub['key']}", sub["name"], body)


def _tables(dimensions: Sequence[FrozenDimension]) -> Iterator[OutlineEntry]:
    for dimension in dimensions:
        yield OutlineEntry(f"rencana-aksi.tabel-{dimension['code'].lower()}", f"Rencana aksi {dimension['name']}")


_INTRODUCTION = (
    OutlineEntry(
        "pendahuluan.latar-belakang",
        "Latar belakang",
        "Pemerintah daerah menghadapi tuntutan layanan yang makin beragam, sementara sumber daya yang tersedia"
        " terbatas. Gerakan Menuju Smart City mengajak kabupaten dan kota menjawab tuntutan itu dengan rencana yang"
        " terarah, terukur, dan disusun bersama.\n\nRencana induk ini mengikat gagasan seluruh perangkat daerah dalam"
        " satu dokumen yang terhubung dengan RPJMD dan Renstra, agar pelaksanaannya terkawal dan manfaatnya dirasakan"
        " warga serta dunia usaha.",
    ),
    OutlineEntry("pendahuluan.gambaran-umum", "Gambaran umum daerah"),
    OutlineEntry(
        "pendahuluan.maksud-tujuan",
        "Maksud dan tujuan",
        "Rencana induk ini dimaksudkan sebagai pegangan bersama bagi perangkat daerah dan para mitra dalam membangun"
        " daerah cerdas.\n\nTujuannya adalah:\n\n1. Menetapkan visi, sasaran, dan strategi pada setiap dimensi.\n"
        "2. Menghimpun rencana aksi beserta indikator, target, anggaran, dan penanggung jawabnya.\n3. Memastikan setiap"
        " inisiatif selaras dengan RPJMD dan Renstra.\n4. Menyediakan dasar pemantauan dan evaluasi yang terbuka.",
    ),
    OutlineEntry(
        "pendahuluan.dasar-hukum",
        "Dasar hukum",
        "Penyusunan rencana induk ini berpedoman pada peraturan perundang-undangan tentang pemerintahan daerah,"
        " perencanaan pembangunan daerah, sistem pemerintahan berbasis elektronik, dan satu data Indonesia, serta"
        " pada peraturan daerah tentang RPJMD. Nomor, tahun, dan judul setiap peraturan ditulis lengkap sebagai"
        " daftar di bawah ini.",
    ),
    OutlineEntry(
        "pendahuluan.kerangka-pikir",
        "Kerangka pikir",
        "Penyusunan dimulai dari telaah arah pembangunan daerah, kesiapan, dan kesenjangan. Hasilnya dirumuskan"
        " menjadi visi, sasaran, dan strategi pada setiap dimensi, lalu diturunkan menjadi inisiatif, peta jalan, dan"
        " quick win. Setiap langkah dibahas bersama perangkat daerah dalam bimbingan teknis.",
    ),
    OutlineEntry(
        "pendahuluan.keterkaitan-dokumen",
        "Keterkaitan antardokumen",
        "Rencana induk ini tidak berdiri sendiri. Visi, misi, dan program RPJMD menjadi rujukannya, sedangkan Renstra"
        " perangkat daerah menjadi jalan pelaksanaannya. Setiap inisiatif menyebut program yang dijalankannya,"
        " sehingga dapat dianggarkan melalui mekanisme yang berlaku.",
    ),
)

_VISION = (
    OutlineEntry(
        "visi.visi-misi",
        "Visi dan misi",
        "Visi smart city daerah merupakan penjabaran visi kepala daerah dalam RPJMD. Misi RPJMD tetap menjadi"
        " pengelompokan utama, dan setiap dimensi smart city menunjukkan sumbangannya kepada misi tersebut.",
    ),
)

_ACTIONS = (
    OutlineEntry(
        "rencana-aksi.kebijakan",
        "Kebijakan dan kelembagaan",
        "Rencana aksi kebijakan dan kelembagaan menyiapkan aturan, pembagian tugas, dan tim pelaksana yang dibutuhkan"
        " inisiatif. Dewan dan tim pelaksana smart city mengoordinasikan perangkat daerah serta menyelesaikan"
        " hambatan yang melintasi kewenangan.",
    ),
    OutlineEntry(
        "rencana-aksi.infrastruktur",
        "Infrastruktur pendukung",
        "Infrastruktur pendukung mencakup sarana fisik, jaringan, dan pusat data yang dipakai bersama. Pembangunannya"
        " mendahulukan pemanfaatan yang sudah ada, keamanan informasi, dan kemudahan pemeliharaan.",
    ),
    OutlineEntry(
        "rencana-aksi.aplikasi",
        "Aplikasi dan perangkat lunak",
        "Aplikasi dibangun hanya bila tata laksananya sudah rapi dan belum ada aplikasi umum yang dapat dipakai."
        " Setiap aplikasi bertukar data dengan aplikasi lain, mengikuti arsitektur SPBE, dan mempunyai pengelola yang"
        " jelas.",
    ),
    OutlineEntry(
        "rencana-aksi.literasi",
        "Literasi smart city",
        "Literasi menyiapkan aparatur, warga, dan pelaku usaha untuk memakai layanan baru dengan aman. Kegiatannya"
        " meliputi pelatihan, pendampingan, dan sosialisasi bersama komunitas, perguruan tinggi, dan media.",
    ),
)

_ROADMAP = (
    OutlineEntry(
        "peta-jalan.pengantar",
        "Pengantar peta jalan",
        "Peta jalan menempatkan inisiatif menurut tahun mulai dan selesainya serta mengelompokkannya ke dalam jangka"
        " pendek, menengah, dan panjang. Urutannya mempertimbangkan kesiapan, ketergantungan antarinisiatif, dan"
        " kemampuan keuangan daerah.",
    ),
    OutlineEntry("peta-jalan.anggaran", "Rekapitulasi anggaran"),
    OutlineEntry(
        "peta-jalan.quick-win",
        "Quick win",
        "Quick win adalah inisiatif yang dapat diwujudkan dalam waktu sekitar satu tahun dan manfaatnya langsung"
        " dirasakan warga. Pemilihannya menilai antara lain rumusan inovasi, manfaat, kemitraan, sumber daya,"
        " pengelolaan risiko, dan kesinambungannya.",
    ),
)

_CLOSING = (
    OutlineEntry(
        "penutup.pemantauan",
        "Pemantauan dan evaluasi",
        "Pelaksanaan rencana induk dipantau secara berkala oleh tim pelaksana berdasarkan indikator dan target setiap"
        " inisiatif. Hasilnya dilaporkan kepada dewan smart city dan menjadi bahan perbaikan pada tahun berikutnya.",
    ),
    OutlineEntry(
        "penutup.penutup",
        "Penutup",
        "Rencana induk ini menjadi komitmen bersama pemerintah daerah dan para mitranya. Keberhasilannya ditentukan"
        " oleh ketekunan menjalankan, keterbukaan menilai, dan kesediaan memperbaiki apa yang belum berjalan.",
    ),
)

_ANNEXES = (
    OutlineEntry("lampiran.keselarasan", "Matriks keselarasan"),
    OutlineEntry("lampiran.program", "Program RPJMD dan inisiatifnya"),
    OutlineEntry("lampiran.renstra", "Program Renstra perangkat daerah"),
    OutlineEntry("lampiran.indeks", "Indeks perangkat daerah"),
    OutlineEntry("lampiran.kecamatan", "Indeks kecamatan"),
    OutlineEntry("lampiran.indeks-program", "Indeks program RPJMD"),
    OutlineEntry("lampiran.komitmen", "Lembar komitmen perangkat daerah"),
    OutlineEntry("lampiran.telaah", "Catatan penelaahan keselarasan"),
    OutlineEntry("lampiran.pemantauan", "Pemantauan pelaksanaan"),
    OutlineEntry("lampiran.bukti", "Bukti dukung"),
    OutlineEntry("lampiran.perubahan", "Perubahan sejak edisi sebelumnya"),
)


def master_plan_outline(dimensions: Sequence[FrozenDimension]) -> tuple[OutlineEntry, ...]:
    """Chapters and annexes of Buku 2 for a regency with these dimensions (rows of a snapshot), in book order."""
    targets = OutlineEntry("visi.sasaran", "Sasaran per dimensi", children=tuple(_targets(dimensions)))
    return (
        OutlineEntry(
            "pendahuluan",
            "Pendahuluan",
            lead="Bab ini menjelaskan mengapa rencana induk ini disusun, apa yang hendak dicapai, dasar hukumnya, dan"
            " bagaimana ia bertaut dengan RPJMD dan Renstra perangkat daerah.",
            children=_INTRODUCTION,
        ),
        OutlineEntry(
            "visi",
            "Visi Smart City Daerah",
            lead="Bab ini memuat visi dan misi smart city serta sasaran setiap dimensi, sebagai ukuran bersama bagi"
            " semua inisiatif dalam buku ini.",
            children=(*_VISION, targets),
        ),
        OutlineEntry(
            "strategi",
            "Strategi Pembangunan Smart City",
            lead="Bab ini menguraikan arah yang ditempuh pada setiap dimensi: satu strategi untuk tiap sub-dimensi,"
            " disertai inisiatif yang menjalankannya.",
            children=tuple(_strategies(dimensions)),
        ),
        OutlineEntry(
            "rencana-aksi",
            "Rencana Aksi",
            lead="Bab ini memuat langkah yang akan dikerjakan perangkat daerah, siapa penanggung jawabnya, berapa"
            " biayanya, dan bagaimana hasilnya diukur.",
            children=(*_ACTIONS, *_tables(dimensions)),
        ),
        OutlineEntry(
            "peta-jalan",
            "Peta Jalan",
            lead="Bab ini menempatkan semua inisiatif pada garis waktu, merangkum kebutuhan dananya, dan menetapkan"
            " quick win yang segera dirasakan warga.",
            children=_ROADMAP,
        ),
        OutlineEntry(
            "penutup",
            "Penutup",
            lead="Bab ini mengatur cara pelaksanaan dipantau dan dievaluasi, agar rencana yang disepakati terkawal"
            " sampai tahun terakhir.",
            children=_CLOSING,
        ),
        *_ANNEXES,
    )
