"""The page of one written row: its questions, saving by button and while one types, two texts on conflict, its record.

What stands around the questions is said by a `WrittenPage`; `autosaving` tells how versions are agreed about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agencies.views.requests import SignedIn
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.forms.conflict import ConflictForm
from masterplan.editing.forms.written import WrittenForm, sent_keys
from masterplan.editing.history import last_change
from masterplan.editing.views.autosaving import EditedRow, as_sent, carried, changed_answers, packet_answer, saved_time
from masterplan.models import WrittenRow
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink
from smartcity.common.text import whole_number

_RECORD = 20

# Makes the form from what was sent (None: as stored), with all questions or `only` some.
MakeForm = Callable[..., WrittenForm]


@dataclass(frozen=True)
class WrittenPage:
    """Where a page stands: its template, its own address, that of autosave, where it leads, and what else it shows.

    `back_url` is the list it came from, `next_url` where the primary button (`save_label`) leads.

    `name` tells the drafts that a browser keeps of this page from those of others.
    """

    template: str
    name: str
    url: str
    autosave_url: str
    back_url: str
    next_url: str
    save_label: str = "Simpan"
    context: Mapping[str, Any] = field(default_factory=dict)


def written_page(request: SignedIn, desk: EditedRow, make: MakeForm, place: WrittenPage) -> HttpResponse:
    """The page as stored; sent by button: stored, or shown again with what must be mended or decided."""
    if request.method != "POST":
        return _show(request, desk, make(), place)
    form = make(request.POST)
    if not form.is_valid():
        return _show(request, desk, form, place)
    if "clash" in request.POST:
        return _settle(request, desk, form, place)
    return _store(request, desk, form, place, *changed_answers(request.POST, form.content()))


def written_autosave(request: SignedIn, desk: EditedRow, make: MakeForm) -> JsonResponse:
    """Store the changed answers of the page as far as they are understood, and say what became of each."""
    if desk.was_left(request.POST):
        return desk.answer("signed_out")
    form = make(request.POST, only=sent_keys(request.POST))
    form.is_valid()
    try:
        return packet_answer(request.POST, desk, form)
    except ObjectDoesNotExist as gone:
        raise Http404 from gone


def _store(
    request: SignedIn, desk: EditedRow, form: WrittenForm, place: WrittenPage, content: Content, version: int
) -> HttpResponse:
    try:
        desk.store(data=content, version=version)
    except EditConflict as conflict:
        choice = ConflictForm(conflict.current, mine=conflict.mine, asked=form.disputable)
        return _show_conflict(request, desk, form, place, choice, conflict)
    except ValidationError as error:
        return _show(request, desk, form, place, [("", sentence) for sentence in error.messages])
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    return redirect(place.url if request.POST.get("next") == "stay" else place.next_url)


def _show(
    request: SignedIn, desk: EditedRow, form: WrittenForm, place: WrittenPage, more_errors: Iterable[ErrorLink] = ()
) -> HttpResponse:
    row: Any = desk.row
    errors = [*more_errors, *form.error_links]
    sent = as_sent(request.POST, form.keys) if request.POST else {"edit_version": row.edit_version}
    context = {
        "form": form,
        "questions": [(form[key], form.chosen(key) if key in form.folded else None) for key in form.keys],
        "errors": errors,
        "saved_time": "" if errors else saved_time(desk.user, desk.regency, row.updated_at, row.updated_by_id),
        "record": record(row, form),
        "history_url": reverse("written_history", args=[desk.regency.slug, row.writing_kind.value, row.pk])
        if row.pk
        else "",
    }
    return render(request, place.template, _frame(desk, place) | context | sent)


def _frame(desk: EditedRow, place: WrittenPage) -> dict[str, Any]:
    row: Any = desk.row
    return {
        "plan": row.master_plan,
        "place": place,
        "row": row,
        "clashes": [],
        "changed": "",
        "seen": "",
        "saved_time": "",
        "record": [],
        "history_url": "",
        "form": None,
        **place.context,
    }


def record(row: WrittenRow, form: WrittenForm) -> list[dict[str, Any]]:
    """The newest changes of a row, each with its answers before and after in words."""
    labels = form.labels()
    return [
        {
            "at": change.at,
            "by": change.by_role,
            "is_first": not change.before,
            "answers": [
                {
                    "label": labels[key],
                    "old": form.shown(key, change.before.get(key)),
                    "new": form.shown(key, value),
                    "is_word": key in form.folded or not isinstance(value, str),
                }
                for key, value in change.after.items()
                if key in labels
            ],
        }
        for change in row.changes[:_RECORD]
    ]


# Somebody else was there first ----------------------------------------------------------------------------------------


def _settle(request: SignedIn, desk: EditedRow, form: WrittenForm, place: WrittenPage) -> HttpResponse:
    """Store what the person chose; only what they had changed themselves, whatever else the page holds."""
    keys = request.POST.getlist("clash")
    choice = ConflictForm(keys, request.POST, asked=form.disputable)
    changed = request.POST.getlist("mine")
    content = {key: value for key, value in form.content().items() if key in changed}
    version = whole_number(request.POST.get("seen_version"))
    if choice.is_valid():
        return _store(request, desk, form, place, choice.decide(content), version)
    stored = form.stored_values()
    current = {key: stored[key] for key in choice.keys if key in content}
    conflict = EditConflict(current=current, mine=content, version=version)
    return _show_conflict(request, desk, form, place, choice, conflict)


def _show_conflict(
    request: SignedIn,
    desk: EditedRow,
    form: WrittenForm,
    place: WrittenPage,
    choice: ConflictForm,
    conflict: EditConflict,
) -> HttpResponse:
    row: Any = desk.row
    clashes = [
        {
            "field": {"key": key, "label": form.labels()[key]},
            "mine": form.shown(key, conflict.mine[key]),
            "theirs": form.shown(key, value),
            "choice": choice[f"choice_{key}"],
            "merged": choice[f"merged_{key}"] if f"merged_{key}" in choice.fields else None,
        }
        for key, value in conflict.current.items()
    ]
    change = last_change(row, conflict.current)
    when = change.at if change else row.updated_at
    context = {
        "clashes": clashes,
        "errors": choice.error_links,
        "carried": carried(request.POST, conflict),
        "seen_version": conflict.version,
        "when": desk.clock(when) if when else "",
        "by": change.by_role if change else "",
        "cancel_url": place.url,
    }
    return render(request, place.template, _frame(desk, place) | context)
