"""What the portal holds of a development plan, read in a fixed number of queries: for comparing with a file, for
reading one, and for writing one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from masterplan.models import AlignmentLink, DevelopmentPlan, PlanElement
from masterplan.plans.importing.document import RANK, KnownAgency, PlanContext, StoredAncestor
from masterplan.reference import Level, PlanKind
from smartcity.common.workbooks.cells import folded

Json = dict[str, Any]


@dataclass
class StoredNode:
    """A node as it stands in the portal. `bound` says in a few words what keeps it from being removed."""

    pk: int
    version: int
    level: str
    code: str
    text: str
    parent: int | None
    agency: int | None
    carries_out: int | None
    indicators: list[Json]
    ceilings: dict[int, int]
    sort_key: str
    bound: str = ""
    children: list["StoredNode"] = field(default_factory=list)

    def walk(self) -> Iterator["StoredNode"]:
        """The node and all below it, in the order in which a file names them."""
        yield self
        for child in self.children:
            yield from child.walk()


def stored_tree(plan: DevelopmentPlan) -> list[StoredNode]:
    """The tops of the plan. Programs stand before strategies, so that the rows above a node say where it hangs."""
    rows = plan.elements.prefetch_related("indicators__targets", "ceilings")
    linked, bound = _bound(plan)
    nodes = {row.pk: _node(row, linked, bound) for row in rows}
    tops: list[StoredNode] = []
    for node in sorted(nodes.values(), key=_place):
        parent = nodes.get(node.parent or 0)
        (parent.children if parent else tops).append(node)
    return tops


def _place(node: StoredNode) -> tuple[bool, int, str, int]:
    """At the top of a plan, what is narrower comes first: it hangs below nothing."""
    rank = RANK[node.level]
    return node.level != Level.PROGRAM, -rank if node.parent is None else rank, node.sort_key, node.pk


def _bound(plan: DevelopmentPlan) -> tuple[set[int], dict[int, str]]:
    """Indicators that links name, and nodes that others name, with the reason."""
    links = AlignmentLink.objects.filter(element__plan=plan).order_by().values_list("element", "indicator")
    bound: dict[int, str] = {}
    others_of = {"carried_out_by": "dilaksanakan program Renstra", "replaced_by": "dirujuk periode berikutnya"}
    for others, why in others_of.items():
        for pk in plan.elements.filter(**{f"{others}__isnull": False}).values_list("pk", flat=True):
            bound[pk] = why
    linked = set()
    for element, indicator in links:
        bound[element] = "tertaut dengan inisiatif"
        linked.add(indicator)
    return linked - {None}, bound


def _node(row: PlanElement, linked: set[int], bound: dict[int, str]) -> StoredNode:
    indicators = [
        {
            "id": each.pk, "name": each.name, "unit": each.unit, "baseline": each.baseline,
            "end_condition": each.end_condition, "direction": each.direction, "agency": each.agency_id,
            "targets": {str(target.year): target.text for target in each.targets.all()}, "linked": each.pk in linked,
        }
        for each in row.indicators.all()
    ]  # fmt: skip
    return StoredNode(
        pk=row.pk, version=row.edit_version, level=row.level, code=row.code, text=row.text, parent=row.parent_id,
        agency=row.agency_id, carries_out=row.carries_out_id, indicators=indicators,
        ceilings={ceiling.year: ceiling.amount for ceiling in row.ceilings.all()},
        sort_key=row.sort_key, bound=bound.get(row.pk, ""),
    )  # fmt: skip


def context_of(plan: DevelopmentPlan, tops: list[StoredNode]) -> PlanContext:
    """What the reader of a file for this plan must know."""
    today = timezone.localdate()
    agencies = tuple(
        KnownAgency(
            agency.pk, agency.name, (agency.short_name, *map(str, agency.aliases)),
            ended=not agency.exists_on(today), successor=agency.successor_id,
        )
        for agency in plan.regency.agencies.all()
    )  # fmt: skip
    indicators = [each for top in tops for node in top.walk() for each in node.indicators]
    known = {each[key] for each in indicators for key in ("baseline", "end_condition")}
    known |= {text for each in indicators for text in each["targets"].values()}
    years, place = (plan.start_year, plan.end_year), plan.regency.full_name
    ancestors = dict(_ancestors(tops, ()))
    return PlanContext(plan.kind, *years, place, agencies, _programs(plan), frozenset(known), ancestors)


def _ancestors(
    nodes: list[StoredNode], path: tuple[StoredAncestor, ...]
) -> Iterator[tuple[tuple[str, str], tuple[StoredAncestor, ...]]]:
    """The nodes that stand below others, each with the path to it; of those with the same words the first counts."""
    for node in reversed(nodes):
        yield from _ancestors(node.children, (*path, StoredAncestor(node.level, node.code, node.text)))
        if path:
            yield (node.level, folded(node.text)), path


def _programs(plan: DevelopmentPlan) -> tuple[tuple[int, str, str], ...]:
    """The programs of the RPJMD in the years of a Renstra."""
    if plan.kind != PlanKind.RENSTRA:
        return ()
    rows = PlanElement.objects.filter(
        plan__regency=plan.regency_id, plan__kind=PlanKind.RPJMD, level=Level.PROGRAM,
        plan__start_year__lte=plan.end_year, plan__end_year__gte=plan.start_year,
    )  # fmt: skip
    # Of two periods that overlap the earlier counts: a Renstra follows the RPJMD it was written under.
    return tuple(rows.order_by("-plan__start_year", "sort_key").values_list("pk", "code", "text"))
