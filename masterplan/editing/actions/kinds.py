"""What distinguishes one kind of written row from another. `written` saves all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.columns import WrittenColumn
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed
from masterplan.editing.history import Change
from masterplan.models import ChangeSource, WritingChange
from masterplan.registry import Content


@dataclass(frozen=True)
class WrittenKind:
    """A kind of row of a master plan: its columns by key, and what a save of such a row does.

    The methods hold for a `WrittenRow`; a kind that differs overrides them. `identity` names the columns that identify
    a row which is created by its first save.
    """

    columns: Mapping[str, WrittenColumn] = field(default_factory=dict)
    identity: tuple[str, ...] = ()

    def columns_of(self, row: Any) -> Mapping[str, WrittenColumn]:
        """The columns of one row."""
        return self.columns

    def read(self, row: Any) -> Content:
        """All answers of a row as plain values."""
        return {key: column.read(row) for key, column in self.columns_of(row).items()}

    def check_access(self, row: Any, *, by: User) -> None:
        """Raise PermissionDenied when `by` may not change the row, ValidationError while the plan is locked."""
        require(by, Permission.EDIT_SECTIONS, row.regency)
        refuse_locked(row.master_plan_id)

    def lock_row(self, row: Any, *, by: User) -> Any:
        """The row as it is stored, under lock until the end of the transaction. Raises what `check_access` raises, and
        ObjectDoesNotExist when the row has been removed.
        """
        self.check_access(row, by=by)
        pk = self._created(row) if row.pk is None and self.identity else row.pk
        stored = rows_like(row).select_for_update(of=("self",)).get(pk=pk)
        stored.master_plan = row.master_plan
        return stored

    def _created(self, row: Any) -> Any:
        """The id of the row that has the identity of `row`. `row` stays as it is: the transaction may be undone."""
        identity = {name: getattr(row, name) for name in self.identity}
        found, _ = type(row)._default_manager.get_or_create(**identity, defaults={"master_plan": row.master_plan})
        return found.pk

    def complete(self, row: Any, data: Content) -> Content:
        """The answers to save: those in `data`, and others that follow from them."""
        return data

    def later_changes(self, row: Any, version: int) -> Iterable[Change]:
        """The recorded saves of a held row after `version`, the newest first."""
        return row.changes.filter(version__gt=version).order_by("-version") if version < row.edit_version else ()

    def apply(self, row: Any, changes: Content, *, by: User) -> None:
        """Write changed answers into a held row and its tables. Raises ValidationError when they do not fit together.

        Also called when nothing changed.
        """
        columns = self.columns_of(row) if changes else {}
        for name, value in changes.items():
            columns[name].write(row, value)

    def store(self, row: Any, *, by: User) -> None:
        """Store the columns of the row, with who changed it and when."""
        row.updated_by, row.updated_at = by, timezone.now()
        row.save()

    def record(
        self, row: Any, *, by: User, before: Content, after: Content, source: str = ChangeSource.FORM, key: str = ""
    ) -> None:
        """Record what the save that led to the present version of the row changed."""
        values = {"version": row.edit_version, "before": before, "after": after, "source": source, "request_key": key}
        self.create_change(row, by=by, by_role=byline(by, row.regency), **values)

    def create_change(self, row: Any, *, by: User, **values: Any) -> None:
        """Store the record of one save by `by`; `values` are the other columns of `RecordedChange`."""
        WritingChange.objects.create(
            master_plan=row.master_plan, kind=row.writing_kind, subject_id=row.pk, by=by, **values
        )

    def announce(self, row: Any) -> None:
        """Have workers prepare what is printed of the changed row."""
        books_changed(row.master_plan)

    def reload(self, row: Any) -> Any:
        """The same row from the database, without what was prefetched before it changed."""
        again = type(row)._default_manager.get(pk=row.pk)
        again.master_plan = row.master_plan
        return again


def rows_like(row: Any) -> QuerySet[Any]:
    """The rows of the same table and plan."""
    rows: QuerySet[Any] = type(row)._default_manager.filter(master_plan=row.master_plan)
    return rows
