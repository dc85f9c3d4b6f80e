"""What changed in an initiative and since when, read from the record of changes. Writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from masterplan.models import Initiative, InitiativeChange
from masterplan.registry import FIELDS, Content, read


def changed_since(initiative: Initiative, moment: datetime) -> Content:
    """Old values, by key, of the fields that differ now from what they were at `moment`."""
    old: Content = {}
    for change in initiative.changes.filter(at__gt=moment).order_by("version"):
        for key, value in change.before.items():
            old.setdefault(key, value)
    current = read(initiative, [key for key in old if key in FIELDS])
    return {key: value for key, value in old.items() if key in current and current[key] != value}


def last_change(initiative: Initiative, keys: Collection[str]) -> InitiativeChange | None:
    """The newest change of any of the questions `keys`; None when they stand as they were begun."""
    for change in initiative.changes.order_by("-version").iterator(chunk_size=20):
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


def changed_by_others(initiative: Initiative, *, since: int, until: int, key: str = "") -> list[ForeignChange]:
    """The questions that were changed after version `since` and up to version `until`, each with its newest change.

    `key` names the packet that asks: what it stored itself is nobody else's.
    """
    if until <= since:
        return []
    rows = initiative.changes.filter(version__gt=since, version__lte=until).order_by("version")
    newest: dict[str, ForeignChange] = {}
    for change in rows.only("after", "by_role", "by_id", "at", "request_key"):
        if key and change.request_key == key:
            continue
        newest |= {
            name: ForeignChange(name, by=change.by_role, by_id=change.by_id, at=change.at)
            for name in change.after
            if name in FIELDS
        }
    return list(newest.values())
