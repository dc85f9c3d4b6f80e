"""Work that outlives a request: the row is the truth, a message in the broker only wakes a worker.

A worker claims a row with one conditional UPDATE, keeps its lease alive while it works, and publishes with another
conditional UPDATE that carries its token. A worker that was overtaken while it slept therefore changes nothing. What a
job does lives in the app that owns the table; nothing here knows Celery.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Antre"
    RUNNING = "running", "Sedang disusun"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"


# In these states a job rests until somebody asks again.
_ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
_OPEN = (JobState.QUEUED, JobState.RUNNING)


def _claimable(now: datetime) -> Q:
    silent = Q(state=JobState.RUNNING, lease_until__lt=now)
    return (Q(state=JobState.QUEUED) | silent) & Q(attempts__lt=MAX_ATTEMPTS)


class LeasedJobQuerySet(models.QuerySet["LeasedJob"]):
    """Questions a worker and the sweep ask; `now` is given so that a test can be exact."""

    def claimable(self, now: datetime) -> Self:
        """Waiting jobs, and running ones whose worker has gone silent, while attempts remain."""
        return self.filter(_claimable(now))

    def unfinished(self, now: datetime) -> dict[str, Any]:
        """How many are `running` under a lease, and when the `oldest` claimable one was asked for; one query."""
        held = Q(state=JobState.RUNNING, lease_until__gte=now)
        rows = self.filter(state__in=_OPEN)
        return rows.aggregate(running=Count("pk", filter=held), oldest=Min("requested_at", filter=_claimable(now)))

    def stale(self, now: datetime) -> Self:
        """Running jobs whose lease has passed."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)

    def exhausted(self, now: datetime) -> Self:
        """Stale jobs without an attempt left; `fail_exhausted` ends them."""
        return self.stale(now).filter(attempts__gte=MAX_ATTEMPTS)


class LeasedJob(models.Model):
    """One piece of work with its lease. A subclass's Meta extends this one's, constraints and indexes included."""

    state = models.CharField("keadaan", max_length=10, choices=JobState, default=JobState.QUEUED, editable=False)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0, editable=False)
    lease_until = models.DateTimeField("dipegang sampai", null=True, blank=True, editable=False)
    # Grows with every claim; a publish must carry the current one (a fencing token).
    token = models.PositiveBigIntegerField("tanda pemegang", default=0, editable=False)
    stage = models.CharField("tahap", max_length=120, blank=True, editable=False)
    progress_done = models.PositiveIntegerField("sudah", default=0, editable=False)
    progress_total = models.PositiveIntegerField("dari", default=0, editable=False)
    error = models.TextField("sebab gagal", blank=True, editable=False)
    requested_at = models.DateTimeField("diminta", default=timezone.now, editable=False)
    started_at = models.DateTimeField("dimulai", null=True, blank=True, editable=False)
    finished_at = models.DateTimeField("selesai", null=True, blank=True, editable=False)

    objects = LeasedJobQuerySet.as_manager()

    # How long one claim or renewal lasts; set by claim(), not stored.
    lease_seconds: float = 0

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False, started_at__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
                name="%(class)s_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, finished_at__isnull=False) | Q(state__in=_OPEN, finished_at__isnull=True),
                name="%(class)s_ended_has_finish",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(error=""), name="%(class)s_failed_has_reason"
            ),
        )
        indexes = [models.Index(fields=["state", "lease_until"], name="%(class)s_queue")]

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in _OPEN

    def waiting_before(self) -> int:
        """How many others of its kind wait and were asked for earlier."""
        return type(self).objects.filter(state=JobState.QUEUED, requested_at__lt=self.requested_at).count()


Job = TypeVar("Job", bound=LeasedJob)


def claim(model: type[Job], pk: int, lease_seconds: float) -> Job | None:
    """Take the job for `lease_seconds`, or None when it is not to be had (done, or in other hands, or worn out)."""
    now = timezone.now()
    with transaction.atomic():
        taken = (
            model._default_manager.claimable(now)
            .filter(pk=pk)
            .update(
                state=JobState.RUNNING,
                attempts=F("attempts") + 1,
                token=F("token") + 1,
                lease_until=now + timedelta(seconds=lease_seconds),
                started_at=now,
                stage="",
                progress_done=0,
                progress_total=0,
                error="",
            )
        )
        if not taken:
            return None
        job: Job = model._base_manager.get(pk=pk)
    job.lease_seconds = lease_seconds
    return job


def renew(job: LeasedJob) -> bool:
    """Hold the job for another lease; False when it is no longer this worker's."""
    return _update_mine(job, lease_until=timezone.now() + timedelta(seconds=job.lease_seconds))


def report_progress(job: LeasedJob, stage: str, done: int = 0, total: int = 0) -> bool:
    """Say how far the work is, for the page that waits; False when the job is no longer this worker's."""
    return _update_mine(job, stage=stage, progress_done=done, progress_total=total)


def publish(job: LeasedJob, **fields: Any) -> bool:
    """End the job as done and store `fields` with it; False, and nothing changed, when another worker has taken over.

    Call it in the transaction that stores the result, and roll that back on False.
    """
    return _end(job, JobState.DONE, error="", **fields)


def fail(job: LeasedJob, sentence: str, *, retry: bool = False, **fields: Any) -> bool:
    """End the job as failed with a sentence for a person, and store `fields` with it; with `retry`, queue it again
    while attempts remain.

    False when the job is no longer this worker's.
    """
    if retry and job.attempts < MAX_ATTEMPTS:
        return _update_mine(job, state=JobState.QUEUED, lease_until=None, error=sentence, **fields)
    return _end(job, JobState.FAILED, error=sentence, **fields)


def release(job: LeasedJob, sentence: str = "") -> bool:
    """Put the job back without counting the attempt: the worker is being stopped or a server is away, not the work's
    fault. The sweep sends its message again; `sentence` says what it waits for.
    """
    return _update_mine(job, state=JobState.QUEUED, lease_until=None, attempts=F("attempts") - 1, error=sentence)


def cancel(model: type[LeasedJob], pk: int, sentence: str) -> bool:
    """End a waiting or running job because a person wants it no more; `sentence` says who. False when it had ended.

    Whoever works on it can report, renew and publish nothing from now on, also when the job is asked for again.
    """
    ending = {"state": JobState.CANCELLED, "lease_until": None, "finished_at": timezone.now(), "error": sentence}
    return model.objects.filter(pk=pk, state__in=_OPEN).update(**ending) == 1


def reopen(model: type[LeasedJob], pk: int, **fields: Any) -> bool:
    """Queue a failed or cancelled job anew with all its attempts and with `fields`, for a person who asks again.

    False when it is neither.
    """
    resting = model.objects.filter(pk=pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    anew = {"attempts": 0, "error": "", "started_at": None, "finished_at": None, "requested_at": timezone.now()}
    return resting.update(state=JobState.QUEUED, **anew, **fields) == 1


def fail_exhausted(model: type[LeasedJob], sentence: str) -> list[int]:
    """End every job whose last attempt fell silent; returns which. Of several callers each job is given to one."""
    now = timezone.now()
    worn_out = model.objects.exhausted(now)
    ending = {"state": JobState.FAILED, "lease_until": None, "finished_at": now, "error": sentence}
    return [pk for pk in worn_out.values_list("pk", flat=True) if worn_out.filter(pk=pk).update(**ending)]


class Lease:
    """What a worker holds while it works: `lost` is true once the job belongs to somebody else."""

    def __init__(self) -> None:
        self._lost = threading.Event()

    @property
    def lost(self) -> bool:
        """Whether to stop: nothing done from now on can be published."""
        return self._lost.is_set()

    def mark_lost(self) -> None:
        """Noted by the renewing thread."""
        self._lost.set()


@contextmanager
def lease(job: LeasedJob) -> Iterator[Lease]:
    """Renew the lease of a claimed job in the background, three times per lease, until the block ends."""
    held, stop = Lease(), threading.Event()
    renewer = threading.Thread(target=_keep, args=(job, held, stop), name=f"lease-{job.pk}", daemon=True)
    renewer.start()
    try:
        yield held
    finally:
        stop.set()
        renewer.join()


def _keep(job: LeasedJob, held: Lease, stop: threading.Event) -> None:
    try:
        while not stop.wait(job.lease_seconds / 3):
            try:
                if not renew(job):
                    held.mark_lost()
                    return
            except DatabaseError as error:  # the database may be back before the lease ends
                logger.warning("lease of %s %s not renewed: %s", job._meta.label, job.pk, error)
                connection.close()
    finally:
        connection.close()  # connections belong to threads; this one ends here


def _end(job: LeasedJob, state: JobState, **fields: Any) -> bool:
    return _update_mine(job, state=state, lease_until=None, finished_at=timezone.now(), **fields)


def _update_mine(job: LeasedJob, **fields: Any) -> bool:
    mine = type(job)._default_manager.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
    return mine.update(**fields) == 1
