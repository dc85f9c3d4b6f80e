"""The coloured copy: what somebody uploaded, in the same cells, with a comment at every cell that is in the wrong.

It is made anew from what was read, so that nothing of the uploaded file but its values comes back.
"""

from datetime import date

from masterplan.initiatives.workbook.book import workbook_bytes
from masterplan.initiatives.workbook.compare import WorkbookComparison
from masterplan.initiatives.workbook.layout import MAIN, ColumnRole, Head, Sheet, SheetLine, plan_of_help
from masterplan.initiatives.workbook.opened import OpenedSheet
from masterplan.models import MasterPlan
from smartcity.common.workbooks.cells import Written, printable
from smartcity.common.workbooks.reader import Cell

# A comment is a drawing of its own; thousands of them make a file that no program opens quickly.
MOST_MARKED = 1_000
_NOWHERE = Head("", "", ColumnRole.STRANGE, 12)


def marked_copy(plan: MasterPlan, found: WorkbookComparison) -> bytes:
    """The file with its errors shown where they are."""
    title = f"Inisiatif {plan.regency.full_name}, salinan bertanda"
    too_many = len(found.errors) > MOST_MARKED
    lines = [
        ("title", "Salinan bertanda"),
        ("text", f"Ada {len(found.errors)} sel yang perlu diperbaiki. Sel itu berwarna merah muda dan berkomentar."),
        *([("text", f"{MOST_MARKED} yang pertama ditandai; sisanya tampak pada unggahan berikutnya.")] * too_many),
        ("text", "Perbaiki di sini, simpan, lalu unggah berkas ini kembali di halaman Inisiatif."),
        ("head", "Yang perlu diperbaiki"),
        *(("text", f"{error.sheet} {error.cell}: {error.sentence}") for error in found.errors[:200]),
    ]
    order = sorted(found.sheets, key=lambda sheet: sheet.title != MAIN)
    return workbook_bytes(lines, [_copied(sheet, found) for sheet in order], title)


def _copied(opened: OpenedSheet, found: WorkbookComparison) -> Sheet:
    """Rows stay where they are; heads move to the top, where the next reading finds them."""
    errors = [error for error in found.errors[:MOST_MARKED] if error.sheet == opened.title]
    widest = max([*opened.heads, *(error.column for error in errors), 1])
    heads = [opened.heads.get(place, _NOWHERE) for place in range(1, widest + 1)]
    sheet = Sheet(opened.title, heads)
    shift = 1 - opened.head_row
    for number, cells in opened.grid.rows.items():
        row = number + shift
        is_note = any(plan_of_help(str(cell.value)) is not None for cell in cells.values())
        if row <= 1 or is_note:
            continue
        values = [_value(cells.get(place)) for place in range(1, widest + 1)]
        sheet.lines[max(row, 3)] = SheetLine(values, is_stored=_is_stored(opened, cells))
    for error in errors:
        line = sheet.lines.setdefault(max(error.row + shift, 3), SheetLine([None] * widest))
        before = line.errors.get(error.column - 1)
        line.errors[error.column - 1] = f"{before}\n{error.sentence}" if before else error.sentence
    return sheet


def _is_stored(opened: OpenedSheet, cells: dict[int, Cell]) -> bool:
    place = next((place for place, head in opened.heads.items() if head.role is ColumnRole.MARK), 0)
    return place in cells


def _value(cell: Cell | None) -> Written:
    if cell is None:
        return None
    if cell.kind == "d":
        return date.fromisoformat(cell.value)
    if cell.kind == "b":
        return "Ya" if cell.value else "Tidak"
    if cell.kind in ("n", "p"):
        return cell.value
    return printable(str(cell.value))
