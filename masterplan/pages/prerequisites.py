"""The answer where a page needs something that does not exist yet: what comes first, who does it, and the way there.

A regency begins with nothing. Its menu is the same as later, so every page of it has to say what it waits for.
"""

from abc import ABC, abstractmethod

from django.http import Http404
from django.urls import reverse

from agencies.access import AnyUser, can, is_regency_wide
from agencies.models import Regency
from agencies.roles import Permission, roles_with
from masterplan.models import MasterPlan

Way = tuple[str, str]  # label and address


class PrerequisiteMissing(Http404, ABC):
    """Something has to be done before the page can show anything. Raised only once the person is known to belong here.

    It is a 404 for whoever calls a view without the middleware.
    """

    title = ""

    def __init__(self, regency: Regency) -> None:
        super().__init__(self.title)
        self.regency = regency

    @abstractmethod
    def sentence(self) -> str:
        """What comes first, and who does it."""

    @abstractmethod
    def way(self, user: AnyUser) -> Way | None:
        """The page on which `user` can mend it, if they can."""


class PlanMissing(PrerequisiteMissing):
    """The regency has no current master plan."""

    title = "Rencana induk belum dibuka"

    def sentence(self) -> str:
        """Which role opens the plan."""
        return (
            f"Halaman ini terisi sesudah rencana induk {self.regency.full_name} dibuka. "
            f"Yang membukanya: {coordinators(self.regency)}."
        )

    def way(self, user: AnyUser) -> Way | None:
        """Opening it, or inviting somebody who may."""
        slug = self.regency.slug
        if can(user, Permission.EDIT_SECTIONS, self.regency):
            return "Buka rencana induk", reverse("master_plan_create", args=[slug])
        if can(user, Permission.MANAGE_TEAM, self.regency) and not has_coordinator(self.regency):
            role = roles_with(Permission.EDIT_SECTIONS)[0]
            return f"Undang {role.label.lower()}", reverse("invitation_create", args=[slug]) + f"?peran={role}"
        return None


class FillingClosed(PrerequisiteMissing):
    """The plan is there, and not yet open for the agencies."""

    title = "Pengisian belum dibuka"

    def __init__(self, plan: MasterPlan) -> None:
        super().__init__(plan.regency)
        self.plan = plan

    def sentence(self) -> str:
        """Who opens it."""
        return self.plan.filling_sentence

    def way(self, user: AnyUser) -> Way | None:
        """None: whoever may open it is not kept from beginning initiatives."""
        return None


def refuse_closed(user: AnyUser, plan: MasterPlan) -> None:
    """Raise FillingClosed for people of agencies while the plan is not open for them."""
    if not plan.is_open_for_filling and not is_regency_wide(user, Permission.EDIT_INITIATIVE, plan.regency):
        raise FillingClosed(plan)


def coordinators(regency: Regency) -> str:
    """The role that prepares the plan, with the agency it sits in where that is known."""
    secretariat = regency.secretariat
    who = roles_with(Permission.EDIT_SECTIONS)[0].label.lower()
    return f"{who} di {secretariat.name if secretariat else 'sekretariat'}"


def has_coordinator(regency: Regency) -> bool:
    """Whether somebody may open the plan here today."""
    active = regency.memberships.active_on(regency.today())
    return active.filter(role__in=roles_with(Permission.EDIT_SECTIONS)).exists()
