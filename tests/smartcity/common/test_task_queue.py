"""Hints to a worker: sent after the commit, and never a burden for whoever saves."""

import time

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from smartcity.common import task_queue


class Task:
    name = "uji"

    def __init__(self, error=None):
        self.sent, self.tried, self.error = [], 0, error

    def delay(self, *args):
        raise AssertionError("a enqueue_optional is not a enqueue")

    def apply_async(self, args, **options):
        self.tried += 1
        if self.error:
            raise self.error
        self.sent.append((args, options))


@pytest.fixture(autouse=True)
def listening(monkeypatch):
    monkeypatch.setattr(task_queue, "_paused_until", 0.0)


@pytest.mark.django_db(transaction=True)
def test_a_hint_goes_out_after_the_commit_with_its_time():
    task, before = Task(), time.time()
    with transaction.atomic():
        task_queue.enqueue_optional(task, 7, after=15)
        assert task.sent == []

    (((pk, sent_at), options),) = task.sent
    assert (pk, options["countdown"]) == (7, 15)
    assert options["expires"] > 15
    assert before <= sent_at <= time.time()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_hinted_at():
    task = Task()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        task_queue.enqueue_optional(task, 7, after=15)
        raise ZeroDivisionError
    assert task.tried == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("pergi"), ConnectionRefusedError("pergi")])
def test_a_broker_that_is_away_is_asked_once_a_minute(error, monkeypatch):
    away = Task(error)
    for _ in range(3):
        task_queue.enqueue_optional(away, 7, after=15)
    assert away.tried == 1

    monkeypatch.setattr(task_queue, "_paused_until", time.monotonic() - 1)
    task_queue.enqueue_optional(away, 7, after=15)
    assert away.tried == 2


@pytest.mark.django_db(transaction=True)
def test_inside_silence_nothing_is_hinted_at():
    task = Task()
    with task_queue.without_enqueueing():
        task_queue.enqueue_optional(task, 7, after=15)
    assert task.tried == 0
