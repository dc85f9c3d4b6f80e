"""Every table with rows about people: what is kept of them, why, for how long, and what erasing does to it.

Who acted is in `acts`, and the texts in which people may be spoken of are in `texts`. A test sweeps all columns of all
tables, those of libraries too, and finds one that stands in none of the three.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps

FOR_GOOD = "selama catatan wilayah disimpan"
WITH_ACCOUNT = "selama akunnya ada"
WITH_NEWS = "paling lama 180 hari (NEWS_KEPT_DAYS)"


class ErasureEffect(Enum):
    """What erasing a person does to the rows."""

    REMOVED = "barisnya dihapus"
    REPLACED = "nama dan alamat diganti dengan penanda akun yang dihapus"
    ENDED = "diakhiri; baris tetap, menunjuk akun yang sudah dikosongkan"
    KEPT = "tetap disimpan"


# What keys to an account and to a place are called, whichever table holds them.
_COMMON_WORDS = {"user": "akun", "regency": "wilayah", "agency": "perangkat daerah"}


@dataclass(frozen=True)
class PersonTable:
    """A table with rows about people, which are found by lookups to the account, by address or by name.

    `columns` names what an export tells. A column is called by `words`, else as its model calls it (`verbose_name`). Of
    the `undisclosed` columns an export says only that they are stored.
    """

    table: str
    label: str
    effect: ErasureEffect
    purpose: str
    kept_until: str
    columns: str
    words: Mapping[str, str] = field(default_factory=dict)
    account: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    undisclosed: tuple[str, ...] = ()

    @property
    def column_words(self) -> dict[str, str]:
        """Each column with the word for it, in the order of the export."""
        columns = apps.get_model(self.table)._meta
        known = {**_COMMON_WORDS, **self.words}
        return {name: known.get(name) or str(columns.get_field(name).verbose_name) for name in self.columns.split()}


PERSON_TABLES: tuple[PersonTable, ...] = (
    PersonTable(
        "agencies.User",
        "akun",
        ErasureEffect.REPLACED,
        purpose="agar orang dapat masuk dan dikenali rekan kerjanya",
        kept_until=WITH_ACCOUNT,
        columns="name email password is_active is_staff is_superuser date_joined last_login",
        words={
            "password": "kata sandi (hanya sidiknya)",
            "is_superuser": "pengelola portal",
            "last_login": "terakhir masuk",
        },
        account=("pk",),
        undisclosed=("password",),
    ),
    PersonTable(
        "agencies.User_groups",
        "kelompok hak admin",
        ErasureEffect.REMOVED,
        purpose="hak di admin",
        kept_until=WITH_ACCOUNT,
        columns="user group",
        words={"group": "kelompok"},
        account=("user",),
    ),
    PersonTable(
        "agencies.User_user_permissions",
        "hak admin",
        ErasureEffect.REMOVED,
        purpose="hak di admin",
        kept_until=WITH_ACCOUNT,
        columns="user permission",
        words={"permission": "hak"},
        account=("user",),
    ),
    PersonTable(
        "account.EmailAddress",
        "alamat surel akun",
        ErasureEffect.REMOVED,
        purpose="alamat untuk masuk dan memulihkan kata sandi",
        kept_until=WITH_ACCOUNT,
        columns="user email verified primary",
        words={"email": "alamat surel", "verified": "sudah dipastikan", "primary": "utama"},
        account=("user",),
        address=("email",),
    ),
    PersonTable(
        "account.EmailConfirmation",
        "pemastian alamat surel",
        ErasureEffect.REMOVED,
        purpose="memastikan alamat baru milik pemilik akun",
        kept_until=WITH_ACCOUNT,
        columns="email_address created sent key",
        words={"email_address": "alamat", "created": "dibuat", "sent": "dikirim", "key": "kunci tautan"},
        account=("email_address__user",),
        address=("email_address__email",),
        undisclosed=("key",),
    ),
    PersonTable(
        "mfa.Authenticator",
        "langkah kedua saat masuk",
        ErasureEffect.REMOVED,
        purpose="rahasia aplikasi autentikator dan kode pemulihan",
        kept_until=WITH_ACCOUNT,
        columns="user type created_at last_used_at data",
        words={"type": "jenis", "created_at": "dibuat", "last_used_at": "terakhir dipakai", "data": "rahasia"},
        account=("user",),
        undisclosed=("data",),
    ),
    PersonTable(
        "socialaccount.SocialAccount",
        "identitas pada penyedia instansi",
        ErasureEffect.REMOVED,
        purpose="agar yang masuk lewat penyedia identitas dikenali lagi",
        kept_until=WITH_ACCOUNT,
        columns="user provider uid last_login date_joined extra_data",
        words={
            "provider": "penerbit",
            "uid": "tanda pada penerbit",
            "last_login": "terakhir masuk",
            "date_joined": "dihubungkan",
            "extra_data": "keterangan penerbit, selalu kosong",
        },
        account=("user",),
    ),
    PersonTable(
        "sessions.Session",
        "sesi masuk",
        ErasureEffect.REMOVED,
        purpose="agar yang sudah masuk tidak ditanya lagi di setiap halaman",
        kept_until="paling lama 12 jam, lalu dibersihkan sekali sehari",
        columns="session_key session_data expire_date",
        words={"session_key": "kunci sesi", "session_data": "isi sesi", "expire_date": "berakhir"},
        undisclosed=("session_key", "session_data"),  # the account is inside; `person.sessions_of` reads it
    ),
    PersonTable(
        "agencies.Membership",
        "keanggotaan",
        ErasureEffect.ENDED,
        purpose="peran menentukan apa yang boleh dilihat dan dikerjakan",
        kept_until=FOR_GOOD,
        columns="user regency agency role may_submit valid_from valid_to suspended_at suspended_reason",
        words={"suspended_reason": "alasan dinonaktifkan"},
        account=("user",),
    ),
    PersonTable(
        "agencies.MinistryMember",
        "peran di kementerian",
        ErasureEffect.ENDED,
        purpose="peran menentukan wilayah mana yang boleh dibaca",
        kept_until=FOR_GOOD,
        columns="user role valid_from valid_to suspended_at suspended_reason",
        words={"suspended_reason": "alasan dinonaktifkan"},
        account=("user",),
    ),
    PersonTable(
        "masterplan.DeskView",
        "tampilan tersimpan",
        ErasureEffect.REMOVED,
        purpose="saringan daftar wilayah yang disimpan orang itu untuk dirinya",
        kept_until=WITH_ACCOUNT,
        columns="user name query",
        words={"name": "nama tampilan", "query": "saringan"},
        account=("user",),
    ),
    PersonTable(
        "agencies.Invitation",
        "undangan",
        ErasureEffect.REPLACED,
        purpose="menawarkan peran kepada sebuah alamat; yang tidak diterima dihapus seluruhnya",
        kept_until=FOR_GOOD,
        columns="regency agency role email accepted_by invited_at expires_at accepted_at revoked_at",
        words={"accepted_by": "diterima oleh akun"},
        account=("accepted_by",),
        address=("email",),
    ),
    PersonTable(
        "agencies.SecurityEvent",
        "catatan akses",
        ErasureEffect.KEPT,
        purpose="catatan siapa yang diberi akses dan kapan: tidak dapat diubah oleh siapa pun, "
        "jadi alamatnya tetap terbaca",
        kept_until=FOR_GOOD,
        columns="regency kind subject detail at",
        words={"subject": "alamat yang dikenai"},
        address=("subject",),
    ),
    PersonTable(
        "agencies.Notice",
        "kabar",
        ErasureEffect.REMOVED,
        purpose="kabar untuk orang itu",
        kept_until=WITH_NEWS,
        columns="user regency kind subject text path created_at read_at",
        words={"path": "alamat halaman"},
        account=("user",),
        undisclosed=("text",),  # quotes what others wrote
    ),
    PersonTable(
        "agencies.NoticeChoice",
        "pilihan kabar",
        ErasureEffect.REMOVED,
        purpose="bagaimana orang itu ingin dikabari",
        kept_until=WITH_ACCOUNT,
        columns="user kind delivery",
        words={"kind": "jenis kabar"},
        account=("user",),
    ),
    PersonTable(
        "agencies.Digest",
        "ringkasan harian",
        ErasureEffect.REMOVED,
        purpose="agar ringkasan sehari dikirim sekali",
        kept_until=WITH_NEWS,
        columns="user day",
        account=("user",),
    ),
    PersonTable(
        "agencies.OutgoingMail",
        "surel keluar",
        ErasureEffect.REMOVED,
        purpose="surel kepada orang itu",
        kept_until=WITH_NEWS,
        columns="recipient to subject body state error requested_at finished_at",
        words={"recipient": "akun"},
        account=("recipient",),
        address=("to",),
        undisclosed=("body",),  # may hold a link that opens the account, and quotes what others wrote
    ),
    PersonTable(
        "masterplan.InitiativePresence",
        "yang sedang membuka isian",
        ErasureEffect.REMOVED,
        purpose="agar dua orang tahu mereka membuka isian yang sama",
        kept_until="beberapa menit",
        columns="user initiative section opened_at seen_at",
        words={"initiative": "inisiatif", "seen_at": "terlihat"},
        account=("user",),
    ),
    PersonTable(
        "masterplan.EditionReading",
        "pembacaan edisi",
        ErasureEffect.REMOVED,
        purpose="menandai edisi yang sudah dibaca",
        kept_until="selama edisinya ada",
        columns="user snapshot at",
        words={"snapshot": "edisi", "at": "waktu"},
        account=("user",),
    ),
    PersonTable(
        "masterplan.BookJob_askers",
        "penunggu buku",
        ErasureEffect.REMOVED,
        purpose="mengabari siapa yang menunggu buku",
        kept_until="selama permintaannya ada",
        columns="user bookjob",
        words={"bookjob": "permintaan buku"},
        account=("user",),
    ),
    PersonTable(
        "masterplan.EvidenceUpload",
        "unggahan yang belum selesai",
        ErasureEffect.REMOVED,
        purpose="unggahan bukti yang belum selesai",
        kept_until="tujuh hari sesudah potongan terakhir",
        columns="by initiative name started_at",
        words={"by": "akun", "initiative": "inisiatif"},
        account=("by",),
    ),
    PersonTable(
        "masterplan.Attendee",
        "daftar hadir bimtek",
        ErasureEffect.REMOVED,
        purpose="daftar hadir bimtek; dicocokkan dengan nama yang sama persis di wilayah "
        "tempat orang itu pernah berperan",
        kept_until="400 hari, atau sampai koordinator menghapusnya",
        columns="name position agency institution mode agreed_at",
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
