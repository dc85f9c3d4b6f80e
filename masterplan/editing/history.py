"""What changed in an initiative or a written row, and since when, read from the record of changes. Writes nothing."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Protocol

from django.db.models import Q

from masterplan.models import Initiative, InitiativeChange, Section, WritingChange
from masterplan.registry import FIELDS, Content
from masterplan.registry.reading import read

# Saves of one person that follow each other more closely than this are one edit session, in history and e-mails.
SESSION_GAP = timedelta(minutes=30)
# The texts of a section, which conversations are about.
SECTION_TEXTS = ("title", "lead", "body")


class Versioned(Protocol):
    """What counts its saves and keeps a record of them: an initiative, a section, or a row of the analyses."""

    edit_version: Any

    @property
    def changes(self) -> Any:
        """The record, newest first."""


class Change(Protocol):
    """A save: the answers that it changed, before and after."""

    @property
    def before(self) -> Content:
        """By key, as plain values."""

    @property
    def after(self) -> Content:
        """By key, as plain values."""


# A field and a version of the row; what the field held then, and what it holds now.
Point = tuple[str, int]
Past = dict[Point, tuple[Any, Any]]


def values_since(row: Initiative | Section, moment: datetime | None, points: Iterable[Point]) -> tuple[Content, Past]:
    """Old values, by key, of the fields that differ now from what they were at `moment`; and then and now of each point
    whose answer is another one today.

    One query for both, read row by row, or none where nothing is asked.
    """
    wanted: dict[str, set[int]] = {}
    asked = FIELDS if isinstance(row, Initiative) else SECTION_TEXTS
    for key, version in points:
        if key in asked and version < row.edit_version:
            wanted.setdefault(key, set()).add(version)
    if moment is None and not wanted:
        return {}, {}
    since = Q(version__gt=min(chain.from_iterable(wanted.values()))) if wanted else Q()
    since |= Q(at__gt=moment) if moment else Q()
    old: Content = {}
    then: dict[Point, Any] = {}
    rows = row.changes.filter(since).order_by("version")
    if moment is None:
        rows = rows.filter(before__has_any_keys=sorted(wanted))
    for made, at, before in rows.values_list("version", "at", "before").iterator():
        if moment and at > moment:
            old = before | old
        for key in wanted.keys() & before.keys():
            then = {(key, version): before[key] for version in wanted[key] if version < made} | then
    keys = [key for key in {*old, *(key for key, _ in then)} if key in asked]
    now = read(row, keys) if isinstance(row, Initiative) else {key: getattr(row, key) for key in keys}
    return (
        {key: value for key, value in old.items() if key in now and now[key] != value},
        {point: (value, now[point[0]]) for point, value in then.items() if now[point[0]] != value},
    )


def last_change(row: Versioned, keys: Collection[str]) -> InitiativeChange | WritingChange | None:
    """The newest change of any of the questions `keys`; None when they stand as they were begun."""
    change: InitiativeChange | WritingChange
    for change in row.changes.order_by("-version").iterator(chunk_size=20):
        if not change.after.keys().isdisjoint(keys):
            return change
    return None


@dataclass(frozen=True)
class ForeignChange:
    """The newest change of a question by somebody else: who, when, and whether it was the same person elsewhere."""

    key: str
    by: str
    by_id: int
    at: datetime


def changed_by_others(
    row: Versioned, *, since: int, until: int, asked: Container[str], key: str = ""
) -> list[ForeignChange]:
    """The questions of `asked` that were changed after version `since` and up to `until`, each with its newest change.

    `key` names the packet that asks: what it stored itself is nobody else's.
    """
    if until <= since:
        return []
    rows = row.changes.filter(version__gt=since, version__lte=until).order_by("version")
    newest: dict[str, ForeignChange] = {}
    for change in rows.only("after", "by_role", "by_id", "at", "request_key"):
        if key and change.request_key == key:
            continue
        newest |= {
            name: ForeignChange(name, by=change.by_role, by_id=change.by_id, at=change.at)
            for name in change.after
            if name in asked
        }
    return list(newest.values())


def values_before(current: Content, changes: Iterable[Change]) -> Content:
    """What the answers of `current` held before `changes`, which are given from the newest to the oldest."""
    values = dict(current)
    for change in changes:
        values.update({key: value for key, value in change.before.items() if key in values})
    return values
