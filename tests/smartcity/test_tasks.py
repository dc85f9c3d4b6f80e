"""Background work of the project itself, and that the clock rings only tasks that exist."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from smartcity.management.commands.run import _background
from smartcity.models import Heartbeat
from smartcity.tasks import clear_sessions, heartbeat


@pytest.mark.django_db
def test_a_beat_moves_the_one_row() -> None:
    heartbeat()
    first = Heartbeat.objects.get().at
    heartbeat()
    assert Heartbeat.objects.get().at > first


@pytest.mark.django_db
def test_ended_sessions_are_forgotten() -> None:
    for key, hours in (("lama", -1), ("baru", 1)):
        expiry = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="", expire_date=expiry)
    clear_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["baru"]


def test_the_clock_rings_only_what_exists() -> None:
    current_app.loader.import_default_modules()
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted <= set(current_app.tasks)


def takers(queue: str) -> list[str]:
    """What else the processes take that take from `queue`."""
    commands = [command for _, command in _background() if "-Q" in command]
    return [taken for command in commands if queue in (taken := command[command.index("-Q") + 1]).split(",")]


def test_books_have_a_queue_and_processes_of_their_own() -> None:
    assert current_app.amqp.router.route({}, "masterplan.tasks.produce_next_book")["queue"].name == "books"
    assert takers("books") == ["books"]


@pytest.mark.parametrize(
    "task", ["smartcity.tasks.heartbeat", "agencies.tasks.send_mail", "masterplan.tasks.sweep_jobs"]
)
def test_no_book_stands_before_a_mail_or_a_sweep(task: str) -> None:
    assert current_app.amqp.router.route({}, task)["queue"].name == "default"
    assert takers("default") == ["default"]


def test_sheets_have_a_queue_and_a_process_that_no_book_can_occupy() -> None:
    assert current_app.amqp.router.route({}, "masterplan.tasks.produce_sheet_part")["queue"].name == "sheets"
    assert takers("sheets") == ["sheets"]
