"""Pages that belong to no app: health for machines, error pages for people."""

import logging
import shutil
from datetime import timedelta
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from smartcity.common.jobs import LeasedJob
from smartcity.middleware import current_reference
from smartcity.models import Heartbeat

logger = logging.getLogger(__name__)

# Three missed beats of 20 s, and a minute more for a worker that starts.
WORKER_SILENT = timedelta(seconds=120)
# A job that nobody has begun for this long waits for a worker that is not there.
QUEUE_STUCK = timedelta(minutes=15)
DISK_LOW = 512 * 1024 * 1024


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer at all: it reads from the database, nothing else."""
    database = _database_works()
    return JsonResponse({"database": database}, status=200 if database else 503)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the portal does all it promises: each part with its figure, 503 when one is at fault."""
    database = _database_works()
    worker_age = _worker_age() if database else None
    waiting = _oldest_wait() if database else None
    free = shutil.disk_usage(settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.BASE_DIR).free
    parts: dict[str, dict[str, Any]] = {
        "database": {"ok": database},
        "broker": {"ok": _broker_works()},
        "worker": {
            "ok": worker_age is not None and worker_age <= WORKER_SILENT.total_seconds(),
            "heartbeat_age_seconds": worker_age,
        },
        "oldest_queued_job": {
            "ok": database and (waiting is None or waiting <= QUEUE_STUCK.total_seconds()),
            "waiting_seconds": waiting,
        },
        "disk": {"ok": free >= DISK_LOW, "free_mb": free // (1024 * 1024)},
    }
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return _error_page(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known here, but not allowed this."""
    return _error_page(request, 403, "403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not there for this person; the page does not tell which."""
    return _error_page(request, 404, "404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the number leads to the line in the log."""
    return _error_page(request, 500, "500.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is no longer valid, mostly after logging in again in another tab."""
    logger.warning("form refused: %s", reason)
    return _error_page(request, 403, "400.html")


def _error_page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    return render(request, template, {"reference": current_reference()}, status=status)


def _database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_works() -> bool:
    try:
        with current_app.connection_for_write(transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def _worker_age() -> int | None:
    """Seconds since a worker last took a message; None when none ever did."""
    beat = Heartbeat.objects.filter(name="worker").first()
    return None if beat is None else max(0, int((timezone.now() - beat.at).total_seconds()))


def _oldest_wait() -> int | None:
    """Seconds the oldest claimable job of any kind has waited; None when none waits."""
    now = timezone.now()
    waits = [
        now - job.requested_at
        for model in apps.get_models()
        if issubclass(model, LeasedJob)
        for job in model.objects.claimable(now).order_by("requested_at")[:1]
    ]
    return int(max(waits).total_seconds()) if waits else None
