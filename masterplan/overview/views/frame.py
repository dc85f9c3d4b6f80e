"""What the pages about the whole regency begin with: who looks at which plan, what of it they know, and the stage."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agencies.access import get_regency_or_404, is_regency_wide, own_agency_ids
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import MasterPlan, Workshop
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.overview import progress
from masterplan.overview.progress import AgencyProgress
from masterplan.overview.stages import DueStage, dated_stages, stage_of
from masterplan.pages.loading import current_plan_or_404, visible_initiatives
from masterplan.reference import UNSENT_STATUSES, InitiativeStatus
from smartcity.common.formatting import format_days_left, format_delay


@dataclass
class OverviewContext:
    """Somebody who speaks for the whole regency, and what they may know of its agencies at this moment."""

    user: User
    regency: Regency
    plan: MasterPlan
    wanted_stage: str
    now: datetime
    measures: bool

    @cached_property
    def sees_drafts(self) -> bool:
        """Whether what was not sent yet is known here."""
        return is_regency_wide(self.user, Permission.VIEW_DRAFTS, self.regency)

    @property
    def initiatives(self) -> InitiativeQuerySet:
        """The initiatives that count; without drafts, also those of an agency the person works for besides."""
        rows = visible_initiatives(self.user, self.plan)
        return rows if self.sees_drafts else rows.exclude(status__in=UNSENT_STATUSES)

    @property
    def steps(self) -> tuple[InitiativeStatus, ...]:
        """The steps of which something is known here."""
        return progress.STEPS if self.sees_drafts else progress.STEPS[1:]

    @cached_property
    def workshops(self) -> list[Workshop]:
        """The stages that have a deadline."""
        return dated_stages(self.regency)

    @cached_property
    def stage(self) -> DueStage:
        """The stage whose deadline counts."""
        return stage_of(self.workshops, self.now, self.wanted_stage)

    @property
    def kept_stage(self) -> str:
        """For addresses of pages that go on with the stage somebody chose: `tahap=3`, or ""."""
        workshop = self.stage.workshop
        return f"tahap={workshop.pk}" if workshop and self.wanted_stage else ""

    @cached_property
    def agencies(self) -> list[AgencyProgress]:
        """How far each agency is."""
        readers = own_agency_ids(self.user, self.regency)
        return progress.load(
            self.regency,
            self.initiatives,
            stage=self.stage,
            now=self.now,
            readers=readers,
            measured=self.measures,
        )


def open_overview(request: SignedIn, slug: str, *, measures: bool = True) -> OverviewContext:
    """The regency for whoever speaks for all of it, with completeness where the page `measures` it.

    Raises Http404 for outsiders, PermissionDenied for the people of one agency.
    """
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    if not is_regency_wide(request.user, Permission.VIEW_REGENCY, regency):
        raise PermissionDenied
    return OverviewContext(request.user, regency, plan, request.GET.get("tahap", ""), timezone.now(), measures)


def days_in_words(row: AgencyProgress) -> str:
    """`9 hari lagi`, `lewat 12 hari`, `lewat lebih dari 5 tahun`; "" where no stage has a deadline."""
    if row.days_left is None:
        return ""
    if not row.is_past:
        return format_days_left(row.days_left)
    return f"lewat {format_delay(-row.days_left)}" if row.days_left else "lewat hari ini"
