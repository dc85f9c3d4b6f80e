"""Who carries out what: programs of the development plans, initiatives, and the links between them, read at once.

Three queries whatever the size of the plan. Decides nothing and arranges nothing: `matrix` lays the result out.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from masterplan.models import AlignmentLink, Initiative, MasterPlan, PlanElement
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.reference import InitiativeStatus, Level, LinkState, PlanKind

# What a cell shows when a program and an initiative are tied more than once, for instance through two indicators.
_WEIGHT = {LinkState.ACCEPTED.value: 3, LinkState.PROPOSED.value: 2, LinkState.REJECTED.value: 1}


@dataclass(frozen=True)
class ProgramGroup:
    """What programs are listed under: a mission or an objective of the RPJMD, or the Renstra of an agency."""

    pk: int
    label: str


NO_GROUP = ProgramGroup(0, "Tanpa misi")
NO_OBJECTIVE = ProgramGroup(0, "")


@dataclass(frozen=True)
class Program:
    """A program with what lists say about it. `carries_out` is the RPJMD program a Renstra program names, or ""."""

    pk: int
    code: str
    text: str
    agency: str
    group: ProgramGroup
    carries_out: str = ""
    agency_id: int | None = None
    objective: ProgramGroup = NO_OBJECTIVE

    @property
    def label(self) -> str:
        """Code and text, as people name a program."""
        return f"{self.code} {self.text}".strip()


@dataclass(frozen=True)
class TieMark:
    """The state of the tie between a program and an initiative, and the link that says so."""

    link: int
    state: str


@dataclass(frozen=True)
class PendingLink:
    """A link that waits for a decision, with what the agency says for it."""

    link: int
    program: Program
    initiative: Initiative
    proposed_at: datetime
    rationale: str = ""


@dataclass
class Coverage:
    """Programs and initiatives in their order, and how they cover each other. Rejected links cover nothing.

    `objectives` are all of the RPJMD with their mission, also those below which nothing stands. A program in `through`
    is carried out by an initiative that is tied to a Renstra program which carries it out.
    """

    programs: list[Program]
    initiatives: list[Initiative]
    marks: dict[tuple[int, int], TieMark] = field(default_factory=dict)
    pending: list[PendingLink] = field(default_factory=list)
    accepted: int = 0
    objectives: list[tuple[ProgramGroup, ProgramGroup]] = field(default_factory=list)
    through: set[int] = field(default_factory=set)

    @cached_property
    def by_program(self) -> Counter[int]:
        """How many initiatives carry out each program."""
        return Counter(program for (program, _), mark in self.marks.items() if mark.state != LinkState.REJECTED)

    @cached_property
    def by_initiative(self) -> Counter[int]:
        """How many programs each initiative carries out."""
        return Counter(initiative for (_, initiative), mark in self.marks.items() if mark.state != LinkState.REJECTED)

    @cached_property
    def idle_programs(self) -> list[Program]:
        """Programs that no initiative carries out, be it through a Renstra."""
        return [p for p in self.programs if not self.by_program[p.pk] and p.pk not in self.through]

    @cached_property
    def unlinked_initiatives(self) -> list[Initiative]:
        """Initiatives that carry out no program, waived or not."""
        return [initiative for initiative in self.initiatives if not self.by_initiative[initiative.pk]]

    @cached_property
    def unanchored_programs(self) -> list[Program]:
        """Renstra programs that carry out no program of the RPJMD."""
        return [program for program in self.programs if not program.carries_out]

    @cached_property
    def agencies(self) -> list[tuple[int, str]]:
        """Who leads a program or an initiative, by name."""
        found = {p.agency_id: p.agency for p in self.programs if p.agency_id is not None}
        found |= {initiative.lead_agency_id: initiative.lead_agency.name for initiative in self.initiatives}
        return sorted(found.items(), key=lambda pair: pair[1])


def rpjmd_coverage(plan: MasterPlan, visible: InitiativeQuerySet) -> Coverage:
    """How the programs of the plan's RPJMD and the `visible` initiatives cover each other."""
    nodes = _nodes(PlanElement.objects.filter(plan=plan.development_plan_id))
    programs = _programs(nodes, lambda node: _group_above(nodes, node.pk, Level.MISSION, NO_GROUP))
    found = _cover(nodes, _by_mission(nodes, programs), visible)
    found.objectives = [
        (_group_above(nodes, node.pk, Level.MISSION, NO_GROUP), _named(node))
        for node in nodes.values()
        if node.level == Level.OBJECTIVE
    ]
    return found


def renstra_coverage(plan: MasterPlan, visible: InitiativeQuerySet) -> Coverage:
    """The same for the Renstra programs of all agencies whose period meets that of the RPJMD."""
    period = plan.development_plan
    elements = PlanElement.objects.filter(
        plan__regency=plan.regency_id,
        plan__kind=PlanKind.RENSTRA,
        plan__start_year__lte=period.end_year,
        plan__end_year__gte=period.start_year,
    )
    nodes = _nodes(elements)
    programs = _programs(nodes, lambda node: ProgramGroup(node.plan, node.plan_title))
    return _cover(nodes, programs, visible)


class _Node(NamedTuple):
    """The columns of a plan element that matter here."""

    pk: int
    parent: int | None
    level: str
    code: str
    text: str
    agency_id: int | None
    agency: str | None
    carries_code: str | None
    carries_text: str | None
    plan: int
    plan_title: str


_COLUMNS = (
    "pk", "parent_id", "level", "code", "text", "agency_id", "agency__name", "carries_out__code", "carries_out__text",
)  # fmt: skip
# The RPJMD program behind a link: that of the Renstra program, or of the activity or sub-activity below it.
_CARRIED = tuple(f"element__{above}carries_out_id" for above in ("", "parent__", "parent__parent__"))


def _nodes(elements: QuerySet[PlanElement]) -> dict[int, _Node]:
    rows = elements.order_by("plan__agency__order", "plan_id", "sort_key", "pk")
    return {row[0]: _Node(*row) for row in rows.values_list(*_COLUMNS, "plan_id", "plan__title")}


def _above(nodes: dict[int, _Node], pk: int, level: Level) -> _Node | None:
    """The node of `level` at or above `pk`, or None."""
    found: _Node | None = nodes.get(pk)
    while found is not None and found.level != level:
        found = nodes.get(found.parent) if found.parent else None
    return found


def _group_above(nodes: dict[int, _Node], pk: int, level: Level, otherwise: ProgramGroup) -> ProgramGroup:
    """The mission or objective at or above `pk`, or `otherwise`."""
    node = _above(nodes, pk, level)
    return _named(node) if node is not None else otherwise


def _named(node: _Node) -> ProgramGroup:
    level = Level(node.level).label
    return ProgramGroup(node.pk, f"{level} {node.code}. {node.text}" if node.code else f"{level}: {node.text}")


def _programs(nodes: dict[int, _Node], group_of: Callable[[_Node], ProgramGroup]) -> list[Program]:
    """The programs in the order of the nodes, each with its group."""
    return [
        Program(
            pk=node.pk,
            code=node.code,
            text=node.text,
            agency=node.agency or "",
            group=group_of(node),
            carries_out=f"{node.carries_code} {node.carries_text}".strip() if node.carries_text else "",
            agency_id=node.agency_id,
            objective=_group_above(nodes, node.pk, Level.OBJECTIVE, NO_OBJECTIVE),
        )
        for node in nodes.values()
        if node.level == Level.PROGRAM
    ]


def _by_mission(nodes: dict[int, _Node], programs: list[Program]) -> list[Program]:
    """Mission by mission and objective by objective, in the order of these; what stands outside comes last."""
    place = {pk: number for number, pk in enumerate(nodes)}
    return sorted(
        programs,
        key=lambda program: (
            program.group == NO_GROUP,
            place.get(program.group.pk, 0),
            place.get(program.objective.pk, 0),
        ),
    )


def _cover(nodes: dict[int, _Node], programs: list[Program], visible: InitiativeQuerySet) -> Coverage:
    rows = visible.exclude(status=InitiativeStatus.WITHDRAWN).select_related("sub_dimension__dimension", "lead_agency")
    columns = ("code", "name", "status", "waiver_reason", "waived_at", "master_plan")
    related = ("sub_dimension__dimension__code", "sub_dimension__dimension__name", "lead_agency__name")
    initiatives = list(rows.only(*columns, *related))
    found = Coverage(programs, initiatives)
    program_by_pk = {program.pk: program for program in programs}
    initiative_by_pk = {initiative.pk: initiative for initiative in initiatives}
    for pk, initiative, element, state, proposed_at, rationale, *carried in _links(initiative_by_pk):
        node = _above(nodes, element, Level.PROGRAM)
        program = program_by_pk[node.pk] if node else None
        if program is None:
            if state != LinkState.REJECTED:
                found.through.update(program for program in carried if program in program_by_pk)
            continue
        _note(found, program.pk, initiative, TieMark(pk, state))
        found.accepted += state == LinkState.ACCEPTED
        if state == LinkState.PROPOSED:
            found.pending.append(PendingLink(pk, program, initiative_by_pk[initiative], proposed_at, rationale))
    return found


def _links(initiatives: Iterable[int]) -> QuerySet[AlignmentLink, Any]:
    links = AlignmentLink.objects.filter(initiative__in=list(initiatives)).order_by("proposed_at", "pk")
    return links.values_list("pk", "initiative_id", "element_id", "state", "proposed_at", "rationale", *_CARRIED)


def _note(found: Coverage, program: int, initiative: int, mark: TieMark) -> None:
    """Keep the weightiest mark of a cell; among equals the newest."""
    known = found.marks.get((program, initiative))
    if known is None or _WEIGHT[mark.state] >= _WEIGHT[known.state]:
        found.marks[program, initiative] = mark
