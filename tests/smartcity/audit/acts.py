"""Acts of people for the tests of the log: at least two rows in each of its tables, through the real doors."""

from typing import Any

from django.apps import apps
from django.db import DataError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from agencies.actions import team
from agencies.models import Agency, SecurityEvent, User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.discussion.actions import reminders
from masterplan.models import MasterPlan
from smartcity.audit.log import LOG
from smartcity.audit.verifying import Alteration, Verification
from tests.factories import make_book_job, make_edition, make_gap, make_initiative


def act(plan: MasterPlan, agency: Agency, head: User, coordinator: User, administrator: User) -> None:
    """What a busy day leaves in the log."""
    for number in range(2):
        draft = make_initiative(plan, agency=agency, by=head)
        reminders.remind(draft, by=coordinator)
        make_initiative(plan, agency=agency, by=head, status="returned", coordinator=coordinator)
        make_initiative(plan, agency=agency, by=head, status="approved", coordinator=coordinator)
        make_gap(plan, coordinator, indicator=f"Layanan {number}")
        team.invite(plan.regency, by=administrator, email=f"baru{number}@contoh.test", role=Role.EXECUTIVE)
    job = make_book_job(make_edition(plan, by=coordinator), coordinator)
    for _ in range(2):
        books.record_download(job, by=coordinator)
    assert all(apps.get_model(table)._base_manager.count() >= 2 for table in LOG)


def note(by: User, regency: Any, count: int = 1, **fields: Any) -> list[SecurityEvent]:
    """Rows of the shortest table."""
    fields = {"kind": "invited", "subject": "x@contoh.test", "at": timezone.now()} | fields
    return SecurityEvent.objects.bulk_create(SecurityEvent(actor=by, regency=regency, **fields) for _ in range(count))


def misdate(row: Model) -> bool:
    """Write into a row, past Django, what no moment is. Whether it stands there: only SQLite lets it in."""
    column = "made_at" if row._meta.label == "smartcity.AuditSeal" else "at"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = 'kemarin dulu' WHERE id = %s", [row.pk])
    except DataError:
        assert connection.vendor == "postgresql"
        return False
    return True


def found(**options: Any) -> list[Alteration]:
    """What a walk names."""
    return list(Verification(**options).alterations())
