"""Words for the columns of an initiative's tables: what belongs in each, with an example. `sections` names them."""

from masterplan.reference import QuickWinAspect

from .field import Column

PARTNERS = (
    Column("kind", "Jenis mitra", "Dari kelompok mana mitra ini.", "Dunia usaha"),
    Column(
        "name",
        "Nama mitra",
        "Nama lembaganya, bukan nama orang; boleh umum bila belum ditunjuk.",
        "Bank pembangunan daerah",
    ),
    Column(
        "contribution",
        "Perannya",
        "Apa yang diberikan atau dikerjakan mitra, dimulai dengan kata kerja.",
        "Menyediakan kode QR dan laporan harian",
    ),
)

ACTIVITIES = (
    Column(
        "name",
        "Kegiatan",
        "Satu langkah yang dapat dilihat selesai atau belum; tiga sampai enam langkah sudah cukup.",
        "Pemasangan kode QR di tiga loket",
    ),
    Column("start", "Bulan mulai", "Bulan dan tahun. Perkiraan boleh, dan dapat diubah kemudian.", "Januari 2022"),
    Column("end", "Bulan selesai", "Bulan terakhir langkah ini dikerjakan.", "06/2022"),
    Column("output", "Keluaran", "Benda atau dokumen yang ada setelah langkah ini selesai.", "Tiga loket siap"),
)

INDICATORS = (
    Column(
        "kind",
        "Jenis",
        "Keluaran adalah yang Anda hasilkan; hasil adalah perubahan yang dirasakan orang. Keduanya diperlukan.",
        "Keluaran: loket terpasang. Hasil: transaksi nontunai",
    ),
    Column(
        "name",
        "Indikator",
        "Apa yang dihitung, tanpa angka targetnya.",
        "Transaksi tiket yang nontunai",
    ),
    Column("unit", "Satuan", "Ukuran yang dipakai semua angka di baris ini.", "persen, loket, orang, menit"),
    Column("direction", "Arah", "Naik bila lebih besar lebih baik, turun bila lebih kecil lebih baik.", "Turun"),
    Column(
        "baseline",
        "Kondisi awal",
        "Angka terakhir sebelum inisiatif dimulai. Tulis tanda hubung bila belum pernah diukur.",
        "12,5",
    ),
    Column(
        "targets",
        "Target tahunan",
        "Angka pada akhir tahun itu, bukan tambahannya. Rentang dan batas boleh; kosongkan tahun tanpa target.",
        "20, 70-75, atau minimal 95",
    ),
    Column("end_condition", "Kondisi akhir", "Angka yang ingin dicapai di akhir masa rencana.", "60"),
)

BUDGETS = (
    Column(
        "source",
        "Sumber dana",
        "Satu baris satu sumber. Yang masih diusulkan boleh ditulis; jelaskan pada dasar perhitungan.",
        "APBD Kabupaten/Kota dan CSR",
    ),
    Column("amounts", "Jumlah per tahun", "Rupiah penuh atau singkatan; kami tunjukkan apa yang terbaca.", "450 juta"),
)

ASPECTS = (
    Column(
        QuickWinAspect.INNOVATION,
        "Rumusan inovasi",
        "Jelas apa yang baru dibanding cara lama.",
        "Bayar dari ponsel, tidak lagi karcis kertas",
    ),
    Column(
        QuickWinAspect.ATTRACTIVENESS,
        "Daya tarik",
        "Mudah diceritakan dan membuat orang ingin memakai.",
        "Antrean loket hilang pada akhir pekan",
    ),
    Column(
        QuickWinAspect.BENEFIT,
        "Manfaat",
        "Berapa orang merasakan, dan seberapa besar.",
        "Sepuluh ribu pengunjung per bulan",
    ),
    Column(
        QuickWinAspect.UNIQUENESS,
        "Keunikan",
        "Apa yang khas daerah dan belum dilakukan tetangga.",
        "Tiket terhubung dengan paket desa wisata",
    ),
    Column(
        QuickWinAspect.PARTNERSHIP,
        "Kemitraan",
        "Mitra sudah ada dan perannya jelas.",
        "Perjanjian dengan bank sudah ditandatangani",
    ),
    Column(
        QuickWinAspect.DEVELOPMENT,
        "Potensi pengembangan",
        "Dapat diperluas ke tempat atau layanan lain.",
        "Dari tiga destinasi ke lima belas",
    ),
    Column(
        QuickWinAspect.OPERATION,
        "Keberlanjutan operasi",
        "Siapa mengoperasikan sehari-hari dan dengan biaya apa.",
        "Petugas loket, biaya dari retribusi",
    ),
    Column(
        QuickWinAspect.RESOURCES,
        "Sumber daya",
        "Orang, alat, dan dana untuk setahun sudah tersedia.",
        "Anggaran ada, dua petugas ditunjuk",
    ),
    Column(
        QuickWinAspect.RISK,
        "Manajemen risiko",
        "Risiko terbesar dikenali dan sudah disiapkan jalan keluarnya.",
        "Kode QR statis bila jaringan putus",
    ),
    Column(
        QuickWinAspect.CONTINUITY,
        "Kesinambungan",
        "Tetap berjalan setelah tahun pertama dan pergantian pejabat.",
        "Masuk Renstra dan peraturan kepala daerah",
    ),
)

WORKSHEET = (
    Column("deliverable", "Yang diserahkan", "Hasil yang sudah dapat dipakai warga.", "Pembayaran QR di tiga loket"),
    Column("due_date", "Tanggal selesai", "Dalam kira-kira setahun.", "30 November 2022"),
    Column(
        "aspects",
        "Nilai sepuluh aspek",
        "Nilai 1 berarti belum ada, 5 berarti sudah kuat dan ada buktinya. Beri alasan satu kalimat.",
        "4, karena perjanjian dengan bank sudah ada",
    ),
)
