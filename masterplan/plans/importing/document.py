"""A development plan as a workbook tells it: nodes with indicators, targets and money. Plain values, no tables.

Agencies and programs are told by their ids, which `PlanContext` offers; everything else as people wrote it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from masterplan.reference import Level, PlanKind

Json = dict[str, Any]

# Missions belong to the regency's plan; activities appear only in the plans of the agencies.
NOT_IN_KIND: dict[str, frozenset[Level]] = {
    PlanKind.RPJMD: frozenset({Level.ACTIVITY, Level.SUB_ACTIVITY}),
    PlanKind.RENSTRA: frozenset({Level.MISSION}),
}


@dataclass
class FileIndicator:
    """An indicator; targets by year, as written."""

    name: str
    unit: str = ""
    baseline: str = ""
    end_condition: str = ""
    direction: str = ""
    agency: int | None = None
    targets: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> Json:
        """Plain values, the years as text."""
        return {**vars(self), "targets": {str(year): text for year, text in sorted(self.targets.items())}}


@dataclass
class FileNode:
    """A node with what stands below it; `ceilings` in whole rupiah by year, `sheet` and `row` where it begins.

    A row of 0: the file does not name it, the portal holds it above what the file names.
    """

    level: str
    code: str
    text: str
    sheet: str = ""
    row: int = 0
    agency: int | None = None
    carries_out: int | None = None
    indicators: list[FileIndicator] = field(default_factory=list)
    ceilings: dict[int, int] = field(default_factory=dict)
    children: list["FileNode"] = field(default_factory=list)
    parent: "FileNode | None" = field(default=None, repr=False, compare=False)
    column: int = field(default=0, compare=False)
    # What a correction names it by: sheet, row and column, with a number where one cell holds several.
    address: str = field(default="", compare=False)

    def walk(self) -> Iterator["FileNode"]:
        """The node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def named(self) -> str:
        """How a sentence calls it: `2.16.03 Program Aplikasi Informatika`, not longer than a line."""
        said = f"{self.code} {self.text}".strip()
        return said if len(said) <= 80 else f"{said[:79].rstrip()}…"


@dataclass(frozen=True)
class KnownAgency:
    """An agency that a plan may name, with all names it goes or went by, and who came after it."""

    pk: int
    name: str
    names: tuple[str, ...] = ()
    ended: bool = False
    successor: int | None = None


class StoredAncestor(NamedTuple):
    """A node of the portal above one that a file names alone."""

    level: str
    code: str
    text: str


@dataclass(frozen=True)
class PlanContext:
    """What the reader knows of the plan that the file is for. `programs`: those of the RPJMD, code and text by id."""

    kind: str
    start_year: int
    end_year: int
    place: str
    units: tuple[KnownAgency, ...] = ()
    programs: tuple[tuple[int, str, str], ...] = ()
    # Values that the plan holds already: whoever wrote them knew what they mean.
    known: frozenset[str] = frozenset()
    # Nodes that the plan holds already, by level and folded words, each with those above it, from the top.
    above: Mapping[tuple[str, str], tuple["StoredAncestor", ...]] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years of the plan, both ends included."""
        return range(self.start_year, self.end_year + 1)


class SkippedRow(NamedTuple):
    """A row of a table, or one around it, that became nothing in the plan."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclass
class PlanDocument:
    """What a workbook holds. `speaks` are the columns it has: what it does not speak of, it does not change."""

    nodes: list[FileNode] = field(default_factory=list)
    vision: str = ""
    speaks: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    rows: int = 0

    def walk(self) -> Iterator[FileNode]:
        """Every node, depth first."""
        for node in self.nodes:
            yield from node.walk()
