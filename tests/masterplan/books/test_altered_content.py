"""What a job refuses to print: content that is no longer what was frozen."""

import pytest

from masterplan.books import actions as books
from masterplan.books import jobs
from masterplan.editions import actions as editions
from masterplan.models import BookFile, BookJob, SheetJob, Snapshot
from smartcity.common.jobs import JobState
from tests.factories import make_initiative, print_book


@pytest.fixture
def edition(plan, agency, coordinator):
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


def damaged(content):
    """The content of an edition as a careless hand or a failing disk leaves it."""
    return {**content, "initiatives": [{**content["initiatives"][0], "name": "Diubah"}]}


@pytest.mark.parametrize("damage", [damaged, lambda content: {}, lambda content: {**content, "initiatives": None}])
def test_an_edition_that_was_altered_is_not_printed(edition, coordinator, damage):
    job = books.request_book(edition, book="buku-2", by=coordinator)
    Snapshot.objects.filter(pk=edition.pk).update(content=damage(edition.content))
    assert not print_book(job)
    job = BookJob.objects.get(pk=job.pk)
    assert job.state == JobState.FAILED
    assert "tidak lagi cocok dengan sidiknya" in job.error
    assert not BookFile.objects.exists()


@pytest.mark.parametrize("damage", [damaged, lambda content: {}])
def test_a_sheet_that_was_altered_is_not_printed(plan, agency, drafter, damage):
    job = books.request_sheet(make_initiative(plan, agency=agency), by=drafter)
    SheetJob.objects.filter(pk=job.pk).update(content=damage(job.content))
    assert not jobs.produce_sheet(job.pk)
    assert SheetJob.objects.get(pk=job.pk).state == JobState.FAILED
