"""What every page about one initiative needs: the initiative itself, and what the person may do with it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from agencies.access import AnyUser, can, get_regency_or_404, own_agency_ids
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan.models import Initiative
from masterplan.reference import EDITABLE_STATUSES
from masterplan.registry import Kind
from masterplan.views.loading import current_plan_or_404, get_initiative_or_404, visible_initiatives

# Answers that are tables and need the whole width of the page.
WIDE_KINDS = (Kind.ACTIVITIES, Kind.INDICATORS, Kind.BUDGETS, Kind.WORKSHEET)


@dataclass
class Frame:
    """An initiative as one person meets it."""

    user: User
    regency: Regency
    initiative: Initiative

    @cached_property
    def may_fill_in(self) -> bool:
        """Whether filling in is this person's business, in whatever state it is."""
        return can(self.user, Permission.EDIT_INITIATIVE, self.regency, self.initiative.lead_agency_id)

    @property
    def is_open(self) -> bool:
        """Whether answers can be changed in this state."""
        return self.initiative.status in EDITABLE_STATUSES

    @property
    def may_edit(self) -> bool:
        """Whether this person can change answers now."""
        return self.may_fill_in and self.is_open

    @property
    def on_behalf(self) -> bool:
        """Whether this person would fill in for an agency that is not their own."""
        return self.may_edit and self.initiative.lead_agency_id not in own_agency_ids(self.user, self.regency)

    def context(self, **more: Any) -> dict[str, Any]:
        """For the templates of a page about the initiative."""
        return {
            "initiative": self.initiative,
            "may_edit": self.may_edit,
            "on_behalf": self.on_behalf,
            "wide_kinds": WIDE_KINDS,
            **more,
        }


def open_frame(request: HttpRequest, slug: str, pk: int, *, complete: bool = True) -> Frame:
    """The initiative of the address, if the person may know of it; else 404. Its tables come along when `complete`."""
    regency = get_regency_or_404(request.user, slug)
    initiative = (get_initiative_or_404 if complete else _without_tables)(request.user, regency, pk)
    assert isinstance(request.user, User)
    return Frame(request.user, regency, initiative)


def _without_tables(user: AnyUser, regency: Regency, pk: int) -> Initiative:
    plan = current_plan_or_404(regency)
    initiative = visible_initiatives(user, plan).for_list().filter(pk=pk).first()
    if initiative is None:
        raise Http404
    initiative.master_plan = plan
    return initiative
