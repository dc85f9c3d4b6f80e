"""A sheet as somebody sent it, with its columns recognised by their heads and its rows by their marks.

Order does not matter; what is missing, doubled or strange becomes an error or a note. Changes are found in `compare`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from masterplan.initiatives.workbook.layout import (
    CODE,
    DELETE,
    FIRST_ROW,
    MARK,
    ColumnRole,
    Head,
    RowMark,
    plan_of_help,
)
from smartcity.common.workbooks.cells import SheetColumn, folded, printable
from smartcity.common.workbooks.reader import Cell, Grid

_HEAD_WITHIN = 10


@dataclass(frozen=True)
class CellError:
    """What is wrong with one cell, and what to write there."""

    sheet: str
    row: int
    column: int
    sentence: str

    @property
    def cell(self) -> str:
        """Its address, such as C7."""
        return f"{get_column_letter(self.column)}{self.row}"

    def as_json(self) -> dict[str, Any]:
        """For the stored result."""
        return {"sheet": self.sheet, "cell": self.cell, "sentence": printable(self.sentence)}


@dataclass
class DataRow:
    """A row of data. `cells` by column key, None where nothing stands; only columns that the sheet has."""

    sheet: "OpenedSheet"
    number: int
    mark: RowMark | None
    code: str
    delete: bool
    cells: dict[str, Cell | None]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not any(self.cells.values())

    def error(self, key: str, sentence: str) -> CellError:
        """An error at the cell of a column, or of the code where `key` is not a column of the sheet."""
        column = self.sheet.places.get(key) or self.sheet.places.get(CODE) or 1
        return CellError(self.sheet.title, self.number, column, sentence)


@dataclass
class OpenedSheet:
    """A sheet of ours: where its columns stand, its rows, and what is wrong with it as a whole."""

    title: str
    grid: Grid
    places: dict[str, int] = field(default_factory=dict)
    columns: dict[str, SheetColumn] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)
    head_row: int = 1
    rows: list[DataRow] = field(default_factory=list)
    plans: list[tuple[int, int]] = field(default_factory=list)  # which plan is named in which row, by the marks
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """Every code that stands below the head, also in rows that could not be recognised."""
        place = self.places.get(CODE, 0)
        return {_code(cells.get(place)) for number, cells in self.grid.rows.items() if number > self.head_row} - {""}


def open_sheet(grid: Grid, heads: list[Head]) -> OpenedSheet:
    """Recognise `grid` as a sheet with `heads`."""
    sheet = OpenedSheet(grid.title, grid)
    found = next((number for number in sorted(grid.rows) if number <= _HEAD_WITHIN and _has_mark(grid, number)), None)
    if found is None:
        where = CellError(grid.title, 1, 1, f"Kolom {MARK} tidak ditemukan. Pakai buku kerja yang diunduh dari portal.")
        sheet.errors.append(where)
        return sheet
    sheet.head_row = found
    _recognise_columns(sheet, heads)
    _refuse_merged(sheet)
    for number in sorted(grid.rows):
        if number > found:
            _read_row(sheet, number)
    return sheet


def _has_mark(grid: Grid, number: int) -> bool:
    return any(cell.kind == "s" and folded(cell.value) == folded(MARK) for cell in grid.rows[number].values())


def _recognise_columns(sheet: OpenedSheet, heads: list[Head]) -> None:
    known = {folded(head.title): head for head in heads}
    for place, cell in sorted(sheet.grid.rows[sheet.head_row].items()):
        title = _text(cell)
        head = known.get(folded(title))
        if head is None:
            sheet.heads[place] = Head(title, "", ColumnRole.STRANGE, 20)
            where = f"{get_column_letter(place)}{sheet.head_row}"
            sheet.notes.append(f"Kolom “{title[:60]}” ({sheet.title}, sel {where}) tidak dikenal dan tidak dibaca.")
            continue
        key = head.column.key if head.column else head.title
        if key in sheet.places:
            sheet.errors.append(
                CellError(sheet.title, sheet.head_row, place, "Judul kolom ini ada dua kali. Hapus satu.")
            )
            continue
        sheet.places[key], sheet.heads[place] = place, head
        if head.column:
            sheet.columns[key] = head.column
    _note_missing(sheet, heads)


def _note_missing(sheet: OpenedSheet, heads: list[Head]) -> None:
    lacking = [head.title for head in heads if head.column and head.column.key not in sheet.columns]
    if lacking:
        listed = ", ".join(lacking[:6]) + (" dan lainnya" if len(lacking) > 6 else "")
        sheet.notes.append(f"Kolom {listed} tidak ada di lembar {sheet.title}; isiannya di portal tetap.")


def _refuse_merged(sheet: OpenedSheet) -> None:
    for reference in sheet.grid.merged:
        left, top, _, bottom = range_boundaries(reference)
        if left and top and bottom and bottom > sheet.head_row:
            sentence = f"Sel {reference} digabung. Pisahkan lagi, lalu isi setiap barisnya."
            sheet.errors.append(CellError(sheet.title, max(top, FIRST_ROW), left, sentence))


def _read_row(sheet: OpenedSheet, number: int) -> None:
    cells = sheet.grid.rows[number]
    text = _text(cells.get(sheet.places[MARK]))
    named = plan_of_help(text)
    if named is not None:
        sheet.plans += [(named, number)] if named else []
        return
    row = DataRow(
        sheet,
        number,
        RowMark.read(text) if text else None,
        _code(cells.get(sheet.places.get(CODE, 0))),
        False,
        {key: cells.get(sheet.places[key]) for key in sheet.columns},
    )
    if text and row.mark is None:
        sheet.errors.append(row.error(CODE, "Penanda baris ini berubah. Unduh buku kerja baru, lalu salin isiannya."))
        return
    if row.mark:
        sheet.plans.append((row.mark.plan, number))
    if row.mark is None and row.is_blank:
        return
    row.delete = _wants_removal(sheet, row, cells.get(sheet.places.get(DELETE, 0)))
    sheet.rows.append(row)


def _wants_removal(sheet: OpenedSheet, row: DataRow, cell: Cell | None) -> bool:
    word = folded(_text(cell))
    if word in ("ya", "y", "x"):
        return True
    if word not in ("", "tidak", "t", "-"):
        sheet.errors.append(row.error(DELETE, "Tulis ya untuk menghapus baris ini, atau kosongkan."))
    return False


def _code(cell: Cell | None) -> str:
    return re.sub(r"\s+", " ", _text(cell)).strip().upper()


def _text(cell: Cell | None) -> str:
    return "" if cell is None else str(cell.value).strip()
