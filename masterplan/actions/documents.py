"""Freezing editions, moving them along, asking for books, calling them off, and recording who took them."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.access import byline, can, require
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan import notifications, tasks, workflow
from masterplan.actions.reviews import TransitionRefused
from masterplan.documents import queue
from masterplan.documents import snapshot as freezing
from masterplan.documents.blueprint import BOOKS
from masterplan.models import (
    BookDownload,
    BookJob,
    EvidenceFile,
    Initiative,
    MasterPlan,
    SheetJob,
    Snapshot,
    StatusChange,
)
from masterplan.reference import EditionScope, EditionStatus
from smartcity.common.bell import ring
from smartcity.common.formatting import format_moment
from smartcity.common.jobs import JobState, cancel, reopen
from smartcity.common.text import clean_text

LABEL_LIMIT = 160


@transaction.atomic
def take_snapshot(plan: MasterPlan, *, by: User, label: str = "", scope: str = EditionScope.SUBMITTED) -> Snapshot:
    """Freeze the plan as the next edition; asking again for the very same draft gives the one there is.

    Raises PermissionDenied, and ValidationError for an unknown scope or when no initiative falls into it.
    """
    require(by, Permission.ISSUE_EDITION, plan.regency)
    if scope not in EditionScope.values:
        raise ValidationError("Cakupan edisi tidak dikenal. Pilih salah satu yang tersedia.")
    MasterPlan.objects.select_for_update().get(pk=plan.pk)
    number = (plan.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    now = timezone.now()
    text = clean_text(label, LABEL_LIMIT)
    content = freezing.compose(plan, number=number, label=text, day=timezone.localdate(now), scope=scope)
    if not content["initiatives"]:
        raise ValidationError("Belum ada inisiatif yang dapat dimuat. Tunggu sampai ada yang dikirim atau disetujui.")
    newest = plan.snapshots.first()
    if newest and newest.status == EditionStatus.DRAFT and _same_edition(newest.content, content):
        return newest
    snapshot = Snapshot.objects.create(
        master_plan=plan,
        number=number,
        label=text,
        scope=scope,
        content=content,
        sha256=freezing.fingerprint(content),
        taken_at=now,
        taken_by=by,
    )
    named = {row["sha256"] for initiative in content["initiatives"] for row in initiative["evidence"]}
    snapshot.evidence_files.set(EvidenceFile.objects.filter(sha256__in=named))
    return snapshot


def _same_edition(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contents differ in nothing but the number and day of the edition."""

    def essence(content: dict[str, Any]) -> bytes:
        edition = {key: content["edition"][key] for key in ("label", "scope")}
        return freezing.canonical({**content, "edition": edition})

    return essence(one) == essence(other)


@transaction.atomic
def change_edition(snapshot: Snapshot, *, name: str, by: User, comment: str = "") -> StatusChange:
    """Carry out the edition transition `name`; adopting one supersedes the adopted edition before it.

    Raises TransitionRefused with a sentence, and PermissionDenied.
    """
    move = workflow.find(workflow.EDITION_TRANSITIONS, name)
    if move is None:
        raise TransitionRefused("Langkah ini tidak dikenal. Muat ulang halaman.")
    locked = Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    if not can(by, move.permission, locked.regency):
        raise PermissionDenied
    if locked.status not in move.sources:
        raise TransitionRefused(f"Edisi ini sekarang {locked.get_status_display().lower()}. Muat ulang halaman.")
    if sentence := move.guard(locked, by):
        raise TransitionRefused(sentence)
    if move.target == EditionStatus.ADOPTED:
        for earlier in locked.master_plan.snapshots.filter(status=EditionStatus.ADOPTED):
            _enter(earlier, EditionStatus.SUPERSEDED, transition="supersede", by=by)
    return _enter(locked, move.target, transition=name, by=by, comment=clean_text(comment, 2000))


def _enter(snapshot: Snapshot, status: str, *, transition: str, by: User, comment: str = "") -> StatusChange:
    now = timezone.now()
    columns: dict[str, Any] = {"status": status, f"{status}_at": now}
    if status == EditionStatus.ADOPTED:
        columns["adopted_by"] = by
    Snapshot.objects.filter(pk=snapshot.pk, status=snapshot.status).update(**columns)
    return StatusChange.objects.create(
        snapshot=snapshot,
        transition=transition,
        from_status=snapshot.status,
        to_status=status,
        comment=comment,
        by=by,
        by_role=byline(by, snapshot.regency),
        at=now,
    )


@transaction.atomic
def request_book(snapshot: Snapshot, *, book: str, by: User, variant: str = "standar") -> BookJob:
    """The job that prints `book` of this edition: the one that exists, or a new one. A failed or cancelled one starts
    afresh, and `by` is among those who are told how it ended.

    Raises PermissionDenied, and ValidationError for an unknown book or variant, or when too many wait already.
    """
    require(by, Permission.REQUEST_BOOK, snapshot.regency)
    if book not in BOOKS or variant != "standar":
        raise ValidationError("Buku ini tidak dikenal.")
    # One request of a regency after the other, so that its limit holds.
    Regency.objects.select_for_update(no_key=True).get(pk=snapshot.regency.pk)
    current = Snapshot.objects.only("adopted_at").get(pk=snapshot.pk)
    wanted: dict[str, Any] = {"snapshot": snapshot, "book": book, "variant": variant, "draft_mark": current.is_draft}
    if not BookJob.objects.filter(**wanted, state__in=[JobState.QUEUED, JobState.RUNNING, JobState.DONE]).exists():
        _refuse_when_full(snapshot, book)
    job, created = BookJob.objects.get_or_create(**wanted, defaults={"requested_by": by})
    if created or _start_afresh(job):
        job.askers.set([by])
        ring(tasks.produce_next_book)
    elif job.is_open:
        job.askers.add(by)
    return job


def _refuse_when_full(snapshot: Snapshot, book: str) -> None:
    regency = snapshot.regency
    if not queue.is_full(regency):
        return
    usual = queue.usual_seconds(book, snapshot.master_plan_id)
    free_at = (timezone.now() + timedelta(seconds=usual or 0)).astimezone(ZoneInfo(regency.time_zone))
    when = f"sekitar pukul {free_at:%H.%M %Z}" if usual else "setelah salah satunya selesai"
    raise ValidationError(
        f"{settings.BOOKS_WAITING} buku {regency.full_name} sudah menunggu giliran, dan itu batasnya. "
        f"Coba lagi {when}, atau batalkan permintaan yang tidak diperlukan."
    )


@transaction.atomic
def cancel_book(job: BookJob, *, by: User) -> bool:
    """Call off a book that waits or is being printed; the others who asked are told. False when it has ended already.

    Raises PermissionDenied for whoever neither asked for it nor issues editions.
    """
    current = BookJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not current.is_open:
        require(by, Permission.REQUEST_BOOK, job.regency)
        return False
    if not workflow.may_cancel(current, by):
        raise PermissionDenied
    cancel(BookJob, job.pk, f"Dibatalkan oleh {byline(by, job.regency)}, {format_moment(timezone.now())}.")
    job.refresh_from_db(fields=["state", "error", "finished_at", "lease_until"])
    notifications.book_cancelled(job, by=by)
    ring(tasks.produce_next_book)  # its place in the press is free
    return True


@transaction.atomic
def request_sheet(initiative: Initiative, *, by: User) -> SheetJob:
    """The job that prints this initiative's own pages as they are now; the same content is the same job."""
    require(by, Permission.VIEW_REGENCY, initiative.regency)
    content = freezing.compose_sheet(initiative, day=timezone.localdate())
    job, created = SheetJob.objects.get_or_create(
        initiative=initiative,
        sha256=freezing.fingerprint(content),
        defaults={"content": content, "requested_by": by},
    )
    if created or _start_afresh(job):
        ring(tasks.produce_sheet_part, job.pk)
    return job


def _start_afresh(job: BookJob | SheetJob) -> bool:
    """Queue a failed or cancelled job again."""
    reopened = reopen(type(job), job.pk, report={})
    if reopened:
        job.refresh_from_db()
    return reopened


@transaction.atomic
def record_download(job: BookJob, *, by: User) -> BookDownload:
    """Note who took the file. Raises PermissionDenied."""
    require(by, Permission.DOWNLOAD_BOOK, job.regency)
    return BookDownload.objects.create(job=job, by=by)
