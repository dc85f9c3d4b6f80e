"""What is looked for in the plans: gaps that no initiative fills, and Renstra programs that carry out nothing."""

from collections.abc import Iterable, Iterator

from masterplan.reasoning.inspection.facts import ElementFacts, PlanFacts
from masterplan.reasoning.inspection.finding import Finding
from masterplan.reasoning.money import budgets_under_ceiling, years_above
from masterplan.reference import Level, PlanKind
from smartcity.common.numbers import format_money

# A finding about a mission would otherwise name half of the regency.
MOST_NAMED = 5


def renstra_without_rpjmd(plan: PlanFacts) -> Iterator[Finding]:
    """Programs of a Renstra that name no program of the RPJMD."""
    for program in plan.of(PlanKind.RENSTRA, Level.PROGRAM):
        if program.carries_out is None:
            yield _about(program, "Program Renstra ini belum menyebut program RPJMD yang dilaksanakannya.")


def programs_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Programs of the RPJMD that no initiative answers."""
    for program in _unreached(plan, Level.PROGRAM):
        yield _about(program, "Belum ada inisiatif yang melaksanakan program ini.")


def objectives_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Objectives below which no program has an initiative, with the agencies that lead those programs."""
    for objective in _unreached(plan, Level.OBJECTIVE):
        yield _about(objective, f"Belum ada inisiatif pada programnya. {_led_by(plan, objective)}")


def missions_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Missions below which no program has an initiative, with the agencies that lead those programs."""
    for mission in _unreached(plan, Level.MISSION):
        yield _about(mission, f"Belum ada inisiatif smart city yang mendukung misi ini. {_led_by(plan, mission)}")


def ceilings_shared_out(plan: PlanFacts) -> Iterator[Finding]:
    """Programs whose initiatives together ask more of the regency's budget in a year than the program may cost.

    What a single initiative exceeds by itself is said there.
    """
    for program in plan.of(PlanKind.RPJMD, Level.PROGRAM):
        carried = plan.answering.get(program.pk, [])
        if len(carried) < 2:
            continue
        needed = budgets_under_ceiling(row for initiative in carried for row in initiative.yearly_budgets)
        for year, amount, ceiling in years_above(needed, program.ceilings):
            yield _about(
                program,
                f"Anggaran {year} dari APBD untuk {len(carried)} inisiatif berjumlah {format_money(amount)}, "
                f"melebihi pagu {format_money(ceiling)}.",
            )


def dimensions_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Dimensions in which nothing is planned."""
    used = {plan.sub_dimensions[i.sub_dimension][1] for i in plan.initiatives if i.sub_dimension in plan.sub_dimensions}
    for pk, name in plan.dimensions.items():
        if pk not in used:
            yield Finding(pk, name, "Belum ada inisiatif pada dimensi ini.")


def sub_dimensions_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Sub-dimensions in which nothing is planned, of dimensions in which something is."""
    used = {initiative.sub_dimension for initiative in plan.initiatives}
    begun = {plan.sub_dimensions[pk][1] for pk in used if pk in plan.sub_dimensions}
    for pk, (name, dimension) in plan.sub_dimensions.items():
        if pk not in used and dimension in begun:
            yield Finding(pk, f"{plan.dimensions[dimension]}: {name}", "Belum ada inisiatif pada sub-dimensi ini.")


def agencies_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Agencies that neither lead nor support anything."""
    leading = {initiative.lead for initiative in plan.initiatives}
    supporting = {agency for initiative in plan.initiatives for agency in initiative.supporting}
    for pk, name in plan.agencies.items():
        if pk not in leading and pk not in supporting:
            yield Finding(pk, name, "Belum memimpin atau mendukung satu inisiatif pun.", pk)


def districts_without_initiative(plan: PlanFacts) -> Iterator[Finding]:
    """Districts that no initiative names; those for the whole regency name none in particular."""
    named = {district for initiative in plan.initiatives for district in initiative.districts}
    for pk, name in plan.districts.items():
        if pk not in named:
            yield Finding(pk, name, "Belum ada inisiatif yang berlokasi di kecamatan ini.")


def _unreached(plan: PlanFacts, level: Level) -> Iterable[ElementFacts]:
    return (node for node in plan.of(PlanKind.RPJMD, level) if node.pk not in plan.reached)


def holders_below(plan: PlanFacts, above: ElementFacts) -> list[int]:
    """Whose programs stand below a node of the RPJMD, in the order of the agencies."""
    holders = {
        program.agency
        for program in plan.of(PlanKind.RPJMD, Level.PROGRAM)
        if program.agency and above.pk in plan.lineage(program)
    }
    return [pk for pk in plan.agencies if pk in holders]


def _led_by(plan: PlanFacts, above: ElementFacts) -> str:
    names = [plan.agencies[pk] for pk in holders_below(plan, above)]
    if not names:
        return "Belum ada program di bawahnya yang bertuan."
    more = f", dan {len(names) - MOST_NAMED} perangkat daerah lain" if len(names) > MOST_NAMED else ""
    return f"Programnya dipimpin {', '.join(names[:MOST_NAMED])}{more}."


def _about(element: ElementFacts, sentence: str) -> Finding:
    return Finding(element.pk, element.name, sentence, element.agency)
