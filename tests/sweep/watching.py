"""Watches what a request does to the database, and compares whole databases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b[^\"]*\"?(\w+)", re.IGNORECASE)
# A session remembers, once a minute, when it was last used, and a public page how often an address asked; that is
# their own bookkeeping and no act of the person.
BOOKKEEPING = {"django_session", "smartcity_cache"}


class Watch:
    """The statements asked inside `watching()`, with their parameters."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Called by Django in place of the statement; transactions, bookkeeping and the record of a refused attempt are not noted."""
        written = _WRITES.match(sql)
        refusal = written and written[2] == "agencies_securityevent" and "access_refused" in params
        passing = sql.lstrip().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT"))
        if not passing and not refusal and not (written and written[2] in BOOKKEEPING):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)

    @property
    def writes(self) -> list[str]:
        """Statements that change something."""
        return [sql[:160] for sql, _ in self.statements if _WRITES.match(sql)]

    @property
    def tables(self) -> set[str]:
        """The tables that were changed."""
        return {found[2] for sql, _ in self.statements if (found := _WRITES.match(sql))}


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


def rows_of(tables: set[str]) -> dict[str, list[dict[str, Any]]]:
    """All rows of these tables. Ids are replaced by the place of the row, so that two runs can be compared."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    places: dict[str, dict[Any, int]] = {}

    def place(model: type[Model], pk: Any) -> int | None:
        table = model._meta.db_table
        if table not in places:
            ids = model._base_manager.order_by("pk").values_list("pk", flat=True)
            places[table] = {pk: number for number, pk in enumerate(ids)}
        return places[table].get(pk)

    def plain(row: Model) -> dict[str, Any]:
        return {
            field.name: place(field.related_model, getattr(row, field.attname))  # type: ignore[arg-type]
            if isinstance(field, ForeignKey)
            else _without_ids(getattr(row, field.attname))
            for field in row._meta.concrete_fields
            if (not field.primary_key or isinstance(field, ForeignKey)) and field.name not in _LOOSE_IDS
        }

    return {
        table: [plain(row) for row in models[table]._base_manager.order_by("pk")]
        for table in sorted(tables)
        if table in models
    }


# Ids that are no foreign keys, because the row they name may go while its record stays.
_LOOSE_IDS = frozenset({"subject_id"})
_BY_LOT = re.compile(r"https?://\S+|/wilayah/\S+|[0-9a-f]{32}|\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b")


def _without_ids(value: Any) -> Any:
    """A text without what is made of an id or drawn by lot: links in a mail, names of files on their way, codes."""
    return _BY_LOT.sub("acak", value) if isinstance(value, str) else value


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
