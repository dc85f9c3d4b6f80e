"""The form by which an agency is given more time at a stage."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from agencies.models import Agency, Regency
from masterplan.models import EXTENSION_REASON_LIMIT, DeadlineExtension, Workshop
from smartcity.common.forms import DayField, HourField, PortalForm, TextField

# Offices close; what is due on a day is due by then unless somebody writes another time.
_USUAL_HOUR = time(16)
_USUAL_DAYS = 7


class ExtensionForm(PortalForm):
    """Which agency, until when in the regency's own time, and why."""

    agency = forms.ChoiceField(label="Perangkat daerah")
    day = DayField(label="Batas kirim baru", error_messages={"required": "Tulis tanggal batas kirim yang baru."})
    clock = HourField(label="Pukul", error_messages={"required": "Tulis jamnya, misalnya 16.00."})
    reason = TextField(
        label="Alasan",
        help_text="Dibaca perangkat daerah yang diberi perpanjangan.",
        limit=EXTENSION_REASON_LIMIT,
        error_messages={"required": "Tulis alasan perpanjangan; perangkat daerah membacanya."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        workshop: Workshop,
        regency: Regency,
        agency: Agency | None = None,
        given: DeadlineExtension | None = None,
    ) -> None:
        self.regency = regency
        self.agencies = {str(row.pk): row for row in regency.agencies.all() if row.exists_on(regency.today())}
        super().__init__(data, initial=self._initial(workshop, agency, given))
        blank = [] if agency else [("", "Pilih perangkat daerah")]
        options = [(pk, row.name) for pk, row in self.agencies.items()]
        self.fields["agency"].choices = [*blank, *options]  # type: ignore[attr-defined]
        self.fields["clock"].help_text = f"Waktu setempat ({regency.local(workshop.deadline):%Z})."  # type: ignore[arg-type]
        self.fields["reason"].example = "Kepala dinas baru dilantik pekan ini."  # type: ignore[attr-defined]

    def _initial(self, workshop: Workshop, agency: Agency | None, given: DeadlineExtension | None) -> dict[str, Any]:
        """What was given before, else a week more than everybody has."""
        chosen = {"agency": str(agency.pk) if agency else ""}
        if given:
            until = self.regency.local(given.deadline)
            return chosen | {"day": until.date(), "clock": until.time(), "reason": given.reason}
        assert workshop.deadline is not None
        last = max(self.regency.local(workshop.deadline).date(), self.regency.today())
        return chosen | {"day": last + timedelta(days=_USUAL_DAYS), "clock": _USUAL_HOUR}

    def clean_agency(self) -> Agency:
        """The agency itself."""
        return self.agencies[self.cleaned_data["agency"]]

    @property
    def deadline(self) -> datetime:
        """Day and time together, on the clocks of the regency."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], self.regency.zone)
