"""Whose book is printed next, and when one's own will come: priority, turns between regencies, limits, expected time.

The row is the truth and a message only wakes a worker, which takes the job whose turn it is, whichever message came.
Printing what was taken is `jobs`.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from agencies.models import Regency
from masterplan.models import BookJob
from masterplan.reference import EditionStatus
from smartcity.common.jobs import JobState, claim

_REGENCY = "snapshot__master_plan__regency"
# Lower comes first. What is being signed waits for nobody's draft.
_PRIORITY = {EditionStatus.ADOPTED: 0, EditionStatus.REVIEWED: 1}
_REST = 2
# How many finished books tell how long one takes, and by what factor the number of pages may differ.
_RECENT, _SIMILAR = 40, 2


# Taking ---------------------------------------------------------------------------------------------------------------


def waiting(now: datetime) -> QuerySet[Any, Any]:
    """Every job that may be taken, the next one first: by the state of its edition; then the regency that was served
    longest ago, so that twenty requests of one stand behind the first of another; then the oldest request.
    """
    same = BookJob.objects.filter(**{_REGENCY: OuterRef(_REGENCY)}).order_by().values(_REGENCY)
    ranks = [When(snapshot__status=status, then=Value(rank)) for status, rank in _PRIORITY.items()]
    rows = BookJob.objects.claimable(now).annotate(
        regency_id=F(_REGENCY),
        priority=Case(*ranks, default=Value(_REST), output_field=IntegerField()),
        served_at=Subquery(same.annotate(last=Max("started_at")).values("last")),
    )
    return rows.order_by("priority", F("served_at").asc(nulls_first=True), "requested_at", "pk")


def claim_next(lease_seconds: float) -> BookJob | None:
    """Take the job whose turn it is for `lease_seconds`; None when none waits, or only those of regencies that have
    as many books in the press as they may.
    """
    while (candidate := _next()) is not None:
        with transaction.atomic():
            # One worker at a time decides about a regency, so that its limit holds.
            Regency.objects.select_for_update(no_key=True).get(pk=candidate.regency_id)
            job = claim(BookJob, candidate.pk, lease_seconds) if _next() == candidate else None
        if job is not None:
            return job
    return None


class _Candidate(NamedTuple):
    pk: int
    regency_id: int


def _next() -> _Candidate | None:
    now = timezone.now()
    held = BookJob.objects.filter(state=JobState.RUNNING, lease_until__gte=now).order_by().values(_REGENCY)
    full = held.annotate(count=Count("pk")).filter(count__gte=settings.BOOKS_AT_ONCE).values(_REGENCY)
    row = waiting(now).exclude(regency_id__in=full).values_list("pk", "regency_id").first()
    return _Candidate(*row) if row else None


# Asking ---------------------------------------------------------------------------------------------------------------


def is_full(regency: Regency) -> bool:
    """Whether so many books of this regency wait already that one more must be refused."""
    queued = BookJob.objects.filter(state=JobState.QUEUED, snapshot__master_plan__regency=regency)
    return queued.count() >= settings.BOOKS_WAITING


# Waiting --------------------------------------------------------------------------------------------------------------


class Waiting(NamedTuple):
    """What decides the turn of one job."""

    pk: int
    regency_id: int
    priority: int


def in_turn(rows: Iterable[Waiting]) -> Iterator[Waiting]:
    """The waiting jobs, given in the order of `waiting`, in the order in which workers will take them one by one."""
    served: dict[int, int] = {}  # regency -> how many jobs had been taken when it was last served
    taken = 0
    for _, group in groupby(rows, key=lambda row: row.priority):
        lines: dict[int, deque[Waiting]] = {}
        for row in group:
            lines.setdefault(row.regency_id, deque()).append(row)
        order = sorted(lines, key=lambda regency: served.get(regency, -1))
        while order:
            for regency in order:
                served[regency], taken = taken, taken + 1
                yield lines[regency].popleft()
            order = [regency for regency in order if lines[regency]]


@dataclass(frozen=True)
class Outlook:
    """What can be said to whoever waits: how many are taken before, and about how many seconds are left, if known.

    Known is only what was measured: how long the last books took, for who stands behind others. How long one book takes
    depends on how many of its parts lie ready, which nobody knows before they are laid out (3 s or 2 minutes for the
    same book); its page tells the parts that are done instead.
    """

    ahead: int = 0
    seconds: float | None = None


def outlook(job: BookJob) -> Outlook:
    """Where an open job stands now."""
    if job.state == JobState.RUNNING:
        return Outlook()
    rows = [Waiting(*row) for row in waiting(timezone.now()).values_list("pk", "regency_id", "priority")]
    mine = next((row for row in rows if row.pk == job.pk), None)
    before = []
    for row in in_turn(rows):
        if row == mine:
            break
        before.append(row)
    usual = usual_seconds(job.book, job.snapshot.master_plan_id, of_chapter=job.is_chapter)
    running = BookJob.objects.filter(state=JobState.RUNNING).count()
    if usual is None or mine is None or not before:
        return Outlook(ahead=len(before))
    own = sum(row.regency_id == mine.regency_id for row in before)
    # As many are printed at a time as just now; on average those in the press are half done.
    rounds = max(len(before) / max(1, running), own / settings.BOOKS_AT_ONCE) + (0.5 if running else 0)
    return Outlook(len(before), usual * (rounds + 1))


def usual_seconds(book: str, master_plan_id: int, *, of_chapter: bool = False) -> float | None:
    """The median time of recent books that are about as long as this plan's last one, or of chapters alone; None when
    none is finished.
    """
    done = BookJob.objects.filter(state=JobState.DONE, book=book).order_by("-finished_at", "-pk")
    done = done.exclude(portion="") if of_chapter else done.filter(portion="")
    columns = done.values_list("snapshot__master_plan", "file__pages", "started_at", "finished_at")
    rows = [
        (plan, pages, (end - start).total_seconds())
        for plan, pages, start, end in columns[:_RECENT]
        if pages and start and end
    ]
    own = next((pages for plan, pages, _ in rows if plan == master_plan_id), None)
    similar = [seconds for _, pages, seconds in rows if own is None or own / _SIMILAR <= pages <= own * _SIMILAR]
    return median(similar) if similar else None
