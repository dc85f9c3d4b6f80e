"""Leases: who gets a job, who keeps it, and that whoever was overtaken changes nothing."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from smartcity.common import jobs
from smartcity.common.jobs import MAX_ATTEMPTS, JobState, LeasedJob
from tests.at_once import in_threads


class Errand(LeasedJob):
    """The smallest job; in a registry of its own, so that the portal does not know it."""

    note = models.CharField(max_length=40, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        apps = Apps()
        app_label = "smartcity"


@pytest.fixture
def errand(transactional_db: None) -> Iterator[Errand]:
    with connection.schema_editor() as schema:
        schema.create_model(Errand)
    yield Errand.objects.create()
    with connection.schema_editor() as schema:
        schema.delete_model(Errand)


def expire(errand: Errand) -> None:
    Errand.objects.filter(pk=errand.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_claimed_job_belongs_to_one_worker(errand: Errand) -> None:
    first = jobs.claim(Errand, errand.pk, 60)
    assert first is not None
    assert (first.state, first.attempts, first.token) == (JobState.RUNNING, 1, 1)
    assert jobs.claim(Errand, errand.pk, 60) is None


def test_of_many_threads_exactly_one_claims(errand: Errand) -> None:
    claimed = [job for job in in_threads(6, lambda: jobs.claim(Errand, errand.pk, 60)) if job]
    assert len(claimed) == 1
    errand.refresh_from_db()
    assert errand.attempts == 1


def test_a_silent_worker_is_overtaken_and_cannot_publish(errand: Errand) -> None:
    slow = jobs.claim(Errand, errand.pk, 60)
    expire(errand)
    quick = jobs.claim(Errand, errand.pk, 60)
    assert slow is not None
    assert quick is not None
    assert not jobs.renew(slow)
    assert not jobs.report_progress(slow, "lambat", 9, 9)
    assert not jobs.publish(slow, note="dari yang lambat")
    assert not jobs.fail(slow, "lambat")
    assert not jobs.release(slow)
    assert jobs.publish(quick, note="dari yang cepat")
    errand.refresh_from_db()
    assert (errand.state, errand.note, errand.stage) == (JobState.DONE, "dari yang cepat", "")


def test_of_two_publishing_threads_one_wins(errand: Errand) -> None:
    slow = jobs.claim(Errand, errand.pk, 60)
    expire(errand)
    quick = jobs.claim(Errand, errand.pk, 60)
    contenders = iter([slow, quick])
    pick = threading.Lock()

    def publish() -> tuple[int, bool]:
        with pick:
            job = next(contenders)
        assert job is not None
        return job.token, jobs.publish(job, note=str(job.token))

    assert dict(in_threads(2, publish)) == {1: False, 2: True}
    errand.refresh_from_db()
    assert errand.note == "2"


def test_a_job_is_published_once(errand: Errand) -> None:
    job = jobs.claim(Errand, errand.pk, 60)
    assert job is not None
    assert jobs.publish(job)
    assert not jobs.publish(job)
    assert jobs.claim(Errand, errand.pk, 60) is None


def test_after_three_silent_attempts_the_job_fails_with_a_reason(errand: Errand) -> None:
    for _ in range(MAX_ATTEMPTS):
        assert jobs.claim(Errand, errand.pk, 60) is not None
        expire(errand)
    assert jobs.claim(Errand, errand.pk, 60) is None
    assert jobs.fail_exhausted(Errand, "Penyusunan terhenti tiga kali.") == [errand.pk]
    errand.refresh_from_db()
    assert (errand.state, errand.error) == (JobState.FAILED, "Penyusunan terhenti tiga kali.")
    assert errand.finished_at is not None


def test_a_failure_may_be_tried_again_until_attempts_run_out(errand: Errand) -> None:
    states = []
    for _ in range(MAX_ATTEMPTS):
        job = jobs.claim(Errand, errand.pk, 60)
        assert job is not None
        assert jobs.fail(job, "Gambar rusak.", retry=True)
        errand.refresh_from_db()
        states.append(errand.state)
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]
    assert errand.error == "Gambar rusak."


def test_a_released_job_costs_no_attempt(errand: Errand) -> None:
    for _ in range(MAX_ATTEMPTS + 2):
        job = jobs.claim(Errand, errand.pk, 60)
        assert job is not None
        assert jobs.release(job, "Peladen surel belum menjawab.")
    errand.refresh_from_db()
    assert (errand.state, errand.attempts, errand.token) == (JobState.QUEUED, 0, MAX_ATTEMPTS + 2)


def test_a_failed_job_can_be_asked_for_again(errand: Errand) -> None:
    assert not jobs.reopen(Errand, errand.pk)
    job = jobs.claim(Errand, errand.pk, 60)
    assert job is not None
    jobs.fail(job, "Gambar rusak.")
    assert jobs.reopen(Errand, errand.pk)
    again = jobs.claim(Errand, errand.pk, 60)
    assert again is not None
    assert (again.attempts, again.token, again.error) == (1, 2, "")


@pytest.mark.parametrize("begun", [False, True])
def test_a_cancelled_job_is_nobodys(errand: Errand, begun: bool) -> None:
    worker = jobs.claim(Errand, errand.pk, 60) if begun else None
    assert jobs.cancel(Errand, errand.pk, "Dibatalkan oleh Koordinator.")
    assert not jobs.cancel(Errand, errand.pk, "Sekali lagi.")
    assert jobs.claim(Errand, errand.pk, 60) is None
    if worker:
        assert not jobs.renew(worker)
        assert not jobs.report_progress(worker, "terlambat")
        assert not jobs.publish(worker, note="terlambat")
        assert not jobs.fail(worker, "terlambat")
    errand.refresh_from_db()
    assert (errand.state, errand.error, errand.note) == (JobState.CANCELLED, "Dibatalkan oleh Koordinator.", "")
    assert not errand.is_open


def test_who_works_on_a_cancelled_job_cannot_publish_it_when_it_is_asked_for_again(errand: Errand) -> None:
    slow = jobs.claim(Errand, errand.pk, 60)
    assert slow is not None
    jobs.cancel(Errand, errand.pk, "Dibatalkan.")
    assert jobs.reopen(Errand, errand.pk, note="anew")
    assert not jobs.publish(slow)
    assert jobs.claim(Errand, errand.pk, 60) is not None
    assert not jobs.publish(slow)
    errand.refresh_from_db()
    assert (errand.state, errand.attempts, errand.note) == (JobState.RUNNING, 1, "anew")


def test_a_job_that_has_ended_cannot_be_cancelled(errand: Errand) -> None:
    job = jobs.claim(Errand, errand.pk, 60)
    assert job is not None
    assert jobs.publish(job)
    assert not jobs.cancel(Errand, errand.pk, "Dibatalkan.")


def test_a_failure_stores_what_else_is_known(errand: Errand) -> None:
    job = jobs.claim(Errand, errand.pk, 60)
    assert job is not None
    assert jobs.fail(job, "Gambar rusak.", note="BR-07")
    errand.refresh_from_db()
    assert (errand.state, errand.note) == (JobState.FAILED, "BR-07")


def test_of_two_sweeps_one_ends_a_worn_out_job(errand: Errand) -> None:
    for _ in range(MAX_ATTEMPTS):
        jobs.claim(Errand, errand.pk, 60)
        expire(errand)
    ended = in_threads(4, lambda: jobs.fail_exhausted(Errand, "Terhenti."))
    assert sorted(ended) == [[], [], [], [errand.pk]]


def test_the_lease_is_kept_while_the_work_goes_on(errand: Errand) -> None:
    job = jobs.claim(Errand, errand.pk, 0.6)
    assert job is not None
    with jobs.lease(job) as held:
        time.sleep(1.2)
        assert jobs.claim(Errand, errand.pk, 60) is None
        assert not held.lost
    assert jobs.publish(job)


def test_a_lost_lease_is_noticed(errand: Errand) -> None:
    job = jobs.claim(Errand, errand.pk, 0.3)
    assert job is not None
    with jobs.lease(job) as held:
        Errand.objects.filter(pk=errand.pk).update(token=99)
        deadline = time.monotonic() + 5
        while not held.lost and time.monotonic() < deadline:
            time.sleep(0.02)
        assert held.lost


def test_what_waits_and_what_is_stale(errand: Errand) -> None:
    now = timezone.now()
    assert list(Errand.objects.claimable(now)) == [errand]
    jobs.claim(Errand, errand.pk, 60)
    assert not Errand.objects.claimable(now)
    assert not Errand.objects.stale(now)
    later = now + timedelta(seconds=90)
    assert list(Errand.objects.stale(later)) == list(Errand.objects.claimable(later)) == [errand]


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": "hilang"},
        {"state": JobState.RUNNING},
        {"state": JobState.DONE},
        {"state": JobState.CANCELLED},
        {"state": JobState.FAILED, "finished_at": timezone.now()},
        {"lease_until": timezone.now()},
        {"finished_at": timezone.now()},
    ],
)
def test_the_database_refuses_impossible_rows(errand: Errand, impossible: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.filter(pk=errand.pk).update(**impossible)
