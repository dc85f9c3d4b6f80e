"""Books and sheets are printed on request; the same request is the same job."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agencies.models import Agency, User
from masterplan import tasks
from masterplan.books import actions as books
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import initiatives
from masterplan.models import BookFile, BookJob, EditionReading, MasterPlan, SheetJob, Snapshot, forget_old_sheets
from smartcity.common.jobs import JobState, claim, publish
from smartcity.common.storage.files import private_storage
from tests.factories import finish_book, make_book_job, make_decree, make_initiative

Capture = Callable[..., Any]


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    """An edition with one approved initiative."""
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a worker was woken for books."""
    messages: list[str] = []
    monkeypatch.setattr(tasks.produce_next_book, "delay", lambda: messages.append("books"))
    return messages


def test_the_same_request_is_the_same_job(
    edition: Snapshot,
    coordinator: User,
    executive: User,
    sent_tasks: list[str],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        jobs = {books.request_book(edition, book="buku-2", by=by).pk for by in (coordinator, executive)}
    assert len(jobs) == 1
    assert sent_tasks == ["books"]


def test_an_adopted_edition_is_printed_anew_without_the_mark(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    draft = books.request_book(edition, book="buku-2", by=coordinator)
    editions.change_edition(edition, name="review", by=coordinator)
    editions.change_edition(edition, name="adopt", by=executive, decree=make_decree())
    adopted = books.request_book(edition, book="buku-2", by=coordinator)
    assert (draft.draft_mark, adopted.draft_mark) == (True, False)
    assert draft.pk != adopted.pk


def test_a_failed_job_starts_afresh(
    edition: Snapshot, coordinator: User, sent_tasks: list[str], django_capture_on_commit_callbacks: Capture
) -> None:
    job = books.request_book(edition, book="buku-2", by=coordinator)
    BookJob.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, attempts=3, error="Gambar rusak.", finished_at=job.requested_at
    )
    with django_capture_on_commit_callbacks(execute=True):
        again = books.request_book(edition, book="buku-2", by=coordinator)
    assert (again.pk, again.state, again.attempts, again.error) == (job.pk, JobState.QUEUED, 0, "")
    assert sent_tasks == ["books"]


def test_unknown_book_is_refused(edition: Snapshot, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="tidak dikenal"):
        books.request_book(edition, book="buku-9", by=coordinator)


def test_each_variant_is_a_job_of_its_own_and_an_unknown_one_is_refused(edition: Snapshot, coordinator: User) -> None:
    usual = books.request_book(edition, book="buku-2", by=coordinator)
    jobs = {books.request_book(edition, book="buku-2", by=coordinator, variant=key).pk for key in PAPER_FORMATS}
    assert len(jobs) == len(PAPER_FORMATS)
    assert usual.pk in jobs
    with pytest.raises(ValidationError, match="Ragam cetak ini tidak dikenal"):
        books.request_book(edition, book="buku-2", by=coordinator, variant="standar")


def test_a_sheet_is_printed_as_it_stands(plan: MasterPlan, agency: Agency, drafter: User) -> None:
    initiative = make_initiative(plan, agency=agency, complete=True)
    first = books.request_sheet(initiative, by=drafter)
    assert books.request_sheet(initiative, by=drafter).pk == first.pk
    changed = initiatives.save(
        initiative, by=drafter, data={"risk": "Jaringan lemah."}, version=initiative.edit_version
    )
    second = books.request_sheet(changed, by=drafter)
    assert second.pk != first.pk
    assert [row["code"] for row in second.content["initiatives"]] == [initiative.code]


def test_old_previews_of_sheets_are_forgotten_with_their_files(
    plan: MasterPlan, agency: Agency, drafter: User, edition: Snapshot, django_capture_on_commit_callbacks: Capture
) -> None:
    """A file that a book names too, and what is new or still waits, is kept."""
    old, shared, new, waiting = (
        books.request_sheet(make_initiative(plan, agency=agency, complete=True), by=drafter) for _ in range(4)
    )
    for job in (old, new):
        finish_book(job)
    book = finish_book(make_book_job(edition))
    taken = claim(SheetJob, shared.pk, lease_seconds=60)
    assert taken is not None
    assert publish(taken, file=book.file)
    long_ago = timezone.now() - timedelta(days=200)
    SheetJob.objects.filter(pk__in=[old.pk, shared.pk]).update(finished_at=long_ago)
    SheetJob.objects.filter(pk=waiting.pk).update(requested_at=long_ago)
    assert old.file is not None
    assert new.file is not None
    BookFile.objects.exclude(pk=new.file.pk).update(created_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_sheets() == 2
    assert set(SheetJob.objects.all()) == {new, waiting}
    assert set(BookFile.objects.all()) == {book.file, new.file}
    assert not private_storage().exists(old.file.storage_name)
    assert private_storage().exists(new.file.storage_name)


def test_a_broker_that_is_away_does_not_stop_a_request(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError("tidak ada perantara")

    monkeypatch.setattr(tasks.produce_next_book, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = books.request_book(edition, book="buku-2", by=coordinator)
    assert job.state == JobState.QUEUED


def test_the_sweep_sends_what_waits(edition: Snapshot, coordinator: User, sent_tasks: list[str]) -> None:
    books.request_book(edition, book="buku-2", by=coordinator)
    tasks.sweep_jobs()
    assert sent_tasks == ["books"]


def test_who_takes_a_book_has_read_its_edition(edition: Snapshot, coordinator: User, expert: User) -> None:
    job = books.request_book(edition, book="buku-2", by=coordinator)
    books.record_download(job, by=expert)
    books.record_download(job, by=expert)
    assert EditionReading.objects.get().user == expert
