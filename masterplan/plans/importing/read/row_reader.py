"""What both ways of reading rows share: the nodes that the rows so far end with, codes, headings, outcomes."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator

from masterplan.plans.importing.corrections import SKIP
from masterplan.plans.importing.document import RANK, FileNode
from masterplan.plans.importing.map.layout import IndicatorColumns, SheetLayout
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.codes import read_code
from masterplan.plans.importing.read.phrases import TitleLine, counted, is_capitals, is_outcome, level_of_words
from masterplan.plans.importing.read.reading import SheetRow, plain_text
from masterplan.plans.importing.read.tree_builder import TreeBuilder

HEADING = "Baris judul urusan tidak menjadi unsur rencana."
_NODE = ("node", "Unsur rencana, simpan")


class PlanRowReader(ABC):
    """Reads the nodes of the rows of a sheet; `path` are those that the rows so far end with, by level."""

    def __init__(self, layout: SheetLayout, tree: TreeBuilder) -> None:
        self.layout, self.tree, self.reading = layout, tree, tree.reading
        self.path: dict[str, FileNode] = {}

    @abstractmethod
    def begin(self, title: TitleLine, ref: CellRef) -> None:
        """Go on below the node that a line of its own names."""

    @abstractmethod
    def read(self, row: SheetRow) -> bool:
        """Take in a row; False for one that only heads the rows below it."""

    @property
    def current(self) -> list[FileNode]:
        """The nodes that the last row belongs to."""
        return list(self.path.values())

    @property
    def last(self) -> FileNode | None:
        """The lowest of them."""
        return max(self.current, key=lambda node: RANK[node.level], default=None)

    def node_for(self, group: IndicatorColumns) -> FileNode | None:
        """The node that the indicators of `group` belong to: of its level, or without one, the next above."""
        if group.is_explicit:
            return self.path.get(group.level)
        lowest = RANK[group.level] if group.level else len(RANK)
        held = (node for node in self.current if RANK[node.level] <= lowest)
        return max(held, key=lambda node: RANK[node.level], default=None)

    def above(self, level: str) -> list[FileNode]:
        """The nodes of the path above a level, from the top."""
        found = [node for node in self.path.values() if RANK[node.level] < RANK[level]]
        return sorted(found, key=lambda node: RANK[node.level])

    def forget_below(self, level: str) -> None:
        """End the path at a level."""
        for lower in [each for each in self.path if RANK[each] > RANK[level]]:
            self.path.pop(lower)

    # What a row is ----------------------------------------------------------------------------------------------------

    def is_outcome(self, code: str, text: str, above: FileNode | None, row: SheetRow, column: int) -> bool:
        """Whether a text says what the node above is to bring about; without that word it is asked once a sheet."""
        if is_outcome(text):
            self.reading.note("Kalimat outcome tidak menjadi unsur; indikatornya dipasang pada program di atasnya.")
        elif column not in self.layout.outcomes or above is None or code or not text or level_of_words(text):
            return False
        else:
            is_coded = bool(above.code or level_of_words(above.text)) and not counted(text)[0]
            if not is_coded or not row.has_any(self.layout.indicator_names) or row.has_any(self.layout.money):
                return False
            sentence = (
                f"Baris tanpa kode, misalnya “{text[:80]}”, dibaca sebagai kalimat outcome: tidak disimpan, dan "
                "indikatornya dipasang pada unsur di atasnya."
            )
            phrase, key = ("phrase", "Kalimat outcome"), f"{row.sheet}:outcome"
            if not self.reading.questions.confirm(row.ref(column), sentence, phrase, _NODE, key):
                return False
        self.reading.skip(row.ref(column), text, "Kalimat outcome")
        return True

    def seems_to_head(self, code: str, text: str, row: SheetRow) -> bool:
        """Whether a row in capitals has neither code nor value, in a table of values."""
        measured = self.layout.measured
        beside = {column for group in self.layout.groups for column in group.single.values()}
        is_title = is_capitals(text) and not text.startswith("PROGRAM")
        return bool(measured) and not code and is_title and not row.has_any(measured | beside)

    def confirm_heading(self, text: str, ref: CellRef) -> bool:
        """Ask whether a row that seems to is a heading only."""
        sentence = f"“{text[:80]}” tidak punya indikator, jadi dibaca sebagai judul kelompok."
        heading, key = (SKIP, "Judul kelompok, tidak disimpan"), f"{ref.sheet}!{ref.row}:judul"
        return self.reading.questions.confirm(ref, sentence, heading, _NODE, key)

    def code_in(self, columns: list[int], row: SheetRow) -> str:
        """The code of a row; groups in columns of their own are joined, and padded as the nomenclature has them."""
        filled = [column for column in columns if column in row.cells]
        if len(columns) >= 2:
            return ".".join(_groups(filled, row))
        codes = (read_code(row.cells[n], row.ref(n), self.reading.questions, self.tree.codes) for n in filled)
        return next(codes, "")


def _groups(filled: list[int], row: SheetRow) -> Iterator[str]:
    for place, column in enumerate(filled):
        text = plain_text(row.cells[column]).strip().strip(".")
        if text:
            # Field, program and activity have two digits; Excel drops the nought before a single one.
            yield text.zfill(2) if place in (1, 2, 4) and text.isdigit() and "." not in text else text


def is_field(code: str) -> bool:
    """2.16 heads the programs of a field of government."""
    return bool(re.fullmatch(r"[\dX]\.[\dX]{2}", code))
