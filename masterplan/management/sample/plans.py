"""RPJMD, Renstra, master plan and narrative sections of the sample."""

from typing import Any

from django.utils import timezone

from masterplan.models import (
    BudgetCeiling,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    MasterPlan,
    PlanElement,
)
from masterplan.reference import Level, PlanKind, PlanStatus
from smartcity.common.numbers import exact_target

from .regencies import SampleRegency

Row = dict[str, Any]

# The lists of a node in the files, and the level of what they hold.
BRANCHES: tuple[tuple[str, Level], ...] = (
    ("missions", Level.MISSION),
    ("goals", Level.GOAL),
    ("objectives", Level.OBJECTIVE),
    ("strategies", Level.STRATEGY),
    ("policy_directions", Level.POLICY_DIRECTION),
    ("programs", Level.PROGRAM),
    ("activities", Level.ACTIVITY),
    ("sub_activities", Level.SUB_ACTIVITY),
)
# Vision and missions are the real ones; everything below them is invented and says so.
REAL_LEVELS = frozenset({Level.MISSION})


class PlanLoader:
    """Loads one development plan; remembers its programs by code for the plans that carry them out."""

    def __init__(self, place: SampleRegency, plan: DevelopmentPlan, carried: "PlanLoader | None" = None) -> None:
        self.place, self.plan, self.carried = place, plan, carried
        self.programs: dict[str, PlanElement] = {}
        self.by_code: dict[str, PlanElement] = {}

    def load(self, node: Row, parent: PlanElement | None = None) -> None:
        """Everything below `node`, depth first."""
        for name, level in BRANCHES:
            for row in node.get(name, []):
                element = self._element(row, level, parent)
                self._indicators(element, row.get("indicators", []))
                self.load(row, element)

    def _element(self, row: Row, level: Level, parent: PlanElement | None) -> PlanElement:
        carries = self.carried.programs[row["carries_out"]] if self.carried and row.get("carries_out") else None
        replaces = self._before(row["code"]) if level is Level.PROGRAM else None
        element = PlanElement.objects.create(
            plan=self.plan,
            parent=parent,
            level=level,
            code=row["code"],
            text=row["text"],
            agency=self.place.agency(row["agency"]) if row.get("agency") else self.plan.agency,
            carries_out=carries,
            replaces=replaces,
            is_sample=self.plan.is_sample or level not in REAL_LEVELS,
        )
        BudgetCeiling.objects.bulk_create(
            BudgetCeiling(element=element, year=int(year), amount=amount)
            for year, amount in row.get("ceilings", {}).items()
        )
        if level is Level.PROGRAM:
            self.programs[element.code] = element
        self.by_code[element.code] = element
        return element

    def _before(self, code: str) -> PlanElement | None:
        """The program of that code in the plan that this one follows."""
        if self.carried is None or self.plan.predecessor_id != self.carried.plan.pk:
            return None
        return self.carried.programs.get(code)

    def _indicators(self, element: PlanElement, rows: list[Row]) -> None:
        for order, row in enumerate(rows):
            indicator = Indicator.objects.create(
                element=element,
                order=order,
                name=row["name"],
                unit=row["unit"],
                baseline=row["baseline"],
                end_condition=row["end_condition"],
                agency=self.place.agency(row["agency"]) if row.get("agency") else None,
            )
            IndicatorTarget.objects.bulk_create(
                IndicatorTarget(indicator=indicator, year=int(year), text=text, value=exact_target(text))
                for year, text in row["targets"].items()
            )


def load_rpjmd(place: SampleRegency, data: Row, predecessor: PlanLoader | None = None) -> PlanLoader:
    """An RPJMD with its tree; a successor is tied program by program to the one before it."""
    plan = DevelopmentPlan.objects.create(
        regency=place.regency,
        kind=PlanKind.RPJMD,
        title=data["title"],
        start_year=data["start_year"],
        end_year=data["end_year"],
        legal_basis=data["legal_basis"],
        source=data["source"],
        vision=data["vision"],
        predecessor=predecessor.plan if predecessor else None,
        status=PlanStatus.DRAFT if predecessor else PlanStatus.VALID,
        is_sample=predecessor is not None or "(contoh)" in data["title"],
    )
    loader = PlanLoader(place, plan, predecessor)
    loader.load(data)
    return loader


def load_renstra(place: SampleRegency, rows: list[Row], rpjmd: PlanLoader) -> dict[str, PlanLoader]:
    """The agencies' plans, by short name of the agency."""
    loaded: dict[str, PlanLoader] = {}
    for row in rows:
        plan = DevelopmentPlan.objects.create(
            regency=place.regency,
            kind=PlanKind.RENSTRA,
            agency=place.agency(row["agency"]),
            title=row["title"],
            start_year=row["start_year"],
            end_year=row["end_year"],
            legal_basis=row["legal_basis"],
            source="Contoh, bukan kutipan dokumen resmi.",
            is_sample=True,
        )
        loaded[row["agency"]] = PlanLoader(place, plan, rpjmd)
        loaded[row["agency"]].load(row)
    return loaded


def load_master_plan(place: SampleRegency, rpjmd: PlanLoader, vision: str) -> MasterPlan:
    """The smart city master plan 2022–2026 that answers to the RPJMD."""
    return MasterPlan.objects.create(
        regency=place.regency,
        development_plan=rpjmd.plan,
        title=f"Master Plan Smart City {place.regency.full_name}",
        start_year=2022,
        end_year=2026,
        vision=vision,
        filling_opened_at=timezone.now(),
    )
