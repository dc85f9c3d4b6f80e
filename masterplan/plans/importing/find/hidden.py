"""What Excel does not show: hidden rows and columns with something in them. They are read unless somebody says no."""

from dataclasses import replace
from itertools import groupby

from openpyxl.utils import get_column_letter

from masterplan.plans.importing.find.heads import FoundTable
from masterplan.plans.importing.questions import CellRef, Questions
from smartcity.common.workbooks.reader import Grid

_MOST_NAMED = 6


def without_hidden(
    grid: Grid, table: FoundTable, found: dict[int, str], questions: Questions
) -> tuple[Grid, dict[int, str]]:
    """The sheet and the roles of its columns, without the hidden ones that somebody does not want."""
    columns = [number for number in grid.hidden_columns if number in found]
    if columns and not _wanted(grid.title, "Kolom", [get_column_letter(each) for each in columns], questions):
        found = {number: role for number, role in found.items() if number not in columns}
    rows = [number for number in grid.hidden_rows if number >= table.first_row and number in grid.rows]
    if rows and not _wanted(grid.title, "Baris", _spans(rows), questions):
        grid = replace(grid, rows={number: cells for number, cells in grid.rows.items() if number not in set(rows)})
    return grid, found


def _wanted(sheet: str, kind: str, names: list[str], questions: Questions) -> bool:
    listed = ", ".join(names[:_MOST_NAMED]) + (" dan lain-lain" if len(names) > _MOST_NAMED else "")
    sentence = f"{kind} {listed} tersembunyi di Excel, tetapi berisi. Pilih apakah ikut dibaca."
    read, drop = ("read", "Baca juga"), ("drop", "Jangan dibaca")
    return questions.confirm(CellRef(sheet), sentence, read, drop, f"{sheet}:tersembunyi:{kind.lower()}")


def _spans(rows: list[int]) -> list[str]:
    """Rows as `8` and `12–15`."""
    spans = []
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        spans.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return spans
