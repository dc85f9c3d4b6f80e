"""A development plan arranged as the page reads it: branches, what a search leaves of them, money per mission.

Seven queries whatever the size of the plan. Only reads; changing a node is the business of `plan_elements`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from agencies.access import AnyUser
from agencies.models import Agency, Regency
from masterplan.models import DevelopmentPlan, Indicator, PlanElement
from masterplan.reference import InitiativeStatus, Level, LinkState
from masterplan.views.loading import visible_initiatives

ALL = "semua"
_LONGEST_SEARCH = 100
_PLACE_OF_LEVEL = {level.value: place for place, level in enumerate(Level)}
# Initiatives by the id of the plan element they are tied to.
Links = Mapping[int, set[int]]


@dataclass(frozen=True)
class TreeFilter:
    """What of the tree is wanted; an unknown value narrows nothing."""

    search: str = ""
    level: str = ""
    agency: str = ""
    mission: str = ""
    opened: str = ""
    branch: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "TreeFilter":
        """From the address."""
        level, opened = query.get("jenjang", ""), query.get("buka", "")
        return cls(
            search=" ".join(query.get("cari", "").replace("\x00", "").split())[:_LONGEST_SEARCH],
            level=level if level in Level.values else "",
            agency=_number(query.get("opd", "")),
            mission=_number(query.get("misi", "")),
            opened=ALL if opened == ALL else "",
            branch=_number(query.get("cabang", "")),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that must all be found."""
        return tuple(self.search.casefold().split())

    @property
    def is_narrow(self) -> bool:
        """Whether something is hidden."""
        return bool(self.search or self.level or self.agency or self.mission)

    @property
    def keeps_below(self) -> bool:
        """Whether what stands below a match is shown too: not when a level or an agency was asked for."""
        return not (self.level or self.agency)

    def query(self, **changes: str) -> str:
        """The address's query with `changes`."""
        changed = replace(self, **changes)
        values = {
            "cari": changed.search,
            "jenjang": changed.level,
            "opd": changed.agency,
            "misi": changed.mission,
            "buka": changed.opened,
        }
        return urlencode({key: value for key, value in values.items() if value})

    def fits(self, element: PlanElement) -> bool:
        """Whether a node itself is what was asked for; the mission is a matter of its place."""
        if self.level and element.level != self.level:
            return False
        if self.agency and int(self.agency) not in _agencies_of(element):
            return False
        said = _said_by(element) if self.words else ""
        return all(word in said for word in self.words)


class IndicatorRow(NamedTuple):
    """An indicator with its targets in the order of the plan's years."""

    name: SafeString
    unit: str
    baseline: str
    targets: list[str]
    end_condition: str
    agency: str


@dataclass
class Branch:
    """A node with what stands below it."""

    element: PlanElement
    text: SafeString
    level: str
    indicators: list[IndicatorRow]
    amounts: list[int | None]
    children: list["Branch"] = field(default_factory=list)
    initiatives: set[int] = field(default_factory=set)
    fits: bool = False
    is_open: bool = False

    @property
    def total(self) -> int:
        """The ceilings of all years."""
        return sum(amount or 0 for amount in self.amounts)

    @property
    def has_money(self) -> bool:
        """Whether a ceiling is written, be it nought."""
        return any(amount is not None for amount in self.amounts)

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
    amounts: list[int]
    total: int


@dataclass
class Tree:
    """A plan as it is shown. Totals count the whole plan, so that a search never changes a sum."""

    years: list[int]
    branches: list[Branch]
    missions: list[PlanElement]
    agencies: list[Agency]
    levels: list[Level]
    totals: list[MissionTotal]
    size: int
    found: int
    programs: int
    indicators: int

    @property
    def year_totals(self) -> list[int]:
        """All programs, year by year."""
        return [sum(column) for column in zip(*(row.amounts for row in self.totals), strict=True)]

    @property
    def grand_total(self) -> int:
        """All programs in all years."""
        return sum(row.total for row in self.totals)

    @property
    def initiatives(self) -> int:
        """Initiatives tied to the plan; one that serves two missions counts in both rows, here once."""
        return len({pk for branch in self.branches for node in branch.walk() for pk in node.initiatives})


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


def plan_counts(regency: Regency) -> list[DevelopmentPlan]:
    """The plans of the regency, each with how many programs and indicators it has and how many carry out the RPJMD."""
    rows = regency.development_plans.select_related("agency", "predecessor")
    return list(
        rows.annotate(
            programs=Count("elements", filter=_is_program(), distinct=True),
            carried=Count("elements", filter=_is_program(carries_out__isnull=False), distinct=True),
            measures=Count("elements__indicators", distinct=True),
        )
    )


def read_tree(plan: DevelopmentPlan, *, wanted: TreeFilter, links: Links) -> Tree:
    """The plan with what `wanted` leaves of it."""
    rows = plan.elements.select_related("agency", "carries_out").prefetch_related(
        "indicators__targets", "indicators__agency", "ceilings"
    )
    elements = list(rows)
    years = sorted({*plan.years, *(ceiling.year for element in elements for ceiling in element.ceilings.all())})
    branches = {element.pk: _branch(element, years, wanted, links) for element in elements}
    roots = _joined(branches)
    whole = [branch for root in roots for branch in root.walk()]
    shown = _narrowed(roots, wanted)
    return Tree(
        years=years,
        branches=shown,
        missions=[branch.element for branch in roots if branch.element.level == Level.MISSION],
        agencies=_agencies(elements),
        levels=[level for level in Level if any(element.level == level for element in elements)],
        totals=_totals(roots, len(years)),
        size=len(elements),
        found=sum(branch.fits for root in shown for branch in root.walk()),
        programs=sum(branch.element.level == Level.PROGRAM for branch in whole),
        indicators=sum(len(branch.indicators) for branch in whole),
    )


def marked(text: str, words: Iterable[str]) -> SafeString:
    """`text`, escaped, with every occurrence of the words in `<mark>`."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return format_html("{}", text)
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    shapes = ("{}", "<mark>{}</mark>")
    return format_html_join("", "{}", ((format_html(shapes[n % 2], piece),) for n, piece in enumerate(pieces) if piece))


def _number(text: str) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) < 12 else ""


def _is_program(**more: object) -> Q:
    return Q(elements__level=Level.PROGRAM, **{f"elements__{key}": value for key, value in more.items()})


def _agencies_of(element: PlanElement) -> set[int | None]:
    return {element.agency_id, *(indicator.agency_id for indicator in element.indicators.all())}


def _said_by(element: PlanElement) -> str:
    agency = [element.agency.name, element.agency.short_name] if element.agency else []
    indicators = [indicator.name for indicator in element.indicators.all()]
    return " ".join((element.code, element.text, *agency, *indicators)).casefold()


def _branch(element: PlanElement, years: list[int], wanted: TreeFilter, links: Links) -> Branch:
    amounts = {ceiling.year: ceiling.amount for ceiling in element.ceilings.all()}
    return Branch(
        element=element,
        text=marked(element.text, wanted.words),
        level=Level(element.level).label,
        indicators=[_row(indicator, years, wanted) for indicator in element.indicators.all()],
        amounts=[amounts.get(year) for year in years],
        initiatives=links.get(element.pk, set()),
        fits=wanted.fits(element),
    )


def _row(indicator: Indicator, years: list[int], wanted: TreeFilter) -> IndicatorRow:
    targets = {target.year: target.text for target in indicator.targets.all()}
    return IndicatorRow(
        name=marked(indicator.name, wanted.words),
        unit=indicator.unit,
        baseline=indicator.baseline,
        targets=[targets.get(year, "") for year in years],
        end_condition=indicator.end_condition,
        agency=indicator.agency.short_name if indicator.agency else "",
    )


def _joined(branches: dict[int, Branch]) -> list[Branch]:
    """The top of the tree; below each node the levels in their order, and within a level the codes."""
    roots = []
    for branch in sorted(branches.values(), key=lambda branch: _PLACE_OF_LEVEL[branch.element.level]):
        parent = branches.get(branch.element.parent_id or 0)
        (parent.children if parent else roots).append(branch)
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


def _agencies(elements: list[PlanElement]) -> list[Agency]:
    found = {element.agency.pk: element.agency for element in elements if element.agency}
    for element in elements:
        found |= {row.agency.pk: row.agency for row in element.indicators.all() if row.agency}
    return sorted(found.values(), key=lambda agency: (agency.order, agency.name))


def _totals(roots: list[Branch], width: int) -> list[MissionTotal]:
    """A row per mission, and one for programs that stand outside any."""
    missions = [root for root in roots if root.element.level == Level.MISSION]
    rows = [_total(mission.element, [mission], width) for mission in missions]
    rest = _total(None, [root for root in roots if root not in missions], width)
    return [*rows, rest] if rest.programs else rows


def _total(element: PlanElement | None, roots: list[Branch], width: int) -> MissionTotal:
    nodes = [node for root in roots for node in root.walk()]
    programs = [node for node in nodes if node.element.level == Level.PROGRAM]
    amounts = [sum(program.amounts[place] or 0 for program in programs) for place in range(width)]
    initiatives = {pk for node in nodes for pk in node.initiatives}
    return MissionTotal(element, len(programs), len(initiatives), amounts, sum(amounts))
