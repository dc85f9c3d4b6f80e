"""From one RPJMD to the next, and from each Renstra to its next: what was decided of each old program, and which links
of initiatives are still to be carried over. Reads at once; writes nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.db.models import F, QuerySet, prefetch_related_objects

from masterplan.alignment.succession import ProgramNode, SuccessionProposal, propose
from masterplan.models import AlignmentLink, DevelopmentPlan, MasterPlan, PlanElement, Succession, years_of
from masterplan.reference import InitiativeStatus, Level, LinkState, PlanKind

_NAMED = 12
# A link may name a program, or an activity or sub-activity below it, as those to a Renstra mostly do.
_ABOVE = ("", "__parent", "__parent__parent")


class Todo(StrEnum):
    """What is to be done about a link; the value stands in the address."""

    PROPOSE = "usulkan"
    UNDECIDED = "padanan"
    DONE = "selesai"
    ENDED = "berhenti"
    OUTSIDE = "lewat"


TODO_LABELS: dict[Todo, str] = {
    Todo.PROPOSE: "Siap diusulkan",
    Todo.UNDECIDED: "Menunggu padanan",
    Todo.DONE: "Sudah diusulkan",
    Todo.ENDED: "Tidak dilanjutkan",
    Todo.OUTSIDE: "Selesai sebelum periode baru",
}


class PlanTransition(NamedTuple):
    """A plan that ends, and the one of the same kind that follows it."""

    old: DevelopmentPlan
    new: DevelopmentPlan


@dataclass
class CarriedProgram:
    """An old program: what was decided, what is proposed, and how many links of running initiatives it bears.

    `offers` are the programs of the plan that follows, in which it may go on.
    """

    old: PlanElement
    transition: PlanTransition
    offers: list[PlanElement] = field(default_factory=list)
    successors: list[PlanElement] = field(default_factory=list)
    is_ended: bool = False
    proposals: list[tuple[PlanElement, SuccessionProposal]] = field(default_factory=list)
    links: int = 0

    @property
    def is_decided(self) -> bool:
        """Whether the coordinator has said what becomes of it."""
        return bool(self.successors) or self.is_ended


@dataclass
class CarriedLink:
    """A link to an old program, and what becomes of it: the new programs to propose, and links that are there."""

    link: AlignmentLink
    todo: Todo
    missing: list[PlanElement] = field(default_factory=list)
    carried: list[AlignmentLink] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What is to be done, in words."""
        return TODO_LABELS[self.todo]


def successor_of(plan: MasterPlan) -> DevelopmentPlan | None:
    """The RPJMD that follows the one the master plan answers to; the nearest where there are several."""
    rows = plan.development_plan.successors.filter(kind=PlanKind.RPJMD, regency=plan.regency)
    return rows.order_by("start_year").first()


def plan_transitions(plan: MasterPlan, new: DevelopmentPlan) -> list[PlanTransition]:
    """From the RPJMD to `new`, then from each Renstra of its period to the nearest that names it as its predecessor."""
    period = plan.development_plan
    renstra = DevelopmentPlan.objects.filter(
        regency=plan.regency,
        kind=PlanKind.RENSTRA,
        predecessor__kind=PlanKind.RENSTRA,
        predecessor__start_year__lt=F("start_year"),
        predecessor__start_year__lte=period.end_year,
        predecessor__end_year__gte=period.start_year,
        start_year__gt=period.start_year,
    ).select_related("predecessor")
    nearest: dict[int, PlanTransition] = {}
    for each in renstra.order_by("agency__order", "start_year", "pk"):
        if each.predecessor is not None:
            nearest.setdefault(each.predecessor.pk, PlanTransition(each.predecessor, each))
    return [PlanTransition(period, new), *nearest.values()]


def carried_programs(plan: MasterPlan, new: DevelopmentPlan) -> list[CarriedProgram]:
    """Every program of the old RPJMD, then of the Renstra that are followed by another, by code; without proposals."""
    transitions = plan_transitions(plan, new)
    plans = {each.pk: each for transition in transitions for each in transition}
    elements: dict[int, list[PlanElement]] = {pk: [] for pk in plans}
    rows = PlanElement.objects.filter(level=Level.PROGRAM, plan__in=plans).select_related("agency")
    for element in rows.order_by("sort_key", "pk"):
        element.plan = plans[element.plan_id]
        elements[element.plan_id].append(element)
    programs = {
        old.pk: CarriedProgram(old, transition, elements[transition.new.pk])
        for transition in transitions
        for old in elements[transition.old.pk]
    }
    successors = {element.pk: element for program in programs.values() for element in program.offers}
    for row in Succession.objects.filter(old__in=programs).order_by("pk"):
        if row.new_id is None:
            programs[row.old_id].is_ended = True
        elif row.new_id in successors:
            programs[row.old_id].successors.append(successors[row.new_id])
    olds = [transition.old.pk for transition in transitions]
    for chain in _running_links(plan, olds).values_list(*(f"element{above}" for above in _ABOVE)):
        for pk in programs.keys() & set(chain):
            programs[pk].links += 1
    return list(programs.values())


def add_proposals(programs: Iterable[CarriedProgram]) -> None:
    """Add to each of `programs` the programs that may continue it. Ranking is slow, so only for those on the page."""
    by_plan: dict[int, list[CarriedProgram]] = {}
    for program in programs:
        by_plan.setdefault(program.transition.new.pk, []).append(program)
    offers = {element.pk: element for found in by_plan.values() for element in found[0].offers}
    olds = [program.old for found in by_plan.values() for program in found]
    prefetch_related_objects([*olds, *offers.values()], "indicators")
    for found in by_plan.values():
        proposed = propose([_node(program.old) for program in found], map(_node, found[0].offers))
        for program in found:
            program.proposals = [(offers[each.pk], each) for each in proposed[program.old.pk]]


def carried_links(plan: MasterPlan, new: DevelopmentPlan) -> list[CarriedLink]:
    """Every link of a running initiative to a plan that is followed by another, in the order of the initiatives."""
    transitions = {transition.old.pk: transition for transition in plan_transitions(plan, new)}
    decided: dict[int, list[Succession]] = {}
    for row in Succession.objects.filter(old__plan__in=transitions).select_related("new"):
        decided.setdefault(row.old_id, []).append(row)
    there: dict[tuple[int, int], AlignmentLink] = {}
    followers = [transition.new.pk for transition in transitions.values()]
    carried = AlignmentLink.objects.filter(initiative__master_plan=plan, element__plan__in=followers)
    for link in carried.select_related("element").order_by("pk"):
        there[link.initiative_id, link.element_id] = link
    steps = []
    related = ("initiative__lead_agency", "element__plan", "element__parent", "indicator")
    for link in _running_links(plan, transitions).select_related(*related):
        link.initiative.master_plan = plan
        node, above = link.element, link.element.parent
        chain = (node.pk, node.parent_id, above.parent_id if above else None)
        known = next((decided[pk] for pk in chain if pk in decided), [])
        steps.append(_step(link, known, there, transitions[link.element.plan_id].new))
    return steps


def _step(
    link: AlignmentLink, decided: list[Succession], there: dict[tuple[int, int], AlignmentLink], new: DevelopmentPlan
) -> CarriedLink:
    successors = [row.new for row in decided if row.new is not None and row.new.plan_id == new.pk]
    carried = [there[link.initiative_id, each.pk] for each in successors if (link.initiative_id, each.pk) in there]
    missing = [each for each in successors if (link.initiative_id, each.pk) not in there]
    if years_of(link.initiative)[1] < new.start_year:
        return CarriedLink(link, Todo.OUTSIDE)
    if not decided:
        return CarriedLink(link, Todo.UNDECIDED)
    if not successors:
        return CarriedLink(link, Todo.ENDED)
    return CarriedLink(link, Todo.PROPOSE if missing else Todo.DONE, missing, carried)


def outside_sentences(plan: MasterPlan, new: DevelopmentPlan, steps: Iterable[CarriedLink]) -> list[str]:
    """What lies outside the new period: years of the master plan, and initiatives by their code."""
    found = []
    before = [year for year in plan.years if year < new.start_year]
    if before:
        found.append(f"Tahun {_span(before)} rencana induk mendahului periode {new.start_year}–{new.end_year}.")
    after = [year for year in new.years if year > plan.end_year]
    if after:
        found.append(f"Tahun {_span(after)} periode baru belum tercakup rencana induk ini.")
    rows = {step.link.initiative_id: step.link.initiative for step in steps}.values()
    ended = sorted(row.code for row in rows if years_of(row)[1] < new.start_year)
    if ended:
        found.append(f"{len(ended)} inisiatif selesai sebelum {new.start_year}: {_listed(ended)}.")
    beyond = sorted(row.code for row in rows if years_of(row)[1] > new.end_year)
    if beyond:
        found.append(f"{len(beyond)} inisiatif berlanjut sesudah {new.end_year}: {_listed(beyond)}.")
    return found


def _running_links(plan: MasterPlan, olds: Collection[int]) -> "QuerySet[AlignmentLink]":
    """The links that stand to plans with these ids."""
    rows = AlignmentLink.objects.filter(initiative__master_plan=plan, element__plan__in=olds)
    rows = rows.exclude(state=LinkState.REJECTED).exclude(initiative__status=InitiativeStatus.WITHDRAWN)
    dimension = "initiative__sub_dimension__dimension__order"
    return rows.order_by(dimension, "initiative__code", "-element__plan__kind", "element__sort_key", "pk")


def _node(element: PlanElement) -> ProgramNode:
    names = tuple(indicator.name for indicator in element.indicators.all())
    return ProgramNode(element.pk, element.code, element.text, names, element.replaces_id)


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _listed(codes: list[str]) -> str:
    more = f" dan {len(codes) - _NAMED} lagi" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more
