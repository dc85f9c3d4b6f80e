"""What a file would change in a plan: nodes added, changed, unchanged, and those that the file does not name.

An empty cell erases nothing, a column that is not in the file changes nothing, and a node that the file does not name
stays until somebody decides otherwise.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from masterplan.plans.importing.compare.stored import StoredNode
from masterplan.plans.importing.document import FileIndicator, FileNode, PlanDocument
from masterplan.plans.importing.map import roles
from masterplan.reference import LEVELS_WITH_MONEY, Direction, Level
from smartcity.common.formatting import format_money
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded

Json = dict[str, Any]
ADDED, CHANGED, SAME = "added", "changed", "same"
# An indicator so alike is the same one under a better name.
_RENAMED = 0.8
_LABELS = {"unit": "satuan", "baseline": "kondisi awal", "end_condition": "kondisi akhir", "direction": "arah"}


@dataclass
class NodeChange:
    """What becomes of one node of the file: the `data` to store, and `says`, the changes in words.

    `parent` is the position in the list of the step above it, or None.
    """

    node: FileNode
    stored: StoredNode | None
    parent: int | None
    depth: int
    data: Json = field(default_factory=dict)
    says: list[Json] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Added, changed or the same."""
        if self.stored is None:
            return ADDED
        return CHANGED if self.data else SAME

    def describe(self, label: str, old: Any, new: Any, **more: Any) -> None:
        """Put a change into words."""
        self.says.append({"label": label, "old": old, "new": new, **more})

    def as_json(self) -> Json:
        """Plain values, for the page and for storing."""
        node, stored = self.node, self.stored
        return {
            "state": self.state, "level": node.level, "code": node.code or (stored.code if stored else ""),
            "text": node.text, "sheet": node.sheet, "row": node.row, "column": node.column, "address": node.address,
            "depth": self.depth, "parent": self.parent,
            "pk": stored.pk if stored else None, "version": stored.version if stored else 0,
            "data": self.data, "says": self.says, "indicators": len(node.indicators),
            "money": sum(node.ceilings.values()),
        }  # fmt: skip


@dataclass
class Difference:
    """All steps, depth first, and the stored nodes that the file does not name."""

    steps: list[NodeChange] = field(default_factory=list)
    vanished: list[StoredNode] = field(default_factory=list)

    def vanished_json(self) -> list[Json]:
        """What vanished; `why` says why it must stay, "" where somebody may have it removed."""
        gone = {node.pk for node in self.vanished}
        kept: dict[int, str] = {}
        for node in reversed(self.vanished):  # what is below comes later, so it is judged first
            inside = "di bawahnya ada yang harus tetap" if any(kept.get(child.pk) for child in node.children) else ""
            stays = "masih ada unsur di bawahnya" if any(child.pk not in gone for child in node.children) else ""
            linked = "indikatornya dirujuk inisiatif" if any(each["linked"] for each in node.indicators) else ""
            kept[node.pk] = node.bound or linked or stays or inside
        return [
            {"pk": node.pk, "level": node.level, "code": node.code, "text": node.text, "why": kept[node.pk]}
            for node in self.vanished
        ]


def compare(document: PlanDocument, tops: Iterable[StoredNode]) -> Difference:
    """The file against the plan. A node is found again by level and code, else by level, parent and words."""
    listed = [node for top in tops for node in top.walk()]
    comparison = _Comparison(document.contents, listed)
    for node in document.nodes:
        comparison.take(node, None, None, 0)
    steps = comparison.steps
    levels = {step.node.level for step in steps if step.node.row}
    vanished = [node for node in listed if node.pk not in comparison.found and node.level in levels]
    return Difference(steps, vanished)


class _Comparison:
    """Finds each stored node at most once; `contents` are the sorts of columns that the file has."""

    def __init__(self, contents: set[str], listed: list[StoredNode]) -> None:
        self._contents = contents
        self.steps: list[NodeChange] = []
        self.found: set[int] = set()
        self._by_code = {(node.level, node.code): node for node in listed if node.code}
        self._by_words: dict[tuple[str, int | None, str], list[StoredNode]] = {}
        self._anywhere: dict[tuple[str, str], list[StoredNode]] = {}
        for node in listed:
            self._by_words.setdefault((node.level, node.parent, folded(node.text)), []).append(node)
            self._anywhere.setdefault((node.level, folded(node.text)), []).append(node)

    def take(self, node: FileNode, above: int | None, parent: StoredNode | None, depth: int) -> None:
        """Compare a node and all below it; `above` is the position of the step of its parent."""
        stored = self._find(node, parent)
        step = NodeChange(node, stored, above, depth)
        if stored is None:
            step.data = _values_of(node)
        else:
            self._change(step, stored, parent, is_below_new=above is not None and parent is None)
        position = len(self.steps)
        self.steps.append(step)
        for child in node.children:
            self.take(child, position, stored, depth + 1)

    def _find(self, node: FileNode, parent: StoredNode | None) -> StoredNode | None:
        by_code = self._by_code.get((node.level, node.code)) if node.code else None
        words = folded(node.text)
        below = self._by_words.get((node.level, parent.pk if parent else None, words), [])
        everywhere = self._anywhere.get((node.level, words), [])
        candidates = [*([by_code] if by_code else []), *below, *(everywhere if len(everywhere) == 1 else [])]
        found = next((each for each in candidates if each.pk not in self.found), None)
        if found:
            self.found.add(found.pk)
        return found

    def _change(self, step: NodeChange, stored: StoredNode, parent: StoredNode | None, *, is_below_new: bool) -> None:
        node = step.node
        new: Json = {}
        if not _same(node.text, stored.text):
            new["text"] = node.text
            step.describe("Uraian", stored.text, node.text)
        if node.code and node.code != stored.code:
            new["code"] = node.code
            step.describe("Kode", stored.code, node.code)
        if is_below_new or (parent is not None and stored.parent != parent.pk):
            new["parent"] = parent.pk if parent else None
            step.describe("Induk", "", "pindah")
        if roles.AGENCY in self._contents and node.agency and node.agency != stored.agency:
            new["agency"] = node.agency
            step.describe("Penanggung jawab", stored.agency, node.agency, is_agency=True)
        if node.carries_out and node.carries_out != stored.carries_out:
            new["carries_out"] = node.carries_out
            step.describe("Melaksanakan program RPJMD", "", "berubah")
        step.data = new
        self._change_indicators(step, stored)
        _change_money(step, stored)

    def _change_indicators(self, step: NodeChange, stored: StoredNode) -> None:
        rows = [dict(each) for each in stored.indicators]
        pairs = _paired(step.node.indicators, rows)
        before = len(step.says)
        for indicator, row in pairs:
            if row is None:
                rows.append(_indicator_values(indicator))
                step.describe("Indikator baru", "", indicator.name)
            else:
                self._change_indicator(step, indicator, row)
        if len(step.says) > before:
            step.data["indicators"] = [{key: value for key, value in row.items() if key != "linked"} for row in rows]

    def _change_indicator(self, step: NodeChange, indicator: FileIndicator, row: Json) -> None:
        if not _same(indicator.name, row["name"]):
            step.describe("Nama indikator", row["name"], indicator.name)
            row["name"] = indicator.name
        for key, label in _LABELS.items():
            old, new = row[key], getattr(indicator, key)
            is_in_file = key != "direction" or roles.DIRECTION in self._contents
            if is_in_file and not is_blank(tidy(new)) and not _same(new, old):
                row[key] = new
                shown = [str(Direction(each).label) if key == "direction" else each for each in (old, new)]
                step.describe(f"{indicator.name}, {label}", *shown)
        if indicator.agency and indicator.agency != row["agency"]:
            step.describe(f"{indicator.name}, penanggung jawab", row["agency"], indicator.agency, is_agency=True)
            row["agency"] = indicator.agency
        row["targets"] = dict(row["targets"])
        for year, text in sorted(indicator.targets.items()):
            old = row["targets"].get(str(year), "")
            if text and not _same(text, old):
                row["targets"][str(year)] = text
                step.describe(f"{indicator.name}, target {year}", old, text)


def _values_of(node: FileNode) -> Json:
    return {
        "level": node.level, "code": node.code, "text": node.text, "agency": node.agency,
        "carries_out": node.carries_out,
        "indicators": [_indicator_values(each) for each in node.indicators],
        "ceilings": {str(year): amount for year, amount in sorted(node.ceilings.items())},
    }  # fmt: skip


def _indicator_values(indicator: FileIndicator) -> Json:
    return {**indicator.as_json(), "direction": indicator.direction or Direction.UP.value}


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same; `-` and nothing do."""
    first, second = " ".join(one.split()), " ".join(other.split())
    return first == second or (is_blank(tidy(first)) and is_blank(tidy(second)))


def _paired(indicators: list[FileIndicator], rows: list[Json]) -> list[tuple[FileIndicator, Json | None]]:
    """Each indicator of the file with the stored one of its name, or the one it is surely a new name for."""
    by_name = {folded(row["name"]): row for row in rows}
    free = [row for row in rows if folded(row["name"]) not in {folded(each.name) for each in indicators}]
    pairs: list[tuple[FileIndicator, Json | None]] = []
    for indicator in indicators:
        row = by_name.get(folded(indicator.name))
        if row is None and free:
            ratio, best = max(((_ratio(indicator.name, each["name"]), each) for each in free), key=lambda pair: pair[0])
            row = best if ratio >= _RENAMED else None
            free = [each for each in free if each is not row]
        pairs.append((indicator, row))
    return pairs


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one), folded(other)).ratio()


def _change_money(step: NodeChange, stored: StoredNode) -> None:
    if step.node.level not in LEVELS_WITH_MONEY:
        return
    changed = {
        year: amount for year, amount in sorted(step.node.ceilings.items()) if stored.ceilings.get(year) != amount
    }
    for year, amount in changed.items():
        old = stored.ceilings.get(year)
        step.describe(f"Pagu {year}", format_money(old) if old is not None else "", format_money(amount))
    if changed:
        step.data["ceilings"] = {str(year): amount for year, amount in (stored.ceilings | changed).items()}


def counts_of(found: Difference) -> Json:
    """How many nodes are added, changed, the same and not named, and how many of each level the file has."""
    states = Counter(step.state for step in found.steps)
    levels = Counter(step.node.level for step in found.steps)
    return {
        **{state: states[state] for state in (ADDED, CHANGED, SAME)},
        "vanished": len(found.vanished),
        "levels": {level.label: levels[level] for level in Level if levels[level]},
    }
