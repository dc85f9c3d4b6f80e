"""Everything the checks look at, loaded at once in light rows. No judgement lives here.

Eight queries whatever the size of the plan: 300 initiatives bring some 10,000 rows, which as models would cost more
than all checks together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import DateField, QuerySet, Value
from django.utils import timezone

from agencies.models import Agency
from masterplan.models import (
    Activity,
    AlignmentLink,
    Initiative,
    InitiativeIndicator,
    MasterPlan,
    PlanElement,
    SubDimension,
    YearBudget,
)
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.reference import InitiativeStatus, Level, LinkState, PlanKind

_PLAIN = (
    "pk", "code", "name", "lead_agency_id", "sub_dimension_id", "sub_dimension__dimension__code",
    "start_year", "end_year", "quick_win", "spbe_application", "beneficiaries", "benefit_citizens", "benefit_business",
    "waived_at", "worksheet__due_date", "status", "waiver_reason",
)  # fmt: skip


class ElementFacts(NamedTuple):
    """A node of the RPJMD or of a Renstra, with its ceilings by year in whole rupiah.

    `agency` is who answers for it, in a Renstra at least its agency.
    """

    pk: int
    parent: int | None
    level: str
    code: str
    text: str
    agency: int | None
    plan: int
    plan_kind: str
    carries_out: int | None
    ceilings: dict[int, int]

    @property
    def name(self) -> str:
        """Code and text, as people name it."""
        return f"{self.code} {self.text}".strip()


class IndicatorFacts(NamedTuple):
    """An indicator of an initiative or of a program: yearly targets as far as they are numbers."""

    name: str
    unit: str
    direction: str
    targets: dict[int, Decimal]


class LinkFacts(NamedTuple):
    """A tie to a program, with the program's indicator where one is named."""

    element: int
    indicator: IndicatorFacts | None
    state: str


@dataclass
class InitiativeFacts:
    """An initiative with its tables. Budgets in whole rupiah by year and source."""

    pk: int
    code: str
    name: str
    lead: int
    sub_dimension: int
    dimension: str
    start_year: int | None
    end_year: int | None
    quick_win: bool
    spbe_application: str
    beneficiaries: str
    benefit_citizens: str
    benefit_business: str
    waived_at: datetime | None
    due_date: date | None
    status: str = ""
    waiver_reason: str = ""
    supporting: set[int] = field(default_factory=set)
    districts: set[int] = field(default_factory=set)
    links: list[LinkFacts] = field(default_factory=list)
    indicators: list[IndicatorFacts] = field(default_factory=list)
    activities: list[tuple[str, date | None, date | None]] = field(default_factory=list)
    budgets: dict[tuple[int, str], int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Code and name, as people name it."""
        return f"{self.code} {self.name}"

    @property
    def yearly_budgets(self) -> list[tuple[int, str, int]]:
        """Year, source and amount of each sum."""
        return [(year, source, amount) for (year, source), amount in self.budgets.items()]

    @property
    def standing_links(self) -> list[LinkFacts]:
        """Those proposed and accepted; what was rejected ties nothing."""
        return [link for link in self.links if link.state != LinkState.REJECTED]


@dataclass
class PlanFacts:
    """A master plan with its RPJMD, the Renstra of its years, and the initiatives somebody may know of."""

    start_year: int
    end_year: int
    initiatives: list[InitiativeFacts]
    elements: dict[int, ElementFacts]
    agencies: dict[int, str]
    districts: dict[int, str]
    sub_dimensions: dict[int, tuple[str, int]]
    dimensions: dict[int, str]

    @cached_property
    def answering(self) -> dict[int, list[InitiativeFacts]]:
        """The initiatives that a program carries, by its id; through activities and sub-activities too."""
        found: dict[int, list[InitiativeFacts]] = defaultdict(list)
        for initiative in self.initiatives:
            for program in self.programs_of(initiative):
                found[program.pk].append(initiative)
        return found

    def programs_of(self, initiative: InitiativeFacts) -> list[ElementFacts]:
        """The programs it is tied to, itself or through one of their activities, each once."""
        programs = map(self.program_of, initiative.standing_links)
        return list({program.pk: program for program in programs if program is not None}.values())

    def program_of(self, link: LinkFacts) -> ElementFacts | None:
        """The program at or above the node that a link names; None where there is none."""
        seen = self.elements.get(link.element)
        while seen is not None and seen.level != Level.PROGRAM:
            seen = self.elements.get(seen.parent or 0)
        return seen

    @property
    def waiting_links(self) -> int:
        """How many links to programs of the RPJMD nobody has decided."""
        proposed = (link for row in self.initiatives for link in row.links if link.state == LinkState.PROPOSED)
        programs = map(self.program_of, proposed)
        return sum(program is not None and program.plan_kind == PlanKind.RPJMD for program in programs)

    def lineage(self, element: ElementFacts) -> set[int]:
        """The ids of a node and of all above it."""
        found: set[int] = set()
        seen: ElementFacts | None = element
        while seen is not None and seen.pk not in found:
            found.add(seen.pk)
            seen = self.elements.get(seen.parent or 0)
        return found

    def of(self, kind: PlanKind, *levels: Level) -> Iterable[ElementFacts]:
        """The nodes of the RPJMD or of the Renstra on some levels, in the order of their codes."""
        return (node for node in self.elements.values() if node.plan_kind == kind and node.level in levels)

    @cached_property
    def reached(self) -> set[int]:
        """Every node of the RPJMD that an initiative answers, itself or through a program below it.

        A Renstra program counts for the RPJMD program it carries out.
        """
        found: set[int] = set()
        for pk in self.answering:
            program = self.elements[pk]
            found |= self.lineage(self.elements.get(program.carries_out or 0, program))
        return found


def load(plan: MasterPlan, visible: InitiativeQuerySet) -> PlanFacts:
    """The facts of `plan` with the initiatives of `visible` that were not withdrawn."""
    initiatives = _initiatives(visible.exclude(status=InitiativeStatus.WITHDRAWN))
    subs = SubDimension.objects.available_to(plan.regency)
    names = _names(plan)
    return PlanFacts(
        start_year=plan.start_year,
        end_year=plan.end_year,
        initiatives=list(initiatives.values()),
        elements=_elements(plan),
        agencies=names["agency"],
        districts=names["district"],
        sub_dimensions={sub.pk: (sub.name, sub.dimension_id) for sub in subs},
        dimensions={sub.dimension_id: sub.dimension.name for sub in subs},
    )


def _names(plan: MasterPlan) -> dict[str, dict[int, str]]:
    """The agencies of today and the districts by their ids, each in their order, in one query."""
    agencies = Agency.objects.filter(regency=plan.regency).valid_on(timezone.localdate()).order_by()
    rows = agencies.values_list(Value("agency"), "order", Value(""), "name", "pk")
    districts = plan.regency.districts.order_by().values_list(Value("district"), Value(0), "code", "name", "pk")
    found: dict[str, dict[int, str]] = {"agency": {}, "district": {}}
    for kind, _, _, name, pk in sorted(rows.union(districts, all=True)):
        found[kind][pk] = name
    return found


def _named_with(keys: list[int]) -> QuerySet[Any, tuple[int, str, int]]:
    """The supporting agencies and the districts of initiatives: initiative, which of the two, and its id; one query."""
    supporting = Initiative.supporting_agencies.through.objects.filter(initiative__in=keys)
    districts = Initiative.districts.through.objects.filter(initiative__in=keys)
    rows = supporting.values_list("initiative_id", Value("agency"), "agency_id")
    return rows.union(districts.values_list("initiative_id", Value("district"), "district_id"), all=True)


def _initiatives(rows: InitiativeQuerySet) -> dict[int, InitiativeFacts]:
    found = {row[0]: InitiativeFacts(*row) for row in rows.values_list(*_PLAIN)}
    keys = list(found)
    for pk, kind, other in _named_with(keys):
        (found[pk].supporting if kind == "agency" else found[pk].districts).add(other)
    for pk, kind, name, start, end, year, amount in _steps_and_sums(keys):
        if kind == "activity":
            found[pk].activities.append((name, start, end))
        else:
            found[pk].budgets[year, name] = amount
    _add_indicators(found, keys)
    _add_links(found, keys)
    return found


def _steps_and_sums(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """The activities of initiatives and their yearly budgets in one query.

    Initiative, which of the two, name of the activity or source, first and last day, year and amount.
    """
    no_day = Value(None, output_field=DateField())
    activities = Activity.objects.filter(initiative__in=keys).order_by()
    budgets = YearBudget.objects.filter(initiative__in=keys).order_by()
    rows = activities.values_list("initiative_id", Value("activity"), "name", "start", "end", Value(0), Value(0))
    sums = budgets.values_list("initiative_id", Value("budget"), "source", no_day, no_day, "year", "amount")
    return rows.union(sums, all=True)


def _add_indicators(found: Mapping[int, InitiativeFacts], keys: list[int]) -> None:
    indicators: dict[int, IndicatorFacts] = {}
    rows = InitiativeIndicator.objects.filter(initiative__in=keys).order_by(
        "initiative", "order", "pk", "targets__year"
    )
    columns = ("pk", "initiative", "name", "unit", "direction", "targets__year", "targets__value")
    for pk, initiative, name, unit, direction, year, value in rows.values_list(*columns):
        if pk not in indicators:
            indicators[pk] = IndicatorFacts(name, unit, direction, {})
            found[initiative].indicators.append(indicators[pk])
        if value is not None:
            indicators[pk].targets[year] = value


def _add_links(found: Mapping[int, InitiativeFacts], keys: list[int]) -> None:
    links = AlignmentLink.objects.filter(initiative__in=keys).order_by("pk")
    columns = ("initiative", "element", "state", "indicator__name", "indicator__unit", "indicator__direction")
    for initiative, element, state, name, unit, direction in links.values_list(*columns):
        indicator = IndicatorFacts(name, unit, direction, {}) if name else None
        found[initiative].links.append(LinkFacts(element, indicator, state))


def _elements(plan: MasterPlan) -> dict[int, ElementFacts]:
    rpjmd = PlanElement.objects.filter(plan=plan.development_plan_id)
    renstra = PlanElement.objects.filter(
        plan__regency=plan.regency,
        plan__kind=PlanKind.RENSTRA,
        plan__start_year__lte=plan.end_year,
        plan__end_year__gte=plan.start_year,
    )
    columns = ("pk", "parent", "level", "code", "text", "agency", "plan__agency", "plan", "plan__kind", "carries_out")
    rows = (rpjmd | renstra).order_by("plan__kind", "plan", "sort_key", "pk")
    found: dict[int, ElementFacts] = {}
    for *node, year, amount in rows.values_list(*columns, "ceilings__year", "ceilings__amount"):
        pk, parent, level, code, text, agency, holder, plan_pk, kind, carries_out = node
        if pk not in found:
            found[pk] = ElementFacts(pk, parent, level, code, text, agency or holder, plan_pk, kind, carries_out, {})
        if year is not None:
            found[pk].ceilings[year] = amount
    return found
