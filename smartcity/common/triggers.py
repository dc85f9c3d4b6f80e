"""Database triggers of the portal: created after every `migrate` and dropped before it, on SQLite and PostgreSQL.

SQLite drops triggers with the tables it makes anew, and an upgrade may have to touch what they hold. Those of one kind
share the beginning of their names, and so do their functions. All names in the SQL are our own.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections, models, transaction


def install(kind: str, statements: Iterable[str], using: str) -> None:
    """Lay the triggers of a kind down; those there already are replaced, and at no moment are there none."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        remove(kind, using)
        for statement in statements:
            cursor.execute(statement)


def remove(kind: str, using: str) -> None:
    """Take all triggers of a kind up, also those of tables that are no longer guarded."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{kind}%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            return
        cursor.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
            " AND starts_with(p.proname, %s)",
            [kind],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')


def are_current(apps: Any, guarded: Iterable[type[models.Model]]) -> bool:
    """Whether the tables of `apps` are those that triggers are written for, and not those of an earlier migration."""
    try:
        return all(set(all_columns(apps.get_model(model._meta.label))) == set(all_columns(model)) for model in guarded)
    except LookupError:
        return False


def all_columns(model: Any) -> list[str]:
    """The columns of a table, by their names in the database."""
    return [field.column for field in model._meta.concrete_fields]
