"""What a file would change in a plan: added, changed, unchanged, and what the file does not name.

An empty cell erases nothing, a column that is not in the file changes nothing, and what vanished stays until somebody
says otherwise.
"""

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
    """What becomes of one node of the file. `parent` is the place of the step above it in the list, or None."""

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
            inside = next((kept[child.pk] for child in node.children if kept.get(child.pk)), "")
            stays = "masih ada unsur di bawahnya" if any(child.pk not in gone for child in node.children) else ""
            linked = "indikatornya dirujuk inisiatif" if any(each["linked"] for each in node.indicators) else ""
            kept[node.pk] = node.bound or linked or stays or ("di bawahnya ada yang harus tetap" if inside else "")
        return [
            {"pk": node.pk, "level": node.level, "code": node.code, "text": node.text, "why": kept[node.pk]}
            for node in self.vanished
        ]


def compare(document: PlanDocument, tops: Iterable[StoredNode]) -> Difference:
    """The file against the plan. A node is found again by level and code, else by level, parent and words."""
    listed = [node for top in tops for node in top.walk()]
    finder = _Finder(listed)
    found = Difference()
    for node in document.nodes:
        _walk(node, None, None, 0, finder, document.speaks, found)
    levels = {step.node.level for step in found.steps if step.node.row}
    found.vanished = [node for node in listed if node.pk not in finder.taken and node.level in levels]
    return found


def _walk(
    node: FileNode, above: int | None, parent: StoredNode | None, depth: int, finder: "_Finder", speaks: set[str],
    found: Difference,
) -> None:  # fmt: skip
    stored = finder.find(node, parent)
    step = NodeChange(node, stored, above, depth)
    if stored is None:
        step.data = _new(node)
    else:
        _change(step, stored, parent, is_below_new=above is not None and parent is None, speaks=speaks)
    place = len(found.steps)
    found.steps.append(step)
    for child in node.children:
        _walk(child, place, stored, depth + 1, finder, speaks, found)


class _Finder:
    """Finds each stored node at most once."""

    def __init__(self, listed: list[StoredNode]) -> None:
        self.taken: set[int] = set()
        self._by_code = {(node.level, node.code): node for node in listed if node.code}
        self._by_words: dict[tuple[str, int | None, str], list[StoredNode]] = {}
        self._anywhere: dict[tuple[str, str], list[StoredNode]] = {}
        for node in listed:
            self._by_words.setdefault((node.level, node.parent, folded(node.text)), []).append(node)
            self._anywhere.setdefault((node.level, folded(node.text)), []).append(node)

    def find(self, node: FileNode, parent: StoredNode | None) -> StoredNode | None:
        by_code = self._by_code.get((node.level, node.code)) if node.code else None
        words = folded(node.text)
        below = self._by_words.get((node.level, parent.pk if parent else None, words), [])
        everywhere = self._anywhere.get((node.level, words), [])
        candidates = [*([by_code] if by_code else []), *below, *(everywhere if len(everywhere) == 1 else [])]
        chosen = next((each for each in candidates if each.pk not in self.taken), None)
        if chosen:
            self.taken.add(chosen.pk)
        return chosen


def _new(node: FileNode) -> Json:
    return {
        "level": node.level, "code": node.code, "text": node.text, "agency": node.agency,
        "carries_out": node.carries_out,
        "indicators": [_new_indicator(each) for each in node.indicators],
        "ceilings": {str(year): amount for year, amount in sorted(node.ceilings.items())},
    }  # fmt: skip


def _new_indicator(measure: FileIndicator) -> Json:
    return {**measure.as_json(), "direction": measure.direction or Direction.UP.value}


def _change(
    step: NodeChange, stored: StoredNode, parent: StoredNode | None, *, is_below_new: bool, speaks: set[str]
) -> None:
    node = step.node
    if not _same(node.text, stored.text):
        _say(step, "text", "Uraian", stored.text, node.text)
    if node.code and node.code != stored.code:
        _say(step, "code", "Kode", stored.code, node.code)
    if is_below_new or (parent is not None and stored.parent != parent.pk):
        step.data["parent"] = parent.pk if parent else None
        step.says.append({"label": "Induk", "old": "", "new": "pindah"})
    if roles.AGENCY in speaks and node.agency and node.agency != stored.agency:
        step.data["agency"] = node.agency
        step.says.append({"label": "Penanggung jawab", "old": stored.agency, "new": node.agency, "is_agency": True})
    if node.carries_out and node.carries_out != stored.carries_out:
        step.data["carries_out"] = node.carries_out
        step.says.append({"label": "Melaksanakan program RPJMD", "old": "", "new": "berubah"})
    _change_indicators(step, stored, speaks)
    _change_money(step, stored)


def _say(step: NodeChange, key: str, label: str, old: Any, new: Any) -> None:
    step.data[key] = new
    step.says.append({"label": label, "old": str(old), "new": str(new)})


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same; `-` and nothing do."""
    first, second = " ".join(one.split()), " ".join(other.split())
    return first == second or (is_blank(tidy(first)) and is_blank(tidy(second)))


def _change_indicators(step: NodeChange, stored: StoredNode, speaks: set[str]) -> None:
    rows = [dict(each) for each in stored.indicators]
    pairs = _paired(step.node.indicators, rows)
    said = len(step.says)
    for measure, row in pairs:
        if row is None:
            rows.append(_new_indicator(measure))
            step.says.append({"label": "Indikator baru", "old": "", "new": measure.name})
        else:
            _change_indicator(step, measure, row, speaks)
    if len(step.says) > said:
        step.data["indicators"] = [{key: value for key, value in row.items() if key != "linked"} for row in rows]


def _paired(measures: list[FileIndicator], rows: list[Json]) -> list[tuple[FileIndicator, Json | None]]:
    """Each indicator of the file with the stored one of its name, or the one it is surely a new name for."""
    by_name = {folded(row["name"]): row for row in rows}
    free = [row for row in rows if folded(row["name"]) not in {folded(each.name) for each in measures}]
    pairs: list[tuple[FileIndicator, Json | None]] = []
    for measure in measures:
        row = by_name.get(folded(measure.name))
        if row is None and free:
            ratio, best = max(((_ratio(measure.name, each["name"]), each) for each in free), key=lambda pair: pair[0])
            row = best if ratio >= _RENAMED else None
            free = [each for each in free if each is not row]
        pairs.append((measure, row))
    return pairs


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one), folded(other)).ratio()


def _change_indicator(step: NodeChange, measure: FileIndicator, row: Json, speaks: set[str]) -> None:
    before = row["name"]
    if not _same(measure.name, before):
        row["name"] = measure.name
        step.says.append({"label": "Nama indikator", "old": before, "new": measure.name})
    for key, label in _LABELS.items():
        new = getattr(measure, key)
        told = key != "direction" or roles.DIRECTION in speaks
        if told and not is_blank(tidy(new)) and not _same(new, row[key]):
            old, row[key] = row[key], new
            shown = [Direction(value).label if key == "direction" else value for value in (old, new)]
            step.says.append({"label": f"{measure.name}, {label}", "old": str(shown[0]), "new": str(shown[1])})
    if measure.agency and measure.agency != row["agency"]:
        step.says.append({"label": f"{measure.name}, penanggung jawab", "old": row["agency"], "new": measure.agency,
                          "is_agency": True})  # fmt: skip
        row["agency"] = measure.agency
    row["targets"] = dict(row["targets"])
    for year, text in sorted(measure.targets.items()):
        old = row["targets"].get(str(year), "")
        if text and not _same(text, old):
            row["targets"][str(year)] = text
            step.says.append({"label": f"{measure.name}, target {year}", "old": old, "new": text})


def _change_money(step: NodeChange, stored: StoredNode) -> None:
    if step.node.level not in LEVELS_WITH_MONEY:
        return
    told = sorted(step.node.ceilings.items())
    changed = {year: amount for year, amount in told if stored.ceilings.get(year) != amount}
    for year, amount in changed.items():
        old = stored.ceilings.get(year)
        shown = format_money(old) if old is not None else ""
        step.says.append({"label": f"Pagu {year}", "old": shown, "new": format_money(amount)})
    if changed:
        step.data["ceilings"] = {str(year): amount for year, amount in (stored.ceilings | changed).items()}


def counts_of(found: Difference) -> Json:
    """How many nodes are added, changed, the same and not named, and how many of each level the file has."""
    states = [step.state for step in found.steps]
    return {
        **{state: states.count(state) for state in (ADDED, CHANGED, SAME)},
        "vanished": len(found.vanished),
        "levels": {
            level.label: count for level in Level if (count := sum(step.node.level == level for step in found.steps))
        },
    }
