"""Which tables are the audit log, and the triggers by which their rows can only be added.

Rows are sealed in `sealing` and looked at again in `verifying`. What is a record but changes later is none of these
tables: a stage that is opened again, a reason that is taken back, a reading whose date moves on.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps as today
from django.db import connections, models

from smartcity.common import triggers
from smartcity.models import AuditSeal

MESSAGE = "catatan perbuatan tidak diubah dan tidak dihapus"
_NAME = "audit_log_"

# The clock seals once a minute. A row that waits this long says that the clock stands, or that seals were cut off.
RHYTHM = timedelta(hours=1)

# Each table with the ways from a row to its regency. All have a column `at`; a test finds a table that is missing.
LOG: dict[str, tuple[str, ...]] = {
    "agencies.SecurityEvent": ("regency",),
    "masterplan.InitiativeChange": ("initiative__master_plan__regency",),
    "masterplan.WritingChange": ("master_plan__regency",),
    "masterplan.StatusChange": ("initiative__master_plan__regency", "snapshot__master_plan__regency"),
    "masterplan.BookDownload": ("job__snapshot__master_plan__regency",),
    "masterplan.InitiativeReminder": ("initiative__master_plan__regency",),
}


def guarded() -> list[type[models.Model]]:
    """The tables of the log, and the seals on them."""
    return [*(today.get_model(label) for label in LOG), AuditSeal]


def before_migrate(using: str, plan: Any, **more: Any) -> None:
    """Take the triggers up where tables are about to change."""
    if plan:
        remove(using)


def after_migrate(using: str, plan: Any = None, apps: Any = None, **more: Any) -> None:
    """Lay them down once there are today's tables; `flush` sends the same signal without a plan, and changes none."""
    if plan is not None and triggers.are_current(apps, guarded()):
        install(using)


def install(using: str = "default") -> None:
    """Lay the triggers down."""
    triggers.install(_NAME, _statements(connections[using].vendor), using)


def remove(using: str = "default") -> None:
    """Take the triggers up."""
    triggers.remove(_NAME, using)


def _statements(vendor: str) -> Iterator[str]:
    tables = [model._meta.db_table for model in guarded()]
    if vendor == "sqlite":
        for table in tables:
            for event in ("UPDATE", "DELETE"):
                yield (
                    f'CREATE TRIGGER "{_NAME}{table}_{event.lower()}" BEFORE {event} ON "{table}"'
                    f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
        return
    yield (
        f'CREATE FUNCTION "{_NAME}refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END $$"
    )
    for table in tables:
        held = f'ON "{table}"'
        for word, event in (("change", f"UPDATE OR DELETE {held} FOR EACH ROW"), ("empty", f"TRUNCATE {held}")):
            yield f'CREATE TRIGGER "{_NAME}{table}_{word}" BEFORE {event} EXECUTE FUNCTION "{_NAME}refuse"()'
