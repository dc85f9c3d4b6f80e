"""Requests for books of small plans."""

from agencies.models import User
from agencies.roles import Role
from masterplan.actions import documents
from masterplan.models import BookFile, BookJob, Snapshot
from smartcity.common.jobs import claim, publish

from .editions import make_edition
from .people import make_person


def make_book_job(edition: Snapshot | None = None, by: User | None = None, **edition_fields: str) -> BookJob:
    """A request for Buku 2 of `edition` (made when not given)."""
    edition = edition or make_edition(**edition_fields)
    return documents.request_book(edition, book="buku-2", by=by or make_person(edition.regency, Role.COORDINATOR))


def finish_book(job: BookJob, pages: int = 10) -> BookJob:
    """What a worker would do, without printing a page."""
    taken = claim(BookJob, job.pk, lease_seconds=60)
    assert taken is not None
    file = BookFile.objects.create(sha256=f"{job.pk:064x}", stored=f"books/{job.pk}.pdf", size=8, pages=pages)
    assert publish(taken, file=file, report={"problems": []})
    job.refresh_from_db()
    return job
