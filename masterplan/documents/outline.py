"""The written sections of Buku 2 in book order, each with the text a new plan opens with. Pure data.

Numbers and looks of the chapters live in `blueprint` and `chapters`; a regency's own text lives in its sections.
"""

from dataclasses import dataclass

from masterplan.reference import DIMENSIONS


@dataclass(frozen=True)
class Entry:
    """One section: `chapter` as people read it, `body` valid for any regency and free of figures."""

    key: str
    chapter: str
    title: str
    body: str


_INTRODUCTION = "BAB I Pendahuluan"
_VISION = "BAB II Visi Smart City Daerah"
_STRATEGY = "BAB III Strategi Pembangunan Smart City"
_ACTION_PLAN = "BAB IV Rencana Aksi"
_ROADMAP = "BAB V Peta Jalan"
_CLOSING = "BAB VI Penutup"

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


def _opening(description: str) -> str:
    """A description on its way into a sentence: a small first letter, unless it is an abbreviation."""
    return description if description[:2].isupper() else description[:1].lower() + description[1:]


def _strategies() -> list[Entry]:
    """BAB III: an introduction for each dimension, followed by its sub-dimensions."""
    found: list[Entry] = []
    for dimension in DIMENSIONS:
        found.append(Entry(f"strategi.{dimension.code.lower()}", _STRATEGY, dimension.name, _ROADS[dimension.code]))
        for sub in dimension.sub_dimensions:
            body = (
                f"Subdimensi ini mencakup {_opening(sub.description)}. Arah yang ditempuh adalah memperbaikinya dengan"
                f" cara {_WAYS[sub.key]}. Inisiatif yang menjalankan strategi ini diturunkan dari program RPJMD dan"
                " Renstra, sehingga penanggung jawab, target, dan anggarannya dapat dipantau setiap tahun."
            )
            found.append(Entry(f"strategi.{sub.key}", _STRATEGY, sub.name, body))
    return found


OUTLINE: tuple[Entry, ...] = (
    Entry(
        "pendahuluan.latar-belakang",
        _INTRODUCTION,
        "Latar belakang",
        "Pemerintah daerah menghadapi tuntutan layanan yang makin beragam, sementara sumber daya yang tersedia"
        " terbatas. Gerakan Menuju Smart City mengajak kabupaten dan kota menjawab tuntutan itu dengan rencana yang"
        " terarah, terukur, dan disusun bersama.\n\n"
        "Rencana induk ini mengikat gagasan seluruh perangkat daerah dalam satu dokumen yang terhubung dengan RPJMD dan"
        " Renstra, agar pelaksanaannya terkawal dan manfaatnya dirasakan warga serta dunia usaha.",
    ),
    Entry(
        "pendahuluan.maksud-tujuan",
        _INTRODUCTION,
        "Maksud dan tujuan",
        "Rencana induk ini dimaksudkan sebagai pegangan bersama bagi perangkat daerah dan para mitra dalam membangun"
        " daerah cerdas.\n\nTujuannya adalah:\n\n"
        "1. Menetapkan visi, sasaran, dan strategi pada setiap dimensi.\n"
        "2. Menghimpun rencana aksi beserta indikator, target, anggaran, dan penanggung jawabnya.\n"
        "3. Memastikan setiap inisiatif selaras dengan RPJMD dan Renstra.\n"
        "4. Menyediakan dasar pemantauan dan evaluasi yang terbuka.",
    ),
    Entry(
        "pendahuluan.dasar-hukum",
        _INTRODUCTION,
        "Dasar hukum",
        "Penyusunan rencana induk ini berpedoman pada peraturan perundang-undangan tentang pemerintahan daerah,"
        " perencanaan pembangunan daerah, sistem pemerintahan berbasis elektronik, dan satu data Indonesia, serta pada"
        " peraturan daerah tentang RPJMD. Nomor, tahun, dan judul setiap peraturan ditulis lengkap sebagai daftar di"
        " bawah ini.",
    ),
    Entry(
        "pendahuluan.kerangka-pikir",
        _INTRODUCTION,
        "Kerangka pikir",
        "Penyusunan dimulai dari telaah arah pembangunan daerah, kesiapan, dan kesenjangan. Hasilnya dirumuskan menjadi"
        " visi, sasaran, dan strategi pada setiap dimensi, lalu diturunkan menjadi inisiatif, peta jalan, dan quick"
        " win. Setiap langkah dibahas bersama perangkat daerah dalam bimbingan teknis.",
    ),
    Entry(
        "pendahuluan.keterkaitan-dokumen",
        _INTRODUCTION,
        "Keterkaitan antardokumen",
        "Rencana induk ini tidak berdiri sendiri. Visi, misi, dan program RPJMD menjadi rujukannya, sedangkan Renstra"
        " perangkat daerah menjadi jalan pelaksanaannya. Setiap inisiatif menyebut program yang dijalankannya, sehingga"
        " dapat dianggarkan melalui mekanisme yang berlaku.",
    ),
    Entry(
        "visi.visi-misi",
        _VISION,
        "Visi dan misi",
        "Visi smart city daerah merupakan penjabaran visi kepala daerah dalam RPJMD. Misi RPJMD tetap menjadi"
        " pengelompokan utama, dan setiap dimensi smart city menunjukkan sumbangannya kepada misi tersebut.",
    ),
    *(
        Entry(f"visi.sasaran-{dimension.code.lower()}", _VISION, dimension.name, _TARGETS[dimension.code])
        for dimension in DIMENSIONS
    ),
    *_strategies(),
    Entry(
        "rencana-aksi.kebijakan",
        _ACTION_PLAN,
        "Kebijakan dan kelembagaan",
        "Rencana aksi kebijakan dan kelembagaan menyiapkan aturan, pembagian tugas, dan tim pelaksana yang dibutuhkan"
        " inisiatif. Dewan dan tim pelaksana smart city mengoordinasikan perangkat daerah serta menyelesaikan hambatan"
        " yang melintasi kewenangan.",
    ),
    Entry(
        "rencana-aksi.infrastruktur",
        _ACTION_PLAN,
        "Infrastruktur pendukung",
        "Infrastruktur pendukung mencakup sarana fisik, jaringan, dan pusat data yang dipakai bersama. Pembangunannya"
        " mendahulukan pemanfaatan yang sudah ada, keamanan informasi, dan kemudahan pemeliharaan.",
    ),
    Entry(
        "rencana-aksi.aplikasi",
        _ACTION_PLAN,
        "Aplikasi dan perangkat lunak",
        "Aplikasi dibangun hanya bila tata laksananya sudah rapi dan belum ada aplikasi umum yang dapat dipakai. Setiap"
        " aplikasi bertukar data dengan aplikasi lain, mengikuti arsitektur SPBE, dan mempunyai pengelola yang jelas.",
    ),
    Entry(
        "rencana-aksi.literasi",
        _ACTION_PLAN,
        "Literasi smart city",
        "Literasi menyiapkan aparatur, warga, dan pelaku usaha untuk memakai layanan baru dengan aman. Kegiatannya"
        " meliputi pelatihan, pendampingan, dan sosialisasi bersama komunitas, perguruan tinggi, dan media.",
    ),
    Entry(
        "peta-jalan.pengantar",
        _ROADMAP,
        "Pengantar peta jalan",
        "Peta jalan menempatkan inisiatif menurut tahun mulai dan selesainya serta mengelompokkannya ke dalam jangka"
        " pendek, menengah, dan panjang. Urutannya mempertimbangkan kesiapan, ketergantungan antarinisiatif, dan"
        " kemampuan keuangan daerah.",
    ),
    Entry(
        "peta-jalan.quick-win",
        _ROADMAP,
        "Quick win",
        "Quick win adalah inisiatif yang dapat diwujudkan dalam waktu sekitar satu tahun dan manfaatnya langsung"
        " dirasakan warga. Pemilihannya menilai antara lain rumusan inovasi, manfaat, kemitraan, sumber daya,"
        " pengelolaan risiko, dan kesinambungannya.",
    ),
    Entry(
        "penutup.pemantauan",
        _CLOSING,
        "Pemantauan dan evaluasi",
        "Pelaksanaan rencana induk dipantau secara berkala oleh tim pelaksana berdasarkan indikator dan target setiap"
        " inisiatif. Hasilnya dilaporkan kepada dewan smart city dan menjadi bahan perbaikan pada tahun berikutnya.",
    ),
    Entry(
        "penutup.penutup",
        _CLOSING,
        "Penutup",
        "Rencana induk ini menjadi komitmen bersama pemerintah daerah dan para mitranya. Keberhasilannya ditentukan"
        " oleh ketekunan menjalankan, keterbukaan menilai, dan kesediaan memperbaiki apa yang belum berjalan.",
    ),
)
