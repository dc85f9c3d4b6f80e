"""From an opened regency to the first initiative: the steps, how far each is, and who does it.

The home of administrator and coordinator lists them until the last, opening the plan for the agencies, is done. They
may be done in any order; the order is the one in which each finds what it needs.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from agencies.models import Membership, Regency
from agencies.models.membership import MembershipQuerySet
from agencies.roles import AGENCY_ROLES, Permission, roles_with
from masterplan.home.views.tasks import HomeContext
from masterplan.models import MasterPlan, due_workshops
from masterplan.reference import Level, PlanKind

P = Permission
# The page, and what its address names besides the regency.
Page = tuple[Any, ...]


@dataclass(frozen=True)
class SetupFacts:
    """What there is in a regency; `rpjmd` are pairs of id and number of programs, the newest period first."""

    agencies: int
    staffed: int
    rpjmd: tuple[tuple[int, int], ...]
    period: str
    stages: int
    is_open: bool


@dataclass(frozen=True)
class SetupStep:
    """One step: how far it is in words, the page that does it, and who may."""

    title: str
    why: str
    is_done: bool
    permission: Permission
    page: Page
    is_next: bool = False

    @property
    def state(self) -> tuple[str, str]:
        """Status and label of its badge."""
        if self.is_done:
            return "done", "Selesai"
        return ("started", "Berikutnya") if self.is_next else ("not_started", "Belum")

    @property
    def who(self) -> str:
        """The roles that may do it."""
        return " atau ".join(role.label.lower() for role in roles_with(self.permission))


def setup_steps(facts: SetupFacts) -> list[SetupStep]:
    """The six steps in their order; the first that is not done is the next one."""
    steps = [
        SetupStep(
            "Daftarkan perangkat daerah", _counted(facts.agencies, "perangkat daerah"), facts.agencies > 0,
            P.MANAGE_AGENCIES, ("agency_list" if facts.agencies else "agency_import",),
        ),
        SetupStep(
            "Undang kepala dan staf", _staffed_in_words(facts),
            0 < facts.agencies <= facts.staffed, P.MANAGE_TEAM, ("team_list",),
        ),
        _rpjmd_step(facts.rpjmd),
        SetupStep(
            "Buka rencana induk", facts.period or "Tahun, RPJMD acuan, dan kerangka buku", bool(facts.period),
            P.EDIT_SECTIONS, ("master_plan_list",) if facts.period else ("master_plan_create",),
        ),
        SetupStep(
            "Jadwalkan bimtek", _counted(facts.stages, "tahap dengan batas kirim"), facts.stages > 0,
            P.MANAGE_WORKSHOPS, ("workshop_list",),
        ),
        _filling_step(facts),
    ]  # fmt: skip
    following = next((place for place, step in enumerate(steps) if not step.is_done), None)
    return [replace(step, is_next=place == following) for place, step in enumerate(steps)]


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count else f"Belum ada {unit}"


def _staffed_in_words(facts: SetupFacts) -> str:
    if not facts.agencies:
        return "Sesudah perangkat daerah terdaftar"
    return f"{facts.staffed} dari {facts.agencies} perangkat daerah sudah diundang"


def _rpjmd_step(rpjmd: tuple[tuple[int, int], ...]) -> SetupStep:
    """An RPJMD counts once programs are in it: that is what initiatives are linked to."""
    programs = sum(count for _, count in rpjmd)
    title, permission = "Impor RPJMD", P.EDIT_DEVELOPMENT_PLAN
    if programs:
        return SetupStep(title, f"{programs} program", True, permission, ("development_plan_list",))
    if rpjmd:
        return SetupStep(title, "Terdaftar, belum ada program", False, permission, ("plan_import_create", rpjmd[0][0]))
    return SetupStep(title, "Belum ada RPJMD", False, permission, ("development_plan_create",))


def _filling_step(facts: SetupFacts) -> SetupStep:
    why = "Terbuka bagi perangkat daerah" if facts.is_open else "Perangkat daerah belum dapat menambah inisiatif"
    if not facts.period:
        why = "Sesudah rencana induk dibuka"
    return SetupStep("Buka pengisian", why, facts.is_open, P.EDIT_SECTIONS, ("master_plan_list",))


def read_facts(regency: Regency, plan: MasterPlan | None) -> SetupFacts:
    """What there is, in three queries. The secretariat itself does not count as an agency that was registered."""
    today = timezone.localdate()
    others = regency.agencies.valid_on(today).exclude(pk=regency.secretariat_id or 0)
    counts = others.aggregate(total=Count("pk", distinct=True), staffed=Count("pk", distinct=True, filter=_staffed()))
    rpjmd = regency.development_plans.filter(kind=PlanKind.RPJMD).order_by("-start_year")
    program = Q(elements__level=Level.PROGRAM)
    return SetupFacts(
        agencies=counts["total"],
        staffed=counts["staffed"],
        rpjmd=tuple(rpjmd.annotate(programs=Count("elements", filter=program)).values_list("pk", "programs")),
        period=f"{plan.start_year}–{plan.end_year}" if plan else "",
        stages=due_workshops(regency, None).count(),
        is_open=plan is not None and plan.is_open_for_filling,
    )


def _staffed() -> Q:
    """Agencies with a member of today or an invitation that can be accepted."""
    now = timezone.now()
    active = MembershipQuerySet(Membership).active_on(timezone.localdate()).filter(role__in=sorted(AGENCY_ROLES))
    return Q(memberships__in=active) | Q(
        invitations__accepted_at=None, invitations__revoked_at=None, invitations__expires_at__gt=now
    )


def open_setup_steps(home: HomeContext) -> list[SetupStep]:
    """The steps, until filling in is opened, for whoever may do most of them: administrator and coordinator."""
    if not (home.may(P.EDIT_SECTIONS) or home.may(P.MANAGE_AGENCIES)):
        return []
    if home.plan is not None and home.plan.is_open_for_filling:
        return []
    return setup_steps(read_facts(home.regency, home.plan))


def step_rows(home: HomeContext, steps: list[SetupStep]) -> list[dict[str, Any]]:
    """The rows of the page: with an address for whoever may do the step, else with who does it."""
    return [
        {
            "title": step.title,
            "why": step.why,
            "status": step.state[0],
            "label": step.state[1],
            "url": home.url(*step.page) if home.may(step.permission) else "",
            "who": step.who,
        }
        for step in steps
    ]
