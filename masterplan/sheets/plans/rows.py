"""Walks through the rows of a sheet and finds the node each is about: levels side by side, or one level a row.

Blank cells mean what stands above them; a new node of a higher level ends that.
"""

import re
from collections.abc import Iterator, Mapping

from masterplan.reference import CHILD_LEVELS, Level, PlanKind
from masterplan.sheets.cells import folded
from masterplan.sheets.plans import roles
from masterplan.sheets.plans.codes import level_of_code, read_code
from masterplan.sheets.plans.columns import Levelled, Structure
from masterplan.sheets.plans.doubts import Doubts, Place
from masterplan.sheets.plans.growing import SKIP, Growth, split_label
from masterplan.sheets.plans.tree import Node
from masterplan.sheets.plans.values import plain_text
from masterplan.sheets.reader import Cell
from smartcity.common.reading import is_blank, tidy

Cells = Mapping[int, Cell]
_RANK = {level.value: rank for rank, level in enumerate(Level)}
_TOTAL = re.compile(r"(?:sub ?)?(?:jumlah|total)\b.*", re.IGNORECASE)
_HEADING = re.compile(r"(?:bidang )?urusan\b.*|unsur\b.*|(?:non )?urusan\b.*", re.IGNORECASE)
_WORDS: tuple[tuple[str, str], ...] = (
    (Level.SUB_ACTIVITY, r"sub ?-?kegiatan\b"),
    (Level.ACTIVITY, r"kegiatan\b"),
    (Level.POLICY_DIRECTION, r"arah kebijakan\b"),
    (Level.PROGRAM, r"program\b"),
    (Level.MISSION, r"misi\b"),
    (Level.GOAL, r"tujuan\b"),
    (Level.OBJECTIVE, r"sasaran\b"),
    (Level.STRATEGY, r"strategi\b"),
)


def level_of_words(text: str) -> str:
    """The level that the first word of a text names, as in `Program Aplikasi Informatika` or `MISI 1: ...`."""
    plain = folded(text)
    return next((str(level) for level, pattern in _WORDS if re.match(pattern, plain)), "")


def is_total(cells: Cells, structure: Structure) -> bool:
    """Whether a row only adds up what stands above it, as it says where others name a node."""
    named = (cells[column] for column in sorted(structure.naming) if column in cells)
    first = next((cell for cell in named if cell.kind == "s"), None)
    return first is not None and bool(_TOTAL.fullmatch(str(first.value).strip()))


class RowsOfLevels:
    """A sheet with a column for each level: VISI, MISI, TUJUAN, SASARAN, PROGRAM."""

    def __init__(self, structure: Structure, growth: Growth, doubts: Doubts) -> None:
        self._structure, self._growth, self._doubts = structure, growth, doubts
        self._current: dict[str, Node] = {}
        self._skipping = ""

    @property
    def current(self) -> list[Node]:
        """The nodes that the rows so far end with."""
        return list(self._current.values())

    def nodes_of(self, cells: Cells, sheet: str, row: int) -> dict[str, Node]:
        """The nodes that the row stands below or is about, by level."""
        changed = False
        for each in self._structure.levels:
            text = " ".join(plain_text(cells.get(each.column)).split())
            code = self._code(each, cells, sheet, row)
            if is_blank(tidy(text)) and not code:
                if changed:
                    self._current.pop(each.level, None)
                continue
            before = self._current.get(each.level)
            node = self._node(each, code, text, Place(sheet, row, each.column))
            if node is not before:
                changed = True
                self._forget_below(each.level)
            if node is None:
                self._current.pop(each.level, None)
            else:
                self._current[each.level] = node
        return self._current

    def _node(self, each: Levelled, code: str, text: str, place: Place) -> Node | None:
        before = self._current.get(each.level)
        if is_blank(tidy(text)):
            return self._growth.with_code(each.level, code) or before
        own, words = split_label(text)
        if not each.codes and own:
            code, text = own, words
        is_same = before is not None and code in ("", before.code) and folded(before.text) == folded(text)
        if before and is_same and self._is_here(before):
            return before
        if not self._growth.stands_in_kind(each.level):
            self._growth.note(f"{Level(each.level).label} tidak ada pada jenis dokumen ini, jadi dilewati.")
            return None
        chain = [node for level, node in sorted(self._current.items(), key=lambda pair: _RANK[pair[0]])]
        above = [node for node in chain if _RANK[node.level] < _RANK[each.level]]
        return self._growth.place(each.level, code, text, above, place, adrift=roles.PARENT in self._structure.single)

    def _is_here(self, node: Node) -> bool:
        """Whether the node of the row before still stands below the nodes of this row."""
        above = {id(other) for level, other in self._current.items() if _RANK[level] < _RANK[node.level]}
        parent = node.parent
        return parent is None or id(parent) in above or not above

    def _forget_below(self, level: str) -> None:
        for lower in [each for each in self._current if _RANK[each] > _RANK[level]]:
            self._current.pop(lower)

    def _code(self, each: Levelled, cells: Cells, sheet: str, row: int) -> str:
        return joined_code(each.codes, cells, sheet, row, self._doubts, self._growth)

    def subject(self, nodes: Mapping[str, Node], level: str) -> Node | None:
        """The node that measures of `level` belong to; "" means the lowest of the row."""
        if level:
            return nodes.get(level)
        return max(nodes.values(), key=lambda node: _RANK[node.level], default=None)


class RowsOfNodes:
    """A sheet with one node a row: `1.2.1 | Sasaran ... | indicator | ...`, or texts stepping to the right."""

    def __init__(self, structure: Structure, growth: Growth, doubts: Doubts) -> None:
        self._structure, self._growth, self._doubts = structure, growth, doubts
        self._chain: list[tuple[int, Node]] = []
        self._node: Node | None = None

    @property
    def current(self) -> list[Node]:
        """The node that the rows so far end with."""
        return [self._node] if self._node else []

    def node_of(self, cells: Cells, sheet: str, row: int) -> Node | None:
        """The node that the row is about: the one it begins, or the one above it."""
        column, text, depth = self._text(cells)
        if not text:
            return self._node
        place = Place(sheet, row, column)
        code = joined_code(self._structure.codes, cells, sheet, row, self._doubts, self._growth)
        level, code, text = self._level(cells, code, text, depth, place)
        if not level:
            self._node = None
            return None
        if not self._growth.stands_in_kind(level):
            self._growth.note(f"{Level(level).label} tidak ada pada jenis dokumen ini, jadi dilewati.")
            self._node = None
            return None
        before = self._node
        if before and before.level == level and before.code == code and folded(before.text) == folded(text):
            return before
        adrift = roles.PARENT in self._structure.single
        self._node = self._growth.place(level, code, text, self._above(level, code), place, adrift=adrift)
        if self._node is not None:
            self._chain = [(at, node) for at, node in self._chain if _RANK[node.level] < _RANK[level]]
            self._chain.append((depth, self._node))
        return self._node

    def _text(self, cells: Cells) -> tuple[int, str, int]:
        """Column and words of the first filled text, and how far it is set in."""
        for order, column in enumerate(self._structure.texts):
            written = plain_text(cells.get(column))
            if not is_blank(tidy(written)):
                blanks = len(written) - len(written.lstrip(" \u00a0\t"))
                return column, " ".join(written.split()), order * 1000 + blanks
        return 0, "", 0

    def _level(self, cells: Cells, code: str, text: str, depth: int, place: Place) -> tuple[str, str, str]:
        """Level, code and words of a row; "" where it only heads the rows below it."""
        named = self._structure.single.get(roles.LEVEL, 0)
        if named and named in cells:
            return level_of_words(plain_text(cells[named])) or self._ask_for_level(place, text, depth), code, text
        if not code and self._growth.setting.kind and not self._structure.codes:
            code, text = self._own_code(text)
        by_words = level_of_words(text)
        own, words = split_label(text)
        if by_words and words != text:
            return by_words, code or own, words
        code, text = code or own, words
        by_code = level_of_code(code, self._growth.setting.kind)
        if not by_code and self._counts_on(code):
            by_code = str(Level.GOAL)
        if _HEADING.fullmatch(text) or (not by_code and self._is_field(code)):
            self._growth.note("Baris judul urusan tidak menjadi unsur rencana.")
            return "", "", ""
        return by_code or by_words or self._ask_for_level(place, text, depth), code, text

    def _counts_on(self, code: str) -> bool:
        """Whether 1.10 is the goal after 1.9, and not a field of the nomenclature."""
        head, _, last = code.rpartition(".")
        return last.isdigit() and self._growth.with_code(Level.GOAL, f"{head}.{int(last) - 1}") is not None

    def _own_code(self, text: str) -> tuple[str, str]:
        found = re.fullmatch(r"(\d[\d.]*\d|\d)[.)]?\s+(\D.*)", text)
        return (found[1], found[2]) if found and level_of_code(found[1], self._growth.setting.kind) else ("", text)

    def _is_field(self, code: str) -> bool:
        """2.16 heads the programs of a field."""
        return bool(re.fullmatch(r"[\dX]\.[\dX]{2}", code))

    def _ask_for_level(self, place: Place, text: str, depth: int) -> str:
        """By the indent: the level of the last row set in as far, else the one below the row above."""
        same = next((node.level for at, node in reversed(self._chain) if at == depth), "")
        if same:
            return same
        above = next((node for at, node in reversed(self._chain) if at < depth), None)
        usual = self._usual_below(above)
        if usual and (self._chain or depth == 0 or self._structure.texts[1:]):
            self._growth.note("Jenjang sebagian baris diambil dari lekukan atau urutan kolomnya.")
            return usual
        levels = [level for level in Level if self._growth.stands_in_kind(level)]
        choices = [(SKIP, "Lewati baris ini"), *((level.value, level.label) for level in levels)]
        sentence = f"Jenjang “{text[:80]}” tidak dikenal."
        answer = self._doubts.ask(place, sentence, choices, usual, f"{place.sheet}!{place.row}:jenjang")
        return "" if answer == SKIP else answer

    def _usual_below(self, node: Node | None) -> str:
        is_rpjmd = self._growth.setting.kind == PlanKind.RPJMD
        if node is None:
            return str(Level.MISSION if is_rpjmd else Level.PROGRAM)
        below = [level for level in CHILD_LEVELS[node.level] if self._growth.stands_in_kind(level)]
        # Below an objective most tables go on with programs; strategies say that they are strategies.
        return str(below[-1]) if below else ""

    def _above(self, level: str, code: str) -> list[Node]:
        """What the node may stand below: whose code begins its own, else the rows above it."""
        head = code.rpartition(".")[0]
        while head:
            for upper in CHILD_LEVELS:
                found = self._growth.with_code(upper, head) if upper else None
                if found and level in CHILD_LEVELS[found.level]:
                    return [found]
            head = head.rpartition(".")[0]
        return [node for _, node in self._chain]


def joined_code(columns: list[int], cells: Cells, sheet: str, row: int, doubts: Doubts, growth: Growth) -> str:
    """The code of a row; groups in columns of their own are joined, and padded as the nomenclature has them."""
    filled = [column for column in columns if column in cells]
    if len(columns) < 2:
        return next((read_code(cells[each], Place(sheet, row, each), doubts, growth.codes()) for each in filled), "")
    groups = list(_groups(filled, cells))
    return ".".join(groups)


def _groups(filled: list[int], cells: Cells) -> Iterator[str]:
    for place, column in enumerate(filled):
        text = plain_text(cells[column]).strip().strip(".")
        if text:
            # Field, program and activity have two digits; Excel drops the nought before a single one.
            yield text.zfill(2) if place in (1, 2, 4) and text.isdigit() and "." not in text else text
