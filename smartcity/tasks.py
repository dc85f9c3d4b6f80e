"""Background work of the project itself."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from smartcity.audit.sealing import seal_new
from smartcity.models import Heartbeat


@shared_task
def heartbeat() -> None:
    """Note that a worker took a message from the broker just now."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task
def clear_sessions() -> None:
    """Forget sessions that have ended, and counters of the rate limits that count no more."""
    call_command("clearsessions")
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - the name is a setting of ours


@shared_task
def seal_audit_log() -> None:
    """Seal what people did since the last stroke."""
    seal_new()
