"""Pages on which the parts of a stage are written: its facts, its agenda, what it asks of each agency, its minutes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.views.requests import SignedIn
from masterplan.editing.forms.rows import RowForm, RowSet, data_to_redraw, open_rows
from masterplan.models import Workshop
from masterplan.reference_bimtek import OutputKind
from masterplan.workshops.actions import workshops as actions
from masterplan.workshops.actions.workshops import Content, WorkshopConflict, content_of, mark_of
from masterplan.workshops.forms.workshops import (
    AGENDA,
    OUTPUTS,
    AgendaRow,
    AgendaRows,
    MinutesForm,
    OutputRow,
    OutputRows,
    StageForm,
)
from masterplan.workshops.views.workshops import enter_stage
from smartcity.common.formatting import format_date, format_moment
from smartcity.common.pages import posted
from smartcity.common.times import format_time


@dataclass(frozen=True)
class StagePart:
    """A part of a stage that is saved by itself, against the mark of what its page showed.

    `make_form` takes the stage, what is stored, what was sent (or None) and whether nothing is to be judged; `in_words`
    gives what a conflict shows, by its label.
    """

    name: str
    make_form: Callable[[Workshop, Content, Any, bool], Any]
    in_words: Callable[[Content], dict[str, str]]
    is_table: bool = False


def _rows(key: str, row: type[RowForm], rows: type[RowSet]) -> Callable[[Workshop, Content, Any, bool], RowSet]:
    return lambda workshop, stored, data, quiet: open_rows(
        row, rows, key=key, stored=stored, years=(), data=data, quiet=quiet
    )


def _facts_in_words(data: Content) -> dict[str, str]:
    return {_label(name): _say(data[name]) for name in actions.FACTS}


def _label(name: str) -> str:
    column = cast("Field[Any, Any]", Workshop._meta.get_field(name))
    return str(column.verbose_name).capitalize()


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return format_moment(value)
    return format_date(value) if isinstance(value, date) else str(value or "")


def _agenda_in_words(data: Content) -> dict[str, str]:
    lines = (
        f"Hari ke-{row['day']} {format_time(row['start'])}–{format_time(row['end'])} {row['topic']}"
        + (f" ({row['speaker']})" if row["speaker"] else "")
        for row in data
    )
    return {"Agenda": "\n".join(lines)}


def _outputs_in_words(data: Content) -> dict[str, str]:
    return {"Hasil": "\n".join(f"{row['title']} ({OutputKind(row['kind']).label})" for row in data)}


FACTS = StagePart("facts", lambda stage, stored, data, quiet: StageForm(stage.regency, stored, data), _facts_in_words)
MINUTES = StagePart(
    "minutes",
    lambda stage, stored, data, quiet: MinutesForm(data, initial={"minutes": stored}),
    lambda data: {"Notulen": data},
)
AGENDA_PART = StagePart("agenda", _rows(AGENDA, AgendaRow, AgendaRows), _agenda_in_words, is_table=True)
OUTPUTS_PART = StagePart("outputs", _rows(OUTPUTS, OutputRow, OutputRows), _outputs_in_words, is_table=True)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What a stage is, when and where."""
    return _part_page(request, slug, pk, FACTS, "masterplan/workshops/workshop/edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_agenda(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The items of the agenda, day by day."""
    return _part_page(request, slug, pk, AGENDA_PART, "masterplan/workshops/workshop/agenda.html")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_outputs(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What every invited agency is asked for."""
    return _part_page(request, slug, pk, OUTPUTS_PART, "masterplan/workshops/workshop/outputs.html")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_minutes(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The minutes of the stage."""
    return _part_page(request, slug, pk, MINUTES, "masterplan/workshops/workshop/minutes.html")


def _part_page(request: SignedIn, slug: str, pk: int, part: StagePart, template: str) -> HttpResponse:
    """The page of a part. What somebody else saved meanwhile is shown beside what was typed, and nothing is lost.

    A table is saved as a whole; without JavaScript its button for another row only draws the page again.
    """
    workshop, by = enter_stage(request, slug, pk)
    stored = content_of(workshop, part.name)
    drawn = data_to_redraw(request.POST) if part.is_table else None
    form = part.make_form(workshop, stored, drawn or posted(request), drawn is not None)
    shown: dict[str, Any] = {"seen": request.POST.get("seen", "") or mark_of(stored), "conflict": []}
    refused: list[tuple[str, str]] = []
    if form.is_bound and drawn is None and form.is_valid():
        data = form.value()
        try:
            actions.save_part(workshop, by=by, part=part.name, data=data, seen=shown["seen"])
        except WorkshopConflict as conflict:
            shown = {"seen": mark_of(conflict.current), "conflict": _differences(part, conflict.current, data)}
        except ValidationError as error:
            if part.is_table:
                refused = [("", sentence) for sentence in error.messages]
            else:
                form.add_error(None, error)
        else:
            messages.success(request, f"Tahap {workshop.stage} disimpan.")
            return redirect("workshop_detail", slug, pk)
    errors = [] if drawn is not None else refused or form.error_links
    context = {"workshop": workshop, "rows" if part.is_table else "form": form, "errors": errors, **shown}
    return render(request, template, context)


def _differences(part: StagePart, stored: Content, typed: Content) -> list[dict[str, str]]:
    theirs, mine = part.in_words(stored), part.in_words(typed)
    return [
        {"label": label, "theirs": theirs[label], "mine": mine[label]}
        for label in theirs
        if theirs[label] != mine[label]
    ]
