"""Forms about people of the ministry and their grants."""

from typing import Any

from django import forms

from agencies.actions.grants import Scope
from agencies.forms.team import role_choices
from agencies.models import Cluster, MinistryMember, ProgrammeRound
from agencies.regions import regions
from agencies.roles import ROLES, Role
from masterplan.reference import DIMENSIONS
from smartcity.common.forms import DayField, LineField, PortalForm

_ROLES = ROLES[Role.PROGRAMME_MANAGER].grants


class _RoleForm(PortalForm):
    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect, choices=role_choices(_ROLES))

    def clean_role(self) -> Role:
        """The role itself, not its code."""
        return Role(self.cleaned_data["role"])


class MemberInvitationForm(_RoleForm):
    """Whom to invite to the ministry, and as what."""

    email = forms.EmailField(
        label="Alamat surel",
        max_length=254,
        help_text="Undangan dikirim ke alamat ini, dan orangnya masuk dengan alamat ini.",
        error_messages={"invalid": "Tulis alamat surel lengkap, misalnya nama@instansi.example."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "role")


class MemberForm(_RoleForm):
    """Changes somebody's role or last day."""

    valid_to = DayField(
        label="Berlaku sampai",
        required=False,
        help_text="Sesudah hari ini lewat, aksesnya berakhir dengan sendirinya.",
    )
    valid_to.example = "31 Desember 2026"  # type: ignore[attr-defined]

    @classmethod
    def of(cls, member: MinistryMember, data: Any = None) -> "MemberForm":
        """The form filled in from the row."""
        return cls(data, initial={"role": member.role, "valid_to": member.valid_to})


class MinistryForm(PortalForm):
    """What the ministry is called on invitations and letters."""

    name = LineField(label="Nama kementerian", limit=120)
    unit = LineField(
        label="Unit pelaksana", limit=160, required=False, help_text="Direktorat yang menjalankan program."
    )


class GrantForm(PortalForm):
    """What an expert shall look after: one scope, all dimensions or some, from a day to a day."""

    _ROUND, _CLUSTER, _REGION = "putaran", "klaster", "wilayah"

    kind = forms.ChoiceField(
        label="Lingkup",
        widget=forms.RadioSelect,
        choices=((_ROUND, "Satu putaran"), (_CLUSTER, "Satu klaster"), (_REGION, "Satu kabupaten/kota")),
        initial=_REGION,
    )
    round = forms.ModelChoiceField(
        label="Putaran",
        queryset=ProgrammeRound.objects.all(),
        required=False,
        empty_label="Pilih putaran",
        help_text="Diisi bila lingkupnya satu putaran.",
    )
    cluster = forms.ModelChoiceField(
        label="Klaster",
        queryset=Cluster.objects.select_related("round"),
        required=False,
        empty_label="Pilih klaster",
        help_text="Diisi bila lingkupnya satu klaster.",
    )
    region = forms.ChoiceField(
        label="Kabupaten/kota", required=False, help_text="Diisi bila lingkupnya satu kabupaten/kota."
    )
    dimensions = forms.MultipleChoiceField(
        label="Dimensi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.code, kind.name) for kind in DIMENSIONS],
        help_text="Kosongkan bila menelaah semua dimensi.",
    )
    is_lead = forms.BooleanField(
        label="Pendamping utama", required=False, help_text="Kabupaten/kota bertanya kepadanya lebih dulu."
    )
    valid_from = DayField(label="Berlaku sejak", required=False, help_text="Kosongkan bila mulai hari ini.")
    valid_to = DayField(label="Berlaku sampai", required=False, help_text="Kosongkan bila tidak dibatasi.")
    valid_from.example = valid_to.example = "31 Desember 2026"  # type: ignore[attr-defined]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "Pilih kabupaten/kota")]
        offered += [(region.code, f"{region.full_name}, {region.province.name}") for region in regions()]
        self.fields["region"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The scope that was chosen needs its value; the others are left out."""
        data = super().clean() or self.cleaned_data
        wanted = {self._ROUND: "round", self._CLUSTER: "cluster", self._REGION: "region"}.get(data.get("kind", ""), "")
        if wanted and not data.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, f"Pilih {self.fields[wanted].label.lower()} yang ditelaah.")  # type: ignore[union-attr]
        data["scope"] = Scope(
            round=data.get("round") if wanted == "round" else None,
            cluster=data.get("cluster") if wanted == "cluster" else None,
            region_code=data.get("region", "") if wanted == "region" else "",
        )
        return data

    @property
    def terms(self) -> dict[str, Any]:
        """What `agencies.actions.grants.assign` takes."""
        return {name: self.cleaned_data[name] for name in ("scope", "dimensions", "is_lead", "valid_from", "valid_to")}
