"""Hints to a worker: sent after the commit, and never a burden for whoever saves."""

import time

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from smartcity.common import bell


class Task:
    name = "uji"

    def __init__(self, error=None):
        self.sent, self.tried, self.error = [], 0, error

    def delay(self, *args):
        raise AssertionError("a hint is not a ring")

    def apply_async(self, args, **options):
        self.tried += 1
        if self.error:
            raise self.error
        self.sent.append((args, options))


@pytest.fixture(autouse=True)
def listening(monkeypatch):
    monkeypatch.setattr(bell, "_deaf_until", 0.0)


@pytest.mark.django_db(transaction=True)
def test_a_hint_goes_out_after_the_commit_with_its_time():
    task, before = Task(), time.time()
    with transaction.atomic():
        bell.hint(task, 7, after=15)
        assert task.sent == []

    (((pk, rung_at), options),) = task.sent
    assert (pk, options["countdown"]) == (7, 15)
    assert options["expires"] > 15
    assert before <= rung_at <= time.time()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_hinted_at():
    task = Task()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bell.hint(task, 7, after=15)
        raise ZeroDivisionError
    assert task.tried == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("pergi"), ConnectionRefusedError("pergi")])
def test_a_broker_that_is_away_is_asked_once_a_minute(error, monkeypatch):
    away = Task(error)
    for _ in range(3):
        bell.hint(away, 7, after=15)
    assert away.tried == 1

    monkeypatch.setattr(bell, "_deaf_until", time.monotonic() - 1)
    bell.hint(away, 7, after=15)
    assert away.tried == 2


@pytest.mark.django_db(transaction=True)
def test_inside_silence_nothing_is_hinted_at():
    task = Task()
    with bell.silence():
        bell.hint(task, 7, after=15)
    assert task.tried == 0
