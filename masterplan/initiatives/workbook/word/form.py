"""Fills the Word template with an initiative's answers. Text is escaped; nothing in it is taken for a template."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from docxtpl import DocxTemplate

from masterplan.initiatives.workbook.columns import OwnNames, QuestionTable, single_columns, tables, years_in
from masterplan.initiatives.workbook.layout import LINK_COLUMNS, answers_of
from masterplan.initiatives.workbook.word.widths import set_widths
from masterplan.models import Initiative, evidence_of
from masterplan.registry import SECTIONS, Field, Kind
from smartcity.common.formatting import format_date, format_number
from smartcity.common.workbooks.cells import CellKind, SheetColumn, Written, printable, write

_TEMPLATE = Path(__file__).with_name("inisiatif.docx")
_EMPTY_ROWS = 3
_EMPTY_LINES = {CellKind.TEXT: 4}

Json = dict[str, Any]


def word_form(initiative: Initiative) -> bytes:
    """The form of one initiative (read with `complete()`) as a .docx file."""
    document = DocxTemplate(_TEMPLATE)
    context = _context(initiative)
    document.render(context, autoescape=True)
    drawn = [asked for section in context["sections"] for asked in section["questions"] if asked["heads"]]
    for asked, table in zip(drawn, document.docx.tables, strict=True):
        set_widths(table, [asked["heads"], *asked["rows"]])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _context(initiative: Initiative) -> Json:
    answers, names = answers_of(initiative), OwnNames(initiative)
    columns = {column.key: column for column in single_columns(names)}
    years = {str(year) for year in initiative.master_plan.years}
    years |= {year for value in answers.values() for year in years_in(value)}
    sheets = {table.field.key: table for table in tables(years)}

    def question(field: Field) -> Json:
        if field.key in columns:
            return _single(field, columns[field.key], answers[field.key])
        if field.key in sheets:
            return _table(field, sheets[field.key], answers[field.key])
        return _APART[field.kind](field, initiative)

    sections = [
        {"title": section.title, "questions": [question(field) for field in section.fields]} for section in SECTIONS
    ]
    return {
        "name": printable(initiative.name),
        "code": initiative.code,
        "agency": printable(initiative.lead_agency.name),
        "state": initiative.get_status_display(),
        "day": format_date(timezone.localdate()),
        "sections": sections,
    }


def _question(field: Field, **more: Any) -> Json:
    return {"label": field.label, "help": field.help, "text": "", "lines": [], "heads": [], "rows": [], **more}


def _single(field: Field, column: SheetColumn, value: Any) -> Json:
    text = _words(column, write(column, value))
    lines = [] if text else range(_EMPTY_LINES.get(column.kind, 1))
    return _question(field, text=text, lines=list(lines))


def _table(field: Field, table: QuestionTable, value: Any) -> Json:
    rows = table.rows_of(value)
    if table.single:
        flat = rows[0] if rows else {}
        rows_shown = [[column.head, _words(column, write(column, flat.get(column.key)))] for column in table.columns]
        return _question(field, heads=["Pertanyaan", "Isian"], rows=rows_shown)
    rows_shown = [[_words(column, write(column, row.get(column.key))) for column in table.columns] for row in rows]
    empty = [[""] * len(table.columns)] * (0 if rows_shown else _EMPTY_ROWS)
    return _question(field, heads=[column.head for column in table.columns], rows=[*rows_shown, *empty])


def _links(field: Field, initiative: Initiative) -> Json:
    rows_shown = [[printable(tell(link)) for _, _, tell in LINK_COLUMNS] for link in initiative.links.all()]
    empty = [[""] * len(LINK_COLUMNS)] * (0 if rows_shown else _EMPTY_ROWS)
    return _question(field, heads=[title for title, _, _ in LINK_COLUMNS], rows=[*rows_shown, *empty])


def _evidence(field: Field, initiative: Initiative) -> Json:
    rows_shown = [[printable(row.title), row.facts, row.get_placement_display()] for row in evidence_of(initiative)]
    return _question(
        field, heads=["Judul", "Berkas", "Letak dalam buku"], rows=[*rows_shown, *([] if rows_shown else [[""] * 3])]
    )


# Answers that the portal stores apart; on paper they stand with the others.
_APART: dict[Kind, Callable[[Field, Initiative], Json]] = {Kind.LINKS: _links, Kind.EVIDENCE: _evidence}


def _words(column: SheetColumn, written: Written) -> str:
    """A cell as it is read on paper."""
    if isinstance(written, date):
        return format_date(written)
    if column.kind is CellKind.MONEY and isinstance(written, int):
        return format_number(written)
    return "" if written is None else str(written)
