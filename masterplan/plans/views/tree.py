"""A development plan arranged as the page reads it: branches, what a search leaves of them, money per mission.

Six queries whatever the size of the plan: the rows of a large one are read flat, twice as fast as asking each node.
Only reads; changing a node is the business of `plan_elements`.

A plan of more than 200 nodes comes branch by branch, because a page of 400 programs weighs most of a megabyte. The
programs that may continue an old one are ranked only for those on the page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import Http404
from django.utils.safestring import SafeString

from agencies.access import AnyUser
from agencies.models import Agency, Regency
from masterplan.models import DevelopmentPlan, Indicator, Measures, PlanElement, measures_of
from masterplan.pages.loading import visible_initiatives
from masterplan.plans.forms.plan_filter import ALL, TreeFilter, marked
from masterplan.reference import InitiativeStatus, Level, LinkState

_PLACE_OF_LEVEL = {level.value: place for place, level in enumerate(Level)}
# Nodes; a larger tree comes branch by branch, because a page of 400 programs weighs most of a megabyte.
WHOLE_AT_ONCE = 200
# Initiatives by the id of the plan element they are tied to.
Links = Mapping[int, set[int]]


class IndicatorRow(NamedTuple):
    """An indicator with its targets, year by year."""

    name: SafeString
    unit: str
    baseline: str
    targets: list[tuple[str, str]]
    end_condition: str
    agency: str


@dataclass
class Branch:
    """A node with what stands below it."""

    element: PlanElement
    text: SafeString
    level: str
    indicators: list[IndicatorRow]
    money: list[tuple[str, int | None]]
    children: list["Branch"] = field(default_factory=list)
    initiatives: set[int] = field(default_factory=set)
    fits: bool = False
    is_open: bool = False
    # What stands below it is left out of the page, and comes when it is asked for.
    is_folded: bool = False
    # Only the topmost of invented nodes says so; below it everything is.
    begins_sample: bool = False

    @property
    def total(self) -> int:
        """The ceilings of all years."""
        return sum(amount or 0 for _, amount in self.money)

    @property
    def has_money(self) -> bool:
        """Whether a ceiling is written, be it nought."""
        return any(amount is not None for _, amount in self.money)

    def walk(self) -> Iterator["Branch"]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class MissionTotal(NamedTuple):
    """What the programs of a mission come to; `element` is None for programs outside any mission."""

    element: PlanElement | None
    programs: int
    initiatives: int
    money: list[tuple[str, int]]
    total: int


@dataclass
class Tree:
    """A plan as it is shown. Totals count the whole plan, so that a search never changes a sum.

    An initiative that serves two missions counts in the row of both and once in `initiatives`.
    """

    years: list[str]
    branches: list[Branch]
    missions: list[PlanElement]
    agencies: list[Agency]
    levels: list[Level]
    totals: list[MissionTotal]
    size: int
    found: int
    programs: int
    indicators: int
    initiatives: int

    @property
    def year_totals(self) -> list[tuple[str, int]]:
        """All programs, year by year."""
        return [(year, sum(row.money[place][1] for row in self.totals)) for place, year in enumerate(self.years)]

    @property
    def grand_total(self) -> int:
        """All programs in all years."""
        return sum(row.total for row in self.totals)


def plan_or_404(regency: Regency, pk: int) -> DevelopmentPlan:
    """A development plan of the regency."""
    plan = regency.development_plans.select_related("agency", "predecessor").filter(pk=pk).first()
    if plan is None:
        raise Http404
    plan.regency = regency
    return plan


def linked_initiatives(user: AnyUser, regency: Regency) -> Links:
    """The initiatives `user` may know of, by the plan element they are tied to; rejected links do not count."""
    plan = regency.master_plans.filter(is_current=True).first()
    if plan is None:
        return {}
    plan.regency = regency
    rows = visible_initiatives(user, plan).exclude(status=InitiativeStatus.WITHDRAWN)
    rows = rows.filter(links__state__in=(LinkState.ACCEPTED, LinkState.PROPOSED)).order_by()
    found: dict[int, set[int]] = {}
    for element, initiative in rows.values_list("links__element", "pk"):
        found.setdefault(element, set()).add(initiative)
    return found


def read_tree(plan: DevelopmentPlan, *, wanted: TreeFilter, links: Links) -> Tree:
    """The plan with what `wanted` leaves of it."""
    elements = list(plan.elements.select_related("agency", "carries_out"))
    measures = measures_of(plan)
    years = [str(year) for year in sorted({*plan.years, *(year for row in measures.ceilings.values() for year in row)})]
    branches = {element.pk: _branch(element, measures, years, wanted, links) for element in elements}
    roots = _joined(branches)
    whole = [branch for root in roots for branch in root.walk()]
    # Narrowing takes children away, so everything that counts the whole plan is counted before it.
    tree = Tree(
        years=years,
        branches=[],
        missions=[root.element for root in roots if root.element.level == Level.MISSION],
        agencies=_agencies(elements, measures),
        levels=[level for level in Level if any(element.level == level for element in elements)],
        totals=_totals(roots, years),
        size=len(elements),
        found=0,
        programs=sum(branch.element.level == Level.PROGRAM for branch in whole),
        indicators=sum(len(branch.indicators) for branch in whole),
        initiatives=len({pk for branch in whole for pk in branch.initiatives}),
    )
    tree.branches = _narrowed(roots, wanted)
    if len(elements) > WHOLE_AT_ONCE:
        for root in tree.branches:
            root.is_folded = bool(root.children) and not root.is_open
    tree.found = sum(branch.fits for root in tree.branches for branch in root.walk())
    return tree


def _branch(element: PlanElement, measures: Measures, years: list[str], wanted: TreeFilter, links: Links) -> Branch:
    amounts, indicators = measures.ceilings.get(element.pk, {}), measures.indicators.get(element.pk, [])
    return Branch(
        element=element,
        text=marked(element.text, wanted.words),
        level=_level_shown(element),
        indicators=[_row(row, measures.targets.get(row.pk, {}), years, wanted) for row in indicators],
        money=[(year, amounts.get(int(year))) for year in years],
        initiatives=links.get(element.pk, set()),
        fits=wanted.fits(element, indicators),
    )


def _level_shown(element: PlanElement) -> str:
    """The level in words, unless the text begins with it ("Program Pengelolaan Persampahan")."""
    label = Level(element.level).label
    return "" if element.text.startswith(f"{label} ") else label


def _row(indicator: Indicator, targets: dict[int, str], years: list[str], wanted: TreeFilter) -> IndicatorRow:
    return IndicatorRow(
        name=marked(indicator.name, wanted.words),
        unit=indicator.unit,
        baseline=indicator.baseline,
        targets=[(year, targets.get(int(year), "")) for year in years],
        end_condition=indicator.end_condition,
        agency=indicator.agency.short_name if indicator.agency else "",
    )


def _joined(branches: dict[int, Branch]) -> list[Branch]:
    """The top of the tree; below each node the levels in their order, and within a level the codes."""
    roots: list[Branch] = []
    for branch in sorted(branches.values(), key=lambda branch: _PLACE_OF_LEVEL[branch.element.level]):
        parent = branches.get(branch.element.parent_id or 0)
        (parent.children if parent else roots).append(branch)
        branch.begins_sample = branch.element.is_sample and not (parent and parent.element.is_sample)
    return roots


def _narrowed(roots: list[Branch], wanted: TreeFilter) -> list[Branch]:
    """What was asked for, opened, with what leads to it and, where nothing narrower was asked, what stands below."""
    if wanted.mission:
        roots = [root for root in roots if root.element.pk == int(wanted.mission)]
    seeks = bool(wanted.search or wanted.level or wanted.agency)
    branch = int(wanted.branch) if wanted.branch else None
    kept = [root for root in roots if _keep(root, wanted, below=False) or not seeks]
    for root in kept:
        _open(root, wanted, seeks, branch)
        root.is_open = root.is_open or bool(wanted.mission)
    return kept


def _keep(node: Branch, wanted: TreeFilter, *, below: bool) -> bool:
    """Drop the children that lead to nothing; whether the node itself stays."""
    inside = below or (node.fits and wanted.keeps_below)
    node.children = [child for child in node.children if _keep(child, wanted, below=inside)]
    return below or node.fits or bool(node.children)


def _open(node: Branch, wanted: TreeFilter, seeks: bool, branch: int | None) -> bool:
    """Open what leads to a match or to `branch`; whether there is one at or below the node."""
    inside = [_open(child, wanted, seeks, branch) for child in node.children]
    here = node.element.pk == branch
    told = seeks and node.fits and any("<mark>" in row.name for row in node.indicators)
    node.is_open = any(inside) or here or told or wanted.opened == ALL
    return any(inside) or here or (seeks and node.fits)


def _agencies(elements: list[PlanElement], measures: Measures) -> list[Agency]:
    found = {element.agency.pk: element.agency for element in elements if element.agency}
    for rows in measures.indicators.values():
        found |= {row.agency.pk: row.agency for row in rows if row.agency}
    return sorted(found.values(), key=lambda agency: (agency.order, agency.name))


def _totals(roots: list[Branch], years: list[str]) -> list[MissionTotal]:
    """A row per mission, and one for programs that stand outside any."""
    missions = [root for root in roots if root.element.level == Level.MISSION]
    rows = [_total(mission.element, [mission], years) for mission in missions]
    rest = _total(None, [root for root in roots if root not in missions], years)
    return [*rows, rest] if rest.programs else rows


def _total(element: PlanElement | None, roots: list[Branch], years: list[str]) -> MissionTotal:
    nodes = [node for root in roots for node in root.walk()]
    programs = [node for node in nodes if node.element.level == Level.PROGRAM]
    money = [(year, sum(program.money[place][1] or 0 for program in programs)) for place, year in enumerate(years)]
    initiatives = {pk for node in nodes for pk in node.initiatives}
    return MissionTotal(element, len(programs), len(initiatives), money, sum(amount for _, amount in money))
