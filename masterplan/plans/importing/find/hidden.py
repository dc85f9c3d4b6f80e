"""What a person who opens the workbook does not see, and what nobody can: hidden rows and columns, formulas without a
result. Both are asked about by name.
"""

from dataclasses import dataclass, replace
from itertools import groupby

from openpyxl.utils import get_column_letter

from masterplan.plans.importing.find.tables import FoundTable
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.phrases import Cells
from masterplan.plans.importing.read.values import NO_RESULT
from smartcity.common.workbooks.reader import Grid

READ, DROP = "read", "drop"
_MOST_NAMED = 6
_NO_WORDS = {"d": "tanggal", "t": "jam"}


@dataclass(frozen=True)
class Kept:
    """What is read of a sheet."""

    grid: Grid
    roles: dict[int, str]


def ask_about_hidden(grid: Grid, table: FoundTable, found: dict[int, str], doubts: Questions) -> Kept:
    """The sheet and the roles of its columns without the hidden ones that are not wanted. They count until answered."""
    columns = [number for number in grid.hidden_columns if number in found]
    if columns and _drops(grid.title, "Kolom", [get_column_letter(each) for each in columns], doubts):
        found = {number: role for number, role in found.items() if number not in columns}
    rows = [number for number in grid.hidden_rows if number >= table.first_row and number in grid.rows]
    if rows and _drops(grid.title, "Baris", _spans(rows), doubts):
        grid = replace(grid, rows={number: cells for number, cells in grid.rows.items() if number not in set(rows)})
    return Kept(grid, found)


def _drops(sheet: str, what: str, named: list[str], doubts: Questions) -> bool:
    said = ", ".join(named[:_MOST_NAMED]) + (" dan lain-lain" if len(named) > _MOST_NAMED else "")
    sentence = f"{what} {said} tersembunyi di Excel, tetapi berisi. Pilih apakah ikut dibaca."
    choices = [(READ, "Baca juga"), (DROP, "Jangan dibaca")]
    return doubts.ask(CellRef(sheet), sentence, choices, READ, f"{sheet}:tersembunyi:{what.lower()}") == DROP


def _spans(rows: list[int]) -> list[str]:
    """Rows as `8` and `12–15`."""
    spans = []
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        spans.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return spans


def ask_about_unseen(cells: Cells, structure: SheetLayout, place: CellRef, doubts: Questions) -> None:
    """Name the words of a row that are a formula without a result, a date or a time: nothing can be read there."""
    for column in structure.worded & cells.keys():
        kind = cells[column].kind
        if kind in ("f", "e", *_NO_WORDS):
            sentence = NO_RESULT
            if kind in _NO_WORDS:
                what = _NO_WORDS[kind]
                sentence = f"Sel ini {what}, padahal kolomnya berisi kata. Jadikan teks di Excel, lalu unggah lagi."
            doubts.ask(CellRef(place.sheet, place.row, column), sentence, [("-", "Kosongkan")], "-")
