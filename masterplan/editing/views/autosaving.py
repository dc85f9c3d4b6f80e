"""Saving while one types, for every page of questions: an initiative's, a section's, a row's of the analyses.

The browser's side is `static/js/autosave.js`. It sends small packets of changed answers and gets JSON.

How a page and the server agree about versions: each question has the version at which the page shows it, and a packet
holds questions of one version. The answer brings the page's other questions to the new version, except those that
somebody else changed in between (`others`): they keep the version at which the person saw them until the page loads
them anew, so that a text nobody has seen is never overwritten; whoever changes such a question is asked (`conflict`).

A view makes an `EditedRow` and gives it to `autosave`. Saving by the ordinary button is in `editor`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, JsonResponse, QueryDict
from django.utils import timezone

from agencies.models import Regency, User
from agencies.views.requests import SignedIn
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.actions.written import save
from masterplan.editing.forms.conflict import Disputed
from masterplan.editing.history import ForeignChange, changed_by_others
from masterplan.models import REQUEST_KEY_LIMIT
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink
from smartcity.common.text import whole_number


class Page(Protocol):
    """A page of questions, as stored or as sent."""

    @property
    def keys(self) -> list[str]:
        """The questions it holds."""

    @property
    def unread(self) -> list[str]:
        """The questions of which not everything was sent and understood."""

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """What could not be understood, by the id of the control."""

    @property
    def error_links(self) -> list[ErrorLink]:
        """What could not be understood, for the summary above the form."""

    @property
    def disputable(self) -> Mapping[str, Disputed]:
        """The questions as the conflict page asks them."""

    def is_valid(self) -> bool:
        """Whether everything was understood."""

    def content(self) -> Content:
        """The answers that were sent and understood."""

    def stored_values(self) -> Content:
        """The answers as they are stored."""

    def shown(self, key: str, value: Any) -> str:
        """A plain value in words."""

    def echoes(self) -> Mapping[str, str]:
        """What was understood, by the id of the control, where that says more than what was typed."""

    def asks(self) -> Mapping[str, Any]:
        """The meanings to choose from, by the id of the control."""

    def fragments(self) -> Mapping[str, str]:
        """Parts of the page that follow from answers: HTML by the id of its element."""


@dataclass(frozen=True)
class EditedRow:
    """A row, the person who edits it, its kind, and the labels of its questions."""

    user: User
    regency: Regency
    row: Any
    kind: WrittenKind
    labels: Mapping[str, str]

    def store(self, *, data: Content, version: int, key: str = "") -> Any:
        """The row as stored. Raises what `written.save` raises."""
        return save(self.row, kind=self.kind, by=self.user, data=data, version=version, key=key)

    def clock(self, moment: datetime) -> str:
        """A moment as the regency's clocks show it: "10.42 WIB"."""
        return clock(self.regency, moment)

    def answer(self, state: str, **more: Any) -> JsonResponse:
        """What became of a packet, in the words `autosave.js` knows: saved, conflict, frozen, signed_out, refused."""
        answer: dict[str, Any] = {
            "state": state,
            "version": self.row.edit_version,
            "time": self.clock(timezone.now()),
            "others": [],
            "errors": {},
            "echoes": {},
            "asks": {},
            "fragments": {},
        }
        return JsonResponse(answer | more)


def clock(regency: Regency, moment: datetime) -> str:
    """A moment as the regency's clocks show it: "10.42 WIB"."""
    return f"{regency.local(moment):%H.%M %Z}"


def saved_time(user: User, regency: Regency, at: datetime | None, by_id: int | None) -> str:
    """When `user` last saved today, "" when it was somebody else or another day."""
    if at is None or by_id != user.pk or timezone.localdate(at) != timezone.localdate():
        return ""
    return clock(regency, at)


# Packets --------------------------------------------------------------------------------------------------------------


def autosave(request: SignedIn, edited: EditedRow, make: Callable[..., Page]) -> JsonResponse:
    """Store the changed answers of a page as far as they are understood, and say what became of each.

    `make` gives the page of what was sent, with `only` the questions that the packet names.
    """
    data = request.POST
    if data.get("person", str(edited.user.pk)) != str(edited.user.pk):
        return edited.answer("signed_out")  # somebody else has signed in in this browser since the page was opened
    page = make(data, only=sent_keys(data))
    page.is_valid()
    try:
        return _packet_answer(data, edited, page)
    except NotEditable as frozen:  # the browser keeps what was typed and shows why
        return edited.answer("frozen", message=str(frozen))
    except ValidationError as error:
        return edited.answer("refused", message=" ".join(error.messages))
    except ObjectDoesNotExist as gone:
        raise Http404 from gone


def sent_keys(data: QueryDict) -> set[str]:
    """The questions that a packet of changed answers names.

    They are named in `changed`, because a list in which nothing is ticked sends nothing else; a control of a table
    belongs to the question its name begins with.
    """
    return {*data.getlist("changed"), *data, *(name.partition("-")[0] for name in data)}


def _packet_answer(data: QueryDict, edited: EditedRow, page: Page) -> JsonResponse:
    """Save what was understood; questions that somebody else changed too are left to the page with both texts."""
    version, key = whole_number(data.get("edit_version")), data.get("key", "")
    content, key = page.content(), key if 0 < len(key) <= REQUEST_KEY_LIMIT else uuid4().hex
    saved, clashes = _save_without_clashes(edited, content, version=version, key=key)
    others = changed_by_others(saved, since=version, until=saved.edit_version, asked=edited.labels, key=key)
    return edited.answer(
        "conflict" if clashes else "saved",
        version=saved.edit_version,
        others=[_other(edited, change) for change in others],
        clashes=[{"key": name, "label": edited.labels[name]} for name in clashes],
        unread=page.unread,
        errors=page.control_errors,
        echoes=page.echoes(),
        asks=page.asks(),
        fragments=page.fragments(),
    )


def _save_without_clashes(edited: EditedRow, content: Content, *, version: int, key: str) -> tuple[Any, list[str]]:
    clashes: list[str] = []
    while True:
        data = {name: value for name, value in content.items() if name not in clashes}
        try:
            return edited.store(data=data, version=version, key=key), clashes
        except EditConflict as conflict:
            clashes += conflict.current


def _other(edited: EditedRow, change: ForeignChange) -> dict[str, str]:
    """A question somebody else changed, for the note beside it; people are named by role and agency."""
    by = "Anda di jendela lain" if change.by_id == edited.user.pk else change.by
    return {"key": change.key, "label": edited.labels[change.key], "by": by, "when": edited.clock(change.at)}
