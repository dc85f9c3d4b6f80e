"""Saving rows that several people write at: what differs is stored, a stale change of the same answer is a conflict.

A `WrittenKind` with its columns says what a row holds; `analyses.actions` has those of Buku 1. A column knows how an
answer is read as a plain value, how a plain value is judged, and where it is put.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.ahead import books_changed
from masterplan.editing.actions.conflicts import my_changes, refuse_conflicts
from masterplan.editing.actions.locking import refuse_locked
from masterplan.models import ChangeSource, WritingChange, WrittenRow
from masterplan.registry import Content
from smartcity.common.rich_text.limits import check_marks
from smartcity.common.text import clean_text

Row = TypeVar("Row", bound=WrittenRow)

_FOREIGN = "Pilihan ini tidak ada di wilayah Anda. Muat ulang halaman, lalu pilih lagi."
_EMPTY = "Isian ini tidak boleh kosong."


@dataclass(frozen=True)
class WrittenColumn:
    """One answer of a row. `judge` gives the value as it is stored, and raises ValidationError where it cannot be."""

    read: Callable[[Any], Any]
    judge: Callable[[Any, Any], Any]
    write: Callable[[Any, Any], None]


def _nobody_alone(row: Any) -> int | None:
    return None


@dataclass(frozen=True)
class WrittenKind:
    """A kind of row: its columns by key, and who may write: whoever has the permission, for a row that belongs to an
    `agency` (its id) also the people of that agency alone. With `while_locked` an adopted plan stops nobody.
    """

    columns: Mapping[str, WrittenColumn]
    permission: Permission = Permission.EDIT_SECTIONS
    agency: Callable[[Any], int | None] = _nobody_alone
    while_locked: bool = False

    def admit(self, row: WrittenRow, by: User) -> None:
        """Raise PermissionDenied when `by` may not write, ValidationError while the plan is locked."""
        require(by, self.permission, row.regency, self.agency(row))
        if not self.while_locked:
            refuse_locked(row.master_plan_id)


# Columns --------------------------------------------------------------------------------------------------------------


def text(name: str, limit: int, *, needed: bool = False, line: bool = False, rich: bool = False) -> WrittenColumn:
    """A text of at most `limit` characters: `needed` not empty, `line` in one line, `rich` with light marks."""

    def judge(row: Any, value: Any) -> str:
        plain = clean_text(" ".join(str(value).split()) if line else str(value), limit)
        if needed and not plain:
            raise ValidationError(_EMPTY)
        if rich:
            check_marks(plain)
        return plain

    return WrittenColumn(lambda row: getattr(row, name), judge, lambda row, value: setattr(row, name, value))


def choice(name: str, allowed: Callable[[Any], Collection[str]], *, needed: bool = True) -> WrittenColumn:
    """One of the codes or words that `allowed` gives for a row; "" too where it is not needed.

    What a row already holds may stay, also when it is no longer on offer.
    """

    def judge(row: Any, value: Any) -> str:
        if value in allowed(row) or value == getattr(row, name) or (not needed and value == ""):
            return str(value)
        raise ValidationError(_FOREIGN)

    return WrittenColumn(lambda row: getattr(row, name), judge, lambda row, value: setattr(row, name, value))


def reference(name: str, allowed: Callable[[Any], QuerySet[Any]], *, needed: bool = True) -> WrittenColumn:
    """The id of one row among those that `allowed` gives; None too where it is not needed."""
    column = f"{name}_id"

    def judge(row: Any, value: Any) -> int | None:
        if value is None and not needed:
            return None
        if value is None or not allowed(row).filter(pk=value).exists():
            raise ValidationError(_FOREIGN)
        return int(value)

    return WrittenColumn(lambda row: getattr(row, column), judge, lambda row, value: setattr(row, column, value))


def references(name: str, allowed: Callable[[Any], QuerySet[Any]]) -> WrittenColumn:
    """The ids of several rows among those that `allowed` gives, in order."""

    def judge(row: Any, value: Any) -> list[int]:
        wanted = sorted({int(pk) for pk in value})
        if allowed(row).filter(pk__in=wanted).count() != len(wanted):
            raise ValidationError(_FOREIGN)
        return wanted

    def read(row: Any) -> list[int]:
        return sorted(each.pk for each in getattr(row, name).all()) if row.pk else []

    return WrittenColumn(read, judge, lambda row, value: getattr(row, name).set(value))


def read_row(writing: WrittenKind, row: Any) -> Content:
    """All answers of a row as plain values."""
    return {key: column.read(row) for key, column in writing.columns.items()}


# Saving ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save(
    row: Row,
    *,
    writing: WrittenKind,
    by: User,
    data: Content,
    version: int,
    source: str = ChangeSource.FORM,
    key: str = "",
) -> Row:
    """Store the answers in `data` that differ from what is stored, as `initiatives.save` does for an initiative.

    `version` is the `edit_version` the person saw: changes others made to other answers since then are kept, a change
    to the same answer raises EditConflict with both texts. `key` names the packet of a browser: sent again, it changes
    nothing. Raises PermissionDenied, ValidationError, and ObjectDoesNotExist when the row has been removed.
    Returns the stored row; saving nothing new changes nothing, not even the version.
    """
    writing.admit(row, by)
    stored = _hold(row)
    done = stored.changes.filter(request_key=key).first() if key else None
    if done is not None:  # sent again: only what it could not store then is judged once more
        data, key = {name: value for name, value in data.items() if name not in done.after}, ""
    columns = {name: writing.columns[name] for name in data}
    current = {name: column.read(stored) for name, column in columns.items()}
    data = {name: column.judge(stored, data[name]) for name, column in columns.items()}
    if version > stored.edit_version:  # a version nobody can have seen: judged as if nothing had been seen
        version = 0
    mine = my_changes(stored, data=data, current=current, version=version)
    refuse_conflicts(stored, mine=mine, current=current, version=version)
    if not mine:
        return stored
    for name, value in mine.items():
        columns[name].write(stored, value)
    stored.edit_version += 1
    stored.updated_by, stored.updated_at = by, timezone.now()
    stored.save()
    before = {name: current[name] for name in mine}
    note(stored, by=by, before=before, after=mine, source=source, key=key)
    books_changed(stored.master_plan)
    return _hold(stored)


@transaction.atomic
def add(row: Row, *, writing: WrittenKind, by: User, data: Content, source: str = ChangeSource.FORM) -> Row:
    """Store a row that is new, with its first answers, at the end of its list. Raises as `save` does."""
    writing.admit(row, by)
    values = {name: column.judge(row, data[name]) for name, column in writing.columns.items() if name in data}
    several = [name for name, value in values.items() if isinstance(value, list)]
    for name in values.keys() - set(several):
        writing.columns[name].write(row, values[name])
    if hasattr(row, "order"):
        last = _rows_like(row).aggregate(last=Max("order"))["last"]
        row.order = (last or 0) + 1
    row.updated_by, row.updated_at = by, timezone.now()
    row.save()
    for name in several:
        writing.columns[name].write(row, values[name])
    note(row, by=by, before={}, after=values, source=source)
    books_changed(row.master_plan)
    return row


@transaction.atomic
def remove(row: WrittenRow, *, writing: WrittenKind, by: User) -> None:
    """Take a row away; the record keeps what it held. Raises PermissionDenied."""
    writing.admit(row, by)
    stored = _hold(row)
    before = read_row(writing, stored)
    stored.edit_version += 1
    note(stored, by=by, before=before, after={}, source=ChangeSource.FORM)
    books_changed(stored.master_plan)
    stored.delete()


@transaction.atomic
def move(row: WrittenRow, *, among: Mapping[str, Any], writing: WrittenKind, by: User, step: int) -> None:
    """One place up (-1) or down (1) among the rows of the plan that have the columns `among`. At the end nothing moves.

    The order is no answer: it takes no version, so that whoever is writing meets no conflict. Raises PermissionDenied.
    """
    writing.admit(row, by)
    rows = list(_rows_like(row).filter(**among).order_by("order", "pk").select_for_update())
    place = next((number for number, each in enumerate(rows) if each.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(rows):
        return
    rows.insert(place + step, rows.pop(place))
    for number, each in enumerate(rows, 1):
        if each.order != number:
            _rows_like(row).filter(pk=each.pk).update(order=number)
    books_changed(row.master_plan)


@transaction.atomic
def note(
    row: WrittenRow, *, by: User, before: Content, after: Content, source: str = ChangeSource.FORM, key: str = ""
) -> None:
    """Record what the save that led to the row's present version changed."""
    WritingChange.objects.create(
        master_plan=row.master_plan,
        kind=row.writing_kind,
        subject_id=row.pk,
        version=row.edit_version,
        before=before,
        after=after,
        source=source,
        request_key=key,
        by=by,
        by_role=byline(by, row.regency),
    )


def _rows_like(row: WrittenRow) -> QuerySet[Any]:
    manager: Any = type(row)._default_manager
    rows: QuerySet[Any] = manager.filter(master_plan=row.master_plan)
    return rows


def _hold(row: Row) -> Row:
    """The row as it is stored, under lock until the end of the transaction."""
    stored: Row = _rows_like(row).select_for_update(of=("self",)).get(pk=row.pk)
    stored.master_plan = row.master_plan
    return stored
