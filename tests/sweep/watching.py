"""Watches what a request does to the database, and compares whole databases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b[^\"]*\"?(\w+)", re.IGNORECASE)
# A session remembers when it was last used; that is its own bookkeeping and no act of the person.
BOOKKEEPING = {"django_session"}


class Watch:
    """The statements asked inside `watching()`, with their parameters."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Called by Django in place of the statement; transactions are not noted."""
        if not sql.lstrip().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)

    @property
    def writes(self) -> list[str]:
        """Statements that change something, but for bookkeeping."""
        found = [(_WRITES.match(sql), sql) for sql, _ in self.statements]
        return [sql[:160] for match, sql in found if match and match[2] not in BOOKKEEPING]


@contextmanager
def watching() -> Iterator[Watch]:
    """Note every statement."""
    seen = Watch()
    with connection.execute_wrapper(seen):
        yield seen


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def own_models() -> list[type[Model]]:
    """The tables of our apps."""
    return [model for model in apps.get_models() if model._meta.app_label in ("smartcity", "agencies", "masterplan")]


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all our tables. Ids are replaced by the place of the row, so that two runs can be compared."""
    models = own_models()
    places = {
        model._meta.db_table: {
            pk: place for place, pk in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True))
        }
        for model in models
    }
    return {model._meta.label: [_plain(row, places) for row in _rows(model)] for model in models} | _pairs(places)


def _rows(model: type[Model]) -> list[Model]:
    return list(model._base_manager.order_by("pk"))


def _plain(row: Model, places: dict[str, dict[Any, int]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key and not isinstance(field, ForeignKey):
            continue
        if isinstance(field, ForeignKey) and field.related_model._meta.db_table in places:  # type: ignore[union-attr]
            value = places[field.related_model._meta.db_table].get(value)  # type: ignore[union-attr]
        values[field.name] = value
    return values


def _pairs(places: dict[str, dict[Any, int]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of many-to-many tables."""
    tables = {field.remote_field.through for model in own_models() for field in model._meta.local_many_to_many}
    return {
        table._meta.label: sorted((_plain(row, places) for row in _rows(table)), key=str)
        for table in tables
        if table._meta.auto_created and table._meta.app_label != "auth"
    }


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is not the same, in words."""
    found = []
    for table, rows in after.items():
        old = before.get(table, [])
        if len(rows) != len(old):
            found.append(f"{table}: {len(old)} rows, now {len(rows)}")
        for number, (was, now) in enumerate(zip(old, rows, strict=False)):
            found += [
                f"{table}[{number}].{key}: {was[key]!r} -> {now[key]!r}"[:200] for key in now if was[key] != now[key]
            ]
    return found
