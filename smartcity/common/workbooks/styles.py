"""How cells and sheets of our Excel files look, on the screen and on paper, and how a text stays a text.

No text ever becomes a formula: every text is stored as text, whatever sign it begins with.
"""

from collections.abc import Iterable
from math import ceil
from typing import Any

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from smartcity.common.workbooks.cells import CellKind, Written, printable

FONT = "Calibri"
INK, INK_2, BRAND_DARK, MIST, LINE = "16242C", "4A5A64", "093648", "F3F6F8", "D5DDE2"
FAULT = "FCEBE9"
# What fits side by side on a landscape A4 sheet in readable letters, in characters.
PAGE_CHARACTERS = 150
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
FORMATS = {
    CellKind.MONEY: "#,##0",
    CellKind.DATE: "dd/mm/yyyy",
    CellKind.YEAR: "0",
    CellKind.SCORE: "0",
}
RIGHT = (CellKind.MONEY, CellKind.YEAR, CellKind.SCORE)
RULE = Border(bottom=Side(style="thin", color=LINE))


def height(texts: Iterable[tuple[Written, int]], line: float = 15) -> float:
    """Points a row needs for its texts in columns of so many characters: not every program works it out when it opens
    a file. `line` is the height of a line; a row of Excel ends at 409 points, and the text goes on in the cell.
    """
    lines = max(
        (
            sum(max(1, ceil(len(part) / (0.92 * width))) for part in text.split("\n"))
            for text, width in texts
            if isinstance(text, str)
        ),
        default=1,
    )
    return min(409.0, line * lines + 2)


def put(cell: Any, value: Written | float) -> None:
    """Set a value; a text is a text, also one that Excel would take for a formula or an error."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_SIGNS):
            cell.quotePrefix = True
        if "_x" in value:
            cell._value = _escaped(value)


def _escaped(text: str) -> str:
    """`_x000D_` is how a workbook spells a control character; a text that says just that must not become one."""
    pieces = text.split("_x")
    return pieces[0] + "".join(("_x005F_x" if _is_escape(piece) else "_x") + piece for piece in pieces[1:])


def _is_escape(piece: str) -> bool:
    return len(piece) > 4 and piece[4] == "_" and all(letter in "0123456789abcdefABCDEF" for letter in piece[:4])


def set_page(sheet: Worksheet, title: str, *, wide: int) -> None:
    """Landscape A4, as many sheets side by side as are needed to stay readable, numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.oddHeader.left.text = printable(title).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = "Halaman &P dari &N"
