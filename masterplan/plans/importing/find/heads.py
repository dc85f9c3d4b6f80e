"""Finds the table in a sheet: where its heads stand, in however many rows, and where its rows begin.

Titles above it, numbers of columns below it, years over "Target" and "Rp" are all usual.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from openpyxl.utils import range_boundaries

from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.money_units import is_money, money_unit
from smartcity.common.numbers import format_date, format_number
from smartcity.common.workbooks.cells import folded, text_of
from smartcity.common.workbooks.reader import Cell, Grid, WorkbookUnreadable

Json = dict[str, Any]
# A table begins within so many rows of the sheet, and its heads take at most so many.
_SEARCHED, _MOST_HEAD_ROWS = 60, 5
_SAMPLES, _PAGE = 30, 300
# So many different heads begin another table in the same sheet; of fewer than `_MANY_HEADS` each must be known.
_FEWEST_HEADS, _MANY_HEADS, _MOST_TABLES = 2, 4, 12
_TITLE_LIMIT = 60
_HEAD_NUMBERS = r"\b(?:19|20)\d\d\b|[.,]?\b000\b|\b1[.,]000\b"
_OUTCOMES = r"\b(?:outcome|output|keluaran|hasil)\b"
_NTH_YEARS = re.compile(r"\b(?:tahun|th|thn)\.?\s*(?:ke)?[\s-]*$")


@dataclass
class FoundColumn:
    """A column of a table: its heads from the top down, what stands first in it, and what it is taken for.

    `is_hidden`: Excel does not show it.
    """

    number: int
    heads: tuple[str, ...]
    role: str
    samples: tuple[str, ...] = ()
    is_hidden: bool = False

    @property
    def head(self) -> str:
        """All heads in one line."""
        return " › ".join(self.heads)


@dataclass
class FoundTable:
    """A sheet as it would be read. `money_unit` is what its numbers are counted in, 0 while nobody said.

    `is_hidden`: Excel does not show the sheet.
    """

    sheet: str
    first_row: int
    columns: list[FoundColumn]
    money_unit: int = 0
    is_read: bool = True
    above: list[str] = field(default_factory=list)
    is_hidden: bool = False

    def as_json(self) -> Json:
        """As the upload keeps it."""
        columns = [{**asdict(column), "head": column.head} for column in self.columns]
        return {**vars(self), "columns": columns, "above": self.above[:20], "from_profile": False}

    @classmethod
    def from_json(cls, kept: Json) -> "FoundTable":
        """From what the upload keeps; a role that is none is ignored."""
        columns = [
            FoundColumn(each["number"], tuple(each["heads"]), each["role"] if roles.is_role(each["role"]) else "")
            for each in kept["columns"]
        ]
        return cls(kept["sheet"], kept["first_row"], columns, kept["money_unit"], kept["is_read"], kept["above"])

    @property
    def roles(self) -> dict[int, str]:
        """The columns that are read."""
        return {column.number: column.role for column in self.columns if column.role}

    @property
    def with_outcomes(self) -> set[int]:
        """The columns that name nodes and, as their heads say, what these bring about: "Program/Outcome"."""
        return {
            column.number
            for column in self.columns
            if roles.names_nodes(column.role) and re.search(_OUTCOMES, folded(column.head))
        }

    @property
    def named_levels(self) -> set[str]:
        """The levels that the columns say they hold, alone or together as "Tujuan/Sasaran/Program" does."""
        own = {role.partition(":")[2] for role in self.roles.values() if role.startswith(f"{roles.LEVEL}:")}
        texts = (head for column in self.columns if column.role == roles.TEXT for head in column.heads)
        return own | {level for head in texts for level in roles.levels_in(folded(head))}


def parts_of(grid: Grid) -> list[Grid]:
    """The sheet, or its parts where other heads begin another table below: each reads as a sheet named by its row.

    Raises Unreadable for a sheet of more tables than a person would check.
    """
    found = _head_rows(grid)
    if found is None:
        return [grid]
    known = _words_of(grid.rows[row] for row in range(found[0], found[1] + 1) if row in grid.rows)
    begins: list[int] = []
    for row in sorted(grid.rows):
        if row > found[1] and _may_head(grid.rows[row]):
            heads = _words_of([grid.rows[row]])
            new = len(heads - known)
            if new and (new * 2 > len(heads) or len(heads) < _MANY_HEADS) and _names_and_measures(grid.rows[row]):
                begins.append(_top_of(grid, row))
                known = heads
    if len(begins) >= _MOST_TABLES:
        sentence = f"Lembar {grid.title} memuat lebih dari {_MOST_TABLES} tabel dengan judul kolom yang berbeda."
        raise WorkbookUnreadable(f"{sentence} Pisahkan tabelnya ke lembar masing-masing, lalu unggah lagi.")
    return [
        replace(
            grid,
            title=f"{grid.title} (baris {first})"[:_TITLE_LIMIT] if first > 1 else grid.title,
            rows={row: cells for row, cells in grid.rows.items() if first <= row < last},
        )
        for first, last in pairwise([1, *begins, max(grid.rows) + 1])
    ]


def _may_head(cells: dict[int, Cell]) -> bool:
    """A quick look at a row below: heads are several, and hold no numbers but years and the noughts of thousands."""
    if len(cells) < _MANY_HEADS:
        return len(cells) >= _FEWEST_HEADS and _are_known_heads(cells)
    return all(
        roles.is_head(cell) if cell.kind != "s" else not re.search(r"\d", re.sub(_HEAD_NUMBERS, "", str(cell.value)))
        for cell in cells.values()
    )


def _are_known_heads(cells: dict[int, Cell]) -> bool:
    """Whether each of a few cells is a head of its own sort that begins no name: "Sasaran", "Program", "Pagu 2022"."""
    found = [roles.guess([str(cell.value)], first_year=1) for cell in cells.values() if cell.kind == "s"]
    return len(found) == len(cells) == len(set(found)) and all(found)


def _names_and_measures(cells: dict[int, Cell]) -> bool:
    """Whether heads stand over names of nodes and over two more sorts of columns."""
    found = {roles.guess([str(cell.value)], first_year=1) for cell in cells.values()} - {roles.IGNORED}
    return any(map(roles.names_nodes, found)) and len(found) > min(2, len(cells) - 1)


def _words_of(rows: Iterable[dict[int, Cell]]) -> set[str]:
    return {folded(str(cell.value)) for cells in rows for cell in cells.values()}


def _top_of(grid: Grid, row: int) -> int:
    """The first of the lines right above heads that title their table, or are heads over heads."""
    while row - 1 in grid.rows and (len(grid.rows[row - 1]) == 1 or _score(grid.rows[row - 1]) > 1):
        row -= 1
    return row


def find_table(grid: Grid, first_year: int) -> FoundTable | None:
    """The table of a sheet with its roles proposed; None where nothing looks like the head of one."""
    found = _head_rows(grid)
    if found is None:
        return None
    top, bottom = found
    heads = _heads(grid, top, bottom)
    first_row = bottom + 1
    while first_row in grid.rows and counts_columns(grid.rows[first_row]):
        first_row += 1
    columns = []
    rows = _rows_of_data(grid, first_row, {folded(head) for texts in heads.values() for head in texts})
    for number in sorted(heads):
        cells = _first_cells(rows, number)
        role = roles.guess(heads[number], cells, first_year)
        samples = tuple(_sample(cell) for cell in cells[:3])
        columns.append(FoundColumn(number, heads[number], role, samples, number in grid.hidden_columns))
    above = [str(cell.value) for row in sorted(grid.rows) if row < top for cell in grid.rows[row].values()]
    if not any(roles.names_nodes(column.role) for column in columns):
        for column in columns:  # beside a column of levels in words, a bare "Nama" holds what they are called
            if roles.LEVEL in {each.role for each in columns} and roles.is_plain_name(column.heads):
                column.role = roles.TEXT
    unit = money_unit(above, {column.number: column.heads for column in columns if is_money(column.role)})
    table = FoundTable(grid.title, first_row, columns, unit, above=above, is_hidden=grid.is_hidden)
    table.is_read = not grid.is_hidden and any(
        role.partition(":")[0] in (roles.LEVEL, roles.TEXT) for role in table.roles.values()
    )  # what names no nodes is left alone
    return table


def _head_rows(grid: Grid) -> tuple[int, int] | None:
    """First and last row of heads: the row with the most of them, and those above and below that go with it."""
    rows = [row for row in sorted(grid.rows) if row <= _SEARCHED]
    scores = {row: _score(grid.rows[row]) for row in rows}
    best = max(rows, key=lambda row: scores[row], default=None)
    if best is None or scores[best] < 2:
        return None
    top = bottom = best
    while bottom - top < _MOST_HEAD_ROWS and (
        _belongs(grid, bottom + 1, grid.rows[best]) or _counts_years(grid, top, bottom + 1)
    ):
        bottom += 1
    while bottom - top < _MOST_HEAD_ROWS and _belongs(grid, top - 1, grid.rows[best]):
        top -= 1
    return top, bottom


def _score(cells: dict[int, Cell]) -> int:
    """How much a row looks like heads: different ones count, and what is no head counts against it."""
    heads = {folded(str(cell.value)) for cell in cells.values() if roles.is_head(cell)}
    return len(heads) - sum(not roles.is_head(cell) for cell in cells.values())


def _belongs(grid: Grid, row: int, best: dict[int, Cell]) -> bool:
    """Whether a row beside the best one holds heads too; a title, one cell over everything, does not."""
    cells = grid.rows.get(row, {})
    heads = sum(roles.is_head(cell) for cell in cells.values())
    if not cells or counts_columns(cells) or heads * 2 <= len(cells):
        return False
    return len(cells) > 1 or any(
        roles.guess([str(cell.value)], first_year=1) and number > min(best) for number, cell in cells.items()
    )


def _counts_years(grid: Grid, top: int, row: int) -> bool:
    """1 2 3 4 5 below "Target tahun ke-"."""
    cells = grid.rows.get(row, {})
    if not cells or not all(re.fullmatch(r"[1-6]|iv|v?i{1,3}|v", folded(_shown(cell))) for cell in cells.values()):
        return False
    spread = [_spread(grid, upper, top, row) for upper in range(top, row)]
    return all(any(_NTH_YEARS.search(folded(heads.get(number, ""))) for heads in spread) for number in cells)


def counts_columns(cells: dict[int, Cell]) -> bool:
    """(1) (2) (3), or 1 2 3 4=2+3: a row that only numbers the columns."""
    texts = [_shown(cell) for cell in cells.values()]
    if len(texts) < 3:
        return False
    numbers = [re.sub(r"[^\d]", "", text.partition("=")[0]) for text in texts]
    if not all(re.fullmatch(r"\(?\d{1,2}\)?(?:\s?=.*)?", text.strip()) for text in texts):
        return False
    values = [int(number) for number in numbers]
    return values == list(range(values[0], values[0] + len(values))) and values[0] <= 2


def _heads(grid: Grid, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """The heads over each column. A head reaches over the columns it is merged with, or that stand empty beside it."""
    spread = {row: _spread(grid, row, top, bottom) for row in range(top, bottom + 1)}
    numbers = sorted({number for row in spread.values() for number in row})
    found: dict[int, tuple[str, ...]] = {}
    for number in numbers:
        texts = [spread[row][number] for row in spread if number in spread[row]]
        found[number] = tuple(dict.fromkeys(" ".join(text.split()) for text in texts))
    return found


def _spread(grid: Grid, row: int, top: int, bottom: int) -> dict[int, str]:
    own = {number: _shown(cell) for number, cell in grid.rows.get(row, {}).items()}
    merged = dict(_merged_across(grid, row))
    below = {number for lower in range(row + 1, bottom + 1) for number in grid.rows.get(lower, {})}
    above = {number for upper in range(top, row) for number in grid.rows.get(upper, {})}
    found = dict(own)
    for number, text in own.items():
        if number in merged:
            found |= dict.fromkeys(range(number, merged[number] + 1), text)
        elif number in below and not merged:
            each = number + 1
            while each in below and each not in own and each not in above:
                found[each] = text
                each += 1
    return found


def _merged_across(grid: Grid, row: int) -> list[tuple[int, int]]:
    """First and last column of what is merged over several columns and begins in this row."""
    found = []
    for reference in grid.merged:
        left, upper, right, _ = range_boundaries(reference)
        if upper == row and left < right:
            found.append((left, right))
    return found


def repeats_heads(cells: Mapping[int, Cell], heads: set[str]) -> bool:
    """A page that begins anew repeats the heads, and the row that numbers the columns."""
    texts = [_shown(cell) for cell in cells.values()]
    if len(texts) >= 2 and all(folded(text) in heads for text in texts):
        return True
    return len(texts) > 3 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts)


def _rows_of_data(grid: Grid, first_row: int, heads: set[str]) -> list[dict[int, Cell]]:
    """The rows of a table without the heads that its pages repeat."""
    rows = [row for row in sorted(grid.rows) if row >= first_row]
    begun = [grid.rows[row] for row in rows[:_PAGE] if not repeats_heads(grid.rows[row], heads)]
    return begun + [grid.rows[row] for row in rows[_PAGE:]]


def _first_cells(rows: list[dict[int, Cell]], number: int) -> list[Cell]:
    cells = (row.get(number) for row in rows)
    return [cell for cell, _ in zip((cell for cell in cells if cell), range(_SAMPLES), strict=False)]


def _sample(cell: Cell) -> str:
    """What stands in a cell, as people read it."""
    if cell.kind == "f":
        return "(rumus tanpa hasil)"
    if cell.kind == "d":
        return format_date(date.fromisoformat(cell.value))
    if cell.kind in ("n", "p"):
        return text_of(cell) if cell.kind == "p" else format_number(Decimal(str(cell.value)))
    return _shown(cell)


def _shown(cell: Cell) -> str:
    if roles.is_year_date(cell):
        return str(cell.value)[:4]
    if cell.kind in ("n", "p") and float(cell.value).is_integer():
        return str(int(cell.value))
    return " ".join(str(cell.value).split())[:120]
