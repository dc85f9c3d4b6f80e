"""What every page about one initiative needs: the initiative itself, and what the person may do with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from agencies.access import can, get_regency_or_404, own_agency_ids
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.views.autosaving import clock
from masterplan.models import Initiative
from masterplan.pages.loading import get_bare_initiative_or_404, get_initiative_or_404
from masterplan.registry import Kind

# Answers that are tables and need the whole width of the page.
WIDE_KINDS = (Kind.ACTIVITIES, Kind.INDICATORS, Kind.BUDGETS, Kind.WORKSHEET, Kind.EVIDENCE)


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
        return self.initiative.is_open

    def look_again(self) -> None:
        """Read anew what decides whether answers can be changed: somebody else has changed it since."""
        self.initiative.refresh_from_db(fields=["status"])
        plan = self.initiative.master_plan
        plan.refresh_from_db(fields=["locked_edition"])
        vars(plan).pop("locking_edition", None)

    @property
    def may_edit(self) -> bool:
        """Whether this person can change answers now."""
        return self.may_fill_in and self.is_open

    @property
    def on_behalf(self) -> bool:
        """Whether this person would fill in for an agency that is not their own."""
        return self.may_edit and self.initiative.lead_agency_id not in own_agency_ids(self.user, self.regency)

    def clock(self, moment: datetime) -> str:
        """A moment as the regency's clocks show it: "10.42 WIB"."""
        return clock(self.regency, moment)

    def context(self, **more: Any) -> dict[str, Any]:
        """For the templates of a page about the initiative."""
        return {
            "initiative": self.initiative,
            "may_edit": self.may_edit,
            "may_fill_in": self.may_fill_in,
            "on_behalf": self.on_behalf,
            "wide_kinds": WIDE_KINDS,
            **more,
        }


def open_frame(request: SignedIn, slug: str, pk: int, *, complete: bool = True) -> Frame:
    """The initiative of the address, if the person may know of it; else 404. Its tables come along when `complete`."""
    regency = get_regency_or_404(request.user, slug)
    load = get_initiative_or_404 if complete else get_bare_initiative_or_404
    return Frame(request.user, regency, load(request.user, regency, pk))
