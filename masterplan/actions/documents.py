"""Asking for books and sheets, and recording who took them. Editions are frozen and moved along in `editions`."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan import tasks
from masterplan.actions.editions import note_reading
from masterplan.documents import snapshot as freezing
from masterplan.documents.blueprint import BOOKS, book_parts
from masterplan.documents.shapes.chapters import chapter_of
from masterplan.documents.variants import DEFAULT, VARIANTS
from masterplan.models import BookDownload, BookJob, Initiative, SheetJob, Snapshot
from masterplan.reference import BookFormat
from smartcity.common.bell import ring
from smartcity.common.jobs import JobState, reopen


@transaction.atomic
def request_book(
    snapshot: Snapshot,
    *,
    by: User,
    book: str = "",
    variant: str = DEFAULT,
    format: str = BookFormat.PDF,
    chapter: str = "",
) -> BookJob:
    """The job that makes this file of the edition: the one that exists, or a new one. A failed one starts afresh.

    `book` is needed for a PDF and for Word, which may also be of one `chapter` alone (the anchor it begins at); the
    other formats hold the whole edition. A ZIP holds what is finished now. Raises PermissionDenied, and ValidationError
    for what there is not.
    """
    require(by, Permission.REQUEST_BOOK, snapshot.regency)
    _check_wanted(snapshot, book, variant, format, chapter)
    current = Snapshot.objects.only("adopted_at").get(pk=snapshot.pk)
    packed: list[BookJob] = []
    portion = chapter
    if format == BookFormat.BUNDLE:
        packed = _finished(snapshot, draft_mark=current.is_draft)
        portion = _fingerprint_of(packed)
    job, created = BookJob.objects.get_or_create(
        snapshot=snapshot,
        book=book,
        variant=variant,
        format=format,
        portion=portion,
        draft_mark=current.is_draft,
        defaults={"requested_by": by},
    )
    if created:
        job.packed.set(packed)
    if created or _start_afresh(job):
        ring(tasks.produce_book, job.pk)
    return job


def _check_wanted(snapshot: Snapshot, book: str, variant: str, format: str, chapter: str) -> None:
    """Raise ValidationError where there is no such file of an edition."""
    has_book = format in (BookFormat.PDF, BookFormat.WORD)
    if format not in BookFormat.values or (book not in BOOKS if has_book else bool(book)):
        raise ValidationError("Buku ini tidak dikenal.")
    if variant not in VARIANTS or (variant != DEFAULT and format != BookFormat.PDF):
        raise ValidationError("Ragam cetak ini tidak dikenal. Pilih salah satu yang tersedia.")
    if chapter and (format != BookFormat.WORD or chapter_of(book_parts(snapshot.content, book), chapter) is None):
        raise ValidationError("Bab ini tidak ada dalam buku edisi ini. Pilih bab lain dari daftar.")


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
    """Queue a failed job again."""
    reopened = reopen(type(job), job.pk)
    if reopened:
        job.refresh_from_db()
    return reopened


@transaction.atomic
def record_download(job: BookJob, *, by: User) -> BookDownload:
    """Note who took the file, and that they read its edition. Raises PermissionDenied."""
    require(by, Permission.DOWNLOAD_BOOK, job.regency)
    note_reading(job.snapshot, by=by)
    return BookDownload.objects.create(job=job, by=by)
