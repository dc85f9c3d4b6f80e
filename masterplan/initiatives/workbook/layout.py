"""The workbook's sheets before Excel knows of them: which columns, which rows, and how a row is recognised later.

A row's mark names plan, initiative, version and place: `7/GO-01/3/2` is the second row of GO-01 in its version 3.
The row of help below the heads is marked as well, `petunjuk 7`, so that a file with new rows only names its plan too.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from masterplan.initiatives.workbook.columns import (
    ChoiceNames,
    QuestionTable,
    is_in_workbook,
    single_columns,
    tables,
    years_in,
)
from masterplan.models import Initiative, MasterPlan
from masterplan.registry import FIELDS, Content, normalise
from masterplan.registry.reading import read
from smartcity.common.workbooks.cells import SheetColumn, Written, printable, write

HELP, MAIN, LINKS, LISTS = "Petunjuk", "Inisiatif", "Tautan", "Daftar"
MARK, CODE, NAME, NUMBER, STATUS, DELETE = "Penanda", "Kode", "Nama inisiatif", "No.", "Keadaan", "Hapus"
NOTE_MARK = "petunjuk"
NEW_CODE = re.compile(r"baru(?:[\s-]?\w{1,20})?", re.IGNORECASE)
FIRST_ROW = 3


class ColumnRole(StrEnum):
    """What a column is for."""

    MARK = "mark"
    CODE = "code"
    INFO = "info"
    FIELD = "field"
    DELETE = "delete"
    STRANGE = "strange"


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    title: str
    note: str
    role: ColumnRole
    width: int
    column: SheetColumn | None = None


@dataclass
class SheetLine:
    """One row: what stands in its cells, whether it is stored already, and what is wrong with single cells."""

    cells: list[Written]
    is_stored: bool = True
    errors: dict[int, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A sheet; lines by their row number. `read_only` is never read back."""

    title: str
    heads: list[Head]
    lines: dict[int, SheetLine] = field(default_factory=dict)
    read_only: bool = False

    def add(self, line: SheetLine) -> None:
        """Put a line below the others."""
        self.lines[max(self.lines, default=FIRST_ROW - 1) + 1] = line


@dataclass(frozen=True)
class RowMark:
    """Which stored row a row of the file is."""

    plan: int
    code: str
    version: int
    number: int = 0

    def __str__(self) -> str:
        tail = f"/{self.number}" if self.number else ""
        return f"{self.plan}/{self.code}/{self.version}{tail}"

    @classmethod
    def read(cls, text: str) -> "RowMark | None":
        """The mark in a cell, or None where somebody wrote something else."""
        found = re.fullmatch(r"(\d{1,12})/([A-Z0-9]{1,4}-\d{2,6})/(\d{1,9})(?:/(\d{1,5}))?", text.strip())
        return cls(int(found[1]), found[2], int(found[3]), int(found[4] or 0)) if found else None


def answers_of(initiative: Initiative) -> Content:
    """The answers that stand in the workbook, in their one spelling."""
    content = read(initiative, [key for key, field in FIELDS.items() if is_in_workbook(field)])
    return {key: normalise(FIELDS[key], value) for key, value in content.items()}


def help_mark(plan: MasterPlan) -> str:
    """The mark of the row of help, which names the plan."""
    return f"{NOTE_MARK} {plan.pk}"


def plan_of_help(text: str) -> int | None:
    """The plan that the mark of a row of help names: 0 in files of before, which named none; None for another text."""
    found = re.fullmatch(rf"{NOTE_MARK}(?: (\d{{1,12}}))?", text.strip().casefold())
    return int(found[1] or 0) if found else None


def main_heads(names: ChoiceNames) -> list[Head]:
    """The columns of the sheet with a row per initiative."""
    return [
        Head(MARK, help_mark(names.plan), ColumnRole.MARK, 16),
        Head(CODE, "Baru: kosong atau BARU-1.", ColumnRole.CODE, 10),
        Head(STATUS, "Hanya dibaca.", ColumnRole.INFO, 14),
        *(Head(column.head, column.note, ColumnRole.FIELD, column.width, column) for column in single_columns(names)),
    ]


def table_heads(plan: MasterPlan, table: QuestionTable) -> list[Head]:
    """The columns of the sheet of a table."""
    fields = [Head(column.head, column.note, ColumnRole.FIELD, column.width, column) for column in table.columns]
    removal = [] if table.single else [Head(DELETE, "Tulis ya untuk menghapus baris ini.", ColumnRole.DELETE, 9)]
    return [
        Head(MARK, help_mark(plan), ColumnRole.MARK, 16),
        Head(CODE, "Kode inisiatif.", ColumnRole.CODE, 10),
        Head(NAME, "Hanya dibaca.", ColumnRole.INFO, 30),
        Head(NUMBER, "Hanya dibaca.", ColumnRole.INFO, 6),
        *fields,
        *removal,
    ]


# What goes out ------------------------------------------------------------------------------------------------------


def sheets_of(plan: MasterPlan, initiatives: Iterable[Initiative]) -> list[Sheet]:
    """All sheets with content for `initiatives` (read with `complete()`)."""
    names = ChoiceNames(plan)
    listed = [(initiative, answers_of(initiative)) for initiative in initiatives]
    years = {str(year) for year in plan.years}
    for _, answers in listed:
        years |= {year for value in answers.values() for year in years_in(value)}
    main = Sheet(MAIN, main_heads(names))
    for initiative, answers in listed:
        mark = str(RowMark(plan.pk, initiative.code, initiative.edit_version))
        fixed: list[Written] = [mark, initiative.code, initiative.get_status_display()]
        main.add(
            SheetLine([*fixed, *(write(head.column, answers[head.column.key]) for head in main.heads if head.column)])
        )
    return [main, *(_table_sheet(plan, table, listed) for table in tables(years)), _links_sheet(listed)]


def _table_sheet(plan: MasterPlan, table: QuestionTable, listed: list[tuple[Initiative, Content]]) -> Sheet:
    sheet = Sheet(table.title, table_heads(plan, table))
    for initiative, answers in listed:
        for number, row in enumerate(table.rows_of(answers[table.field.key]), 1):
            mark = str(RowMark(plan.pk, initiative.code, initiative.edit_version, number))
            fixed: list[Written] = [mark, initiative.code, printable(initiative.name), number]
            cells = [write(column, row.get(column.key)) for column in table.columns]
            sheet.add(SheetLine([*fixed, *cells, *([] if table.single else [None])]))
    return sheet


LINK_COLUMNS: tuple[tuple[str, int, Callable[[Any], str]], ...] = (
    ("Dokumen", 12, lambda link: link.element.plan.get_kind_display()),
    ("Kode program", 16, lambda link: link.element.code),
    ("Program", 48, lambda link: link.element.text),
    ("Indikator program", 34, lambda link: link.indicator.name if link.indicator else ""),
    ("Keadaan tautan", 14, lambda link: link.get_state_display()),
    ("Alasan", 48, lambda link: link.rationale),
)


def _links_sheet(listed: list[tuple[Initiative, Content]]) -> Sheet:
    heads = [Head(CODE, "Hanya dibaca.", ColumnRole.INFO, 10), Head(NAME, "Hanya dibaca.", ColumnRole.INFO, 30)]
    heads += [Head(title, "Hanya dibaca; ubah di portal.", ColumnRole.INFO, width) for title, width, _ in LINK_COLUMNS]
    sheet = Sheet(LINKS, heads, read_only=True)
    for initiative, _ in listed:
        for link in initiative.links.all():
            cells: list[Written] = [printable(tell(link)) for _, _, tell in LINK_COLUMNS]
            sheet.add(SheetLine([initiative.code, printable(initiative.name), *cells]))
    return sheet
