"""Whether what a portal needs is in order: database, broker, worker, queue, disk, backup. Figures only, no secrets."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils import timezone
from kombu.exceptions import OperationalError

from smartcity.common.jobs import LeasedJob
from smartcity.models import Heartbeat

# Several missed beats of 20 s, and time for a worker that starts.
WORKER_SILENT = timedelta(seconds=120)
# A job that nobody has begun for this long waits for a worker that is not there.
QUEUE_STUCK = timedelta(minutes=15)
DISK_LOW_MB = 512
# What a portal in earnest may lose at most.
BACKUP_OLD = timedelta(days=7)
WORKER, BACKUP = "worker", "backup"  # names of heartbeats


def parts() -> dict[str, dict[str, Any]]:
    """Each part with `ok` and its figure."""
    database = database_works()
    age, jobs = (worker_age(), unfinished_jobs()) if database else (None, [])
    backup = backup_age() if database else None
    running, waiting = running_jobs(jobs), oldest_wait(jobs)
    free = free_disk_mb()
    return {
        "database": {"ok": database},
        "broker": {"ok": broker_works()},
        "worker": {"ok": is_alive(age, running), "heartbeat_age_seconds": age, "running_jobs": running},
        "oldest_queued_job": {
            "ok": database and (waiting is None or waiting <= QUEUE_STUCK.total_seconds()),
            "waiting_seconds": waiting,
        },
        "disk": {"ok": free >= DISK_LOW_MB, "free_mb": free},
        "backup": {"ok": is_backed_up(backup), "age_hours": None if backup is None else backup // timedelta(hours=1)},
    }


def is_ready(found: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the portal does its work. One without a backup does, and taken from the balancer it would have none
    either: that part is told and does not count.
    """
    return all(part["ok"] for name, part in found.items() if name != BACKUP)


def database_works() -> bool:
    """Whether a query is answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_works() -> bool:
    """Whether the broker accepts a connection within two seconds."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


def worker_age() -> int | None:
    """Seconds since a worker last took a message; None when none ever did."""
    seen = last_seen(WORKER)
    return None if seen is None else max(0, int((timezone.now() - seen).total_seconds()))


def last_seen(name: str) -> datetime | None:
    """When that heartbeat was last written; None when it never was."""
    beat = Heartbeat.objects.filter(name=name).first()
    return None if beat is None else beat.at


def backup_age() -> timedelta | None:
    """Since when there is no newer backup; None when there never was one."""
    seen = last_seen(BACKUP)
    return None if seen is None else timezone.now() - seen


def is_backed_up(age: timedelta | None) -> bool:
    """Whether the newest backup is young enough; only production needs one."""
    return not settings.PRODUCTION or (age is not None and age <= BACKUP_OLD)


@dataclass(frozen=True)
class OpenJobs:
    """The jobs of one kind that are not done: how many a worker holds, and since when the oldest other one waits."""

    model: type[LeasedJob]
    running: int
    oldest: datetime | None


def unfinished_jobs() -> list[OpenJobs]:
    """One question for each kind of job."""
    now = timezone.now()
    return [OpenJobs(model, **model.objects.unfinished(now)) for model in job_models()]


def running_jobs(jobs: Iterable[OpenJobs]) -> int:
    """Jobs in the hands of a worker that keeps their lease alive."""
    return sum(each.running for each in jobs)


def is_alive(age: int | None, running: int) -> bool:
    """Whether there is a worker: its beat is fresh, or it is too busy with a long job to take a beat."""
    return running > 0 or (age is not None and age <= WORKER_SILENT.total_seconds())


def oldest_wait(jobs: Iterable[OpenJobs]) -> int | None:
    """Seconds the oldest claimable job of any kind has waited; None when none waits.

    A long wait counts from when a job of its kind last began, and not at all while a worker holds one: behind it others
    wait for their turn and not for a worker.
    """
    now = timezone.now()
    waits = []
    for each in jobs:
        oldest = each.oldest
        if oldest is not None and now - oldest > QUEUE_STUCK:
            if each.running:
                continue
            oldest = max(oldest, each.model.objects.aggregate(last=Max("started_at"))["last"] or oldest)
        if oldest is not None:
            waits.append(now - oldest)
    return int(max(waits).total_seconds()) if waits else None


def job_models() -> list[type[LeasedJob]]:
    """Every kind of job the apps define."""
    return [model for model in apps.get_models() if issubclass(model, LeasedJob)]


def free_disk_mb() -> int:
    """Room left where private files go."""
    folder = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.BASE_DIR
    return shutil.disk_usage(folder).free // (1024 * 1024)
