"""Asking for books and sheets, and recording who took them. Editions are frozen and moved along in `editions`."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan import tasks
from masterplan.actions.editions import note_reading
from masterplan.documents import snapshot as freezing
from masterplan.documents.blueprint import BOOKS
from masterplan.documents.variants import DEFAULT, VARIANTS
from masterplan.models import BookDownload, BookJob, Initiative, SheetJob, Snapshot
from smartcity.common.bell import ring
from smartcity.common.jobs import reopen


@transaction.atomic
def request_book(snapshot: Snapshot, *, book: str, by: User, variant: str = DEFAULT) -> BookJob:
    """The job that prints `book` of this edition so: the one that exists, or a new one. A failed one starts afresh.

    Raises PermissionDenied, and ValidationError for an unknown book or variant.
    """
    require(by, Permission.REQUEST_BOOK, snapshot.regency)
    if book not in BOOKS:
        raise ValidationError("Buku ini tidak dikenal.")
    if variant not in VARIANTS:
        raise ValidationError("Ragam cetak ini tidak dikenal. Pilih salah satu yang tersedia.")
    current = Snapshot.objects.only("adopted_at").get(pk=snapshot.pk)
    job, created = BookJob.objects.get_or_create(
        snapshot=snapshot, book=book, variant=variant, draft_mark=current.is_draft, defaults={"requested_by": by}
    )
    if created or _start_afresh(job):
        ring(tasks.produce_book, job.pk)
    return job


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
