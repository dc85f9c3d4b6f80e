"""Forms of the evidence page: title and place of one file. Uploading has no form: files are checked one by one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from masterplan.models import EVIDENCE_TITLE_LIMIT, Evidence
from masterplan.reference import EvidencePlacement
from smartcity.common.forms import LineField, PortalForm


class EvidenceForm(PortalForm):
    """Title and place in the book of one evidence file. Only a picture may become a figure."""

    title = LineField(label="Judul", limit=EVIDENCE_TITLE_LIMIT)
    placement = forms.ChoiceField(label="Letak dalam buku")

    def __init__(self, evidence: Evidence, data: Mapping[str, Any] | None = None) -> None:
        initial = {"title": evidence.title, "placement": evidence.placement}
        super().__init__(data, initial=initial, auto_id=f"id_bukti-{evidence.pk}-%s")
        choices = [
            (value, label)
            for value, label in EvidencePlacement.choices
            if value != EvidencePlacement.FIGURE or evidence.is_picture
        ]
        self.fields["placement"].choices = choices  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = (
            "Judul masih kosong. Tulis beberapa kata, misalnya Foto antrean loket."
        )
