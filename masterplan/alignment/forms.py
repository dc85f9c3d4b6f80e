"""Forms of Diskominfo's decisions on alignment: on links, on doing without a program, on what the checks find."""

from typing import Any

from masterplan.models import WAIVER_LIMIT, AlignmentLink
from smartcity.common.forms import PortalForm, TextField

_REASON_LIMIT = AlignmentLink._meta.get_field("decision_reason").max_length or 0


def _reason(limit: int, *, label: str = "Alasan", help_text: str, example: str, missing: str) -> TextField:
    """The field of a reason; `missing` is the error where it is empty."""
    field = TextField(label=label, help_text=help_text, limit=limit, error_messages={"required": missing})
    field.example = example  # type: ignore[attr-defined]
    return field


class ReasonForm(PortalForm):
    """A form whose only question is why; a subclass declares the field."""

    def __init__(self, data: Any = None, *, reason: str = "") -> None:
        super().__init__(data, initial={"reason": reason})


class DecisionForm(ReasonForm):
    """Why a link is accepted or rejected; the agency reads it. Required for a rejection."""

    reason = _reason(
        _REASON_LIMIT,
        label="Alasan keputusan",
        help_text="Wajib bila ditolak. Dibaca perangkat daerah.",
        example="Program ini mengatur destinasi, sedangkan inisiatif mengatur retribusi.",
        missing="Tulis alasan penolakan untuk perangkat daerah.",
    )

    def __init__(self, data: Any = None, *, rejecting: bool = False, reason: str = "") -> None:
        super().__init__(data, reason=reason)
        self.fields["reason"].required = rejecting
        self.fields["reason"].needed = True  # type: ignore[attr-defined]


class SetAsideForm(ReasonForm):
    """Why a finding of the checks is accepted; the reason is printed in the review annex."""

    reason = _reason(
        WAIVER_LIMIT,
        help_text="Mengapa keadaan ini disengaja atau dapat diterima.",
        example="Program ini urusan rutin dan tidak memerlukan inisiatif smart city.",
        missing="Tulis alasan mengapa temuan ini dikesampingkan.",
    )


class WaiverForm(ReasonForm):
    """Why an initiative is accepted although no RPJMD program covers it; printed in the review annex."""

    reason = _reason(
        _REASON_LIMIT,
        help_text="Mengapa inisiatif ini tetap diperlukan walaupun tidak ada program RPJMD yang menaunginya.",
        example="Diwajibkan Perpres 95/2018 tentang SPBE dan diusulkan masuk perubahan RPJMD.",
        missing="Tulis alasan mengapa inisiatif ini tetap diperlukan tanpa program RPJMD.",
    )
