"""The form by which letters to agencies are asked for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agencies.models import Regency
from masterplan.overview.letters import LetterDetails
from masterplan.overview.progress import AgencyProgress
from smartcity.common.forms import DayField, LineField, PortalForm

_LINE = 120


class LetterForm(PortalForm):
    """To whom, under which number, of which day, and who signs."""

    agency = forms.ChoiceField(label="Kepada", required=False)
    number = LineField(
        label="Nomor surat", limit=_LINE, required=False, help_text="Dikosongkan bila nomornya ditulis tangan."
    )
    day = DayField(label="Tanggal surat", error_messages={"required": "Tulis tanggal surat, misalnya 31/12/2027."})
    signer = LineField(
        label="Jabatan penanda tangan",
        limit=_LINE,
        error_messages={"required": "Tulis jabatan penanda tangan, misalnya Sekretaris Daerah."},
    )
    name = LineField(
        label="Nama penanda tangan", limit=_LINE, required=False, help_text="Dikosongkan bila ditulis tangan."
    )
    note = LineField(label="Pangkat atau NIP", limit=_LINE, required=False)

    def __init__(
        self, data: Any = None, *, regency: Regency, awaited: Sequence[AgencyProgress], agency: str = ""
    ) -> None:
        signer = f"Sekretaris Daerah {regency.full_name}"
        super().__init__(data, initial={"agency": agency, "day": regency.today(), "signer": signer})
        everybody = ("", f"Semua yang masih ditunggu ({len(awaited)} perangkat daerah), satu berkas")
        options = [(str(row.agency.pk), row.agency.name) for row in awaited]
        self.fields["agency"].choices = [everybody, *options]  # type: ignore[attr-defined]
        self.fields["number"].example = "005/0412/2027"  # type: ignore[attr-defined]
        self.fields["agency"].needed = True  # type: ignore[attr-defined]

    @property
    def terms(self) -> LetterDetails:
        """What was typed."""
        given = self.cleaned_data
        return LetterDetails(given["number"], given["day"], given["signer"], given["name"], given["note"])
