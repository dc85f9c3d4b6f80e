"""Why rows of a sheet become nothing in a plan, in words for the list of the preview."""

from collections.abc import Mapping

from masterplan.plans.importing.corrections.corrections import SKIP, Corrections
from masterplan.plans.importing.find import surroundings
from masterplan.plans.importing.find.tables import FoundTable, counts_columns, repeats_heads
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.tree_builder import BY_ANSWER, TreeBuilder
from masterplan.plans.importing.read.values import plain_text
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.reader import Cell, Grid

Cells = Mapping[int, Cell]
TOTAL, HEADS, NUMBERS = "Baris jumlah", "Judul kolom yang diulang", "Nomor kolom"


def row_text(cells: Cells) -> str:
    """The words and numbers of a row in one line."""
    return " | ".join(filter(None, (plain_text(cells[column]).strip() for column in sorted(cells))))


def list_around(grid: Grid, kept: Grid, table: FoundTable, growth: TreeBuilder) -> None:
    """List the row that numbers the columns below the heads, and the hidden rows that somebody does not want read."""
    for number in sorted(grid.rows.keys() - kept.rows.keys()):
        growth.skip(CellRef(grid.title, number), row_text(grid.rows[number]), "Tersembunyi di Excel, tidak dibaca")
    number = table.first_row - 1
    while number in kept.rows and counts_columns(kept.rows[number]):
        growth.skip(CellRef(grid.title, number), row_text(kept.rows[number]), NUMBERS)
        number -= 1


def why_skipped(
    cells: Cells, whole: Cells, structure: SheetLayout, heads: set[str], place: CellRef, mends: Corrections
) -> str:
    """Why a row is no row of the table, "" where it is one. `cells` are those that are read, `whole` all of it."""
    if mends.has(place.sheet, place.row):
        return BY_ANSWER if mends.instead(place.sheet, place.row) == SKIP else ""
    if surroundings.remarks(whole):
        return "Catatan atau sumber"
    if cells and surroundings.adds_up(cells, structure):
        return TOTAL
    if cells and repeats_heads(cells, heads):
        texts = [plain_text(cell).strip("() ") for cell in cells.values()]
        return NUMBERS if all(text.isdigit() and len(text) < 3 for text in texts) else HEADS
    return ""


def says_nothing(cells: Cells, structure: SheetLayout) -> bool:
    """Whether a row names no node and no indicator, holds no value, and tells nothing of the node above it."""
    telling = {*structure.texts, *(each.column for each in structure.levels), *structure.measured}
    telling |= {number for kind, number in structure.single.items() if kind in (roles.VISION, roles.CARRIES_OUT)}
    telling |= {group.single[kind] for group in structure.groups for kind in _TELLING if kind in group.single}
    if structure.is_flat:
        telling |= structure.naming
    return all(is_blank(tidy(plain_text(cells[column]))) for column in telling & cells.keys())


_TELLING = (roles.AGENCY, roles.MEASURED_BY, roles.BASELINE, roles.END_TARGET)
