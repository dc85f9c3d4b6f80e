"""What is looked for in one initiative: its ties to programs, its numbers and years, its money, its benefits."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
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


def without_program(plan: PlanFacts) -> Iterator[Finding]:
    """Initiatives that carry out no program of the RPJMD, unless a coordinator waived that already."""
    for initiative in plan.initiatives:
        if not initiative.waived_at and not is_tied_to_rpjmd(plan, initiative):
            yield _about(initiative, "Belum terhubung ke program RPJMD.", "links")


def programs_of_others(plan: PlanFacts) -> Iterator[Finding]:
    """Links to a program of an agency that neither leads nor supports the initiative."""
    for initiative in plan.initiatives:
        for link in initiative.standing_links:
            holder = plan.elements[link.element].agency if link.element in plan.elements else None
            if holder and holder != initiative.lead and holder not in initiative.supporting:
                program = plan.elements[link.element]
                name = plan.agencies.get(holder, "perangkat daerah lain")
                yield _about(
                    initiative,
                    f"Program {program.name} dipimpin {name}, yang tidak memimpin dan tidak mendukung inisiatif ini.",
                    "links",
                )


def other_units(plan: PlanFacts) -> Iterator[Finding]:
    """The program's indicator is measured in a unit that no indicator of the initiative has."""
    for initiative in plan.initiatives:
        own = {_unit(indicator.unit) for indicator in initiative.indicators if indicator.unit}
        for indicator in _named_indicators(initiative):
            if own and indicator.unit and _unit(indicator.unit) not in own:
                yield _about(
                    initiative,
                    f"Indikator program “{indicator.name}” bersatuan {indicator.unit}, "
                    f"sedangkan indikator inisiatif bersatuan {_listed(initiative)}.",
                    "indicators",
                )


def other_directions(plan: PlanFacts) -> Iterator[Finding]:
    """An indicator of the same name as the program's that should move the other way."""
    for initiative in plan.initiatives:
        own = {_plain(indicator.name): indicator for indicator in initiative.indicators}
        for indicator in _named_indicators(initiative):
            same = own.get(_plain(indicator.name))
            if same is not None and same.direction != indicator.direction:
                yield _about(
                    initiative,
                    f"Indikator “{same.name}” diharapkan {_DIRECTIONS[same.direction]}, "
                    f"sedangkan di RPJMD {_DIRECTIONS[indicator.direction]}.",
                    "indicators",
                )


def targets_against_direction(plan: PlanFacts) -> Iterator[Finding]:
    """Yearly targets that fall where they should rise, or rise where they should fall."""
    for initiative in plan.initiatives:
        for indicator in initiative.indicators:
            turn = _first_turn(indicator)
            if turn:
                before, after = turn
                moves = "turun" if indicator.direction == Direction.UP else "naik"
                yield _about(
                    initiative,
                    f"Target “{indicator.name}” {moves} dari {before} ke {after}, "
                    f"padahal indikator ini diharapkan {_DIRECTIONS[indicator.direction]}.",
                    "indicators",
                )


def above_the_ceiling(plan: PlanFacts) -> Iterator[Finding]:
    """Years in which an initiative alone asks more of the regency's budget than its whole RPJMD program may cost."""
    for initiative in plan.initiatives:
        needed = budgets_under_ceiling(initiative.yearly_budgets)
        for program in (each for each in plan.programs_of(initiative) if each.plan_kind == PlanKind.RPJMD):
            for year, amount, ceiling in years_above(needed, program.ceilings):
                yield _about(
                    initiative,
                    f"Anggaran {year} dari APBD sebesar {format_money(amount)} melebihi pagu program "
                    f"{program.name}, {format_money(ceiling)}.",
                    "budgets",
                )


def years_outside(plan: PlanFacts) -> Iterator[Finding]:
    """Money, targets or activities in years that the master plan does not cover."""
    for initiative in plan.initiatives:
        kinds = {
            "budgets": ("Anggaran", {year for (year, _), amount in initiative.budgets.items() if amount}),
            "indicators": ("Target", {year for indicator in initiative.indicators for year in indicator.targets}),
            "activities": ("Kegiatan", {day.year for _, *days in initiative.activities for day in days if day}),
        }
        for field, (name, years) in kinds.items():
            outside = sorted(year for year in years if not plan.start_year <= year <= plan.end_year)
            if outside:
                listed = ", ".join(str(year) for year in outside)
                span = f"{plan.start_year}–{plan.end_year}"
                yield _about(initiative, f"{name} pada {listed} di luar masa rencana {span}.", field)


def regional_money_only(plan: PlanFacts) -> Iterator[Finding]:
    """Initiatives paid for by regional budgets alone; assessors ask for more."""
    for initiative in plan.initiatives:
        sources = {source for (_, source), amount in initiative.budgets.items() if amount}
        if sources and sources <= _APBD:
            yield _about(initiative, "Dibiayai APBD saja. Carilah sumber lain: mitra, APBN, CSR, atau KPBU.", "budgets")


def no_benefit_for_citizens(plan: PlanFacts) -> Iterator[Finding]:
    """Initiatives that do not say what citizens have of them."""
    for initiative in plan.initiatives:
        if not initiative.benefit_citizens.strip():
            yield _about(initiative, "Manfaat bagi warga belum ditulis.", "benefit_citizens")


def no_benefit_for_business(plan: PlanFacts) -> Iterator[Finding]:
    """The same for business, in the dimensions whose purpose it is."""
    for initiative in plan.initiatives:
        if initiative.dimension in BUSINESS_DIMENSIONS and not initiative.benefit_business.strip():
            yield _about(initiative, "Manfaat bagi usaha dan iklim investasi belum ditulis.", "benefit_business")


def long_quick_wins(plan: PlanFacts) -> Iterator[Finding]:
    """Quick wins that people have to wait for longer than a year after their begin."""
    for initiative in plan.initiatives:
        if not initiative.quick_win:
            continue
        begun, ended = _begin(initiative), _end(initiative)
        if begun and ended and (ended - begun).days > _QUICK_WIN_DAYS:
            months = round((ended - begun).days / 30.44)
            yield _about(
                initiative,
                f"Quick win harus selesai dalam setahun, tetapi ini memerlukan sekitar {months} bulan.",
                "worksheet",
            )


def _about(initiative: InitiativeFacts, sentence: str, field: str) -> Finding:
    return Finding(initiative.pk, initiative.title, sentence, initiative.lead, field)


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
