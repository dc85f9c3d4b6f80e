"""Forms of the attendance list: for participants on the public page, and for corrections by the coordinator."""

from typing import Any

from django import forms

from agencies.models import Agency, Regency
from masterplan.models import INSTITUTION_LIMIT, PERSON_LIMIT, POSITION_LIMIT, Attendee
from masterplan.reference_bimtek import PRESENT_MODES, AttendanceMode
from masterplan.workshops.actions.attendance import Person
from smartcity.common.forms import LineField, PortalForm, TextInput

GUEST = "tamu"


class AttendeeForm(PortalForm):
    """Who came, from where and how."""

    name = LineField(
        label="Nama lengkap",
        limit=PERSON_LIMIT,
        widget=TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tulis nama Anda."},
    )
    position = LineField(
        label="Jabatan",
        limit=POSITION_LIMIT,
        widget=TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": "Tulis jabatan Anda, misalnya Kepala Bidang Destinasi."},
    )
    agency = forms.ChoiceField(label="Perangkat daerah")
    institution = LineField(
        label="Instansi lain",
        help_text="Hanya bila Anda tidak mewakili perangkat daerah.",
        limit=INSTITUTION_LIMIT,
        required=False,
        widget=TextInput(attrs={"autocomplete": "organization"}),
    )
    mode = forms.ChoiceField(
        label="Cara hadir",
        choices=[(mode, AttendanceMode(mode).label) for mode in PRESENT_MODES],
        widget=forms.RadioSelect,
    )

    def __init__(self, agencies: list[Agency], data: Any = None, *, attendee: Attendee | None = None) -> None:
        super().__init__(data, initial=_initial(attendee))
        self._agencies = {str(agency.pk): agency for agency in agencies}
        choices = [("", "Pilih"), *((pk, agency.name) for pk, agency in self._agencies.items())]
        self.fields["agency"].choices = [*choices, (GUEST, "Instansi lain (tamu)")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A guest says from where."""
        if self.cleaned_data.get("agency") == GUEST and not self.cleaned_data.get("institution"):
            self.add_error("institution", "Tulis nama instansi Anda, misalnya Kementerian Kominfo.")
        return self.cleaned_data

    def value(self) -> Person:
        """The person as `workshops.actions.attendance` takes them."""
        data = self.cleaned_data
        return Person(
            name=data["name"],
            position=data["position"],
            agency=self._agencies.get(data["agency"]),
            institution=data["institution"],
            mode=data["mode"],
        )


class AttendanceForm(AttendeeForm):
    """The same on the public page, where who signs in agrees to be noted."""

    agrees = forms.BooleanField(
        label="Saya setuju nama dan jabatan saya dicatat untuk daftar hadir bimtek ini",
        error_messages={"required": "Centang persetujuan ini agar kehadiran Anda dapat dicatat."},
    )


def agencies_to_choose(regency: Regency, day: Any, *more: Agency | None) -> list[Agency]:
    """The agencies that exist on `day`, and those that are named already."""
    found = list(regency.agencies.valid_on(day))
    return found + [agency for agency in more if agency is not None and agency not in found]


def _initial(attendee: Attendee | None) -> dict[str, Any]:
    if attendee is None:
        return {}
    named = {name: getattr(attendee, name) for name in ("name", "position", "institution", "mode")}
    return named | {"agency": str(attendee.agency_id) if attendee.agency_id else GUEST}
