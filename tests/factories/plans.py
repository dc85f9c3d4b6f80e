"""Development plans with their nodes, and master plans."""

from itertools import count

from django.utils import timezone

from agencies.models import Agency, Regency
from masterplan.models import DevelopmentPlan, Indicator, MasterPlan, PlanElement
from masterplan.reference import Level, PlanKind

# From here on, because a workbook takes numbers such as 1966 for years.
_number = count(3000)


def make_rpjmd(regency: Regency, start_year: int = 2021, end_year: int = 2026, **fields: object) -> DevelopmentPlan:
    """An RPJMD without nodes."""
    title = f"RPJMD {regency.full_name} {start_year}–{end_year}"
    return DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RPJMD, title=title, start_year=start_year, end_year=end_year, **fields
    )


def make_element(
    plan: DevelopmentPlan, level: Level, parent: PlanElement | None = None, **fields: object
) -> PlanElement:
    """A node of a plan."""
    n = next(_number)
    values = {"code": f"{n}", "text": f"{level.label} uji {n}"} | fields
    return PlanElement.objects.create(plan=plan, level=level, parent=parent, **values)


def make_program(plan: DevelopmentPlan, agency: Agency | None = None, **fields: object) -> PlanElement:
    """A program below a mission, goal and objective of its own (in a Renstra directly below the plan)."""
    parent = None
    if plan.kind == PlanKind.RPJMD:
        mission = make_element(plan, Level.MISSION)
        goal = make_element(plan, Level.GOAL, mission)
        parent = make_element(plan, Level.OBJECTIVE, goal)
    return make_element(plan, Level.PROGRAM, parent, agency=agency, **fields)


def make_indicator(element: PlanElement, name: str = "Cakupan layanan") -> Indicator:
    """An indicator with a target for one year."""
    indicator = Indicator.objects.create(element=element, name=name, unit="persen", baseline="40", end_condition="90")
    indicator.targets.create(year=element.plan.start_year + 1, text="55", value=55)
    return indicator


def make_master_plan(regency: Regency, rpjmd: DevelopmentPlan | None = None, **fields: object) -> MasterPlan:
    """The regency's current master plan, answering to `rpjmd` (made when not given)."""
    values = {
        "start_year": 2022,
        "end_year": 2026,
        "title": f"Master Plan Smart City {regency.full_name}",
        "filling_opened_at": timezone.now(),
    } | fields
    return MasterPlan.objects.create(regency=regency, development_plan=rpjmd or make_rpjmd(regency), **values)
