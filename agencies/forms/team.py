"""Forms about people: inviting, taking an invitation up, changing and suspending. Actions decide who may do so."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils import timezone

from agencies.actions.team import REASON_LIMIT
from agencies.models import Agency, Membership, Regency, User
from agencies.roles import AGENCY_ROLES, REGENCY_ROLES, ROLES, Role
from smartcity.common.forms import DayField, LineField, PortalForm


def role_choices(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """The roles on offer, each with its one-line description."""
    return [(role.value, f"{role.label}: {ROLES[role].description}") for role in Role if role in roles]


class AgencyChoiceField(forms.ModelChoiceField):
    """A choice of one agency, by name and short name."""

    def label_from_instance(self, obj: Agency) -> str:
        """Name with the short name people know it by."""
        return f"{obj.name} ({obj.short_name})"


class TermsForm(PortalForm):
    """The terms of a membership: role, agency, and whether staff may send."""

    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect)
    agency = AgencyChoiceField(
        label="Perangkat daerah",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Tidak untuk satu perangkat daerah",
        help_text="Pilih untuk staf dan kepala perangkat daerah. Peran lain tidak memerlukannya.",
    )
    may_submit = forms.BooleanField(
        label="Boleh mengirim inisiatif",
        required=False,
        help_text="Hanya untuk staf: kepala mengizinkan staf ini mengirim atas namanya.",
    )

    def __init__(
        self, *args: Any, regency: Regency, roles: frozenset[Role], kept: Agency | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        current = Q(valid_to__isnull=True) | Q(valid_to__gte=today) | Q(pk=kept.pk if kept else None)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = regency.agencies.filter(current)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """The role itself, not its code."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """A role of an agency needs the agency."""
        data = super().clean() or self.cleaned_data
        if data.get("role") in AGENCY_ROLES and not data.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Peran ini bekerja untuk satu perangkat daerah: pilih yang mana.")
        return data


class InvitationForm(TermsForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="Alamat surel",
        max_length=254,
        help_text="Undangan dikirim ke alamat ini, dan orangnya masuk dengan alamat ini.",
        error_messages={"invalid": "Tulis alamat surel lengkap, misalnya nama@instansi.example."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "role", "agency", "may_submit")


class MembershipForm(TermsForm):
    """Changes the terms of a membership."""

    valid_to = DayField(
        label="Berlaku sampai",
        required=False,
        help_text="Sesudah hari ini lewat, aksesnya berakhir dengan sendirinya.",
    )
    valid_to.example = "31 Desember 2026"  # type: ignore[attr-defined]

    @classmethod
    def of(cls, membership: Membership, data: Any = None, *, roles: frozenset[Role]) -> "MembershipForm":
        """The form filled in from the membership."""
        initial = model_to_dict(membership, fields=cls.base_fields)
        return cls(data, initial=initial, regency=membership.regency, roles=roles, kept=membership.agency)


class SuspensionForm(PortalForm):
    """Why somebody loses access."""

    reason = LineField(
        label="Alasan",
        limit=REASON_LIMIT,
        help_text="Tersimpan di riwayat akses, yang dibaca semua orang yang mengelola akses di sini.",
        error_messages={"required": "Tulis alasan singkat, misalnya: pindah tugas."},
    )
    reason.example = "Pindah tugas sejak 1 Maret 2026"  # type: ignore[attr-defined]


class AccountForm(PortalForm):
    """The account a newcomer makes from an invitation: the address is given, name and password are theirs."""

    name = LineField(
        label="Nama Anda",
        limit=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Nama masih kosong: tulis nama seperti pada surat tugas."},
    )
    password = forms.CharField(
        label="Kata sandi",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Kata sandi masih kosong: tulis sedikitnya 10 huruf atau angka."},
    )
    password_again = forms.CharField(
        label="Kata sandi, sekali lagi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Tulis kata sandi yang sama sekali lagi."},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = email

    def clean(self) -> dict[str, Any]:
        """Validate the password and its repetition."""
        data = super().clean() or self.cleaned_data
        password, again = data.get("password"), data.get("password_again")
        if password:
            try:
                validate_password(password, User(email=self.address, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        if password and again and password != again:
            self.add_error("password_again", "Kedua kata sandi berbeda. Tulis yang sama dua kali.")
        return data


class TeamFilter(forms.Form):
    """The filters of the team page; an invalid value filters nothing."""

    STATES = (("aktif", "Aktif"), ("nonaktif", "Dinonaktifkan"), ("berakhir", "Berakhir"))
    ORDERS = (("opd", "Perangkat daerah"), ("nama", "Nama"), ("peran", "Peran"))

    q = forms.CharField(required=False, max_length=100)
    opd = forms.ModelChoiceField(queryset=Agency.objects.none(), required=False)
    peran = forms.ChoiceField(choices=[(role.value, role.label) for role in REGENCY_ROLES], required=False)
    keadaan = forms.ChoiceField(choices=STATES, required=False)
    urut = forms.ChoiceField(choices=ORDERS, required=False)

    def __init__(self, data: Any, *, regency: Regency) -> None:
        super().__init__(data)
        self.fields["opd"].queryset = regency.agencies.all()  # type: ignore[attr-defined]
        self.is_valid()

    def value(self, name: str) -> Any:
        """The value understood, or ""."""
        return self.cleaned_data.get(name) or ""
