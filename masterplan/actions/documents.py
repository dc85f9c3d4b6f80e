"""Freezing editions, moving them along, asking for books, and recording who took them."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.access import byline, can, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import tasks, workflow
from masterplan.actions.reviews import TransitionRefused
from masterplan.documents import snapshot as freezing
from masterplan.documents.blueprint import BOOKS, book_parts
from masterplan.documents.file_names import STANDARD
from masterplan.documents.shapes.chapters import chapter_of
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
from masterplan.reference import BookFormat, EditionScope, EditionStatus
from smartcity.common.bell import ring
from smartcity.common.jobs import JobState, reopen
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
def request_book(
    snapshot: Snapshot,
    *,
    by: User,
    book: str = "",
    variant: str = STANDARD,
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
    if format not in BookFormat.values or variant != STANDARD or (book not in BOOKS if has_book else bool(book)):
        raise ValidationError("Buku ini tidak dikenal.")
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
    """Note who took the file. Raises PermissionDenied."""
    require(by, Permission.DOWNLOAD_BOOK, job.regency)
    return BookDownload.objects.create(job=job, by=by)
