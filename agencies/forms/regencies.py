"""Forms of the operator: the operator's own account, opening a regency, and inviting its first people."""

from typing import Any

from django import forms

from agencies.forms.team import AccountForm
from agencies.models import RegencyKind, TimeZone
from agencies.regions import Region
from agencies.roles import FIRST_ROLES, Role
from smartcity.common.forms import LineField, PortalForm

SECRETARIAT_NAME = "Dinas Komunikasi dan Informatika"
SECRETARIAT_SHORT_NAME = "Diskominfo"
_NOT_AN_ADDRESS = "Tulis alamat surel lengkap, misalnya nama@instansi.example."


def _address(label: str, help_text: str, *, required: bool = False, autocomplete: str = "off") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        required=required,
        help_text=help_text,
        error_messages={
            "invalid": _NOT_AN_ADDRESS,
            "required": "Alamat surel masih kosong: dengan alamat ini Anda masuk ke portal.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
    )


class OperatorForm(AccountForm):
    """The operator's account, made at the set-up address."""

    email = _address("Alamat surel", "Dengan alamat ini Anda masuk ke portal.", required=True, autocomplete="email")
    field_order = ("name", "email", "password", "password_again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, email="", **kwargs)

    def clean(self) -> dict[str, Any]:
        """The password is compared with the address as well."""
        self.address = self.cleaned_data.get("email", "")
        return super().clean()


class FirstManagerForm(PortalForm):
    """Whom to invite as the first manager of the programme at the ministry."""

    email = _address("Alamat surel", "Mengundang tenaga ahli, membuka putaran, dan menugaskan mereka.", required=True)


class FirstPeopleForm(PortalForm):
    """Whom to invite as the first administrator and the first coordinator of a regency."""

    administrator = _address("Administrator", "Mendaftarkan perangkat daerah dan mengundang semua orang lain.")
    coordinator = _address(
        "Koordinator", "Memimpin penyusunan di sekretariat: menyiapkan rencana, meninjau, membekukan buku."
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in FIRST_ROLES:
            if role not in roles:
                del self.fields[role.value]

    @property
    def addresses(self) -> dict[Role, str]:
        """The address given for each role that is asked about."""
        return {role: self.cleaned_data[role.value] for role in FIRST_ROLES if role.value in self.fields}

    def clean(self) -> dict[str, Any]:
        """At least one address, or there is nothing to send."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(self.addresses.values()):
            self.add_error(next(iter(self.fields)), "Tulis sedikitnya satu alamat surel.")
        return data


class RegencyForm(PortalForm):
    """What is stored of a regency when it is opened; all but the capital is proposed by the catalogue."""

    kind = forms.ChoiceField(label="Jenis", choices=RegencyKind.choices, widget=forms.RadioSelect)
    name = LineField(label="Nama", limit=80, help_text="Tanpa kata Kabupaten atau Kota.")
    capital = LineField(
        label="Ibu kota",
        limit=60,
        help_text="Tempat surat ditulis. Untuk kota: nama kotanya sendiri.",
        error_messages={"required": "Ibu kota masih kosong: tulis nama tempatnya, misalnya Ungaran."},
    )
    time_zone = forms.ChoiceField(label="Zona waktu", choices=TimeZone.choices, widget=forms.RadioSelect)
    slug = forms.SlugField(
        label="Alamat halaman",
        max_length=90,
        help_text="Bagian alamat web wilayah ini. Tidak dapat diganti sesudah dibuka.",
        error_messages={"invalid": "Pakai huruf kecil, angka, dan tanda hubung saja, misalnya kabupaten-semarang."},
    )
    government_name = LineField(label="Nama pemerintah daerah", limit=120, help_text="Tercetak di sampul buku.")
    secretariat_name = LineField(
        label="Sekretariat",
        limit=160,
        help_text="Perangkat daerah yang mengurus penyusunan di sini; tercantum di kaki setiap halaman.",
    )
    secretariat_short_name = LineField(label="Singkatan sekretariat", limit=40, help_text="Dipakai di tabel.")
    administrator = _address(
        "Alamat surel administrator pertama",
        "Mendaftarkan perangkat daerah dan mengundang semua orang lain. Boleh diisi nanti.",
    )
    coordinator = _address(
        "Alamat surel koordinator pertama",
        "Memimpin penyusunan di sekretariat. Boleh orang yang sama, boleh diisi nanti.",
    )

    @classmethod
    def of(cls, region: Region, data: Any = None) -> "RegencyForm":
        """The form filled in from the catalogue."""
        initial = {
            "kind": region.kind.value,
            "name": region.name,
            "capital": region.name.removeprefix("Administrasi ") if region.kind is RegencyKind.CITY else "",
            "time_zone": region.province.time_zone.value,
            "slug": region.slug,
            "government_name": f"Pemerintah {region.full_name}",
            "secretariat_name": SECRETARIAT_NAME,
            "secretariat_short_name": SECRETARIAT_SHORT_NAME,
        }
        return cls(data, initial=initial)

    def clean_slug(self) -> str:
        """Addresses are written in lower case."""
        return self.cleaned_data["slug"].lower()
