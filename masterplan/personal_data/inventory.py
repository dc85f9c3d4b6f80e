"""Every table with rows about people: what is kept of them, why, for how long, and what erasing does to it.

Who acted is in `acts`, and the texts in which people may be spoken of are in `texts`. A test sweeps all columns of all
tables, those of libraries too, and finds one that stands in none of the three.
"""

from dataclasses import dataclass
from enum import Enum

FOR_GOOD = "selama catatan wilayah disimpan"
WITH_ACCOUNT = "selama akunnya ada"
WITH_NEWS = "paling lama 180 hari (NEWS_KEPT_DAYS)"


class ErasureEffect(Enum):
    """What erasing a person does to the rows."""

    REMOVED = "barisnya dihapus"
    REPLACED = "nama dan alamat diganti dengan penanda akun yang dihapus"
    ENDED = "diakhiri; baris tetap, menunjuk akun yang sudah dikosongkan"
    KEPT = "tetap disimpan"


@dataclass(frozen=True)
class About:
    """Rows of a table that are about a person, found by lookups to the account, by address or by name.

    `columns` gives each its word; of those in `held` an export says only that they are stored.
    """

    table: str
    label: str
    purpose: str
    kept_until: str
    effect: ErasureEffect
    columns: dict[str, str]
    account: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


ABOUT: tuple[About, ...] = (
    About(
        "agencies.User",
        "akun",
        "agar orang dapat masuk dan dikenali rekan kerjanya",
        WITH_ACCOUNT,
        ErasureEffect.REPLACED,
        {
            "name": "nama",
            "email": "alamat surel",
            "password": "kata sandi (hanya sidiknya)",
            "is_active": "aktif",
            "is_staff": "boleh masuk admin",
            "is_superuser": "pengelola portal",
            "date_joined": "terdaftar",
            "last_login": "terakhir masuk",
        },
        account=("pk",),
        held=("password",),
    ),
    About(
        "agencies.User_groups",
        "kelompok hak admin",
        "hak di admin",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {"user": "akun", "group": "kelompok"},
        account=("user",),
    ),
    About(
        "agencies.User_user_permissions",
        "hak admin",
        "hak di admin",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {"user": "akun", "permission": "hak"},
        account=("user",),
    ),
    About(
        "account.EmailAddress",
        "alamat surel akun",
        "alamat untuk masuk dan memulihkan kata sandi",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {"user": "akun", "email": "alamat surel", "verified": "sudah dipastikan", "primary": "utama"},
        account=("user",),
        address=("email",),
    ),
    About(
        "account.EmailConfirmation",
        "pemastian alamat surel",
        "memastikan alamat baru milik pemilik akun",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {"email_address": "alamat", "created": "dibuat", "sent": "dikirim", "key": "kunci tautan"},
        account=("email_address__user",),
        address=("email_address__email",),
        held=("key",),
    ),
    About(
        "mfa.Authenticator",
        "langkah kedua saat masuk",
        "rahasia aplikasi autentikator dan kode pemulihan",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {
            "user": "akun",
            "type": "jenis",
            "created_at": "dibuat",
            "last_used_at": "terakhir dipakai",
            "data": "rahasia",
        },
        account=("user",),
        held=("data",),
    ),
    About(
        "sessions.Session",
        "sesi masuk",
        "agar yang sudah masuk tidak ditanya lagi di setiap halaman",
        "paling lama 12 jam, lalu dibersihkan sekali sehari",
        ErasureEffect.REMOVED,
        {"session_key": "kunci sesi", "session_data": "isi sesi", "expire_date": "berakhir"},
        held=("session_key", "session_data"),  # the account is inside; `person.sessions_of` looks there
    ),
    About(
        "agencies.Membership",
        "keanggotaan",
        "peran menentukan apa yang boleh dilihat dan dikerjakan",
        FOR_GOOD,
        ErasureEffect.ENDED,
        {
            "user": "akun",
            "regency": "wilayah",
            "agency": "perangkat daerah",
            "role": "peran",
            "may_submit": "boleh mengirim",
            "valid_from": "berlaku sejak",
            "valid_to": "berlaku sampai",
            "suspended_at": "dinonaktifkan",
            "suspended_reason": "alasan dinonaktifkan",
        },
        account=("user",),
    ),
    About(
        "agencies.Invitation",
        "undangan",
        "menawarkan peran kepada sebuah alamat; yang tidak diterima dihapus seluruhnya",
        FOR_GOOD,
        ErasureEffect.REPLACED,
        {
            "regency": "wilayah",
            "agency": "perangkat daerah",
            "role": "peran",
            "email": "alamat surel",
            "accepted_by": "diterima oleh akun",
            "invited_at": "diundang",
            "expires_at": "berlaku sampai",
            "accepted_at": "diterima",
            "revoked_at": "dibatalkan",
        },
        account=("accepted_by",),
        address=("email",),
    ),
    About(
        "agencies.SecurityEvent",
        "catatan akses",
        "catatan siapa yang diberi akses dan kapan: tidak dapat diubah oleh siapa pun, jadi alamatnya tetap terbaca",
        FOR_GOOD,
        ErasureEffect.KEPT,
        {
            "regency": "wilayah",
            "kind": "kejadian",
            "subject": "alamat yang dikenai",
            "detail": "keterangan",
            "at": "waktu",
        },
        address=("subject",),
    ),
    About(
        "agencies.Notice",
        "kabar",
        "kabar untuk orang itu",
        WITH_NEWS,
        ErasureEffect.REMOVED,
        {
            "user": "akun",
            "regency": "wilayah",
            "kind": "jenis",
            "subject": "perihal",
            "text": "isi",
            "path": "alamat halaman",
            "created_at": "waktu",
            "read_at": "dibaca",
        },
        account=("user",),
        held=("text",),  # quotes what others wrote
    ),
    About(
        "agencies.NoticeChoice",
        "pilihan kabar",
        "bagaimana orang itu ingin dikabari",
        WITH_ACCOUNT,
        ErasureEffect.REMOVED,
        {"user": "akun", "kind": "jenis kabar", "delivery": "cara"},
        account=("user",),
    ),
    About(
        "agencies.Digest",
        "ringkasan harian",
        "agar ringkasan sehari dikirim sekali",
        WITH_NEWS,
        ErasureEffect.REMOVED,
        {"user": "akun", "day": "hari"},
        account=("user",),
    ),
    About(
        "agencies.OutgoingMail",
        "surel keluar",
        "surel kepada orang itu",
        WITH_NEWS,
        ErasureEffect.REMOVED,
        {
            "recipient": "akun",
            "to": "kepada",
            "subject": "perihal",
            "body": "isi",
            "state": "keadaan",
            "error": "sebab gagal",
            "requested_at": "diminta",
            "finished_at": "selesai",
        },
        account=("recipient",),
        address=("to",),
        held=("body",),  # may hold a link that opens the account, and quotes what others wrote
    ),
    About(
        "masterplan.InitiativePresence",
        "yang sedang membuka isian",
        "agar dua orang tahu mereka membuka isian yang sama",
        "beberapa menit",
        ErasureEffect.REMOVED,
        {"user": "akun", "initiative": "inisiatif", "section": "bagian", "opened_at": "dibuka", "seen_at": "terlihat"},
        account=("user",),
    ),
    About(
        "masterplan.EditionReading",
        "pembacaan edisi",
        "menandai edisi yang sudah dibaca",
        "selama edisinya ada",
        ErasureEffect.REMOVED,
        {"user": "akun", "snapshot": "edisi", "at": "waktu"},
        account=("user",),
    ),
    About(
        "masterplan.BookJob_askers",
        "penunggu buku",
        "mengabari siapa yang menunggu buku",
        "selama permintaannya ada",
        ErasureEffect.REMOVED,
        {"user": "akun", "bookjob": "permintaan buku"},
        account=("user",),
    ),
    About(
        "masterplan.EvidenceUpload",
        "unggahan yang belum selesai",
        "unggahan bukti yang belum selesai",
        "tujuh hari sesudah potongan terakhir",
        ErasureEffect.REMOVED,
        {"by": "akun", "initiative": "inisiatif", "name": "nama berkas", "started_at": "dimulai"},
        account=("by",),
    ),
    About(
        "masterplan.Attendee",
        "daftar hadir bimtek",
        "daftar hadir bimtek; dicocokkan dengan nama yang sama persis di wilayah tempat orang itu pernah berperan",
        "400 hari, atau sampai koordinator menghapusnya",
        ErasureEffect.REMOVED,
        {
            "name": "nama",
            "position": "jabatan",
            "agency": "perangkat daerah",
            "institution": "instansi lain",
            "mode": "cara hadir",
            "agreed_at": "setuju dicatat",
        },
        name=("name",),
    ),
)


@dataclass(frozen=True)
class Mention:
    """Texts into which the portal itself writes who somebody is; erasing puts the marker in that place.

    `only` narrows the rows to those that the portal words alone.
    """

    table: str
    columns: tuple[str, ...]
    purpose: str
    kept_until: str
    only: tuple[tuple[str, object], ...] = ()


MENTIONS: tuple[Mention, ...] = (
    Mention("admin.LogEntry", ("object_repr", "change_message"), "catatan perubahan lewat admin Django", FOR_GOOD),
    Mention(
        "agencies.OutgoingMail",
        ("subject", "body"),
        "surel undangan menyebut siapa yang mengundang",
        WITH_NEWS,
        only=(("recipient", None),),
    ),
)

# What is kept beside the rows above, for whoever runs the portal and for the one who asks.
ELSEWHERE: dict[str, str] = {
    "kabar dan surel kepada orang lain": "mengutip tanggapan dan alasan, jadi juga nama yang tertulis di dalamnya; "
    + WITH_NEWS,
    "penghitung percobaan masuk": "tabel smartcity_cache: kuncinya sidik berkunci, tanpa alamat yang terbaca; "
    "dihapus sekali sehari sesudah kedaluwarsa",
    "catatan proses (log)": "tanpa nama, alamat surel, alamat IP, atau isian",
    "buku dan berkas": "dicetak atau diunggah sebagai dokumen kantor; menyebut orang dengan peran dan perangkat daerah",
    "cadangan": "salinan lama masih memuat data sampai cadangan itu sendiri dihapus; sesudah memulihkan dari cadangan, "
    "ulangi erase_person",
}
