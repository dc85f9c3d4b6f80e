"""Forms of Diskominfo's decisions on alignment: on links, on doing without a program, on what the checks find."""

from typing import Any

from masterplan.models import WAIVER_LIMIT, AlignmentLink
from smartcity.common.forms import PortalForm, TextField

_REASON_LIMIT = AlignmentLink._meta.get_field("decision_reason").max_length or 0


class DecisionForm(PortalForm):
    """Why a link is accepted or rejected; the agency reads it. A rejection cannot do without."""

    reason = TextField(
        label="Alasan keputusan",
        help_text="Wajib bila ditolak. Dibaca perangkat daerah.",
        limit=_REASON_LIMIT,
        required=False,
    )

    def __init__(self, data: Any = None, *, rejecting: bool = False, reason: str = "") -> None:
        super().__init__(data, initial={"reason": reason})
        field = self.fields["reason"]
        field.example = "Program ini mengatur destinasi, sedangkan inisiatif mengatur retribusi."  # type: ignore[attr-defined]
        field.needed = True  # type: ignore[attr-defined]
        field.required = rejecting
        field.error_messages["required"] = "Tulis alasan penolakan untuk perangkat daerah."


class SetAsideForm(PortalForm):
    """Why a finding of the checks stands; the reason is printed in the review annex."""

    reason = TextField(
        label="Alasan",
        help_text="Mengapa keadaan ini disengaja atau dapat diterima.",
        limit=WAIVER_LIMIT,
        error_messages={"required": "Tulis alasan mengapa temuan ini dikesampingkan."},
    )

    def __init__(self, data: Any = None, *, reason: str = "") -> None:
        super().__init__(data, initial={"reason": reason})
        self.fields["reason"].example = "Program ini urusan rutin dan tidak memerlukan inisiatif smart city."  # type: ignore[attr-defined]


class WaiverForm(PortalForm):
    """Why an initiative stands although no RPJMD program carries it; the reason is printed in the review annex."""

    reason = TextField(
        label="Alasan",
        help_text="Mengapa inisiatif ini tetap diperlukan walaupun tidak ada program RPJMD yang menaunginya.",
        limit=_REASON_LIMIT,
        error_messages={
            "required": "Tulis alasan mengapa inisiatif ini tetap diperlukan tanpa program RPJMD.",
        },
    )

    def __init__(self, data: Any = None, *, reason: str = "") -> None:
        super().__init__(data, initial={"reason": reason})
        example = "Diwajibkan Perpres 95/2018 tentang SPBE dan diusulkan masuk perubahan RPJMD."
        self.fields["reason"].example = example  # type: ignore[attr-defined]
