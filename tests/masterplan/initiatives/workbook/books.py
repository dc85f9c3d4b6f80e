"""Workbooks for tests: exported as the portal does, changed as a person in Excel would.

They are read in this process, which is quicker; `reading` asks the limited one.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from openpyxl import Workbook, load_workbook

from agencies.models import User
from masterplan.initiatives.workbook import tasks
from masterplan.initiatives.workbook.actions import imports
from masterplan.initiatives.workbook.compare import WorkbookComparison, compare
from masterplan.initiatives.workbook.export import export_workbook
from masterplan.initiatives.workbook.layout import MARK
from masterplan.initiatives.workbook.limits import INITIATIVES
from masterplan.models import Initiative, MasterPlan, WorkbookImport
from smartcity.common.workbooks.reader import Reading, read_workbook
from tests.masterplan.reading_here import read_here, reading_here


def exported(plan: MasterPlan, initiatives: Iterable[Initiative] | None = None) -> bytes:
    """The workbook of `initiatives`, or of all."""
    rows = plan.initiatives.all().complete() if initiatives is None else initiatives
    return export_workbook(plan, rows, plan.regency.full_name)


class Book:
    """A workbook opened for changing: cells by the head of their column and the number of their row of data."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(data))

    def place(self, sheet: str, head: str) -> int:
        """The column of a head."""
        return next(cell.column for cell in self.book[sheet][1] if cell.value == head)

    def get(self, sheet: str, row: int, head: str) -> Any:
        """What stands in the `row`-th row of data, counted from 1."""
        return self.book[sheet].cell(row + 2, self.place(sheet, head)).value

    def put(self, sheet: str, row: int, **values: Any) -> "Book":
        """Write into a row of data; heads with blanks are written with underscores."""
        for head, value in values.items():
            cell = self.book[sheet].cell(row + 2, self.place(sheet, head.replace("_", " ")))
            cell.value = value
            if isinstance(value, str) and not value.startswith("=RUMUS"):
                cell.data_type = "s"
        return self

    def count(self, sheet: str) -> int:
        """Rows of data with a mark."""
        column = self.place(sheet, MARK)
        return sum(bool(row[column - 1].value) for row in self.book[sheet].iter_rows(min_row=3))

    @property
    def bytes(self) -> bytes:
        """The file."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def reading(data: bytes) -> Reading:
    """What the real child reads in a file."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        return read_workbook(Path(file.name), INITIATIVES)


def compared(plan: MasterPlan, user: User, data: bytes) -> WorkbookComparison:
    """What uploading the file would change."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        return compare(plan, user, read_here(Path(file.name), INITIATIVES).grids)


def uploaded(plan: MasterPlan, user: User, data: bytes) -> WorkbookImport:
    """An upload that a worker has read."""
    job = imports.upload_workbook(plan, by=user, data=data, filename="isian.xlsx")
    with reading_here():
        tasks.run_workbook(job.pk)
    job.refresh_from_db()
    return job


def stored(plan: MasterPlan, user: User, data: bytes, chosen: Iterable[str] = ()) -> WorkbookImport:
    """An upload that was confirmed and that a worker has stored."""
    job = uploaded(plan, user, data)
    assert imports.confirm_import(job, by=user, chosen=chosen), job.result
    with reading_here():
        tasks.run_workbook(job.pk)
    job.refresh_from_db()
    return job
