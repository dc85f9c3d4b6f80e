"""Writes an initiative's questions and answers into the empty document that holds the form's styles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from docx import Document

from masterplan.initiatives.workbook.columns import OwnNames, QuestionTable, single_columns, tables, years_in
from masterplan.initiatives.workbook.layout import LINK_COLUMNS, answers_of
from masterplan.initiatives.workbook.word.tables import write_table
from masterplan.models import Initiative, evidence_of
from masterplan.registry import SECTIONS, Field, Kind
from smartcity.common.formatting import format_date, format_number
from smartcity.common.workbooks.cells import CellKind, SheetColumn, Written, printable, write

_TEMPLATE = Path(__file__).with_name("inisiatif.docx")
_EMPTY_ROWS = 3
_EMPTY_LINES = {CellKind.TEXT: 4}


@dataclass(frozen=True)
class _Answer:
    """What stands below a question: a text, or ruled lines to write on, or a table with a row of heads."""

    text: str = ""
    lines: int = 0
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def word_form(initiative: Initiative) -> bytes:
    """The form of one initiative (read with `complete()`) as a .docx file."""
    document = Document(str(_TEMPLATE))
    document.add_paragraph(printable(initiative.name), "Title")
    agency, day = printable(initiative.lead_agency.name), format_date(timezone.localdate())
    state = initiative.get_status_display()
    document.add_paragraph(f"{initiative.code}, {agency}. {state}. Dicetak {day}.", "Bantuan")
    before_page_number = document.sections[0].footer.paragraphs[0].runs[0]
    before_page_number.text = f"{initiative.code} {printable(initiative.name)}{before_page_number.text}"
    answer_to = _answers(initiative)
    for section in SECTIONS:
        document.add_paragraph(section.title, "Heading 1")
        for field in section.fields:
            document.add_paragraph(field.label, "Heading 2")
            document.add_paragraph(field.help, "Bantuan")
            _write(document, answer_to(field))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, answer: _Answer) -> None:
    if answer.text:
        document.add_paragraph(answer.text)
    for _ in range(answer.lines):
        document.add_paragraph(" ", "Baris kosong")
    if answer.heads:
        write_table(document, answer.heads, answer.rows)


def _answers(initiative: Initiative) -> Callable[[Field], _Answer]:
    answers, names = answers_of(initiative), OwnNames(initiative)
    columns = {column.key: column for column in single_columns(names)}
    years = {str(year) for year in initiative.master_plan.years}
    years |= {year for value in answers.values() for year in years_in(value)}
    sheets = {table.field.key: table for table in tables(years)}

    def answer_to(field: Field) -> _Answer:
        if field.key in columns:
            return _single(columns[field.key], answers[field.key])
        if field.key in sheets:
            return _table(sheets[field.key], answers[field.key])
        return _STORED_APART[field.kind](initiative)

    return answer_to


def _single(column: SheetColumn, value: Any) -> _Answer:
    text = _as_text(column, write(column, value))
    return _Answer(text=text, lines=0 if text else _EMPTY_LINES.get(column.kind, 1))


def _table(table: QuestionTable, value: Any) -> _Answer:
    rows = table.rows_of(value)
    if table.single:
        only = rows[0] if rows else {}
        pairs = [(column.head, _as_text(column, write(column, only.get(column.key)))) for column in table.columns]
        return _Answer(heads=("Pertanyaan", "Isian"), rows=pairs)
    texts = [[_as_text(column, write(column, row.get(column.key))) for column in table.columns] for row in rows]
    return _rows([column.head for column in table.columns], texts)


def _links(initiative: Initiative) -> _Answer:
    texts = [[printable(text_of(link)) for _, _, text_of in LINK_COLUMNS] for link in initiative.links.all()]
    return _rows([title for title, _, _ in LINK_COLUMNS], texts)


def _evidence(initiative: Initiative) -> _Answer:
    texts = [[printable(row.title), row.facts, row.get_placement_display()] for row in evidence_of(initiative)]
    return _rows(["Judul", "Berkas", "Letak dalam buku"], texts, empty=1)


# Answers that the portal stores in tables of their own.
_STORED_APART: dict[Kind, Callable[[Initiative], _Answer]] = {Kind.LINKS: _links, Kind.EVIDENCE: _evidence}


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]], *, empty: int = _EMPTY_ROWS) -> _Answer:
    """A table of these rows; without any it has `empty` rows to write in."""
    return _Answer(heads=heads, rows=rows or [[""] * len(heads)] * empty)


def _as_text(column: SheetColumn, written: Written) -> str:
    """A cell as it is read on paper."""
    if isinstance(written, date):
        return format_date(written)
    if column.kind is CellKind.MONEY and isinstance(written, int):
        return format_number(written)
    return "" if written is None else str(written)
