"""Editions of small plans, and requests for their books."""

from agencies.models import User
from agencies.roles import Role
from masterplan.actions import documents
from masterplan.models import BookFile, BookJob, MasterPlan, Snapshot
from masterplan.reference import EditionStatus
from smartcity.common.jobs import claim, publish

from .initiatives import make_initiative
from .people import make_person, make_regency
from .plans import make_master_plan


def make_edition(plan: MasterPlan | None = None, *, status: str = EditionStatus.DRAFT, label: str = "") -> Snapshot:
    """An edition of `plan` (made when not given, with its regency) in `status`, holding one approved initiative."""
    plan = plan or make_master_plan(make_regency())
    coordinator = make_person(plan.regency, Role.COORDINATOR)
    if not plan.initiatives.exists():
        make_initiative(plan, status="approved", coordinator=coordinator)
    edition = documents.take_snapshot(plan, by=coordinator, label=label or f"Edisi {plan.snapshots.count() + 1}")
    if status in (EditionStatus.REVIEWED, EditionStatus.ADOPTED):
        documents.change_edition(edition, name="review", by=coordinator)
    if status == EditionStatus.ADOPTED:
        documents.change_edition(edition, name="adopt", by=make_person(plan.regency, Role.EXECUTIVE))
    return Snapshot.objects.get(pk=edition.pk)


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
