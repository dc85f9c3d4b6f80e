"""Asking for a book, calling it off, asking again; who may, how many may wait, and who is told by mail."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from agencies.models import Membership, Notice, User
from agencies.roles import Role
from masterplan import tasks
from masterplan.books import actions as books
from masterplan.books import jobs as exports
from masterplan.books import queue
from masterplan.books.produce import BookError, BookRejected, BuildReport
from masterplan.models import BookJob, MasterPlan, Snapshot
from masterplan.registry import FIELDS
from masterplan.workflow import may_cancel
from smartcity.common import jobs
from smartcity.common.jobs import MAX_ATTEMPTS, JobState
from smartcity.press.layout import Problem
from tests.factories import finish_book, make_book_job, make_edition, make_person

STATES = ("queued", "running", "done", "failed", "cancelled")
# Who may take which step from which state, and where it leads; everybody else is refused. The executive has asked.
GRID = """
step   | queued                   | running                  | done                     | failed                   | cancelled
ask    | asker coord exec expert  | asker coord exec expert  | asker coord exec expert  | asker coord exec expert  | asker coord exec expert
cancel | asker coord              | asker coord              |                          |                          |
"""
ASKED_LEADS_TO = {"queued": "queued", "running": "running", "done": "done", "failed": "queued", "cancelled": "queued"}
ROLES = ("asker", "coord", "exec", "drafter", "head", "expert", "administrator", "suspended", "outsider")


@pytest.fixture
def edition(plan: MasterPlan) -> Snapshot:
    return make_edition(plan)


@pytest.fixture
def cast(
    coordinator: User, executive: User, drafter: User, agency_head: User, expert: User, administrator: User,
    suspended: User, outsider: User,
) -> dict[str, User]:  # fmt: skip
    """Everybody, by the names the grid uses; the asker is a regent too."""
    regency = coordinator.memberships.get().regency
    found = {
        "asker": make_person(regency, Role.EXECUTIVE), "coord": coordinator, "exec": executive, "drafter": drafter,
        "head": agency_head, "expert": expert, "administrator": administrator, "suspended": suspended,
        "outsider": outsider,
    }  # fmt: skip
    assert set(found) == set(ROLES)
    return found


def cells() -> dict[tuple[str, str], set[str]]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in GRID.strip().splitlines()]
    assert tuple(head[1:]) == STATES
    return {(row[0], state): set(cell.split()) for row in rows for state, cell in zip(head[1:], row[1:], strict=True)}


def in_state(edition: Snapshot, state: str, by: User) -> BookJob:
    """A job that `by` asked for, brought to `state` as it happens."""
    job = make_book_job(edition, by=by)
    if state == "running":
        assert queue.claim_next(60)
    elif state == "done":
        finish_book(job)
    elif state == "failed":
        taken = queue.claim_next(60)
        assert taken
        assert jobs.fail(taken, "Gambar rusak.")
    elif state == "cancelled":
        assert books.cancel_book(job, by=by)
    job.refresh_from_db()
    assert job.state == state
    return job


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("state", STATES)
def test_each_cell_is_carried_out_or_refused(edition: Snapshot, cast: dict[str, User], state: str) -> None:
    assert set(JobState.values) == set(STATES)
    job = in_state(edition, state, cast["asker"])
    for step in ("ask", "cancel"):
        for role in ROLES:
            with transaction.atomic():  # every cell starts from the same job
                try_cell(job, step, role in cells()[step, state], fresh(cast[role]))
                transaction.set_rollback(True)


def try_cell(job: BookJob, step: str, allowed: bool, user: User) -> None:
    before = job.state
    if step == "ask" and allowed:
        asked = books.request_book(job.snapshot, book=job.book, by=user)
        assert (asked.pk, asked.state) == (job.pk, ASKED_LEADS_TO[before])
        assert asked.is_open == asked.askers.filter(pk=user.pk).exists() or before == "done"
        return
    if step == "cancel":
        assert may_cancel(BookJob.objects.get(pk=job.pk), user) == allowed
    if allowed:
        assert books.cancel_book(BookJob.objects.get(pk=job.pk), by=user)
        assert BookJob.objects.get(pk=job.pk).state == JobState.CANCELLED
        return
    try:
        done = books.request_book(job.snapshot, book=job.book, by=user) if step == "ask" else None
        called_off = books.cancel_book(BookJob.objects.get(pk=job.pk), by=user) if step == "cancel" else False
    except PermissionDenied:
        pass
    else:
        assert done is None
        assert not called_off
    assert BookJob.objects.get(pk=job.pk).state == before


def test_who_called_it_off_is_said(edition: Snapshot, coordinator: User) -> None:
    job = make_book_job(edition)
    books.cancel_book(job, by=coordinator)
    assert job.error.startswith("Dibatalkan oleh Koordinator, ")


def test_who_works_on_a_cancelled_book_stops_at_the_next_report(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_book_job(edition)
    reached = []

    def build(*args: Any, progress: Callable[[str, int, int], None], **kwargs: Any) -> BuildReport:
        progress("parts", 1, 9)
        books.cancel_book(BookJob.objects.get(pk=job.pk), by=coordinator)
        reached.append("cancelled")
        progress("parts", 2, 9)
        reached.append("went on")
        raise AssertionError

    monkeypatch.setattr(exports, "build", build)
    assert exports.produce_next_book() == job
    assert reached == ["cancelled"]
    job.refresh_from_db()
    assert (job.state, job.file) == (JobState.CANCELLED, None)


# How many may wait ----------------------------------------------------------------------------------------------------


def test_too_many_waiting_are_refused_and_told_when_to_come_again(
    plan: MasterPlan, coordinator: User, settings: Any
) -> None:
    settings.BOOKS_WAITING = 2
    waiting = [make_book_job(make_edition(plan), by=coordinator) for _ in range(2)]
    third = make_edition(plan)
    with pytest.raises(ValidationError, match=r"2 buku Kabupaten Semarang Uji sudah menunggu .* setelah salah satunya"):
        books.request_book(third, book="buku-2", by=coordinator)
    assert books.request_book(waiting[0].snapshot, book="buku-2", by=coordinator) == waiting[0]
    finish_book(waiting[0])
    assert books.request_book(third, book="buku-2", by=coordinator).state == JobState.QUEUED
    with pytest.raises(ValidationError, match=r"Coba lagi sekitar pukul \d\d\.\d\d WIB"):
        books.request_book(make_edition(plan), book="buku-2", by=coordinator)


def test_one_regencys_queue_refuses_no_other(plan: MasterPlan, coordinator: User, settings: Any) -> None:
    settings.BOOKS_WAITING = 1
    make_book_job(make_edition(plan), by=coordinator)
    assert make_book_job().state == JobState.QUEUED


# Messages -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    messages: list[str] = []
    monkeypatch.setattr(tasks.produce_next_book, "delay", lambda: messages.append("books"))
    return messages


@pytest.mark.parametrize(("waiting", "messages"), [(1, []), (2, ["books"])])
def test_whoever_has_printed_rings_for_the_next(
    plan: MasterPlan, sent_tasks: list[str], monkeypatch: pytest.MonkeyPatch, waiting: int, messages: list[str],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    for _ in range(waiting):
        make_book_job(make_edition(plan))

    def reject(*args: Any, **kwargs: Any) -> BuildReport:
        raise BookError("Belum bisa.")

    monkeypatch.setattr(exports, "build", reject)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.produce_next_book()
    assert sent_tasks == messages


@pytest.mark.django_db
def test_a_message_without_a_waiting_book_is_ignored(sent_tasks: list[str]) -> None:
    tasks.produce_next_book()
    assert sent_tasks == []


@pytest.mark.django_db
def test_each_machine_that_prints_forgets_old_parts_once_a_day(sent_tasks: list[str], settings: Any) -> None:
    def part(name: str) -> Path:
        made = Path(settings.PARTS_DIR) / "parts" / name
        made.parent.mkdir(parents=True, exist_ok=True)
        made.touch()
        os.utime(made, (0, 0))
        return made

    first = part("first")
    tasks.produce_next_book()
    second = part("second")
    tasks.produce_next_book()
    assert (first.exists(), second.exists()) == (False, True)
    os.utime(Path(settings.PARTS_DIR) / "pruned", (0, 0))
    tasks.produce_next_book()
    assert not second.exists()


# News -----------------------------------------------------------------------------------------------------------------


def pressed(monkeypatch: pytest.MonkeyPatch, fault: Exception | None = None) -> None:
    """Print the next book, with a press that makes a small file at once, or fails."""

    def build(*args: Any, out: Path, **kwargs: Any) -> BuildReport:
        if fault:
            raise fault
        out.write_bytes(b"%PDF-1.7 uji")
        return BuildReport(3, 5, 5, 0.1, 100, (), "f" * 64)

    monkeypatch.setattr(exports, "build", build)
    exports.produce_next_book()


def book_news() -> QuerySet[Notice]:
    return Notice.objects.filter(subject__startswith="Buku 2")


def news() -> list[tuple[str, str]]:
    return list(book_news().order_by("user__email").values_list("user__email", "subject"))


def test_all_who_asked_are_told_once_when_it_took_long(
    edition: Snapshot, coordinator: User, executive: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOOK_MAIL_SECONDS = 0
    for person in (coordinator, executive, coordinator):
        job = books.request_book(edition, book="buku-2", by=person)
    pressed(monkeypatch)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert news() == [(person.email, "Buku 2 edisi 1: siap diunduh") for person in (coordinator, executive)]
    notice = book_news()[0]
    assert notice.path == job.get_absolute_url()
    assert "3 halaman" in notice.text


def test_a_quick_book_is_no_news(edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_book_job(edition, by=coordinator)
    pressed(monkeypatch)
    assert news() == []


def test_a_failure_is_always_told_with_its_reason(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_book_job(edition, by=coordinator)
    lost = "Teks pada initiatives[GO-01].problem tidak lengkap di dalam buku: “Antrean”."
    pressed(monkeypatch, BookRejected([Problem("initiatives[GO-01].problem", lost)]))
    job.refresh_from_db()
    told = f"Teks pada isian “{FIELDS['problem'].label}” GO-01 tidak lengkap di dalam buku: “Antrean”."
    assert (job.state, job.error) == (JobState.FAILED, told)
    assert job.report["problems"] == [{"key": "initiatives[GO-01].problem", "sentence": told}]
    assert news() == [(coordinator.email, "Buku 2 edisi 1: gagal disusun")]
    assert told in book_news().get().text
    again = books.request_book(edition, book="buku-2", by=coordinator)
    assert (again.state, again.report) == (JobState.QUEUED, {})


def test_paths_of_the_snapshot_are_said_in_words() -> None:
    content = {"sections": {"pendahuluan.dasar-hukum": {"title": "Dasar hukum"}}}
    said = exports.in_words("Teks pada sections.pendahuluan.dasar-hukum.body tidak lengkap.", content)
    assert said == "Teks pada naskah “Dasar hukum” tidak lengkap."
    said = exports.in_words("Teks pada sections.pendahuluan.dasar-hukum.pictures[0].caption tidak lengkap.", content)
    assert said == "Teks pada gambar naskah “Dasar hukum” tidak lengkap."
    said = exports.in_words("Teks pada initiatives[BR-07].activities[0].name tidak lengkap: “x”.", content)
    assert said == f"Teks pada isian “{FIELDS['activities'].label}” BR-07 tidak lengkap: “x”."
    assert exports.in_words("Bagian “BAB II” tidak dapat dicetak.", content) == "Bagian “BAB II” tidak dapat dicetak."


def test_a_failure_that_is_tried_again_is_told_when_it_is_final(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_book_job(edition, by=coordinator)
    for attempt in range(MAX_ATTEMPTS):
        assert len(news()) == 0, attempt
        pressed(monkeypatch, OSError("Redis tidak menjawab"))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert len(news()) == 1


def test_a_worn_out_book_is_told_by_the_sweep(edition: Snapshot, coordinator: User, sent_tasks: list[str]) -> None:
    job = make_book_job(edition, by=coordinator)
    for _ in range(MAX_ATTEMPTS):
        assert queue.claim_next(60)
        BookJob.objects.filter(pk=job.pk).update(lease_until=job.requested_at)
    tasks.sweep_jobs()
    tasks.sweep_jobs()
    assert [subject for _, subject in news()] == ["Buku 2 edisi 1: gagal disusun"]
    assert tasks.WORN_OUT in book_news().get().text


def test_a_book_beyond_its_time_fails_at_once(
    edition: Snapshot, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery.exceptions import SoftTimeLimitExceeded

    job = make_book_job(edition, by=coordinator)
    pressed(monkeypatch, SoftTimeLimitExceeded())
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error.startswith("Penyusunan melewati 30 menit.")


def test_who_lost_access_meanwhile_is_told_nothing(
    edition: Snapshot, coordinator: User, executive: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOOK_MAIL_SECONDS = 0
    for person in (coordinator, executive):
        books.request_book(edition, book="buku-2", by=person)
    Membership.objects.filter(user=executive).delete()
    pressed(monkeypatch)
    assert [to for to, _ in news()] == [coordinator.email]


def test_the_others_who_asked_are_told_that_it_was_called_off(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    for person in (coordinator, executive):
        job = books.request_book(edition, book="buku-2", by=person)
    books.cancel_book(job, by=coordinator)
    assert news() == [(executive.email, "Buku 2 edisi 1: dibatalkan")]
    assert "Dibatalkan oleh Koordinator" in book_news().get().text


def test_who_asks_anew_is_told_and_no_longer_who_asked_before(
    edition: Snapshot, coordinator: User, executive: User
) -> None:
    job = books.request_book(edition, book="buku-2", by=coordinator)
    books.cancel_book(job, by=coordinator)
    again = books.request_book(edition, book="buku-2", by=executive)
    assert list(again.askers.all()) == [executive]
