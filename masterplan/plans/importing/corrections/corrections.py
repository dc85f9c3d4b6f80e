"""What a person corrected in the preview: the level and the parent of a row, or what the row is instead of a node.

Corrections are kept among the answers of an upload, and are applied whenever its file is read again.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from masterplan.plans.importing.questions import CellRef
from masterplan.reference import Level

Json = dict[str, Any]
INDICATOR, CONTINUATION, SKIP = "indicator", "continuation", "skip"
# What a row may be instead of a node of some level, with the words of the list.
INSTEAD = {
    INDICATOR: "Indikator dari baris di atasnya",
    CONTINUATION: "Sambungan baris di atasnya",
    SKIP: "Lewati baris ini",
}
_KEY = re.compile(r"(?P<sheet>.*)!(?P<row>\d+):(?P<column>\d+):perbaikan", re.DOTALL)


class Correction(NamedTuple):
    """One correction. `what` is a level, a key of `INSTEAD`, or "" for as it was read; `parent` is the address of a
    node, "" for as it was read.
    """

    what: str = ""
    parent: str = ""


def correction_key(sheet: str, row: int, column: int) -> str:
    """The key of a correction among the answers; a column of 0 is the row as a whole."""
    return f"{sheet}!{row}:{column}:perbaikan"


def ref_of(key: str) -> CellRef | None:
    """The place that a key of the answers corrects; None for the key of a doubt."""
    found = _KEY.fullmatch(key)
    return CellRef(found["sheet"], int(found["row"]), int(found["column"])) if found else None


class Corrections:
    """The corrections of a file, by row and column."""

    def __init__(self, answers: Mapping[str, Json] | None = None) -> None:
        self._rows: dict[tuple[str, int], dict[int, Correction]] = {}
        for key, given in (answers or {}).items():
            place = ref_of(key)
            if place is not None:
                mend = Correction(str(given.get("answer", "")), str(given.get("parent", "")))
                self._rows.setdefault((place.sheet, place.row), {})[place.column] = mend

    def rows_of(self, sheet: str) -> set[int]:
        """The corrected rows of a sheet that are to be read, wherever the table seems to end."""
        return {
            row
            for (name, row), mends in self._rows.items()
            if name == sheet and any(mend.what not in ("", SKIP) for mend in mends.values())
        }

    def has(self, sheet: str, row: int) -> bool:
        """Whether somebody said what a row is."""
        return any(mend.what for mend in self._rows.get((sheet, row), {}).values())

    def instead(self, sheet: str, row: int) -> str:
        """The key of `INSTEAD` that a row is, "" for none."""
        mends = self._rows.get((sheet, row), {}).values()
        return next((mend.what for mend in mends if mend.what in INSTEAD), "")

    def settle(self, sheet: str, row: int, columns: Iterable[int]) -> None:
        """Know which column a correction of the whole row is about: the first of `columns`, which are filled."""
        mends = self._rows.get((sheet, row), {})
        first = next(iter(columns), 0)
        if first and 0 in mends:
            mends.setdefault(first, mends[0])

    def level(self, place: CellRef) -> str:
        """The level that somebody gave the text of a cell, "" for none."""
        mend = self._of(place)
        return mend.what if mend.what in set(Level) else ""

    def parent(self, place: CellRef) -> str:
        """The address of the node below which somebody put that of a cell, "" for none."""
        return self._of(place).parent

    def _of(self, place: CellRef) -> Correction:
        return self._rows.get((place.sheet, place.row), {}).get(place.column, Correction())
