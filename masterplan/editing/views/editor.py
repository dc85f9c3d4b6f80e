"""Saving a page of questions by its button: an initiative's, a section's, a row's of the analyses, a report's.

`autosaving` explains how page and server agree on versions. A `RowEditor` says what a page shows around its questions.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from agencies.views.requests import SignedIn
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.forms.conflict import ConflictForm
from masterplan.editing.history import last_change
from masterplan.editing.views.autosaving import EditedRow
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink
from smartcity.common.text import whole_number

# What belongs to the conflict page itself and is not carried from one round to the next.
_OWN_NAMES = ("csrfmiddlewaretoken", "edit_version", "next", "clash", "mine", "seen_version")


class RowEditor(ABC):
    """One request to the page on which a row is edited: shown as stored; sent by button: stored, or shown again with
    what must be corrected or decided.

    A subclass renders the page and the conflict page, and says where a saved page leads.
    """

    def __init__(self, request: SignedIn, edited: EditedRow, make: Callable[..., Any]) -> None:
        self.request, self.edited, self.make = request, edited, make

    @abstractmethod
    def show(self, page: Any, errors: Iterable[ErrorLink] = ()) -> HttpResponse:
        """The page, with `errors` besides those of its questions."""

    @abstractmethod
    def show_conflict(self, page: Any, context: dict[str, Any]) -> HttpResponse:
        """The page that asks which text counts; `context` is that of conflict.html without `cancel_url`."""

    def show_frozen(self, page: Any, reason: str) -> HttpResponse:
        """The page when nothing of the row can be changed any more."""
        return self.show(page, [("", reason)])

    @abstractmethod
    def next_url(self) -> str:
        """Where a saved page leads."""

    def respond(self) -> HttpResponse:
        """The answer to the request."""
        data = self.request.POST
        if self.request.method != "POST":
            return self.show(self.make())
        page = self.make(data)
        if not page.is_valid():
            return self.not_understood(page)
        if "clash" in data:
            return self._decide(page)
        return self._store(page, *changed_answers(data, page.content()))

    def not_understood(self, page: Any) -> HttpResponse:
        """The page again when not everything was understood; nothing is stored."""
        return self.show(page)

    def attempt(self, page: Any, store: Callable[[], HttpResponse]) -> HttpResponse:
        """What `store` answers, or the page with the reason why nothing could be stored. Raises EditConflict."""
        try:
            return store()
        except NotEditable as frozen:
            return self.show_frozen(page, str(frozen))
        except ValidationError as error:
            return self.show(page, [("", sentence) for sentence in error.messages])
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    def _store(self, page: Any, content: Content, version: int) -> HttpResponse:
        def store() -> HttpResponse:
            self.edited.store(data=content, version=version)
            return redirect(self.next_url())

        try:
            return self.attempt(page, store)
        except EditConflict as conflict:
            return self._ask(page, ConflictForm(conflict.current, page.disputable, mine=conflict.mine), conflict)

    def _decide(self, page: Any) -> HttpResponse:
        """Store what the person chose; only what they had changed themselves, whatever else the page holds."""
        data = self.request.POST
        form = ConflictForm(data.getlist("clash"), page.disputable, data)
        changed = data.getlist("mine")
        content = {key: value for key, value in page.content().items() if key in changed}
        version = whole_number(data.get("seen_version"))
        if form.is_valid():
            return self._store(page, form.decide(content), version)
        stored = page.stored_values()
        current = {key: stored[key] for key in form.keys if key in content}
        return self._ask(page, form, EditConflict(current=current, mine=content, version=version))

    def _ask(self, page: Any, form: ConflictForm, conflict: EditConflict) -> HttpResponse:
        change = last_change(self.edited.row, conflict.current)
        when = change.at if change else self.edited.row.updated_at
        context = {
            "clashes": [
                {
                    "field": {"key": key, "label": self.edited.labels[key]},
                    "mine": page.shown(key, conflict.mine[key]),
                    "theirs": page.shown(key, value),
                    "choice": form[f"choice_{key}"],
                    "merged": form[f"merged_{key}"] if f"merged_{key}" in form.fields else None,
                }
                for key, value in conflict.current.items()
            ],
            "errors": form.error_links,
            "carried": _carried(self.request.POST, conflict),
            "seen_version": conflict.version,
            "when": self.edited.clock(when) if when else "",
            "by": change.by_role if change else "",
        }
        return self.show_conflict(page, context)

    def version_context(self, page: Any) -> Content:
        """For a page that comes back: what the browser knew of versions and changes."""
        data = self.request.POST
        if not data:
            return {"edit_version": self.edited.row.edit_version}
        changed = data.getlist("changed") if "tracked" in data else page.keys
        seen = " ".join(data.getlist("seen"))
        return {"edit_version": whole_number(data.get("edit_version")), "changed": " ".join(changed), "seen": seen}


def changed_answers(data: QueryDict, content: Content) -> tuple[Content, int]:
    """The answers that count, and the version at which the person saw them.

    A page with JavaScript says which questions were changed (`tracked`, `changed`) and which it shows as of an older
    version (`seen`, as "key:version"): what nobody touched is never written, however old it looks. Without JavaScript
    every answer counts and all are of one version.
    """
    version = whole_number(data.get("edit_version"))
    if "tracked" not in data:
        return content, version
    changed = {key: value for key, value in content.items() if key in data.getlist("changed")}
    seen = dict(pair.split(":", 1) for pair in data.getlist("seen") if ":" in pair)
    return changed, min([whole_number(seen.get(key)) if key in seen else version for key in changed], default=version)


def _carried(data: QueryDict, conflict: EditConflict) -> list[tuple[str, Any]]:
    """What was sent, for another round with the conflict page; free text in dispute as it now stands on this side."""
    texts = {key: text for key, text in conflict.mine.items() if key in conflict.current and isinstance(text, str)}
    kept = [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name not in _OWN_NAMES and not name.startswith("conflict-") and name not in texts
    ]
    own = [*(("clash", key) for key in conflict.current), *(("mine", key) for key in conflict.mine)]
    return [*kept, *texts.items(), *own]
