"""Tables become an Excel file to read, sort and print: real numbers and dates, frozen heads, no formula anywhere.

Knows no initiative and no Django. Which tables there are is said in `tables`, how a cell looks in
`smartcity.common.workbooks.styles`.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from masterplan.books.formats.archive import rewrite
from smartcity.common.workbooks.cells import CELL_LIMIT, CellKind, printable
from smartcity.common.workbooks.styles import (
    BRAND_DARK,
    FONT,
    FORMATS,
    INK,
    PAGE_CHARACTERS,
    RIGHT,
    RULE,
    height,
    put,
    set_page,
)

ABOUT = "Tentang"
_TOO_LONG = "… (teks ini lebih panjang dari satu sel Excel; lengkapnya ada di buku dan data terbuka)"
_ALIGNED_RIGHT = {*RIGHT, CellKind.TARGET}
_FIRST_ROW = 2
# Columns on the left that stay in sight: the code and the name of what a row is about.
_STAYING = 2
_LOOKS = {
    "title": Font(name=FONT, size=18, bold=True, color=BRAND_DARK),
    "head": Font(name=FONT, size=12, bold=True, color=BRAND_DARK),
    "text": Font(name=FONT, size=11, color=INK),
    "draft": Font(name=FONT, size=12, bold=True, color="A8231C"),
}


def write_workbook(
    tables: Sequence[Mapping[str, Any]],
    about: Sequence[tuple[str, str]],
    told: Mapping[str, str],
    out: Path | IO[bytes],
) -> None:
    """Write `tables` (as `tables.Table.as_json` gives them) to `out`.

    `about` are pairs of style and text for the first sheet; `told` has the file's `title`, `author`, `date` and `foot`.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = printable(told["title"]), printable(told["author"])
    book.properties.language = "id-ID"
    _about(book.worksheets[0], about, tables, told)
    for table in tables:
        _Sheet(book.create_sheet(table["title"]), table).fill(told)
    whole = BytesIO()
    book.save(whole)
    rewrite(whole, out, told["date"])


def _about(
    sheet: Worksheet, lines: Sequence[tuple[str, str]], tables: Sequence[Mapping[str, Any]], told: Mapping[str, str]
) -> None:
    """What the file is, and where each table stands."""
    sheet.title = ABOUT
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 3), ("B", 26), ("C", 12), ("D", 66)):
        sheet.column_dimensions[letter].width = width
    row = 2
    for style, text in lines:
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
        _say(sheet, row, 2, text, style)
        sheet.row_dimensions[row].height = 28 if style == "title" else height([(text, 104)], line=16)
        row += 1
    row += 1
    for place, text in enumerate(("Lembar", "Baris", "Isi"), 2):
        _say(sheet, row, place, text, "head")
        sheet.cell(row, place).border = Border(bottom=Side(style="medium", color=INK))
    for number, table in enumerate(tables, row + 1):
        name = sheet.cell(number, 2)
        _say(sheet, number, 2, table["title"], "text")
        name.hyperlink = f"#'{table['title']}'!A1"
        name.font = Font(name=FONT, size=11, color="0E4C63", underline="single")
        _say(sheet, number, 3, len(table["rows"]), "text")
        _say(sheet, number, 4, table["what"], "text")
    set_page(sheet, told["title"], wide=1)
    sheet.page_setup.orientation = "portrait"
    sheet.oddFooter.left.text = printable(told["foot"]).replace("&", "&&")[:200]


def _say(sheet: Worksheet, row: int, column: int, value: str | int, style: str) -> None:
    cell = sheet.cell(row, column)
    put(cell, printable(value) if isinstance(value, str) else value)
    cell.font = _LOOKS[style]
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _aligned(kind: CellKind, vertical: str) -> Alignment:
    """Numbers stand at the right, off the text in the next column."""
    is_right = kind in _ALIGNED_RIGHT
    return Alignment(
        wrap_text=True, vertical=vertical, horizontal="right" if is_right else "left", indent=int(is_right)
    )


class _Sheet:
    """One table on its sheet."""

    def __init__(self, sheet: Worksheet, table: Mapping[str, Any]) -> None:
        self._sheet, self._table = sheet, table
        self._columns = [(column["head"], CellKind(column["kind"]), column["width"]) for column in table["columns"]]
        self._styles: dict[CellKind, Any] = {}

    def fill(self, told: Mapping[str, str]) -> None:
        """Heads, rows, what stays in sight, paper."""
        for place, (head, kind, width) in enumerate(self._columns, 1):
            self._head(place, head, kind, width)
        for number, row in enumerate(self._table["rows"], _FIRST_ROW):
            self._row(number, row)
        sheet, count = self._sheet, len(self._columns)
        sheet.row_dimensions[1].height = height([(head, width - 2) for head, _, width in self._columns])
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, min(_STAYING, count - 1) + 1)
        last = max(len(self._table["rows"]) + 1, _FIRST_ROW)
        sheet.auto_filter.ref = f"A1:{get_column_letter(count)}{last}"
        set_page(sheet, f"{told['title']}, {self._table['title']}", wide=self._sheets_beside())
        sheet.oddFooter.left.text = printable(told["foot"]).replace("&", "&&")[:200]
        sheet.print_title_rows = "1:1"
        sheet.print_options.gridLines = self._table["sparse"]
        if sheet.page_setup.fitToWidth > 1:
            sheet.print_title_cols = f"A:{get_column_letter(_STAYING)}"

    def _sheets_beside(self) -> int:
        return ceil(sum(width for _, _, width in self._columns) / PAGE_CHARACTERS)

    def _head(self, place: int, head: str, kind: CellKind, width: int) -> None:
        cell = self._sheet.cell(1, place)
        put(cell, printable(head))
        cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=BRAND_DARK)
        cell.alignment = _aligned(kind, "center")
        self._sheet.column_dimensions[get_column_letter(place)].width = width

    def _row(self, number: int, row: Sequence[Any]) -> None:
        shown = []
        for place, (value, (_, kind, width)) in enumerate(zip(row, self._columns, strict=True), 1):
            written = _written(value, kind)
            if written is None and self._table["sparse"]:
                continue
            cell = self._sheet.cell(number, place)
            self._dress(cell, kind)
            put(cell, written)
            shown.append((written, width))
        self._sheet.row_dimensions[number].height = height(shown)

    def _dress(self, cell: Any, kind: CellKind) -> None:
        """Equal looks are one object, which keeps the file small and writing quick."""
        if kind not in self._styles:
            cell.font = Font(name=FONT, size=11, color=INK)
            cell.alignment = _aligned(kind, "top")
            cell.border = RULE
            cell.number_format = FORMATS.get(kind, "General" if kind is CellKind.TARGET else "@")
            self._styles[kind] = cell._style
        cell._style = copy(self._styles[kind])


def _written(value: Any, kind: CellKind) -> Any:
    """What stands in the cell: a number, a date, a text that Excel can hold, or nothing."""
    if value is None or value == "":
        return None
    if kind is CellKind.DATE:
        return date.fromisoformat(value)
    if not isinstance(value, str):
        return value
    text = printable(value)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(_TOO_LONG)] + _TOO_LONG
