"""Asking for books and sheets, calling them off, recording who took them. Editions are moved along in `editions`."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan import notifications, tasks, workflow
from masterplan.books import queue
from masterplan.books.blueprint import BOOKS, places_of
from masterplan.books.chapter_list import NO_CHAPTER
from masterplan.books.chapters.places import Place
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.editions import snapshot as freezing
from masterplan.editions.actions import note_reading
from masterplan.models import BookDownload, BookJob, Initiative, SheetJob, Snapshot
from masterplan.reference import USUAL_PAPER_FORMAT, BookFormat
from smartcity.common.formatting import format_moment
from smartcity.common.jobs import JobState, cancel, reopen
from smartcity.common.task_queue import enqueue


@transaction.atomic
def request_book(
    snapshot: Snapshot,
    *,
    by: User,
    book: str = "",
    variant: str = USUAL_PAPER_FORMAT,
    format: str = BookFormat.PDF,
    chapter: str = "",
) -> BookJob:
    """The job that makes this file of the edition: the one that exists, or a new one. A failed or cancelled one starts
    afresh, and `by` is among those who are told how it ended.

    `book` is needed for a PDF and for Word, which may also be of one `chapter` alone (the anchor it begins at); the
    other formats hold the whole edition. A ZIP holds what is finished now. Raises PermissionDenied, and ValidationError
    for what there is not, or when too many wait already.
    """
    require(by, workflow.asking_permission(format, chapter), snapshot.regency)
    _check_wanted(snapshot, book, variant, format, chapter)
    # One request of a regency after the other, so that its limit holds.
    Regency.objects.select_for_update(no_key=True).get(pk=snapshot.regency.pk)
    current = Snapshot.objects.only("adopted_at").get(pk=snapshot.pk)
    packed: list[BookJob] = []
    portion = chapter
    if format == BookFormat.BUNDLE:
        packed = _finished(snapshot, draft_mark=current.is_draft)
        portion = _fingerprint_of(packed)
    wanted: dict[str, Any] = {
        "snapshot": snapshot,
        "book": book,
        "variant": variant,
        "format": format,
        "portion": portion,
        "draft_mark": current.is_draft,
    }
    if not BookJob.objects.filter(**wanted, state__in=[JobState.QUEUED, JobState.RUNNING, JobState.DONE]).exists():
        _refuse_when_full(snapshot, book, chapter)
    job, created = BookJob.objects.get_or_create(**wanted, defaults={"requested_by": by})
    if created:
        job.packed.set(packed)
    if created or _start_afresh(job):
        job.askers.set([by])
        enqueue(tasks.produce_next_book)
    elif job.is_open:
        job.askers.add(by)
    return job


def _check_wanted(snapshot: Snapshot, book: str, variant: str, format: str, chapter: str) -> None:
    """Raise ValidationError where there is no such file of an edition."""
    has_book = format in (BookFormat.PDF, BookFormat.WORD)
    if format not in BookFormat.values or (book not in BOOKS if has_book else bool(book)):
        raise ValidationError("Buku ini tidak dikenal.")
    if variant not in PAPER_FORMATS or (variant != USUAL_PAPER_FORMAT and (format != BookFormat.PDF or chapter)):
        raise ValidationError("Ragam cetak ini tidak dikenal. Pilih salah satu yang tersedia.")
    if chapter and not (has_book and any(place.heading.anchor == chapter for place in chapters(snapshot, book))):
        raise ValidationError(NO_CHAPTER)


def chapters(snapshot: Snapshot, book: str) -> tuple[Place, ...]:
    """The chapters and annexes of a book of this edition, each of which can be had alone; no part of it is made."""
    # That there is an edition before is enough to know that an annex tells the changes.
    return places_of(snapshot.content, book, None if snapshot.predecessor_id is None else {})


def _finished(snapshot: Snapshot, *, draft_mark: bool) -> list[BookJob]:
    """The finished files of an edition as it now stands, other than ZIPs."""
    jobs = snapshot.book_jobs.filter(state=JobState.DONE, draft_mark=draft_mark).exclude(format=BookFormat.BUNDLE)
    found = list(jobs.select_related("file").order_by("book", "variant", "format", "portion"))
    if not found:
        raise ValidationError("Belum ada berkas yang selesai. Susun dulu buku atau bentuk lain, lalu kumpulkan.")
    return found


def _fingerprint_of(jobs: list[BookJob]) -> str:
    """What tells one collection of files from another."""
    names = [[job.book, job.variant, job.format, job.portion, job.file.sha256 if job.file else ""] for job in jobs]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def _refuse_when_full(snapshot: Snapshot, book: str, chapter: str) -> None:
    regency = snapshot.regency
    if not queue.is_full(regency):
        return
    usual = queue.usual_seconds(book, snapshot.master_plan_id, of_chapter=bool(chapter))
    free_at = regency.local(timezone.now() + timedelta(seconds=usual or 0))
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
        require(by, workflow.asking_permission(job.format, job.portion), job.regency)
        return False
    if not workflow.may_cancel(current, by):
        raise PermissionDenied
    cancel(BookJob, job.pk, f"Dibatalkan oleh {byline(by, job.regency)}, {format_moment(timezone.now())}.")
    job.refresh_from_db(fields=["state", "error", "finished_at", "lease_until"])
    notifications.book_cancelled(job, by=by)
    enqueue(tasks.produce_next_book)  # its place in the press is free
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
        enqueue(tasks.produce_sheet_part, job.pk)
    return job


def _start_afresh(job: BookJob | SheetJob) -> bool:
    """Queue a failed or cancelled job again."""
    reopened = reopen(type(job), job.pk, report={})
    if reopened:
        job.refresh_from_db()
    return reopened


@transaction.atomic
def record_download(job: BookJob, *, by: User) -> BookDownload:
    """Note who took the file, and that they read its edition. Raises PermissionDenied."""
    require(by, Permission.DOWNLOAD_BOOK, job.regency)
    note_reading(job.snapshot, by=by)
    return BookDownload.objects.create(job=job, by=by)
