"""What is looked for in one initiative: its ties to programs, its numbers and years, its money, its benefits."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import wraps
from itertools import pairwise

from masterplan.reasoning.inspection.facts import IndicatorFacts, InitiativeFacts, PlanFacts
from masterplan.reasoning.inspection.finding import Finding
from masterplan.reasoning.money import budgets_under_ceiling, years_above
from masterplan.reference import Direction, FundingSource, PlanKind
from smartcity.common.numbers import format_money

# The dimensions about markets and livelihoods: without a benefit for business they miss their own purpose.
BUSINESS_DIMENSIONS = frozenset({"BR", "EC"})
_APBD = frozenset({FundingSource.APBD_REGENCY.value, FundingSource.APBD_PROVINCE.value})
_QUICK_WIN_DAYS = 366

_SAME_UNIT = {"%": "persen", "percent": "persen", "prosentase": "persen", "persentase": "persen", "rp": "rupiah"}
_DIRECTIONS = {Direction.UP.value: "naik", Direction.DOWN.value: "turun", Direction.STABLE.value: "tetap"}


# What a check of one initiative yields: the answer it is about, and the sentence.
Complaint = tuple[str, str]


def _per_initiative(
    check: Callable[[PlanFacts, InitiativeFacts], Iterator[Complaint]],
) -> Callable[[PlanFacts], Iterator[Finding]]:
    """A check of the whole plan from one of a single initiative. Its lead agency can correct what is found."""

    @wraps(check)
    def run(plan: PlanFacts) -> Iterator[Finding]:
        for initiative in plan.initiatives:
            for field, sentence in check(plan, initiative):
                yield Finding(initiative.pk, initiative.title, sentence, initiative.lead, field)

    return run


@_per_initiative
def without_program(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """It carries out no program of the RPJMD, and no coordinator has waived that."""
    if not initiative.waived_at and not is_tied_to_rpjmd(plan, initiative):
        yield "links", "Belum terhubung ke program RPJMD."


@_per_initiative
def programs_of_others(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """A link leads to a program of an agency that neither leads nor supports it."""
    for link in initiative.standing_links:
        program = plan.elements.get(link.element)
        holder = program.agency if program else None
        if program and holder and holder != initiative.lead and holder not in initiative.supporting:
            name = plan.agencies.get(holder, "perangkat daerah lain")
            yield (
                "links",
                f"Program {program.name} dipimpin {name}, yang tidak memimpin dan tidak mendukung inisiatif ini.",
            )


@_per_initiative
def other_units(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """The program's indicator is measured in a unit that no indicator of the initiative has."""
    own = {_unit(indicator.unit) for indicator in initiative.indicators if indicator.unit}
    for indicator in _named_indicators(initiative):
        if own and indicator.unit and _unit(indicator.unit) not in own:
            yield (
                "indicators",
                f"Indikator program “{indicator.name}” bersatuan {indicator.unit}, "
                f"sedangkan indikator inisiatif bersatuan {_listed(initiative)}.",
            )


@_per_initiative
def other_directions(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """An indicator of the same name as the program's should move the other way."""
    own = {_plain(indicator.name): indicator for indicator in initiative.indicators}
    for indicator in _named_indicators(initiative):
        same = own.get(_plain(indicator.name))
        if same is not None and same.direction != indicator.direction:
            yield (
                "indicators",
                f"Indikator “{same.name}” diharapkan {_DIRECTIONS[same.direction]}, "
                f"sedangkan di RPJMD {_DIRECTIONS[indicator.direction]}.",
            )


@_per_initiative
def targets_against_direction(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """A yearly target falls where it should rise, or rises where it should fall."""
    for indicator in initiative.indicators:
        if turn := _first_turn(indicator):
            moves = "turun" if indicator.direction == Direction.UP else "naik"
            yield (
                "indicators",
                f"Target “{indicator.name}” {moves} dari {turn[0]} ke {turn[1]}, "
                f"padahal indikator ini diharapkan {_DIRECTIONS[indicator.direction]}.",
            )


@_per_initiative
def above_the_ceiling(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """In some year it asks more of the regency's budget than its whole RPJMD program may cost."""
    needed = budgets_under_ceiling(initiative.yearly_budgets)
    for program in (each for each in plan.programs_of(initiative) if each.plan_kind == PlanKind.RPJMD):
        for year, amount, ceiling in years_above(needed, program.ceilings):
            yield (
                "budgets",
                f"Anggaran {year} dari APBD sebesar {format_money(amount)} melebihi pagu program "
                f"{program.name}, {format_money(ceiling)}.",
            )


@_per_initiative
def years_outside(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """Money, targets or activities lie in years that the master plan does not cover."""
    kinds = {
        "budgets": ("Anggaran", {year for (year, _), amount in initiative.budgets.items() if amount}),
        "indicators": ("Target", {year for indicator in initiative.indicators for year in indicator.targets}),
        "activities": ("Kegiatan", {day.year for _, *days in initiative.activities for day in days if day}),
    }
    for field, (name, years) in kinds.items():
        outside = sorted(year for year in years if not plan.start_year <= year <= plan.end_year)
        if outside:
            listed = ", ".join(str(year) for year in outside)
            yield field, f"{name} pada {listed} di luar masa rencana {plan.start_year}–{plan.end_year}."


@_per_initiative
def regional_money_only(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """It is paid for by regional budgets alone; assessors ask for more."""
    sources = {source for (_, source), amount in initiative.budgets.items() if amount}
    if sources and sources <= _APBD:
        yield "budgets", "Dibiayai APBD saja. Carilah sumber lain: mitra, APBN, CSR, atau KPBU."


@_per_initiative
def no_benefit_for_citizens(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """It does not say what citizens have of it."""
    if not initiative.benefit_citizens.strip():
        yield "benefit_citizens", "Manfaat bagi warga belum ditulis."


@_per_initiative
def no_benefit_for_business(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """The same for business, in the dimensions whose purpose it is."""
    if initiative.dimension in BUSINESS_DIMENSIONS and not initiative.benefit_business.strip():
        yield "benefit_business", "Manfaat bagi usaha dan iklim investasi belum ditulis."


@_per_initiative
def long_quick_wins(plan: PlanFacts, initiative: InitiativeFacts) -> Iterator[Complaint]:
    """A quick win takes longer than a year."""
    begun, ended = _begin(initiative), _end(initiative)
    if initiative.quick_win and begun and ended and (ended - begun).days > _QUICK_WIN_DAYS:
        months = round((ended - begun).days / 30.44)
        yield "worksheet", f"Quick win harus selesai dalam setahun, tetapi ini memerlukan sekitar {months} bulan."


def is_tied_to_rpjmd(plan: PlanFacts, initiative: InitiativeFacts) -> bool:
    """Whether it says, unrejected, that it carries out a program of the RPJMD itself."""
    kinds = {
        plan.elements[link.element].plan_kind for link in initiative.standing_links if link.element in plan.elements
    }
    return PlanKind.RPJMD in kinds


def _named_indicators(initiative: InitiativeFacts) -> Iterator[IndicatorFacts]:
    """The indicators of programs that the links name, each once."""
    seen = {link.indicator.name: link.indicator for link in initiative.standing_links if link.indicator}
    yield from seen.values()


def _unit(written: str) -> str:
    """A unit as it is compared: small letters, one way of writing per cent and rupiah."""
    plain = _plain(written).strip("().")
    return _SAME_UNIT.get(plain, plain)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _listed(initiative: InitiativeFacts) -> str:
    return ", ".join(sorted({indicator.unit for indicator in initiative.indicators if indicator.unit}))


def _first_turn(indicator: IndicatorFacts) -> tuple[int, int] | None:
    """The first two years between which a target moves the wrong way."""
    if indicator.direction == Direction.STABLE:
        return None
    years = sorted(indicator.targets)
    for before, after in pairwise(years):
        step: Decimal = indicator.targets[after] - indicator.targets[before]
        if (step < 0) if indicator.direction == Direction.UP else (step > 0):
            return before, after
    return None


def _begin(initiative: InitiativeFacts) -> date | None:
    """The first day of its first activity, else of its first year."""
    starts = [start for _, start, _ in initiative.activities if start]
    if starts:
        return min(starts)
    return date(initiative.start_year, 1, 1) if initiative.start_year else None


def _end(initiative: InitiativeFacts) -> date | None:
    """The day promised in the worksheet, else the last day of its last activity, else of its last year."""
    if initiative.due_date:
        return initiative.due_date
    ends = [end for _, _, end in initiative.activities if end]
    if ends:
        return max(ends)
    return date(initiative.end_year, 12, 31) if initiative.end_year else None
