"""Why rows of a sheet become nothing in a plan, in words for the list of the preview."""

from masterplan.plans.importing.corrections import SKIP
from masterplan.plans.importing.find.heads import FoundTable, counts_columns, repeats_heads
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.phrases import is_remark, is_total
from masterplan.plans.importing.read.reading import BY_ANSWER, PlanReading, SheetRow, plain_text, row_text
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.reader import Grid

_NUMBERS = "Nomor kolom"
_ABOUT_A_NODE = (roles.AGENCY, roles.MEASURED_BY, roles.BASELINE, roles.END_TARGET)


def list_outside(grid: Grid, kept: Grid, table: FoundTable, reading: PlanReading) -> None:
    """List the row that numbers the columns below the heads, and the hidden rows that somebody does not want read."""
    for number in sorted(grid.rows.keys() - kept.rows.keys()):
        reading.skip(CellRef(grid.title, number), row_text(grid.rows[number]), "Tersembunyi di Excel, tidak dibaca")
    number = table.first_row - 1
    while number in kept.rows and counts_columns(kept.rows[number]):
        reading.skip(CellRef(grid.title, number), row_text(kept.rows[number]), _NUMBERS)
        number -= 1


def reason_to_skip(row: SheetRow, layout: SheetLayout, heads: set[str], reading: PlanReading) -> str:
    """Why a row is no row of the table, "" where it is one."""
    if reading.corrections.has(row.sheet, row.number):
        return BY_ANSWER if reading.corrections.instead(row.sheet, row.number) == SKIP else ""
    if len(row.whole) == 1 and is_remark(plain_text(next(iter(row.whole.values())))):
        return "Catatan atau sumber"
    if row.cells and _is_sum(row, layout):
        return "Baris jumlah"
    if row.cells and repeats_heads(row.cells, heads):
        texts = [plain_text(cell).strip("() ") for cell in row.cells.values()]
        return _NUMBERS if all(text.isdigit() and len(text) < 3 for text in texts) else "Judul kolom yang diulang"
    return ""


def _is_sum(row: SheetRow, layout: SheetLayout) -> bool:
    """Whether a row only adds up what stands above it, as it says where others name a node."""
    named = (row.cells[column] for column in sorted(layout.naming) if column in row.cells)
    first = next((cell for cell in named if cell.kind == "s"), None)
    return first is not None and is_total(str(first.value))


def is_empty(row: SheetRow, layout: SheetLayout) -> bool:
    """Whether a row names no node and no indicator, holds no value, and tells nothing of the node above it."""
    telling = layout.node_columns | layout.measured
    telling |= {number for role, number in layout.single.items() if role in (roles.VISION, roles.CARRIES_OUT)}
    telling |= {group.single[role] for group in layout.groups for role in _ABOUT_A_NODE if role in group.single}
    if not layout.texts:
        telling |= layout.naming
    return all(is_blank(tidy(row.text(column))) for column in telling & row.cells.keys())
