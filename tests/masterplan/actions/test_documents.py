"""Editions freeze, move along and are printed on request; the same request is the same job."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Agency, User
from masterplan import tasks
from masterplan.actions import documents, initiatives, reviews
from masterplan.actions.reviews import TransitionRefused
from masterplan.documents.snapshot import fingerprint
from masterplan.models import BookJob, MasterPlan, Snapshot, SnapshotIsFrozen
from masterplan.reference import EditionScope, EditionStatus
from smartcity.common.jobs import JobState
from tests.factories import make_initiative

Capture = Callable[..., Any]


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    """An edition with one approved initiative."""
    make_initiative(plan, agency=agency, status="approved")
    return documents.take_snapshot(plan, by=coordinator)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a worker was woken for books."""
    bells: list[str] = []
    monkeypatch.setattr(tasks.produce_next_book, "delay", lambda: bells.append("books"))
    return bells


def test_edition_holds_what_was_sent_and_nothing_else(plan: MasterPlan, agency: Agency, coordinator: User) -> None:
    for status in ("draft", "submitted", "in_review", "returned", "approved", "withdrawn"):
        make_initiative(plan, agency=agency, status=status, name=f"Inisiatif {status}")
    sent = documents.take_snapshot(plan, by=coordinator)
    approved = documents.take_snapshot(plan, by=coordinator, scope=EditionScope.APPROVED)
    assert [row["status"] for row in sent.content["initiatives"]] == ["submitted", "in_review", "approved"]
    assert [row["status"] for row in approved.content["initiatives"]] == ["approved"]
    assert (sent.number, approved.number) == (1, 2)


def test_edition_does_not_follow_the_plan(edition: Snapshot, coordinator: User, agency: Agency) -> None:
    initiative = edition.master_plan.initiatives.get()
    before = edition.content["initiatives"][0]["problem"]
    reviews.transition(initiative, name="return", by=coordinator, comment="Perbaiki.")
    initiatives.save(initiative, by=coordinator, data={"problem": "Lain sama sekali."}, version=initiative.edit_version)
    stored = Snapshot.objects.get(pk=edition.pk)
    assert stored.content["initiatives"][0]["problem"] == before
    assert stored.sha256 == fingerprint(stored.content)


def test_frozen_content_cannot_be_saved_again(edition: Snapshot) -> None:
    edition.content["plan"]["vision"] = "Diubah"
    with pytest.raises(SnapshotIsFrozen):
        edition.save()


def test_an_empty_plan_gives_no_edition(plan: MasterPlan, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="Belum ada inisiatif"):
        documents.take_snapshot(plan, by=coordinator)


def test_pressing_twice_freezes_once(edition: Snapshot, coordinator: User) -> None:
    assert documents.take_snapshot(edition.master_plan, by=coordinator).pk == edition.pk
    assert documents.take_snapshot(edition.master_plan, by=coordinator, label="Lain").number == 2


def test_only_the_coordinator_freezes(plan: MasterPlan, agency_head: User, expert: User, outsider: User) -> None:
    for person in (agency_head, expert, outsider):
        with pytest.raises(PermissionDenied):
            documents.take_snapshot(plan, by=person)


def test_adoption_needs_review_and_approved_initiatives(
    plan: MasterPlan, agency: Agency, coordinator: User, executive: User
) -> None:
    make_initiative(plan, agency=agency, status="submitted")
    edition = documents.take_snapshot(plan, by=coordinator)
    with pytest.raises(TransitionRefused, match="sekarang draf"):
        documents.change_edition(edition, name="adopt", by=executive)
    documents.change_edition(edition, name="review", by=coordinator)
    with pytest.raises(TransitionRefused, match="1 inisiatif yang belum disetujui"):
        documents.change_edition(edition, name="adopt", by=executive)


def test_adopting_one_supersedes_the_other(edition: Snapshot, coordinator: User, executive: User) -> None:
    second = documents.take_snapshot(edition.master_plan, by=coordinator, label="Kedua")
    for each in (edition, second):
        documents.change_edition(each, name="review", by=coordinator)
        with pytest.raises(PermissionDenied):
            documents.change_edition(each, name="adopt", by=coordinator)
        documents.change_edition(each, name="adopt", by=executive)
    states = list(edition.master_plan.snapshots.order_by("number").values_list("status", flat=True))
    assert states == [EditionStatus.SUPERSEDED, EditionStatus.ADOPTED]
    assert not Snapshot.objects.get(pk=edition.pk).is_draft


def test_the_same_request_is_the_same_job(
    edition: Snapshot, coordinator: User, executive: User, rung: list[str], django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        jobs = {documents.request_book(edition, book="buku-2", by=by).pk for by in (coordinator, executive)}
    assert len(jobs) == 1
    assert rung == ["books"]


def test_an_adopted_edition_is_printed_anew_without_the_mark(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    draft = documents.request_book(edition, book="buku-2", by=coordinator)
    documents.change_edition(edition, name="review", by=coordinator)
    documents.change_edition(edition, name="adopt", by=executive)
    adopted = documents.request_book(edition, book="buku-2", by=coordinator)
    assert (draft.draft_mark, adopted.draft_mark) == (True, False)
    assert draft.pk != adopted.pk


def test_a_failed_job_starts_afresh(
    edition: Snapshot, coordinator: User, rung: list[str], django_capture_on_commit_callbacks: Capture
) -> None:
    job = documents.request_book(edition, book="buku-2", by=coordinator)
    BookJob.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, attempts=3, error="Gambar rusak.", finished_at=job.requested_at
    )
    with django_capture_on_commit_callbacks(execute=True):
        again = documents.request_book(edition, book="buku-2", by=coordinator)
    assert (again.pk, again.state, again.attempts, again.error) == (job.pk, JobState.QUEUED, 0, "")
    assert rung == ["books"]


def test_unknown_book_is_refused(edition: Snapshot, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="tidak dikenal"):
        documents.request_book(edition, book="buku-9", by=coordinator)


def test_a_sheet_is_printed_as_it_stands(plan: MasterPlan, agency: Agency, drafter: User) -> None:
    initiative = make_initiative(plan, agency=agency, complete=True)
    first = documents.request_sheet(initiative, by=drafter)
    assert documents.request_sheet(initiative, by=drafter).pk == first.pk
    changed = initiatives.save(
        initiative, by=drafter, data={"risk": "Jaringan lemah."}, version=initiative.edit_version
    )
    second = documents.request_sheet(changed, by=drafter)
    assert second.pk != first.pk
    assert [row["code"] for row in second.content["initiatives"]] == [initiative.code]


def test_a_broker_that_is_away_does_not_stop_a_request(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError("tidak ada perantara")

    monkeypatch.setattr(tasks.produce_next_book, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = documents.request_book(edition, book="buku-2", by=coordinator)
    assert job.state == JobState.QUEUED


def test_the_sweep_rings_for_what_waits(edition: Snapshot, coordinator: User, rung: list[str]) -> None:
    documents.request_book(edition, book="buku-2", by=coordinator)
    tasks.sweep_jobs()
    assert rung == ["books"]
