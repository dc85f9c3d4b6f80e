"""The form of one written section of the books."""

from typing import Any

from masterplan.actions.sections import SECTION_LIMIT
from smartcity.common.forms import PortalForm, RichField
from smartcity.common.numbers import format_number


class SectionForm(PortalForm):
    """Its text alone: where it stands and what it is called are fixed by the outline."""

    body = RichField(
        label="Naskah",
        help_text=f"Baris kosong memisahkan paragraf. Paling banyak {format_number(SECTION_LIMIT)} karakter.",
        limit=SECTION_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].needed = True  # type: ignore[attr-defined]
        self.fields["body"].widget.attrs["rows"] = 18
        self.fields["body"].example = (  # type: ignore[attr-defined]
            "Tujuan rencana ini adalah:\n\n1. Mempercepat layanan.\n2. Membuka data."
        )
