"""Workbooks written as data: what stands in the rows of each sheet, what is merged, bold, italic or hidden."""

from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from masterplan.plans.importing.document import KnownAgency, PlanContext
from tests.masterplan.plans.importing.outlines import saved

UNITS = (
    KnownAgency(1, "Dinas Komunikasi dan Informatika", ("Diskominfo",)),
    KnownAgency(2, "Dinas Pendidikan dan Kebudayaan", ("Disdikbud",)),
    KnownAgency(3, "Dinas Kesehatan", ("Dinkes",)),
    KnownAgency(4, "Dinas Pekerjaan Umum dan Penataan Ruang", ("DPUPR",)),
    KnownAgency(5, "Inspektorat"),
    KnownAgency(6, "Dinas Lingkungan Hidup", ("DLH",)),
    KnownAgency(7, "Badan Keuangan Daerah", ("BKD",)),
)
KENDAL = PlanContext("rpjmd", 2021, 2026, "Kabupaten Kendal", UNITS)
DEMAK = PlanContext("rpjmd", 2025, 2029, "Kabupaten Demak", UNITS)
BOYOLALI = PlanContext("renstra", 2021, 2026, "Kabupaten Boyolali", UNITS)
DEMAK_RENSTRA = PlanContext("renstra", 2025, 2029, "Kabupaten Demak", UNITS)


@dataclass(frozen=True)
class Sheet:
    """A sheet: the values of its rows from column A on, areas merged, and how some cells look."""

    title: str
    rows: dict[int, list[Any]]
    merged: str = ""
    bold: str = ""
    italic: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: str = ""
    is_hidden: bool = False


def workbook(*sheets: Sheet) -> bytes:
    """The file with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        _write(book.create_sheet(each.title), each)
    return saved(book)


def _write(sheet: Any, laid_out: Sheet) -> None:
    for number, values in laid_out.rows.items():
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(number, column).value = value
    for area in laid_out.merged.split():
        sheet.merge_cells(area)
    for cell in laid_out.bold.split():
        sheet[cell].font = Font(bold=True)
    for cell in laid_out.italic.split():
        sheet[cell].font = Font(italic=True)
    for cell, number_format in laid_out.formats.items():
        sheet[cell].number_format = number_format
    for row in laid_out.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letter in laid_out.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    sheet.sheet_state = "hidden" if laid_out.is_hidden else "visible"
