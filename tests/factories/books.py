"""Requests for books of small plans."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.files.base import ContentFile

from agencies.models import User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books import jobs
from masterplan.models import BookFile, BookJob, LetterJob, SheetJob, Snapshot, WorkshopPaper
from masterplan.reference import BookFormat
from smartcity.common.jobs import JobState, claim, publish
from smartcity.common.storage.files import private_storage

from .editions import make_edition
from .people import make_person

Job = TypeVar("Job", BookJob, SheetJob, LetterJob, WorkshopPaper)


def make_book_job(edition: Snapshot | None = None, by: User | None = None, **edition_fields: str) -> BookJob:
    """A request for Buku 2 of `edition` (made when not given)."""
    edition = edition or make_edition(**edition_fields)
    return books.request_book(edition, book="buku-2", by=by or make_person(edition.regency, Role.COORDINATOR))


def finish_book(
    job: Job,
    *,
    pages: int = 10,
    data: bytes | None = None,
    problems: Sequence[Mapping[str, str]] = (),
    **file_fields: Any,
) -> Job:
    """What a worker would do, without printing a page: the file is a few bytes, `data` where they matter."""
    shape = job.format if isinstance(job, BookJob) else BookFormat.PDF
    data = data or f"%PDF-1.7 {type(job).__name__} {job.regency.slug} {job.pk}".encode()
    digest = hashlib.sha256(data).hexdigest()
    file = BookFile.objects.create(
        sha256=digest,
        stored=private_storage().save(f"books/{digest}.{shape}", ContentFile(data)),
        size=len(data),
        format=shape,
        pages=pages if shape == BookFormat.PDF else None,
        **file_fields,
    )
    taken = claim(type(job), job.pk, lease_seconds=60)
    assert taken is not None
    assert publish(taken, file=file, report={"problems": list(problems)})
    job.refresh_from_db()
    return job


def print_book(job: BookJob) -> bool:
    """Print the book whose turn it is, which is this one or none; whether a file came of it now."""
    taken = jobs.produce_next_book()
    if taken is None:
        return False
    assert taken.pk == job.pk, "another book was first"
    job.refresh_from_db()
    return job.state == JobState.DONE
