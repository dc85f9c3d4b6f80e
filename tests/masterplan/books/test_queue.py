"""Whose book comes next: state before turn before age, one regency after the other, and no regency beyond its limit."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books import queue
from masterplan.editions import actions as editions
from masterplan.models import BookJob, MasterPlan
from masterplan.reference import EditionStatus
from smartcity.common import jobs
from tests.at_once import in_threads
from tests.factories import (
    finish_book,
    make_book_job,
    make_edition,
    make_master_plan,
    make_person,
    make_regency,
)

LEASE = 60


def plans(count: int) -> list[MasterPlan]:
    return [make_master_plan(make_regency()) for _ in range(count)]


def asked(plan: MasterPlan, count: int = 1, status: str = EditionStatus.DRAFT) -> list[int]:
    """That many requests of the regency, each for an edition of its own, one after the other."""
    return [make_book_job(make_edition(plan, status=status)).pk for _ in range(count)]


def take() -> BookJob:
    job = queue.claim_next(LEASE)
    assert job is not None
    return job


def drain() -> list[int]:
    """What one worker takes, printing each before the next."""
    taken = []
    while job := queue.claim_next(LEASE):
        assert jobs.fail(job, "Cukup sekian.")
        taken.append(job.pk)
    return taken


def foretold() -> list[int]:
    rows = queue.waiting(timezone.now()).values_list("pk", "regency_id", "priority")
    return [row.pk for row in queue.in_turn(queue.Waiting(*row) for row in rows)]


@pytest.mark.django_db
def test_twenty_requests_of_one_wait_behind_the_first_of_another() -> None:
    many, one, other = plans(3)
    crowd = asked(many, 5)
    late, latest = asked(one), asked(other, 2)
    wanted = [crowd[0], late[0], latest[0], crowd[1], latest[1], *crowd[2:]]
    assert foretold() == wanted
    assert drain() == wanted


@pytest.mark.django_db
def test_who_was_served_yesterday_comes_before_who_was_served_just_now() -> None:
    one, other = plans(2)
    asked(one)
    assert len(drain()) == 1
    again, first = asked(one), asked(other)
    assert drain() == [*first, *again]


@pytest.mark.django_db
def test_the_state_of_the_edition_comes_before_turn_and_age() -> None:
    one, other = plans(2)
    draft, reviewed = asked(one), asked(one, status=EditionStatus.REVIEWED)
    adopted = asked(one, status=EditionStatus.ADOPTED)
    others = asked(other)
    wanted = [*adopted, *reviewed, *others, *draft]
    assert foretold() == wanted
    assert drain() == wanted


@pytest.mark.django_db
def test_an_edition_that_is_reviewed_while_its_book_waits_moves_up() -> None:
    one, other = plans(2)
    first, second = asked(one), asked(other)
    edition = BookJob.objects.get(pk=second[0]).snapshot
    editions.change_edition(edition, name="review", by=make_person(other.regency, Role.COORDINATOR))
    assert drain() == [*second, *first]


@pytest.mark.django_db
def test_a_stuck_regency_holds_its_own_place_and_nobody_elses(settings: Any) -> None:
    settings.BOOKS_AT_ONCE = 1
    stuck, other = plans(2)
    held = asked(stuck, 3)
    free = asked(other, 2)
    assert take().pk == held[0]
    assert drain() == free
    assert queue.claim_next(LEASE) is None


@pytest.mark.django_db
def test_a_larger_limit_lets_one_regency_print_side_by_side(settings: Any) -> None:
    settings.BOOKS_AT_ONCE = 2
    (alone,) = plans(1)
    asked(alone, 3)
    take(), take()
    assert queue.claim_next(LEASE) is None


@pytest.mark.django_db
def test_a_silent_worker_holds_no_place() -> None:
    (alone,) = plans(1)
    first, _ = asked(alone, 2)
    take()
    BookJob.objects.filter(pk=first).update(lease_until=timezone.now() - timedelta(seconds=1))
    again = take()
    assert (again.pk, again.attempts) == (first, 2)


def test_many_workers_at_once_keep_the_limit_and_take_nothing_twice(transactional_db: None, settings: Any) -> None:
    settings.BOOKS_AT_ONCE = 2
    one, other = plans(2)
    asked(one, 4), asked(other, 4)
    taken = [job for job in in_threads(8, lambda: queue.claim_next(LEASE)) if job]
    assert len({job.pk for job in taken}) == len(taken) == 4
    assert sorted(job.snapshot.master_plan_id for job in taken) == sorted([one.pk, one.pk, other.pk, other.pk])


def test_many_who_ask_at_once_get_one_row(transactional_db: None) -> None:
    edition = make_edition()
    people = iter([make_person(edition.regency, Role.COORDINATOR) for _ in range(8)])
    lock = threading.Lock()

    def ask() -> int:
        with lock:
            person = next(people)
        return books.request_book(edition, book="buku-2", by=person).pk

    assert len(set(in_threads(8, ask))) == 1
    assert BookJob.objects.get().askers.count() == 8


# What is said to whoever waits -----------------------------------------------------------------------------------------


def done(plan: MasterPlan, seconds: float, pages: int = 10) -> None:
    """A book that took so long."""
    job = finish_book(make_book_job(make_edition(plan)), pages=pages)
    BookJob.objects.filter(pk=job.pk).update(started_at=job.finished_at - timedelta(seconds=seconds))


@pytest.mark.django_db
def test_nothing_is_said_about_time_while_nothing_is_known() -> None:
    job = make_book_job()
    assert queue.outlook(job) == queue.Outlook(ahead=0, seconds=None)


@pytest.mark.django_db
def test_the_usual_time_is_the_median_of_books_of_about_the_same_length() -> None:
    one, other = plans(2)
    for seconds in (30, 34, 400):
        done(one, seconds)
    done(other, 900, pages=300)
    assert queue.usual_seconds("buku-2", one.pk) == 34
    assert queue.usual_seconds("buku-2", other.pk) == 900
    assert queue.usual_seconds("buku-9", one.pk) is None
    assert queue.usual_seconds("buku-2", one.pk, of_chapter=True) is None


@pytest.mark.django_db
def test_place_and_time_of_the_one_who_waits(settings: Any) -> None:
    one, other = plans(2)
    done(one, 60)
    first = asked(other, 3)
    mine = BookJob.objects.get(pk=asked(one)[0])
    assert queue.outlook(mine) == queue.Outlook(ahead=1, seconds=120)  # one of another regency, then one's own
    last = BookJob.objects.get(pk=first[-1])
    assert queue.outlook(last) == queue.Outlook(ahead=3, seconds=240)


@pytest.mark.django_db
def test_no_time_is_told_that_was_not_measured() -> None:
    """The last book took a minute; this one may take three seconds, as its parts lie ready."""
    (one,) = plans(1)
    done(one, 60)
    (pk,) = asked(one)
    assert queue.outlook(BookJob.objects.get(pk=pk)) == queue.Outlook()
    assert queue.outlook(take()) == queue.Outlook()
