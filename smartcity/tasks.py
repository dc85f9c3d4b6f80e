"""Background work of the project itself."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from smartcity.audit.sealing import seal_new
from smartcity.models import Heartbeat


@shared_task
def heartbeat() -> None:
    """Note that a worker took a message from the broker just now."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task
def clear_sessions() -> None:
    """Forget sessions that have ended."""
    call_command("clearsessions")


@shared_task
def seal_audit_log() -> None:
    """Seal what people did since the last stroke."""
    seal_new()
