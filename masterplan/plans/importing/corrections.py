"""What a person corrected in the preview: the level and the parent of a row, or what the row is instead of a node.

Corrections are kept among the answers of an upload, and are applied whenever its file is read again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from masterplan.plans.importing.questions import CellRef
from masterplan.reference import CHILD_LEVELS, Level

Json = dict[str, Any]
INDICATOR, CONTINUATION, SKIP = "indicator", "continuation", "skip"
# What a row may be instead of a node of some level, with the words of the list.
INSTEAD = {
    INDICATOR: "Indikator dari baris di atasnya",
    CONTINUATION: "Sambungan baris di atasnya",
    SKIP: "Lewati baris ini",
}
_KEY = re.compile(r"(?P<sheet>.*)!(?P<row>\d+):(?P<column>\d+):perbaikan", re.DOTALL)
# Parents that are offered for a row, of each level.
_MOST_OF_A_LEVEL = 60


class Correction(NamedTuple):
    """`what` is a level, a key of `INSTEAD`, or "" for as it was read; `parent` is the address of a node, or ""."""

    what: str = ""
    parent: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Correction":
        """From an answer of the upload."""
        return cls(str(given.get("answer", "")), str(given.get("parent", "")))


def correction_key(sheet: str, row: int, column: int) -> str:
    """The key of a correction among the answers; a column of 0 is the row as a whole."""
    return f"{sheet}!{row}:{column}:perbaikan"


def corrected_cells(answers: Iterable[str]) -> dict[str, CellRef]:
    """The cells that are corrected, by the keys of their answers; answers to questions are left out."""
    found = ((key, _KEY.fullmatch(key)) for key in answers)
    return {key: CellRef(match["sheet"], int(match["row"]), int(match["column"])) for key, match in found if match}


class Corrections:
    """The corrections of a file, by row and column."""

    def __init__(self, answers: Mapping[str, Json] | None = None) -> None:
        self._rows: dict[tuple[str, int], dict[int, Correction]] = {}
        for key, ref in corrected_cells(answers or {}).items():
            self._rows.setdefault((ref.sheet, ref.row), {})[ref.column] = Correction.of((answers or {})[key])

    def rows_of(self, sheet: str) -> set[int]:
        """The corrected rows of a sheet that are to be read, wherever the table seems to end."""
        return {
            row
            for (title, row), found in self._rows.items()
            if title == sheet and any(each.what not in ("", SKIP) for each in found.values())
        }

    def has(self, sheet: str, row: int) -> bool:
        """Whether somebody decided what a row is."""
        return any(each.what for each in self._of_row(sheet, row).values())

    def instead(self, sheet: str, row: int) -> str:
        """The key of `INSTEAD` that a row is, "" for none."""
        return next((each.what for each in self._of_row(sheet, row).values() if each.what in INSTEAD), "")

    def assign_column(self, sheet: str, row: int, columns: Iterable[int]) -> None:
        """Apply a correction of the whole row to the first of `columns`, which are filled."""
        found, first = self._of_row(sheet, row), next(iter(columns), 0)
        if first and 0 in found:
            found.setdefault(first, found[0])

    def level(self, ref: CellRef) -> str:
        """The level that somebody gave the text of a cell, "" for none."""
        what = self._of(ref).what
        return what if what in set(Level) else ""

    def parent(self, ref: CellRef) -> str:
        """The address of the node below which somebody put that of a cell, "" for none."""
        return self._of(ref).parent

    def _of_row(self, sheet: str, row: int) -> dict[int, Correction]:
        return self._rows.get((sheet, row), {})

    def _of(self, ref: CellRef) -> Correction:
        return self._of_row(ref.sheet, ref.row).get(ref.column, Correction())


# What may be corrected ------------------------------------------------------------------------------------------------


class FileRow(NamedTuple):
    """A row of the file: what stands there, and the level it was read as, "" where it is no node."""

    sheet: str
    row: int
    column: int
    text: str
    level: str = ""


def row_at(result: Json, answers: Mapping[str, Json], sheet: str, row: int, column: int) -> FileRow | None:
    """The row of a node, a question, a skipped row or a correction; None for any other."""
    for step in result.get("steps", []):
        if (step["sheet"], step["row"]) == (sheet, row) and column in (0, step["column"]):
            return FileRow(sheet, row, column, f"{step['code']} {step['text']}".strip(), step["level"])
    for kind, words in (("skipped", "text"), ("doubts", "sentence")):
        for each in result.get(kind, []):
            if row and not column and (each["sheet"], each["row"]) == (sheet, row):
                return FileRow(sheet, row, column, each[words])
    return FileRow(sheet, row, column, "") if keys_of(answers, sheet, row, column) else None


def keys_of(answers: Mapping[str, Json], sheet: str, row: int, column: int) -> list[str]:
    """The keys of the corrections of a cell, and of its row as a whole; for a column of 0 all those of the row."""
    if column:
        return [key for each in (column, 0) if (key := correction_key(sheet, row, each)) in answers]
    return [key for key, ref in corrected_cells(answers).items() if (ref.sheet, ref.row) == (sheet, row)]


def parents_for(result: Json, sheets: Sequence[str], row: FileRow) -> list[Json]:
    """The nodes that begin above a row and may hold others: the nearest of each level, in the order of the file."""
    order = {sheet: number for number, sheet in enumerate(sheets)}

    def position(sheet: str, number: int) -> tuple[int, int]:
        return order.get(sheet, len(order)), number

    before = [
        step
        for step in sorted(result.get("steps", []), key=lambda step: position(step["sheet"], step["row"]))
        if step["row"] and CHILD_LEVELS[step["level"]]
        and position(step["sheet"], step["row"]) < position(row.sheet, row.row)
    ]  # fmt: skip
    kept = [step for level in Level for step in [s for s in before if s["level"] == level][-_MOST_OF_A_LEVEL:]]
    return sorted(kept, key=lambda step: position(step["sheet"], step["row"]))


def fits_below(level: str, parent: Json) -> bool:
    """Whether a node of a level may hang below that of a step."""
    return bool(level) and Level(level) in CHILD_LEVELS[parent["level"]]
