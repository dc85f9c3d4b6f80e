"""Walks through the rows of a sheet with a column for each level: VISI, MISI, TUJUAN, SASARAN, PROGRAM.

Blank cells mean what stands above them; a new node of a higher level ends that. Sheets with one node a row are walked
through in `steps`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from masterplan.plans.importing.corrections.corrections import SKIP
from masterplan.plans.importing.document import FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns, LevelColumn, SheetLayout
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.codes import read_code
from masterplan.plans.importing.read.phrases import (
    TitleLine,
    counted,
    is_capitals,
    is_heading,
    is_outcome,
    level_of_words,
    split_label,
)
from masterplan.plans.importing.read.tree_builder import RANK, TreeBuilder
from masterplan.plans.importing.read.values import is_list, lines_of, plain_text
from masterplan.reference import Level
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

Cells = Mapping[int, Cell]
SEVERAL, ONE, NODE, PHRASE = "several", "one", "node", "phrase"
HEADING = "Baris judul urusan tidak menjadi unsur rencana."
OUTCOME = "Kalimat outcome tidak menjadi unsur; indikatornya dipasang pada program di atasnya."


class LevelColumnsReader:
    """The nodes that the rows so far end with, one of each level."""

    def __init__(self, structure: SheetLayout, growth: TreeBuilder, doubts: Questions) -> None:
        self._structure, self._growth, self._doubts = structure, growth, doubts
        self._current: dict[str, FileNode] = {}
        # Of levels that the last row named several of at once, all of them.
        self._beside: dict[str, list[FileNode]] = {}

    @property
    def current(self) -> list[FileNode]:
        """The nodes that the rows so far end with."""
        return list(self._current.values())

    def begin(self, banner: TitleLine, place: CellRef) -> None:
        """Go on below the node that a line of its own names."""
        above = self._above(banner.level)
        node = self._growth.place(banner.level, banner.code, banner.text, above, place)
        self._forget_below(banner.level)
        self._put(banner.level, node)

    def read(self, cells: Cells, sheet: str, row: int) -> bool:
        """Take in a row; False for one that only heads the rows below it."""
        changed = False
        self._beside = {}
        codes = self._codes_of(cells)
        for each in self._structure.levels:
            written = plain_text(cells.get(each.column))
            text = " ".join(written.split())
            code = joined_code(codes.get(each.column, []), cells, sheet, row, self._doubts, self._growth)
            place = CellRef(sheet, row, each.column)
            mended = self._growth.mends.level(place)
            if mended:
                each = replace(each, level=mended)
            if not mended and self._is_outcome(each, code, text, cells, place):
                continue
            if is_blank(tidy(text)) and not code:
                if changed:
                    self._current.pop(each.level, None)
                continue
            if each.level == Level.PROGRAM and not mended and self._heads(code, text, cells, place):
                self._current.pop(each.level, None)
                self._forget_below(each.level)
                return False
            before = self._current.get(each.level)
            node = self._several(each, written, place) or self._node(each, code, text, place)
            if node is not before:
                changed = True
                self._forget_below(each.level)
            self._put(each.level, node)
        return True

    def _codes_of(self, cells: Cells) -> dict[int, list[int]]:
        """The columns of codes by the column they belong to: the text at their right, or in a row without it the lowest
        text without codes of its own.
        """
        found = {each.column: each.codes for each in self._structure.levels if each.codes}
        bare = [each.column for each in self._structure.levels if not each.codes and each.column in cells]
        for each in self._structure.levels:
            below = [column for column in bare if each.codes and column > each.column]
            if below and each.column not in cells:
                found[below[-1]] = found.pop(each.column)
        return found

    def subject(self, group: IndicatorColumns) -> FileNode | None:
        """The node that measures of `group` belong to: of its level, or where no head says so, the next above it."""
        if group.is_said:
            return self._current.get(group.level)
        lowest = RANK[group.level] if group.level else len(RANK)
        held = (node for node in self._current.values() if RANK[node.level] <= lowest)
        return max(held, key=lambda node: RANK[node.level], default=None)

    def named(self, level: str) -> FileNode | None:
        """The node of a level, None where the rows so far end with none."""
        return self._current.get(level)

    def last(self) -> FileNode | None:
        """The lowest node of the row."""
        return max(self._current.values(), key=lambda node: RANK[node.level], default=None)

    def _is_outcome(self, each: LevelColumn, code: str, text: str, cells: Cells, place: CellRef) -> bool:
        above = self._current.get(each.level)
        return says_outcome(self._structure, code, text, above, cells, place, self._growth)

    def _put(self, level: str, node: FileNode | None) -> None:
        if node is None:
            self._current.pop(level, None)
        else:
            self._current[level] = node

    def _several(self, each: LevelColumn, written: str, place: CellRef) -> FileNode | None:
        """The last of the nodes that a cell counts, `1. ...` and `2. ...` in a line each; None where it is one node."""
        if each.codes or not is_list(written):
            return None
        lines = lines_of(written)
        label = Level(each.level).label.lower()
        sentence = (
            f"Sel ini memuat {len(lines)} {label}. Yang di sebelah kanannya dipasang menurut urutan kalau jumlahnya "
            "sama, selain itu pada yang terakhir."
        )
        choices = [(SEVERAL, f"{len(lines)} {label}"), (ONE, f"Satu {label} dengan seluruh isi sel")]
        key = f"{place.sheet}!{place.cell}:butir"
        if self._doubts.ask(place, sentence, choices, SEVERAL, key) == ONE:
            return None
        pairs = next((nodes for nodes in reversed(self._beside.values()) if len(nodes) == len(lines)), [])
        made = []
        for number, line in enumerate(lines):
            above = self._above(each.level)
            node = self._growth.place(each.level, "", line, [*above, *pairs[number : number + 1]], place)
            made += [node] if node is not None else []
        self._beside[each.level] = made
        return made[-1] if made else None

    def _node(self, each: LevelColumn, code: str, text: str, place: CellRef) -> FileNode | None:
        before = self._current.get(each.level)
        if is_blank(tidy(text)):
            return self._growth.with_code(each.level, code) or before
        own, words = split_label(text)
        if not each.codes:
            code, text = own or code, words
        is_same = before is not None and code in ("", before.code) and folded(before.text) == folded(text)
        if before and is_same and self._is_here(before):
            return before
        if not self._growth.stands_in_kind(each.level):
            self._growth.leave_out(each.level, f"{code} {text}", place)
            return None
        adrift = roles.PARENT in self._structure.single
        return self._growth.place(each.level, code, text, self._above(each.level), place, adrift=adrift)

    def _above(self, level: str) -> list[FileNode]:
        chain = sorted(self._current.values(), key=lambda node: RANK[node.level])
        return [node for node in chain if RANK[node.level] < RANK[level]]

    def _is_here(self, node: FileNode) -> bool:
        """Whether the node of the row before still stands below the nodes of this row."""
        above = {id(other) for level, other in self._current.items() if RANK[level] < RANK[node.level]}
        parent = node.parent
        return parent is None or id(parent) in above or not above or self._growth.was_moved(node)

    def _forget_below(self, level: str) -> None:
        for lower in [each for each in self._current if RANK[each] > RANK[level]]:
            self._current.pop(lower)

    def _heads(self, code: str, text: str, cells: Cells, place: CellRef) -> bool:
        """Whether a row in the column of programs only heads them: a matter or field by word, code or capitals."""
        own, words = split_label(text)
        code, text = code or own, words if own else text
        has_indicator = bool(cells.keys() & {group.name for group in self._structure.groups})
        lone = not cells.keys() & self._structure.measured
        if is_heading(text) or (not has_indicator and (is_field(code) or (is_matter(code) and lone))):
            self._growth.note(HEADING)
            return True
        doubtful = (is_matter(code) and not has_indicator) or seems_to_head(code, text, cells, self._structure)
        return doubtful and ask_about_heading(place, text, self._doubts)


def says_outcome(
    structure: SheetLayout,
    code: str,
    text: str,
    above: FileNode | None,
    cells: Cells,
    place: CellRef,
    growth: TreeBuilder,
) -> bool:
    """Whether a text says what the node above is to bring about; without that word it is asked, once for the sheet."""
    if is_outcome(text):
        growth.note(OUTCOME)
        growth.skip(place, text, "Kalimat outcome")
        return True
    if place.column not in structure.outcomes or above is None or code or not text or level_of_words(text):
        return False
    money = {column for group in structure.groups for column in group.money.values()}
    measured = cells.keys() & {group.name for group in structure.groups}
    told_apart = bool(above.code or level_of_words(above.text)) and not counted(text)[0]
    if not told_apart or not measured or cells.keys() & money:
        return False
    sentence = (
        f"Baris tanpa kode, misalnya “{text[:80]}”, dibaca sebagai kalimat outcome: tidak disimpan, dan indikatornya "
        "dipasang pada unsur di atasnya."
    )
    choices = [(PHRASE, "Kalimat outcome"), (NODE, "Unsur rencana, simpan")]
    if growth.doubts.ask(place, sentence, choices, PHRASE, f"{place.sheet}:outcome") != PHRASE:
        return False
    growth.skip(place, text, "Kalimat outcome")
    return True


def is_matter(code: str) -> bool:
    """Whether a code can be that of a matter of government: one digit."""
    return bool(re.fullmatch(r"[\dX]", code))


def is_field(code: str) -> bool:
    """2.16 heads the programs of a field."""
    return bool(re.fullmatch(r"[\dX]\.[\dX]{2}", code))


def seems_to_head(code: str, text: str, cells: Cells, structure: SheetLayout) -> bool:
    """Whether a row in capitals has neither code nor value, in a table of values."""
    beside = {column for group in structure.groups for column in group.single.values()}
    lone = not cells.keys() & (structure.measured | beside)
    return bool(structure.measured) and lone and not code and is_capitals(text) and not text.startswith("PROGRAM")


def ask_about_heading(place: CellRef, text: str, doubts: Questions) -> bool:
    """Ask whether a row that seems to is a heading only."""
    sentence = f"“{text[:80]}” tidak punya indikator, jadi dibaca sebagai judul kelompok."
    choices = [(SKIP, "Judul kelompok, tidak disimpan"), (NODE, "Unsur rencana, simpan")]
    return doubts.ask(place, sentence, choices, SKIP, f"{place.sheet}!{place.row}:judul") == SKIP


def joined_code(columns: list[int], cells: Cells, sheet: str, row: int, doubts: Questions, growth: TreeBuilder) -> str:
    """The code of a row; groups in columns of their own are joined, and padded as the nomenclature has them."""
    filled = [column for column in columns if column in cells]
    if len(columns) < 2:
        return next((read_code(cells[each], CellRef(sheet, row, each), doubts, growth.codes()) for each in filled), "")
    groups = list(_groups(filled, cells))
    return ".".join(groups)


def _groups(filled: list[int], cells: Cells) -> Iterator[str]:
    for place, column in enumerate(filled):
        text = plain_text(cells[column]).strip().strip(".")
        if text:
            # Field, program and activity have two digits; Excel drops the nought before a single one.
            yield text.zfill(2) if place in (1, 2, 4) and text.isdigit() and "." not in text else text
