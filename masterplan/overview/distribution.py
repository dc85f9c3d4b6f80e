"""How the initiatives of a plan are distributed over missions, dimensions, districts, sources of money. Reads only.

Which program carries which initiative is asked in `reasoning.coverage`; gaps as findings are `reasoning.inspection`.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from masterplan.models import MasterPlan, YearBudget
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.reasoning.coverage import Coverage, rpjmd_coverage
from masterplan.reference import DIMENSIONS, FundingSource, InitiativeStatus, Level, LinkState


@dataclass(frozen=True)
class DistributionShare:
    """One row of a list: how many initiatives, and of how many programs they carry out some."""

    pk: int
    name: str
    count: int
    code: str = ""
    programs: int = 0
    carried: int = 0


@dataclass(frozen=True)
class Funding:
    """A source of money: whole rupiah by year of the plan and in all, and how many initiatives name it."""

    name: str
    amounts: tuple[int, ...]
    initiatives: int

    @property
    def total(self) -> int:
        """All years together."""
        return sum(self.amounts)


@dataclass(frozen=True)
class Distribution:
    """The whole of it; `everywhere` initiatives name no district because they reach all."""

    total: int
    missions: list[DistributionShare]
    dimensions: list[DistributionShare]
    districts: list[DistributionShare]
    everywhere: int
    funding: list[Funding]
    years: tuple[int, ...]
    unfunded: int
    only_regency: int

    @property
    def money(self) -> int:
        """Whole rupiah of all sources."""
        return sum(row.total for row in self.funding)


def distribution_of(plan: MasterPlan, visible: InitiativeQuerySet) -> Distribution:
    """How the `visible` initiatives that were not withdrawn are distributed. Seven queries whatever their number."""
    living = visible.exclude(status=InitiativeStatus.WITHDRAWN)
    coverage = rpjmd_coverage(plan, living)
    funding, by_source = _funding(plan, living)
    named: set[int] = set().union(*by_source.values())
    only = named - set().union(*(by_source[source] for source in by_source if source != FundingSource.APBD_REGENCY))
    return Distribution(
        total=len(coverage.initiatives),
        missions=_missions(plan, coverage),
        dimensions=_dimensions(coverage),
        districts=_districts(plan, living),
        everywhere=living.filter(whole_regency=True).count(),
        funding=funding,
        years=tuple(plan.years),
        unfunded=len(coverage.initiatives) - len(named),
        only_regency=len(only),
    )


def _missions(plan: MasterPlan, coverage: Coverage) -> list[DistributionShare]:
    """Every mission, also one without any program."""
    programs: Counter[int] = Counter(program.group.pk for program in coverage.programs)
    carried = Counter(program.group.pk for program in coverage.programs if coverage.by_program[program.pk])
    group = {program.pk: program.group.pk for program in coverage.programs}
    tied: dict[int, set[int]] = defaultdict(set)
    for (program, initiative), mark in coverage.marks.items():
        if mark.state != LinkState.REJECTED:
            tied[group[program]].add(initiative)
    rows = plan.development_plan.elements.filter(level=Level.MISSION).order_by("sort_key", "pk")
    return [
        DistributionShare(pk, f"Misi {code}. {text}", len(tied[pk]), programs=programs[pk], carried=carried[pk])
        for pk, code, text in rows.values_list("pk", "code", "text")
    ]


def _dimensions(coverage: Coverage) -> list[DistributionShare]:
    """The ministry's six always, local ones where they have initiatives."""
    found = [initiative.sub_dimension.dimension for initiative in coverage.initiatives]
    counts = Counter(dimension.code for dimension in found)
    names = {kind.code: kind.name for kind in DIMENSIONS} | {dimension.code: dimension.name for dimension in found}
    return [DistributionShare(0, name, counts[code], code) for code, name in names.items()]


def _districts(plan: MasterPlan, living: InitiativeQuerySet) -> list[DistributionShare]:
    here = Count("initiatives", filter=Q(initiatives__in=living, initiatives__whole_regency=False), distinct=True)
    return [
        DistributionShare(pk, name, n)
        for pk, name, n in plan.regency.districts.values_list("pk", "name").annotate(n=here)
    ]


def _funding(plan: MasterPlan, living: InitiativeQuerySet) -> tuple[list[Funding], dict[str, set[int]]]:
    """Every source that somebody counts on, the largest first, and who names it; only the years of the plan count."""
    amounts: Counter[tuple[str, int]] = Counter()
    named: dict[str, set[int]] = defaultdict(set)
    rows = YearBudget.objects.filter(initiative__in=living, amount__gt=0).order_by()
    for source, year, initiative, amount in rows.values_list("source", "year", "initiative", "amount"):
        amounts[source, year] += amount
        named[source].add(initiative)
    found = [
        Funding(source.label, tuple(amounts[source.value, year] for year in plan.years), len(named[source.value]))
        for source in FundingSource
        if source.value in named
    ]
    return sorted(found, key=lambda row: -row.total), named
