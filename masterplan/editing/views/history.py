"""The record of one written row as pages show it: its saves by edit session, and restoring an earlier answer."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.views.requests import SignedIn
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.actions.written import save
from masterplan.editing.views import edit_sessions
from masterplan.editing.views.edit_sessions import Edit
from masterplan.models import ChangeSource
from smartcity.common.text import whole_number

SESSIONS_PER_PAGE = 20


class RowHistory(ABC):
    """A row with its record, and who asks. A subclass says how its answers read and where its pages are.

    `labels` are the questions in their order, by key. With `has_initial_texts` a row has texts before its first save.
    """

    history_template = restore_template = ""
    has_initial_texts = False

    def __init__(self, row: Any, kind: WrittenKind, by: User, labels: Mapping[str, str]) -> None:
        self.row, self.kind, self.by, self.labels = row, kind, by, labels

    @abstractmethod
    def shown(self, key: str, value: Any) -> str:
        """A plain value in words."""

    @abstractmethod
    def is_word(self, key: str, value: Any) -> bool:
        """Whether an answer is one word or name, which changes as a whole."""

    @abstractmethod
    def may_restore(self, key: str) -> bool:
        """Whether the person can restore earlier answers of this question now."""

    @abstractmethod
    def history_url(self, key: str = "") -> str:
        """The page of the record, of all questions or of one."""

    @abstractmethod
    def restore_url(self, version: int, key: str) -> str:
        """The page that restores the answer which the row had at a version."""

    @abstractmethod
    def context(self, *crumbs: tuple[str, str]) -> dict[str, Any]:
        """What the templates show around; `crumbs` lead from the row to the page."""

    @property
    def questions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The questions that the record can be narrowed to, in groups with a title."""
        return [("", list(self.labels.items()))]

    def restore(self, key: str, value: Any, version: int) -> None:
        """Store an earlier answer; `version` is the one that the person saw. Raises what `written.save` raises."""
        source = ChangeSource.RESTORE
        save(self.row, kind=self.kind, by=self.by, data={key: value}, version=version, source=source)


def history_url(slug: str, row: Any, key: str = "") -> str:
    """The page of the record of a `WrittenRow`, of all questions or of one."""
    url = reverse("written_history", args=[slug, row.writing_kind.value, row.pk])
    return f"{url}?{urlencode({'isian': key})}" if key else url


def show_history(request: SignedIn, history: RowHistory, **more: Any) -> HttpResponse:
    """Every edit session with what it changed, of all questions or of one (`?isian=`); `more` is further context."""
    asked = request.GET.get("isian", "")
    key = asked if asked in history.labels else ""
    found = edit_sessions.group(edit_sessions.light_rows(history.row, key))
    page = Paginator(found, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    edit_sessions.fill(history.row, shown, [key] if key else history.labels)
    first = _first_changes(history) if history.has_initial_texts else {}
    context = {
        "page": page,
        "saves": edit_sessions.as_shown(
            shown,
            order=history.labels,
            describe=lambda edit, is_today: _field(history, edit, first, is_today=is_today),
            is_newest=page.number == 1,
        ),
        "saved": sum(len(session.versions) for session in found),
        "asked": key,
        "label": history.labels.get(key, ""),
        "questions": history.questions,
        "query": urlencode({"isian": key}) + "&" if key else "",
    }
    return render(request, history.history_template, history.context() | context | more)


def _first_changes(history: RowHistory) -> dict[str, int]:
    """The version of the first recorded change of each question: before it the answer was what the row began with."""
    firsts = {f"first_{key}": Min("version", filter=Q(after__has_key=key)) for key in history.labels}
    found: dict[str, int] = history.row.changes.order_by().aggregate(**firsts)
    return {key.removeprefix("first_"): version for key, version in found.items() if version}


def _field(history: RowHistory, edit: Edit, first: dict[str, int], *, is_today: bool) -> dict[str, Any]:
    may_restore = history.may_restore(edit.key)
    is_first = may_restore and bool(edit.old) and edit.since == first.get(edit.key)
    return {
        "key": edit.key,
        "label": history.labels[edit.key],
        "old": history.shown(edit.key, edit.old),
        "new": history.shown(edit.key, edit.new),
        "is_word": history.is_word(edit.key, edit.new),
        "is_today": is_today,
        "restore_url": history.restore_url(edit.version, edit.key) if may_restore and not is_today else "",
        "before_url": history.restore_url(edit.since - 1, edit.key) if is_first else "",
    }


# Restoring ------------------------------------------------------------------------------------------------------------


def restore(request: SignedIn, history: RowHistory, version: int, key: str) -> HttpResponse:
    """Show today's answer and the one that the row had at `version`; POST restores that one."""
    columns = history.kind.columns_of(history.row)
    changes = history.row.changes.filter(after__has_key=key)
    change = changes.filter(version__lte=version).order_by("-version").first()
    first = changes.order_by("version").first() if history.has_initial_texts else change
    is_known = key in history.labels and key in columns and 1 <= version <= history.row.edit_version
    if not is_known or first is None:
        raise Http404
    earlier = change.after[key] if change else first.before.get(key)
    context: dict[str, Any] = {"change": change, "earlier": earlier, "errors": []}
    if request.method == "POST":
        try:
            history.restore(key, earlier, whole_number(request.POST.get("edit_version")))
        except EditConflict:
            context["is_conflict"] = True
        except NotEditable:
            pass  # the page says why
        except ValidationError as error:
            context["errors"] = [("", sentence) for sentence in error.messages]
        else:
            messages.success(request, f"{history.labels[key]} dipulihkan. Naskah yang tadi tetap ada di riwayat.")
            return redirect(history.history_url(key))
    return _ask(request, history, key, columns[key].read(history.row), context)


def _ask(request: SignedIn, history: RowHistory, key: str, current: Any, context: dict[str, Any]) -> HttpResponse:
    earlier, changed_at = context["earlier"], history.row.updated_at
    context |= {
        "label": history.labels[key],
        "current": history.shown(key, current),
        "earlier": history.shown(key, earlier),
        "is_word": history.is_word(key, earlier),
        "is_same": earlier == current,
        "edit_version": history.row.edit_version,
        "back": history.history_url(key),
        "when": f"{timezone.localtime(changed_at):%H.%M}" if changed_at else "",
    }
    return render(request, history.restore_template, history.context(("Riwayat", history.history_url(key))) | context)
