"""Small plans with editions to print, made and asked about inside the processes of a portal under test.

Called through `Portal.ask`, where there is no pytest: each function returns something JSON can say.
"""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError

from agencies.models import OutgoingMail, User
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books import jobs
from masterplan.models import BookFile, BookJob, MasterPlan
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from tests.factories import make_agency, make_edition, make_initiative, make_master_plan, make_person, make_regency
from tests.processes import PASSWORD

_WHO = "koordinator-{}@contoh.test"


def make(regencies: int, editions: int, initiatives: int = 1) -> int:
    """That many regencies, each with a plan of so many initiatives and that many editions. Returns how many editions."""
    for number in range(1, regencies + 1):
        regency = make_regency(f"Uji {number}", f"kabupaten-uji-{number}")
        regency.facts.create(label="Luas wilayah", value="950,21", unit="km2", year=2017, source="contoh")
        coordinator = make_person(regency, Role.COORDINATOR)
        User.objects.filter(pk=coordinator.pk).update(email=_WHO.format(number), password=make_password(PASSWORD))
        plan = make_master_plan(regency)
        agency = make_agency(regency)
        for _ in range(initiatives):
            make_initiative(plan, agency=agency, status="approved", coordinator=coordinator)
        for _ in range(editions):
            make_edition(plan)
    return regencies * editions


def ask(regency: int, edition: int) -> int:
    """The coordinator asks for Buku 2 of an edition; returns the job."""
    plan = MasterPlan.objects.get(regency__slug=f"kabupaten-uji-{regency}")
    by = User.objects.get(email=_WHO.format(regency))
    return books.request_book(plan.snapshots.get(number=edition), book="buku-2", by=by).pk


def ask_all(regencies: int, editions: int) -> list[int]:
    """Everybody asks for everything; each request is made twice."""
    wanted = [(regency, edition) for edition in range(1, editions + 1) for regency in range(1, regencies + 1)]
    return [ask(*one) for _ in range(2) for one in wanted]


def cancel(job: int) -> bool:
    """Who asked calls it off."""
    row = BookJob.objects.get(pk=job)
    return books.cancel_book(row, by=row.askers.get())


def states() -> dict[int, list[Any]]:
    """State, attempts, parts done and error of every job."""
    return {job.pk: [job.state, job.attempts, job.progress_done, job.error] for job in BookJob.objects.order_by("pk")}


def files() -> dict[str, int]:
    """How many files there are: as rows, by distinct bytes, and in storage."""
    rows = list(BookFile.objects.values_list("sha256", "stored"))
    folders = {name.rpartition("/")[0] for _, name in rows}
    return {
        "rows": len(rows),
        "different": len({sha256 for sha256, _ in rows}),
        "stored": sum(len(private_storage().listdir(folder)[1]) for folder in folders),
    }


def adopt() -> int:
    """One regency more, whose plan an adopted edition locks; its book is in the queue. Returns the job."""
    make(1, 0)
    plan = MasterPlan.objects.get(regency__slug="kabupaten-uji-1")
    by = User.objects.get(email=_WHO.format(1))
    return books.request_book(make_edition(plan, status="adopted", by=by), book="buku-2", by=by).pk


def print_now(job: int) -> str:
    """Have that book printed, once more if it was; returns the fingerprint of the file, which is the same for the same
    bytes.
    """
    BookJob.objects.exclude(pk=job).filter(state=JobState.QUEUED).delete()
    BookJob.objects.filter(pk=job).update(state=JobState.QUEUED, attempts=0, finished_at=None, file=None)
    jobs.produce_next_book()
    row = BookJob.objects.select_related("file").get(pk=job)
    assert row.file is not None, row.error
    return row.file.sha256


def write_past_the_doors() -> str:
    """What the database says to somebody who changes an adopted plan by hand."""
    try:
        MasterPlan.objects.filter(regency__slug="kabupaten-uji-1").update(title="Judul lain")
    except DatabaseError as error:
        return str(error)
    return ""


def new_row() -> bool:
    """Whether a row that is written now gets a number that none before it had."""
    last = max(OutgoingMail.objects.values_list("pk", flat=True), default=0)
    return OutgoingMail.objects.create(to="a@contoh.test", subject="Uji", body="").pk > last
