"""What stands around and between the rows of a table: titles that name nodes, notes, signatures, repeated heads, sums.

Everything is told or asked; nothing is left out in silence.
"""

import re
from collections.abc import Iterable, Mapping

from openpyxl.utils import range_boundaries

from masterplan.plans.importing.find.tables import FoundTable
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.read.phrases import (
    VISION,
    TitleLine,
    agency_line,
    banner_of,
    is_remark,
    is_signature,
    is_total,
)
from masterplan.plans.importing.read.tree_builder import RANK
from masterplan.plans.importing.read.values import plain_text
from smartcity.common.workbooks.reader import Cell, Grid

Cells = Mapping[int, Cell]
# What is written below a table takes at most so many cells in a row.
_MOST_CELLS_BELOW = 3


def banners_above(grid: Grid, table: FoundTable) -> tuple[list[tuple[int, TitleLine]], set[str]]:
    """The vision and the nodes that lines above the heads name, by row: those under which the whole table stands.

    Only levels above those of the table itself can stand there, and of each one node; beside them the levels of which
    several are listed.
    """
    lines = [(row, banner_of(grid.rows[row])) for row in sorted(grid.rows) if row < table.first_row]
    found = [(row, banner) for row, banner in lines if banner is not None]
    highest = min((RANK[level] for level in table.named_levels), default=len(RANK))
    levels = [banner.level for _, banner in found]
    several = {level for level in levels if level != VISION and levels.count(level) > 1 and RANK[level] < highest}
    listed = min((RANK[level] for level in several), default=highest)
    single = [(row, banner) for row, banner in found if banner.level == VISION or RANK[banner.level] < listed]
    return single, several


def agency_above(grid: Grid, table: FoundTable) -> tuple[int, str]:
    """Row and name of the agency that a line above the heads says the table is of; 0 and "" for none."""
    for row in sorted(grid.rows):
        name = agency_line(grid.rows[row]) if row < table.first_row else ""
        if name:
            return row, name
    return 0, ""


def last_row(grid: Grid, table: FoundTable, structure: SheetLayout) -> int:
    """The row with which the table ends, before notes and signatures."""
    rows = [row for row in sorted(grid.rows) if row >= table.first_row]
    below: list[int] = []
    for row in reversed(rows):
        if not _is_only_words(grid.rows[row], structure):
            break
        below.insert(0, row)
    for row in below:
        if _is_below(grid.rows[row], structure):
            return row - 1
    return rows[-1] if rows else 0


def _is_only_words(cells: Cells, structure: SheetLayout) -> bool:
    """Whether a row holds neither a code nor a value."""
    codes = structure.naming - set(structure.texts) - {each.column for each in structure.levels}
    coded = any(re.fullmatch(r"[\dX][\d.X]*", plain_text(cells.get(column)).strip()) for column in codes)
    values = structure.measured - {group.name for group in structure.groups}
    counted = any(_is_value(cell) for column, cell in cells.items() if column in values)
    return len(cells) <= _MOST_CELLS_BELOW and not coded and not counted


def _is_value(cell: Cell) -> bool:
    text = plain_text(cell)
    return cell.kind != "s" or (any(letter.isdigit() for letter in text) and not is_signature(text))


def _is_below(cells: Cells, structure: SheetLayout) -> bool:
    """Whether a row can only stand below a table."""
    texts = [plain_text(cell) for cell in cells.values()]
    return any(is_signature(text) or is_remark(text) for text in texts) or not (
        cells.keys() & (structure.naming | {group.name for group in structure.groups})
    )


def fill_merged(rows: Mapping[int, dict[int, Cell]], merged: Iterable[str], structure: SheetLayout) -> None:
    """Write an agency that is merged over several rows into each of them."""
    columns = {group.single[roles.AGENCY] for group in structure.groups if roles.AGENCY in group.single}
    for reference in merged if columns else ():
        left, upper, _, lower = range_boundaries(reference)
        cell = rows.get(upper, {}).get(left)
        if left in columns and cell is not None:
            for row in range(upper + 1, lower + 1):
                if rows.get(row):
                    rows[row].setdefault(left, cell)


def remarks(cells: Cells) -> bool:
    """Whether a row between others is a note or names a source."""
    return len(cells) == 1 and is_remark(plain_text(next(iter(cells.values()))))


def adds_up(cells: Cells, structure: SheetLayout) -> bool:
    """Whether a row only adds up what stands above it, as it says where others name a node."""
    named = (cells[column] for column in sorted(structure.naming) if column in cells)
    first = next((cell for cell in named if cell.kind == "s"), None)
    return first is not None and is_total(str(first.value))
