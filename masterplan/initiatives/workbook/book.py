"""Sheets to fill in become an Excel file: protection, dropdowns, help. Knows no initiative. Looks are `looks`."""

from collections.abc import Iterable
from copy import copy
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from masterplan.initiatives.workbook.layout import CODE, FIRST_ROW, LISTS, MAIN, ColumnRole, Head, Sheet, SheetLine
from masterplan.initiatives.workbook.limits import MOST_ROWS
from smartcity.common.workbooks.cells import CellKind, SheetColumn, printable
from smartcity.common.workbooks.styles import (
    BRAND_DARK,
    FAULT,
    FONT,
    FORMATS,
    INK,
    INK_2,
    MIST,
    PAGE_CHARACTERS,
    RIGHT,
    RULE,
    height,
    put,
    set_page,
)


def workbook_bytes(help_lines: Iterable[tuple[str, str]], sheets: list[Sheet], title: str) -> bytes:
    """The file. `help_lines` are pairs of style ("title", "head", "text") and text for the first sheet."""
    book = Workbook()
    book.properties.title, book.properties.creator = printable(title), "Portal Master Plan Smart City"
    _help_sheet(book.worksheets[0], help_lines)
    lists = _Lists()
    codes = _codes(sheets)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet, lists, codes, title)
    lists.write(book.create_sheet(LISTS))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _codes(sheets: list[Sheet]) -> tuple[str, ...]:
    main = next((sheet for sheet in sheets if sheet.title == MAIN), None)
    place = next((n for n, head in enumerate(main.heads) if head.title == CODE), None) if main else None
    if main is None or place is None:
        return ()
    return tuple(str(line.cells[place]) for line in main.lines.values() if line.cells[place])


class _Lists:
    """The hidden sheet with what may be chosen: a column per list, equal lists once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, labels: tuple[str, ...]) -> str:
        """Where the list stands, as a formula of a dropdown."""
        if labels not in self._places:
            letter = get_column_letter(len(self._places) + 1)
            self._places[labels] = f"{LISTS}!${letter}$1:${letter}${len(labels)}"
        return self._places[labels]

    def write(self, sheet: Worksheet) -> None:
        for column, labels in enumerate(self._places, 1):
            for row, label in enumerate(labels, 1):
                put(sheet.cell(row, column), printable(label))
        sheet.sheet_state = "hidden"
        _protect(sheet)


# The first sheet ----------------------------------------------------------------------------------------------------

_HELP_FONTS = {
    "title": Font(name=FONT, size=18, bold=True, color=BRAND_DARK),
    "head": Font(name=FONT, size=12, bold=True, color=BRAND_DARK),
    "text": Font(name=FONT, size=11, color=INK),
}


def _help_sheet(sheet: Worksheet, lines: Iterable[tuple[str, str]]) -> None:
    sheet.title = "Petunjuk"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 3
    sheet.column_dimensions["B"].width = 96
    for row, (style, text) in enumerate(lines, 2):
        cell = sheet.cell(row, 2)
        put(cell, printable(text))
        cell.font = _HELP_FONTS[style]
        cell.alignment = Alignment(wrap_text=True, vertical="bottom" if style == "head" else "top")
        sheet.row_dimensions[row].height = {"title": 28, "head": 26}.get(style, height([(text, 112)]))
    set_page(sheet, "Petunjuk", wide=1)
    sheet.page_setup.orientation = "portrait"
    _protect(sheet)


# A sheet of rows ----------------------------------------------------------------------------------------------------


def _fill(sheet: Worksheet, content: Sheet, lists: _Lists, codes: tuple[str, ...], title: str) -> None:
    for place, head in enumerate(content.heads, 1):
        _head(sheet, place, head, content.read_only)
    looks = [_Look(head) for head in content.heads]
    for row, line in content.lines.items():
        _line(sheet, row, line, content, looks)
    if not content.read_only:
        for place, head in enumerate(content.heads, 1):
            _guide(sheet, place, head, lists, codes)
    sheet.row_dimensions[1].height = height((head.title, head.width - 2) for head in content.heads)
    sheet.row_dimensions[2].height = height(
        ((head.note, head.width) for head in content.heads if not _is_hidden(head)), line=12.5
    )
    frozen = next((n for n, head in enumerate(content.heads, 1) if head.role is ColumnRole.FIELD), 3)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, frozen + (content.title == MAIN))
    set_page(sheet, f"{title}, {content.title}", wide=ceil(sum(h.width for h in content.heads) / PAGE_CHARACTERS))
    sheet.print_title_rows = "1:1"
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = f"B:{get_column_letter(frozen - 1 + (content.title == MAIN))}"
    _protect(sheet)


def _is_hidden(head: Head) -> bool:
    return head.role is ColumnRole.MARK


def _head(sheet: Worksheet, place: int, head: Head, read_only: bool) -> None:
    top, note = sheet.cell(1, place), sheet.cell(2, place)
    put(top, printable(head.title))
    put(note, printable(head.note))
    top.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    top.fill = PatternFill("solid", fgColor=BRAND_DARK)
    top.alignment = Alignment(wrap_text=True, vertical="center")
    note.font = Font(name=FONT, size=9, color=INK_2)
    note.fill = PatternFill("solid", fgColor=MIST)
    note.alignment = Alignment(wrap_text=True, vertical="top")
    note.border = Border(bottom=Side(style="medium", color=INK))
    dimension = sheet.column_dimensions[get_column_letter(place)]
    dimension.width = head.width
    dimension.hidden = _is_hidden(head)
    if head.role in (ColumnRole.FIELD, ColumnRole.DELETE, ColumnRole.CODE, ColumnRole.STRANGE) and not read_only:
        # Rows that do not exist yet take their looks and their freedom from the column.
        look = _Look(head)
        dimension.font, dimension.alignment = look.font, look.alignment
        dimension.number_format, dimension.protection = look.number_format, Protection(locked=False)


class _Look:
    """How the cells of a column look; equal looks are one object, which keeps the file small and writing quick."""

    def __init__(self, head: Head) -> None:
        kind = head.column.kind if head.column else CellKind.LINE
        self.free = head.role in (ColumnRole.FIELD, ColumnRole.DELETE, ColumnRole.STRANGE)
        self.font = Font(name=FONT, size=11, color=INK if self.free else INK_2)
        self.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if kind in RIGHT else "left")
        self.number_format = FORMATS.get(kind, "@")
        self.fill = PatternFill() if self.free else PatternFill("solid", fgColor=MIST)
        self._made: dict[bool, Any] = {}

    def dress(self, cell: Any, free: bool) -> None:
        if free not in self._made:
            cell.font, cell.alignment, cell.border = self.font, self.alignment, RULE
            cell.number_format, cell.protection = self.number_format, Protection(locked=not free)
            cell.fill = PatternFill() if free else self.fill
            self._made[free] = cell._style
        cell._style = copy(self._made[free])


def _line(sheet: Worksheet, row: int, line: SheetLine, content: Sheet, looks: list[_Look]) -> None:
    texts = [(value, head.width) for value, head in zip(line.cells, content.heads, strict=True) if not _is_hidden(head)]
    sheet.row_dimensions[row].height = height(texts)
    for place, (value, head, look) in enumerate(zip(line.cells, content.heads, looks, strict=True), 1):
        cell = sheet.cell(row, place)
        own = head.role is ColumnRole.CODE and not line.is_stored
        look.dress(cell, free=not content.read_only and (look.free or own))
        put(cell, value)
        if place - 1 in line.errors:
            cell.fill = PatternFill("solid", fgColor=FAULT)
            cell.border = Border(*[Side(style="medium", color="A8231C")] * 4)
            note = Comment(printable(line.errors[place - 1]), "Portal")
            note.width, note.height = 320, 110
            cell.comment = note


# Limits and help at the cell ----------------------------------------------------------------------------------------


def _guide(sheet: Worksheet, place: int, head: Head, lists: _Lists, codes: tuple[str, ...]) -> None:
    rule = _rule(head, lists, codes)
    if rule is None:
        return
    letter = get_column_letter(place)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{MOST_ROWS}")
    rule.allow_blank = True
    if head.role is ColumnRole.FIELD:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, printable(head.title)[:32], head.note[:250]
    sheet.add_data_validation(rule)


def _rule(head: Head, lists: _Lists, codes: tuple[str, ...]) -> DataValidation | None:
    if head.role is ColumnRole.DELETE:
        return _from_list(lists.place(("ya",)), "Tulis ya, atau kosongkan.")
    if head.role is ColumnRole.CODE:
        # A new initiative's rows carry a code of the writer's own, so the list only offers.
        return DataValidation(type="list", formula1=lists.place(codes), showErrorMessage=False) if codes else None
    return _rule_of(head.column, lists) if head.column else None


def _rule_of(column: SheetColumn, lists: _Lists) -> DataValidation:
    if column.kind is CellKind.CHOICE:
        labels = tuple(label for _, label in column.options.offered)
        return _from_list(lists.place(labels), "Pilih dari daftar.") if labels else DataValidation()
    if column.kind is CellKind.SCORE:
        return _whole(1, 5, "Tulis nilai 1 sampai 5.")
    if column.kind is CellKind.YEAR:
        return _whole(1900, 2100, "Tulis tahun dengan empat angka, misalnya 2027.")
    if column.limit:
        return DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(column.limit), showErrorMessage=True,
            errorTitle="Terlalu panjang", error=f"Paling banyak {column.limit} karakter. Ringkas isian ini.",
        )  # fmt: skip
    return DataValidation()


def _from_list(formula: str, error: str) -> DataValidation:
    return DataValidation(
        type="list", formula1=formula, showErrorMessage=True, errorTitle="Tidak ada dalam daftar", error=error
    )


def _whole(low: int, high: int, error: str) -> DataValidation:
    return DataValidation(
        type="whole", operator="between", formula1=str(low), formula2=str(high),
        showErrorMessage=True, errorTitle="Periksa isian", error=error,
    )  # fmt: skip


# Paper and protection -----------------------------------------------------------------------------------------------


def _protect(sheet: Worksheet) -> None:
    """Against slips, not against people: no password, and widths, filters and further rows stay free."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)
