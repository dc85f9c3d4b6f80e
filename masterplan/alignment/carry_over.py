"""From one RPJMD to the next: what was decided of each old program, and which links of initiatives are still to be
carried over. Reads at once; writes nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet, prefetch_related_objects

from masterplan.alignment.succession import Node, Proposal, propose
from masterplan.models import AlignmentLink, DevelopmentPlan, MasterPlan, PlanElement, Succession, years_of
from masterplan.reference import InitiativeStatus, Level, LinkState, PlanKind

_NAMED = 12


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


@dataclass
class Fate:
    """An old program: what was decided, what is proposed, and how many links of running initiatives it bears."""

    old: PlanElement
    news: list[PlanElement] = field(default_factory=list)
    is_ended: bool = False
    proposals: list[tuple[PlanElement, Proposal]] = field(default_factory=list)
    links: int = 0

    @property
    def is_decided(self) -> bool:
        """Whether the coordinator has said what becomes of it."""
        return bool(self.news) or self.is_ended


@dataclass
class Step:
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


def fates_of(plan: MasterPlan, new: DevelopmentPlan) -> list[Fate]:
    """Every program of the old RPJMD in the order of the codes, without proposals."""
    news = {element.pk: element for element in _programs(new)}
    fates = {element.pk: Fate(element) for element in _programs(plan.development_plan)}
    for row in Succession.objects.filter(old__in=fates).order_by("pk"):
        if row.new_id is None:
            fates[row.old_id].is_ended = True
        elif row.new_id in news:
            fates[row.old_id].news.append(news[row.new_id])
    for element in _running_links(plan).values_list("element", flat=True):
        if element in fates:
            fates[element].links += 1
    return list(fates.values())


def add_proposals(fates: Collection[Fate], new: DevelopmentPlan) -> None:
    """Put beside each of `fates` the programs of `new` that may carry it on; of those shown, for ranking costs."""
    prefetch_related_objects([fate.old for fate in fates], "indicators")
    news = {element.pk: element for element in _programs(new).prefetch_related("indicators")}
    proposed = propose([_node(fate.old) for fate in fates], map(_node, news.values()))
    for fate in fates:
        fate.proposals = [(news[each.pk], each) for each in proposed[fate.old.pk]]


def _programs(rpjmd: DevelopmentPlan) -> "QuerySet[PlanElement]":
    rows = PlanElement.objects.filter(plan=rpjmd, level=Level.PROGRAM)
    return rows.select_related("agency").order_by("sort_key", "pk")


def steps_of(plan: MasterPlan, new: DevelopmentPlan) -> list[Step]:
    """Every link of a running initiative to the old RPJMD, in the order of the initiatives."""
    decided: dict[int, list[Succession]] = {}
    for row in Succession.objects.filter(old__plan=plan.development_plan_id).select_related("new"):
        decided.setdefault(row.old_id, []).append(row)
    there: dict[tuple[int, int], AlignmentLink] = {}
    carried = AlignmentLink.objects.filter(initiative__master_plan=plan, element__plan=new)
    for link in carried.select_related("element").order_by("pk"):
        there[link.initiative_id, link.element_id] = link
    steps = []
    for link in _running_links(plan).select_related("initiative__lead_agency", "element", "indicator"):
        link.initiative.master_plan = plan
        steps.append(_step(link, decided.get(link.element_id, []), there, new))
    return steps


def _step(
    link: AlignmentLink, decided: list[Succession], there: dict[tuple[int, int], AlignmentLink], new: DevelopmentPlan
) -> Step:
    news = [row.new for row in decided if row.new is not None and row.new.plan_id == new.pk]
    carried = [there[link.initiative_id, each.pk] for each in news if (link.initiative_id, each.pk) in there]
    missing = [each for each in news if (link.initiative_id, each.pk) not in there]
    if years_of(link.initiative)[1] < new.start_year:
        return Step(link, Todo.OUTSIDE)
    if not decided:
        return Step(link, Todo.UNDECIDED)
    if not news:
        return Step(link, Todo.ENDED)
    return Step(link, Todo.PROPOSE if missing else Todo.DONE, missing, carried)


def outside_sentences(plan: MasterPlan, new: DevelopmentPlan, steps: Iterable[Step]) -> list[str]:
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


def _running_links(plan: MasterPlan) -> "QuerySet[AlignmentLink]":
    rows = AlignmentLink.objects.filter(initiative__master_plan=plan, element__plan=plan.development_plan_id)
    rows = rows.exclude(state=LinkState.REJECTED).exclude(initiative__status=InitiativeStatus.WITHDRAWN)
    return rows.order_by("initiative__sub_dimension__dimension__order", "initiative__code", "element__sort_key", "pk")


def _node(element: PlanElement) -> Node:
    names = tuple(indicator.name for indicator in element.indicators.all())
    return Node(element.pk, element.code, element.text, names, element.replaces_id)


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _listed(codes: list[str]) -> str:
    more = f" dan {len(codes) - _NAMED} lagi" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more
