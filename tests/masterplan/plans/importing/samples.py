"""Workbooks as data: the files below `workbooks/` say what stands in each sheet, the tree it holds and what is asked.

In a file an empty text is an empty cell. `plan` names one of `PLANS_BY_NAME`; `questions` are the keys of what is asked.
"""

import tomllib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from masterplan.plans.importing.document import KnownAgency, PlanContext

FOLDER = Path(__file__).parent / "workbooks"

_SEMARANG_AGENCIES = (
    KnownAgency(1, "Dinas Komunikasi dan Informatika", ("DISKOMINFO", "Diskominfo")),
    KnownAgency(2, "Dinas Pendidikan, Kebudayaan, Kepemudaan dan Olahraga", ("DISDIKBUDPORA",)),
    KnownAgency(3, "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", ("BAPPERIDA",)),
    KnownAgency(4, "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah", ("BARENLITBANGDA",), True, 3),
    KnownAgency(5, "Dinas Pariwisata", ("DINPAR", "Disporapar")),
)
_AGENCIES = (
    KnownAgency(1, "Dinas Komunikasi dan Informatika", ("Diskominfo",)),
    KnownAgency(2, "Dinas Pendidikan dan Kebudayaan", ("Disdikbud",)),
    KnownAgency(3, "Dinas Kesehatan", ("Dinkes",)),
    KnownAgency(4, "Dinas Pekerjaan Umum dan Penataan Ruang", ("DPUPR",)),
    KnownAgency(5, "Inspektorat"),
    KnownAgency(6, "Dinas Lingkungan Hidup", ("DLH",)),
    KnownAgency(7, "Badan Keuangan Daerah", ("BKD",)),
)
_PROGRAMS = (
    (71, "2.16.03", "Program Aplikasi Informatika"),
    (72, "2.16.02", "Program Informasi dan Komunikasi Publik"),
)
PLANS_BY_NAME = {
    "semarang": PlanContext("rpjmd", 2021, 2026, "Kabupaten Semarang", _SEMARANG_AGENCIES),
    "semarang_renstra": PlanContext("renstra", 2021, 2026, "Kabupaten Semarang", _SEMARANG_AGENCIES, _PROGRAMS),
    "kendal": PlanContext("rpjmd", 2021, 2026, "Kabupaten Kendal", _AGENCIES),
    "demak": PlanContext("rpjmd", 2025, 2029, "Kabupaten Demak", _AGENCIES),
    "boyolali": PlanContext("renstra", 2021, 2026, "Kabupaten Boyolali", _AGENCIES),
    "demak_renstra": PlanContext("renstra", 2025, 2029, "Kabupaten Demak", _AGENCIES),
}
RPJMD, RENSTRA = PLANS_BY_NAME["semarang"], PLANS_BY_NAME["semarang_renstra"]
KENDAL, BOYOLALI = PLANS_BY_NAME["kendal"], PLANS_BY_NAME["boyolali"]


@dataclass(frozen=True)
class Sheet:
    """A sheet: the values of its rows from column A on, areas merged, and how some cells look."""

    title: str
    rows: dict[int, list[Any]]
    merged: str = ""
    bold: str = ""
    italic: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    indents: dict[str, int] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class SampleWorkbook:
    """A workbook, the plan it is for, the tree it holds and the keys of the questions it must raise."""

    name: str
    plan: PlanContext
    tree: str
    questions: frozenset[str]
    sheets: tuple[Sheet, ...]

    @property
    def data(self) -> bytes:
        """The file."""
        return workbook(*self.sheets)


def sample(name: str) -> SampleWorkbook:
    """The workbook of `workbooks/<name>.toml`."""
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    sheets = tuple(Sheet(**{**each, "rows": _rows(each["rows"])}) for each in told["sheets"])
    return SampleWorkbook(
        name, PLANS_BY_NAME[told["plan"]], told["tree"].rstrip("\n"), frozenset(told["questions"]), sheets
    )


def samples(group: str = "*") -> list[SampleWorkbook]:
    """All of them, or those of one folder."""
    names = sorted(path.relative_to(FOLDER).with_suffix("") for path in FOLDER.glob(f"{group}/*.toml"))
    return [sample(name.as_posix()) for name in names]


def _rows(rows: dict[str, list[Any]]) -> dict[int, list[Any]]:
    return {int(number): [None if value == "" else value for value in values] for number, values in rows.items()}


def saved(book: Workbook) -> bytes:
    """The file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*sheets: Sheet) -> bytes:
    """The file with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        _write(book.create_sheet(each.title), each)
    return saved(book)


def _write(sheet: Any, told: Sheet) -> None:
    for number, values in told.rows.items():
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(number, column).value = value
    for area in told.merged.split():
        sheet.merge_cells(area)
    for cell in {*told.bold.split(), *told.italic.split()}:
        sheet[cell].font = Font(bold=cell in told.bold.split(), italic=cell in told.italic.split())
    for cell, number_format in told.formats.items():
        sheet[cell].number_format = number_format
    for cell, steps in told.indents.items():
        sheet[cell].alignment = Alignment(indent=steps)
    for row in told.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letter in told.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    sheet.sheet_state = "hidden" if told.is_hidden else "visible"
