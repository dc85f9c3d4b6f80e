"""A development plan as a workbook holds it: nodes with indicators, targets and money. Plain values, no tables.

Agencies and programs are named by their ids, which `PlanContext` offers; everything else stands as people wrote it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from masterplan.reference import Level, PlanKind

Json = dict[str, Any]
RANK = {level.value: rank for rank, level in enumerate(Level)}
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

    A row of 0: the file does not name it, the portal holds it above what the file names. `address` names it for a
    correction: sheet, row and column, with a number where one cell holds several.
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
    address: str = field(default="", compare=False)

    def walk(self) -> Iterator["FileNode"]:
        """The node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def title(self) -> str:
        """How a sentence calls it: `2.16.03 Program Aplikasi Informatika`, not longer than a line."""
        return shortened(f"{self.code} {self.text}".strip(), 80)


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


@dataclass(frozen=True)
class KnownAgency:
    """An agency that a plan may name, with all names it goes or went by, and its successor."""

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
    """What the reader knows of the plan that the file is for.

    `programs` are those of the RPJMD (id, code, text). `known_values` stand in the plan already: whoever wrote them
    knew what they mean. `ancestors` gives for stored nodes, by level and folded words, the nodes above from the top.
    """

    kind: str
    start_year: int
    end_year: int
    place: str
    agencies: tuple[KnownAgency, ...] = ()
    programs: tuple[tuple[int, str, str], ...] = ()
    known_values: frozenset[str] = frozenset()
    ancestors: Mapping[tuple[str, str], tuple[StoredAncestor, ...]] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years of the plan, both ends included."""
        return range(self.start_year, self.end_year + 1)

    @property
    def period(self) -> str:
        """The years as a sentence writes them."""
        return f"{self.start_year}–{self.end_year}"

    def has_level(self, level: str) -> bool:
        """Whether a plan of this kind has the level at all."""
        return Level(level) not in NOT_IN_KIND[self.kind]


class SkippedRow(NamedTuple):
    """A row of a table, or one around it, that became nothing in the plan."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclass
class PlanDocument:
    """What a workbook holds. `contents` are the sorts of columns it has: what is not among them is not changed."""

    nodes: list[FileNode] = field(default_factory=list)
    vision: str = ""
    contents: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    skipped: list[SkippedRow] = field(default_factory=list)
    rows: int = 0
    remarks: Counter[str] = field(default_factory=Counter)

    def walk(self) -> Iterator[FileNode]:
        """Every node, depth first."""
        for node in self.nodes:
            yield from node.walk()

    @property
    def notes(self) -> list[str]:
        """What the reader remarked, each sentence once with how often it applied."""
        return [f"{sentence} ({times} kali)" if times > 1 else sentence for sentence, times in self.remarks.items()]
