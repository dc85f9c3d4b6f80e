"""The record of saves in edit sessions, each with the value of a question before and after it.

Autosave writes many small changes; a reader wants to know what a colleague did this morning. Light columns of all
changes tell where sessions begin and end, the texts are read for the sessions of one page only.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.utils import timezone

from masterplan.editing.history import SESSION_GAP, Versioned
from masterplan.models import ChangeSource
from smartcity.common.formatting import format_moment

Key = tuple[int, str, bool]
# Version, moment, author, source, made for another agency.
LightRow = tuple[int, datetime, int, str, bool]


@dataclass
class Edit:
    """One question in one session: its first old and its last new value, and the version that holds the new one.

    `since` is the first version of the session that changed it.
    """

    key: str
    old: Any
    new: Any
    version: int
    since: int


@dataclass
class EditSession:
    """Saves of one person in one way, each less than `SESSION_GAP` after the one before."""

    source: str
    on_behalf: bool
    started: datetime
    ended: datetime
    versions: set[int]
    by_role: str = ""
    is_first: bool = False
    edits: dict[str, Edit] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Its highest version."""
        return max(self.versions)

    @property
    def way(self) -> str:
        """How the saves came in, where that is worth a word: not through the form by the agency itself."""
        ways = [] if self.source == ChangeSource.FORM else [str(ChangeSource(self.source).label)]
        return ", ".join([*ways, *(["Atas nama perangkat daerah"] if self.on_behalf else [])])


def light_rows(row: Versioned, key: str = "") -> Iterator[LightRow]:
    """What `group` wants of every save, oldest first; with `key` only of those that changed this question."""
    rows = row.changes.order_by("version")
    if key:
        rows = rows.filter(after__has_key=key)
    if not hasattr(rows.model, "on_behalf"):  # the books are written by those whose business they are
        rows = rows.annotate(on_behalf=Value(False))
    light: Iterator[LightRow] = rows.values_list("version", "at", "by_id", "source", "on_behalf").iterator()
    return light


def group(rows: Iterable[LightRow]) -> list[EditSession]:
    """The sessions of these saves (oldest first), the latest first. People who work at the same time sit apart."""
    running: dict[Key, EditSession] = {}
    found: list[EditSession] = []
    for version, at, by, source, on_behalf in rows:
        session = running.get((by, source, on_behalf))
        if session is None or at - session.ended >= SESSION_GAP:
            session = running[by, source, on_behalf] = EditSession(source, on_behalf, at, at, set())
            found.append(session)
        session.versions.add(version)
        session.ended = at
    return sorted(found, key=lambda session: session.last, reverse=True)


def fill(row: Versioned, sessions: list[EditSession], asked: Collection[str]) -> None:
    """Read the texts of these sessions, of the questions `asked` alone. One query, row by row."""
    if not sessions:
        return
    owner = {version: session for session in sessions for version in session.versions}
    rows = row.changes.filter(version__range=(min(owner), max(owner))).order_by("version")
    for version, before, after, by_role in rows.values_list("version", "before", "after", "by_role").iterator():
        session = owner.get(version)
        if session is None:
            continue
        session.by_role = by_role
        session.is_first = session.is_first or not before
        for name, value in after.items():
            if name in asked:
                edit = session.edits.setdefault(name, Edit(name, before.get(name), value, version, version))
                edit.new, edit.version = value, version


# How a page shows them ------------------------------------------------------------------------------------------------

Describe = Callable[[Edit, bool], dict[str, Any]]


def as_shown(
    found: Iterable[EditSession], *, order: Collection[str], describe: Describe, is_newest: bool
) -> list[dict[str, Any]]:
    """Sessions as history/sessions.html shows them, their questions in `order`, each in the words of `describe`.

    `describe` gets whether an edit holds the text of today: on the newest page the first mention of a question does.
    """
    today: set[str] = set() if is_newest else set(order)
    saves = []
    for session in found:
        edits = [session.edits[key] for key in order if key in session.edits]
        fields = [describe(edit, edit.key not in today) for edit in edits]
        today |= session.edits.keys()
        saves.append(
            {
                "begun": session.started,
                "until": _until(session),
                "by": session.by_role,
                "source": session.way,
                "count": len(session.versions),
                "is_first": session.is_first,
                "fields": fields,
            }
        )
    return saves


def _until(session: EditSession) -> str:
    """When it ended, if that is another minute: the time, with the day where it is another one."""
    begun, ended = timezone.localtime(session.started), timezone.localtime(session.ended)
    if f"{begun:%H.%M}" == f"{ended:%H.%M}" and begun.date() == ended.date():
        return ""
    return f"{ended:%H.%M}" if begun.date() == ended.date() else format_moment(session.ended)
