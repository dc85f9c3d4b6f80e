"""Saving while one types, for every page of questions: an initiative's, a section's, a row's of the analyses.

The browser's side is `static/js/autosave.js`. It sends small packets of changed answers and gets JSON.

How a page and the server agree about versions: each question has the version at which the page shows it, and a packet
holds questions of one version. The answer brings the page's other questions to the new version, except those that
somebody else changed in between (`others`): they keep the version at which the person saw them until the page loads
them anew, so that a text nobody has seen is never overwritten; whoever changes such a question is asked (`conflict`).

A view makes an `EditedRow` (whose row it is, how it is saved) and a page of what was sent, and hands both to
`packet_answer`.
What a page needs that comes by the ordinary button is here too: `changed_answers`, `as_sent`, `carried`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import JsonResponse, QueryDict
from django.utils import timezone

from agencies.models import Regency, User
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.history import ForeignChange, Versioned, changed_by_others
from masterplan.models import REQUEST_KEY_LIMIT
from masterplan.registry import Content
from smartcity.common.text import whole_number

# What belongs to the conflict page itself and is not carried from one round to the next.
_OWN_NAMES = ("csrfmiddlewaretoken", "edit_version", "next", "clash", "mine", "seen_version")


class Save(Protocol):
    """Stores answers through the one door and gives the stored row. Raises EditConflict and ValidationError."""

    def __call__(self, *, data: Content, version: int, key: str = "") -> Any:
        """The row as stored; `key` names the packet."""


class Page(Protocol):
    """A page of questions as it was sent."""

    @property
    def keys(self) -> list[str]:
        """The questions it holds."""

    @property
    def unread(self) -> list[str]:
        """The questions of which not everything was sent and understood."""

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """What could not be understood, by the id of the control."""

    def content(self) -> Content:
        """The answers that were sent and understood."""

    def echoes(self) -> Mapping[str, str]:
        """What was understood, by the id of the control, where that says more than what was typed."""

    def asks(self) -> Mapping[str, Any]:
        """The meanings to choose from, by the id of the control."""

    def pieces(self) -> Mapping[str, str]:
        """What stands beside questions and follows from them: HTML by the id of its element."""


@dataclass(frozen=True)
class EditedRow:
    """A row, the person who writes at it, how it is saved, and what its questions are called."""

    user: User
    regency: Regency
    row: Versioned
    labels: Mapping[str, str]
    store: Save

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
            "pieces": {},
        }
        return JsonResponse(answer | more)

    def was_left(self, data: QueryDict) -> bool:
        """Whether somebody else has signed in in this browser since the page was opened."""
        return data.get("person", str(self.user.pk)) != str(self.user.pk)


def clock(regency: Regency, moment: datetime) -> str:
    """A moment as the regency's clocks show it: "10.42 WIB"."""
    return f"{regency.local(moment):%H.%M %Z}"


def saved_time(user: User, regency: Regency, at: datetime | None, by_id: int | None) -> str:
    """When `user` last saved today, "" when it was somebody else or another day."""
    if at is None or by_id != user.pk or timezone.localdate(at) != timezone.localdate():
        return ""
    return clock(regency, at)


# Packets --------------------------------------------------------------------------------------------------------------


def packet_answer(data: QueryDict, desk: EditedRow, page: Page) -> JsonResponse:
    """Save what was understood; questions that somebody else changed too are left to the page with both texts."""
    version, key = whole_number(data.get("edit_version")), data.get("key", "")
    content, key = page.content(), key if 0 < len(key) <= REQUEST_KEY_LIMIT else uuid4().hex
    try:
        saved, clashes = _save_without_clashes(desk, content, version=version, key=key)
    except ValidationError as error:
        return desk.answer("refused", message=" ".join(error.messages))
    others = changed_by_others(saved, since=version, until=saved.edit_version, asked=desk.labels, key=key)
    return desk.answer(
        "conflict" if clashes else "saved",
        version=saved.edit_version,
        others=[_other(desk, change) for change in others],
        clashes=[{"key": name, "label": desk.labels[name]} for name in clashes],
        unread=page.unread,
        errors=page.control_errors,
        echoes=page.echoes(),
        asks=page.asks(),
        pieces=page.pieces(),
    )


def _save_without_clashes(desk: EditedRow, content: Content, *, version: int, key: str) -> tuple[Any, list[str]]:
    clashes: list[str] = []
    while True:
        data = {name: value for name, value in content.items() if name not in clashes}
        try:
            return desk.store(data=data, version=version, key=key), clashes
        except EditConflict as conflict:
            clashes += conflict.current


def _other(desk: EditedRow, change: ForeignChange) -> dict[str, str]:
    """A question somebody else changed, for the note beside it; people are named by role and agency."""
    by = "Anda di jendela lain" if change.by_id == desk.user.pk else change.by
    return {"key": change.key, "label": desk.labels[change.key], "by": by, "when": desk.clock(change.at)}


# The ordinary button --------------------------------------------------------------------------------------------------


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


def as_sent(data: QueryDict, keys: Collection[str]) -> Content:
    """For a page that comes back: what the browser knew of versions and changes, so that it goes on from there."""
    changed = data.getlist("changed") if "tracked" in data else keys
    version = whole_number(data.get("edit_version"))
    return {"edit_version": version, "changed": " ".join(changed), "seen": " ".join(data.getlist("seen"))}


def carried(data: QueryDict, conflict: EditConflict) -> list[tuple[str, Any]]:
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
