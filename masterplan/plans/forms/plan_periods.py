"""The form for the predecessor of a development plan."""

from typing import Any

from django import forms

from masterplan.models import DevelopmentPlan
from masterplan.plans.actions.plans import predecessor_candidates
from masterplan.reference import PlanKind
from smartcity.common.forms import PortalForm

Choices = list[tuple[str, Any]]


class PredecessorForm(PortalForm):
    """Which plan of the period before goes on in this one."""

    predecessor = forms.ChoiceField(label="Dokumen pendahulu", required=False)

    def __init__(self, plan: DevelopmentPlan, data: Any = None) -> None:
        super().__init__(data, initial={"predecessor": str(plan.predecessor_id or "")})
        self.found = {str(each.pk): each for each in predecessor_candidates(plan)}
        field = self.fields["predecessor"]
        field.choices = [("", "Tidak ada"), *_grouped(plan, self.found)]  # type: ignore[attr-defined]
        if plan.kind == PlanKind.RENSTRA:
            field.help_text = "Boleh Renstra perangkat daerah lain, bila namanya berubah atau digabung."

    def value(self) -> DevelopmentPlan | None:
        """The plan that was chosen."""
        return self.found.get(self.cleaned_data["predecessor"])


def _grouped(plan: DevelopmentPlan, found: dict[str, DevelopmentPlan]) -> Choices:
    """RPJMD as they are; Renstra of one's own agency first, then those of others."""
    own = [(key, each.title) for key, each in found.items() if each.agency_id == plan.agency_id]
    others = [(key, each.title) for key, each in found.items() if each.agency_id != plan.agency_id]
    if plan.agency is None:
        return own
    return [(title, rows) for title, rows in ((plan.agency.name, own), ("Perangkat daerah lain", others)) if rows]
