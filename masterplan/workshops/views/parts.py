"""Pages on which the parts of a stage are written: its agenda, what it asks of each agency, its minutes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.views.requests import SignedIn
from masterplan.editing.forms.rows import RowForm, RowSet, data_to_redraw, open_rows
from masterplan.reference_bimtek import OutputKind
from masterplan.workshops.actions.workshops import content_of, mark_of
from masterplan.workshops.forms.workshops import (
    AGENDA,
    OUTPUTS,
    AgendaRow,
    AgendaRows,
    MinutesForm,
    OutputRow,
    OutputRows,
)
from masterplan.workshops.views.workshops import enter_stage, save_part
from smartcity.common.times import format_time


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_agenda(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The items of the agenda, day by day."""
    return _rows_page(
        request, slug, pk, "agenda", AGENDA, (AgendaRow, AgendaRows), "masterplan/workshops/workshop/agenda.html"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_outputs(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What every invited agency is asked for."""
    forms = (OutputRow, OutputRows)
    return _rows_page(request, slug, pk, "outputs", OUTPUTS, forms, "masterplan/workshops/workshop/outputs.html")


def _rows_page(
    request: SignedIn,
    slug: str,
    pk: int,
    part: str,
    key: str,
    forms: tuple[type[RowForm], type[RowSet]],
    template: str,
) -> HttpResponse:
    """A table of rows that is saved as a whole; without JavaScript a button only draws one more row."""
    workshop, by = enter_stage(request, slug, pk)
    stored = content_of(workshop, part)
    drawn = data_to_redraw(request.POST) if request.method == "POST" else None
    data = drawn if drawn is not None else request.POST if request.method == "POST" else None
    rows = open_rows(*forms, key=key, stored=stored, years=(), data=data, quiet=drawn is not None)
    context: dict[str, Any] = {"seen": request.POST.get("seen", "") or mark_of(stored), "conflict": []}
    errors: list[tuple[str, str]] = []
    if request.method == "POST" and drawn is None and rows.is_valid():
        told = _Told()
        if save_part(request, workshop, by, part, rows.value(), context, told, _SAYS[part]):
            return redirect("workshop_detail", slug, pk)
        errors = told.errors
    elif rows.is_bound and drawn is None:
        errors = rows.error_links
    context |= {"workshop": workshop, "rows": rows, "errors": errors}
    return render(request, template, context)


class _Told:
    """Takes what an action refused where there is no form for the whole."""

    def __init__(self) -> None:
        self.errors: list[tuple[str, str]] = []
        self.fields: dict[str, Any] = {}

    def add_error(self, name: str | None, error: Any) -> None:
        """Keep the sentences."""
        self.errors += [("", sentence) for sentence in getattr(error, "messages", [str(error)])]


def _agenda_in_words(data: Any) -> dict[str, str]:
    lines = (
        f"Hari ke-{row['day']} {format_time(row['start'])}–{format_time(row['end'])} {row['topic']}"
        + (f" ({row['speaker']})" if row["speaker"] else "")
        for row in data
    )
    return {"Agenda": "\n".join(lines)}


def _outputs_in_words(data: Any) -> dict[str, str]:
    return {"Hasil": "\n".join(f"{row['title']} ({OutputKind(row['kind']).label})" for row in data)}


def _minutes_in_words(data: Any) -> dict[str, str]:
    return {"Notulen": data}


_SAYS = {"agenda": _agenda_in_words, "outputs": _outputs_in_words}


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_minutes(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What was said and agreed."""
    workshop, by = enter_stage(request, slug, pk)
    form = MinutesForm(request.POST if request.method == "POST" else None, initial={"minutes": workshop.minutes})
    context: dict[str, Any] = {"seen": request.POST.get("seen", "") or mark_of(workshop.minutes), "conflict": []}
    valid = form.is_bound and form.is_valid()
    if valid and save_part(request, workshop, by, "minutes", form.value(), context, form, _minutes_in_words):
        return redirect("workshop_detail", slug, pk)
    context |= {"workshop": workshop, "form": form, "errors": form.error_links}
    return render(request, "masterplan/workshops/workshop/minutes.html", context)
