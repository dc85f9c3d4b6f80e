"""What stands around the rows of a table: titles that name nodes or an agency above, notes and signatures below."""

import re

from masterplan.plans.importing.document import RANK
from masterplan.plans.importing.find.heads import FoundTable
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.read.phrases import VISION, TitleLine, agency_line, is_remark, is_signature, title_line
from masterplan.plans.importing.read.reading import Cells, plain_text
from smartcity.common.workbooks.reader import Cell, Grid

# What is written below a table takes at most so many cells in a row.
_MOST_CELLS_BELOW = 3


def titles_above(grid: Grid, table: FoundTable) -> tuple[list[tuple[int, TitleLine]], set[str]]:
    """The vision and the nodes that lines above the heads name, by row: those under which the whole table stands.

    Only levels above those of the table itself can stand there, and of each one node; beside them the levels of which
    several are listed.
    """
    lines = [(row, title_line(grid.rows[row])) for row in sorted(grid.rows) if row < table.first_row]
    found = [(row, line) for row, line in lines if line is not None]
    highest = min((RANK[level] for level in table.named_levels), default=len(RANK))
    levels = [line.level for _, line in found]
    several = {level for level in levels if level != VISION and levels.count(level) > 1 and RANK[level] < highest}
    listed = min((RANK[level] for level in several), default=highest)
    return [(row, line) for row, line in found if line.level == VISION or RANK[line.level] < listed], several


def agency_above(grid: Grid, table: FoundTable) -> tuple[int, str]:
    """Row and name of the agency that a line above the heads names; 0 and "" for none."""
    lines = ((row, agency_line(grid.rows[row])) for row in sorted(grid.rows) if row < table.first_row)
    return next((found for found in lines if found[1]), (0, ""))


def last_row(grid: Grid, table: FoundTable, layout: SheetLayout) -> int:
    """The row with which the table ends, before notes and signatures."""
    rows = [row for row in sorted(grid.rows) if row >= table.first_row]
    below: list[int] = []
    for row in reversed(rows):
        if not _is_only_words(grid.rows[row], layout):
            break
        below.insert(0, row)
    first = next((row for row in below if _is_below(grid.rows[row], layout)), None)
    return first - 1 if first is not None else max(rows, default=0)


def _is_only_words(cells: Cells, layout: SheetLayout) -> bool:
    """Whether a row holds neither a code nor a value."""
    codes = layout.naming - layout.node_columns
    coded = any(re.fullmatch(r"[\dX][\d.X]*", plain_text(cells.get(column)).strip()) for column in codes)
    values = layout.measured - layout.indicator_names
    return len(cells) <= _MOST_CELLS_BELOW and not coded and not any(_is_value(cells[n]) for n in values & cells.keys())


def _is_value(cell: Cell) -> bool:
    text = plain_text(cell)
    return cell.kind != "s" or (any(letter.isdigit() for letter in text) and not is_signature(text))


def _is_below(cells: Cells, layout: SheetLayout) -> bool:
    """Whether a row can only stand below a table."""
    texts = [plain_text(cell) for cell in cells.values()]
    return any(is_signature(text) or is_remark(text) for text in texts) or not (
        cells.keys() & (layout.naming | layout.indicator_names)
    )
