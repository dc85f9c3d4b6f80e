"""The one way to save rows that several people edit: initiatives, sections, pictures, analyses, reports, plan elements.

A `WrittenKind` (`kinds`) says what distinguishes one kind of row from another.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, Model

from agencies.models import User
from masterplan.editing.actions.conflicts import own_changes
from masterplan.editing.actions.kinds import WrittenKind, rows_like
from masterplan.models import ChangeSource, WrittenRow
from masterplan.registry import Content

Row = TypeVar("Row", bound=Model)
NewRow = TypeVar("NewRow", bound=WrittenRow)


@transaction.atomic
def save(
    row: Row,
    *,
    kind: WrittenKind,
    by: User,
    data: Content,
    version: int,
    source: str = ChangeSource.FORM,
    key: str = "",
) -> Row:
    """Store the answers in `data` (plain values by key) that differ from what is stored.

    `version` is the `edit_version` the person saw: changes others made to other answers since then are kept, a change
    to the same answer raises EditConflict with both texts. `key` names the packet of a browser: sent again, because
    the answer was lost, it changes nothing. Raises what `kind.lock_row` raises, and ValidationError.
    Returns the stored row; saving nothing new changes nothing, not even the version.
    """
    stored = kind.lock_row(row, by=by)
    data = kind.complete(stored, data)
    done = stored.changes.filter(request_key=key).first() if key else None
    if done is not None:  # sent again: only what could not be stored then is tried once more
        data, key = {name: value for name, value in data.items() if name not in done.after}, ""
    known = kind.columns_of(row)
    columns = {name: known[name] for name in data}
    current = {name: column.read(stored) for name, column in columns.items()}
    data = {name: column.clean(stored, data[name]) for name, column in columns.items()}
    if version > stored.edit_version:  # a version nobody can have seen: treated as if nothing had been seen
        version = 0
    later = kind.later_changes(stored, version)
    mine = own_changes(data=data, current=current, later=later, version=stored.edit_version)
    kind.apply(stored, mine, by=by)
    if not mine:
        unchanged: Row = stored
        return unchanged
    before = {name: current[name] for name in mine}
    record_change(stored, kind=kind, by=by, before=before, after=mine, source=source, key=key)
    saved: Row = kind.reload(stored)
    return saved


@transaction.atomic
def record_change(
    row: Any,
    *,
    kind: WrittenKind,
    by: User,
    before: Content,
    after: Content,
    source: str = ChangeSource.FORM,
    key: str = "",
) -> None:
    """Give a held row, with what was written into it, its next version, and record how its answers changed."""
    row.edit_version += 1
    kind.store(row, by=by)
    kind.record(row, by=by, before=before, after=after, source=source, key=key)
    kind.announce(row)


@transaction.atomic
def add(row: NewRow, *, kind: WrittenKind, by: User, data: Content, source: str = ChangeSource.FORM) -> NewRow:
    """Store a row that is new, with its first answers, at the end of its list. Raises as `save` does."""
    kind.check_access(row, by=by)
    values = {name: column.clean(row, data[name]) for name, column in kind.columns.items() if name in data}
    several = [name for name, value in values.items() if isinstance(value, list)]
    for name in values.keys() - set(several):
        kind.columns[name].write(row, values[name])
    if hasattr(row, "order"):
        last = rows_like(row).aggregate(last=Max("order"))["last"]
        row.order = (last or 0) + 1
    kind.store(row, by=by)
    for name in several:
        kind.columns[name].write(row, values[name])
    kind.record(row, by=by, before={}, after=values, source=source)
    kind.announce(row)
    return row


@transaction.atomic
def remove(row: WrittenRow, *, kind: WrittenKind, by: User) -> None:
    """Remove a row; the record keeps what it held. Raises PermissionDenied, and ValidationError for a locked plan."""
    stored = kind.lock_row(row, by=by)
    before = kind.read(stored)
    stored.edit_version += 1
    kind.record(stored, by=by, before=before, after={})
    kind.announce(stored)
    stored.delete()


@transaction.atomic
def move(row: WrittenRow, *, among: Mapping[str, Any], kind: WrittenKind, by: User, step: int) -> None:
    """One place up (-1) or down (1) among the rows of the plan that have the columns `among`. At the end nothing moves.

    The order is no answer: it takes no version, so that nobody who is editing gets a conflict. Raises as `remove` does.
    """
    kind.check_access(row, by=by)
    rows = list(rows_like(row).filter(**among).order_by("order", "pk").select_for_update())
    place = next((number for number, each in enumerate(rows) if each.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(rows):
        return
    rows.insert(place + step, rows.pop(place))
    for number, each in enumerate(rows, 1):
        if each.order != number:
            rows_like(row).filter(pk=each.pk).update(order=number)
    kind.announce(row)
