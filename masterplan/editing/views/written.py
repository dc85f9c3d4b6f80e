"""The page of one written row: its questions, saving by button, two texts on conflict, its record.

A `WrittenPage` says what stands around the questions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from agencies.views.requests import SignedIn
from masterplan.editing.forms.written import WrittenForm
from masterplan.editing.views.autosaving import EditedRow, saved_time
from masterplan.editing.views.editor import RowEditor
from masterplan.editing.views.history import history_url
from masterplan.models import WrittenRow
from smartcity.common.forms import ErrorLink

_RECORD = 20

# Makes the form from what was sent (None: as stored), with all questions or `only` some.
MakeForm = Callable[..., WrittenForm]


@dataclass(frozen=True)
class WrittenPage:
    """Where a page stands: its template, its own address, that of autosave, where it leads, and what else it shows.

    `back_url` is the list it came from, `next_url` where the primary button (`save_label`) leads.

    `name` distinguishes the drafts that a browser keeps of this page from those of other pages.
    """

    template: str
    name: str
    url: str
    autosave_url: str
    back_url: str
    next_url: str
    save_label: str = "Simpan"
    context: Mapping[str, Any] = field(default_factory=dict)


class _WrittenEditor(RowEditor):
    """The editor of a `WrittenPage`."""

    def __init__(self, request: SignedIn, edited: EditedRow, make: MakeForm, place: WrittenPage) -> None:
        super().__init__(request, edited, make)
        self.place = place

    def next_url(self) -> str:
        """As the pressed button says."""
        return self.place.url if self.request.POST.get("next") == "stay" else self.place.next_url

    def show(self, page: WrittenForm, errors: Iterable[ErrorLink] = ()) -> HttpResponse:
        """The questions with the newest part of the record."""
        edited, row = self.edited, self.edited.row
        errors = [*errors, *page.error_links]
        context = {
            "form": page,
            "questions": [(page[key], page.chosen(key) if key in page.folded else None) for key in page.keys],
            "errors": errors,
            "saved_time": "" if errors else saved_time(edited.user, edited.regency, row.updated_at, row.updated_by_id),
            "record": record(row, page),
            "history_url": history_url(edited.regency.slug, row) if row.pk else "",
        }
        return self._render(context | self.version_context(page))

    def show_conflict(self, page: WrittenForm, context: dict[str, Any]) -> HttpResponse:
        """Both texts in place of the questions."""
        return self._render(context | {"cancel_url": self.place.url})

    def _render(self, context: dict[str, Any]) -> HttpResponse:
        frame = {
            "plan": self.edited.row.master_plan,
            "place": self.place,
            "row": self.edited.row,
            "clashes": [],
            "changed": "",
            "seen": "",
            "saved_time": "",
            "record": [],
            "history_url": "",
            "form": None,
            **self.place.context,
        }
        return render(self.request, self.place.template, frame | context)


def written_page(request: SignedIn, edited: EditedRow, make: MakeForm, place: WrittenPage) -> HttpResponse:
    """The page of a written row, shown or sent."""
    return _WrittenEditor(request, edited, make, place).respond()


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
