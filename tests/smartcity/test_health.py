"""`/healthz` and `/readyz` tell the truth: each fault flips its own field."""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from celery import Celery
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from kombu import Connection

from agencies.models import OutgoingMail
from smartcity import health
from smartcity.common.jobs import claim, publish
from smartcity.models import Heartbeat
from smartcity.tasks import heartbeat

pytestmark = pytest.mark.django_db


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def healthy() -> None:
    heartbeat()


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def faults(answer: dict[str, Any]) -> set[str]:
    return {name for name, part in answer.items() if isinstance(part, dict) and not part["ok"]}


def test_all_is_well_without_anybody_logged_in(client: Client, healthy: None) -> None:
    status, answer = ready(client)
    assert (status, answer["ready"], faults(answer)) == (200, True, set())
    assert set(answer) == {"ready", "database", "broker", "worker", "oldest_queued_job", "disk", "backup"}
    assert client.get("/healthz").json() == {"database": True}


def test_a_worker_never_seen_or_long_silent_is_told(client: Client) -> None:
    status, answer = ready(client)
    assert (status, faults(answer)) == (503, {"worker"})
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=10))
    status, answer = ready(client)
    assert (status, faults(answer)) == (503, {"worker"})
    assert answer["worker"]["heartbeat_age_seconds"] >= 600


def test_a_worker_busy_with_a_long_job_is_no_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "running_jobs", lambda jobs: 1)
    status, answer = ready(client)
    assert (status, faults(answer), answer["worker"]["running_jobs"]) == (200, set(), 1)


def test_a_broker_that_is_away_is_told(client: Client, healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Connection("redis://127.0.0.1:1/0", transport_options={"socket_connect_timeout": 1})
    monkeypatch.setattr(Celery, "connection_for_write", lambda app: nobody)
    status, answer = ready(client)
    assert (status, faults(answer)) == (503, {"broker"})


def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(health.connection, "cursor", refuse)
    status, answer = ready(client)
    assert status == 503
    assert {"database"} <= faults(answer)
    assert client.get("/healthz").status_code == 503
    assert "server closed" not in str(answer)


def test_a_full_disk_is_told(client: Client, healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Disk(100, 99, 1024))
    status, answer = ready(client)
    assert (status, faults(answer), answer["disk"]["free_mb"]) == (503, {"disk"}, 0)


@pytest.mark.parametrize(("days", "ok", "hours"), [(None, False, None), (6.9, True, 165), (7.1, False, 170)])
def test_an_old_backup_is_told_in_production_and_keeps_nobody_out(
    client: Client, healthy: None, settings: Any, days: float | None, ok: bool, hours: int | None
) -> None:
    if days is not None:
        Heartbeat.objects.create(name="backup", at=timezone.now() - timedelta(days=days))
    assert ready(client)[1]["backup"] == {"ok": True, "age_hours": hours}
    settings.PRODUCTION = True
    status, answer = ready(client)
    assert (status, answer["ready"], answer["backup"]) == (200, True, {"ok": ok, "age_hours": hours})


def test_who_waits_for_a_turn_does_not_wait_for_a_worker() -> None:
    first, second = [OutgoingMail.objects.create(to="a@contoh.test", subject=str(n), body="") for n in range(2)]
    OutgoingMail.objects.update(requested_at=timezone.now() - timedelta(hours=1))
    waited = health.oldest_wait(health.unfinished_jobs())
    assert waited is not None
    assert waited >= 3600
    held = claim(OutgoingMail, first.pk, lease_seconds=60)
    assert held is not None
    assert health.oldest_wait(health.unfinished_jobs()) is None
    assert publish(held)
    waited = health.oldest_wait(health.unfinished_jobs())
    assert waited is not None, second
    assert waited < 60


def test_a_job_nobody_takes_is_told(client: Client, healthy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "oldest_wait", lambda jobs: 3600)
    status, answer = ready(client)
    assert (status, faults(answer)) == (503, {"oldest_queued_job"})
