"""What people change tells the worker of the queue `parts` what the next book will want."""

from typing import Any

import pytest

from masterplan import tasks
from masterplan.alignment.actions import links
from masterplan.editing.actions import prerender
from masterplan.initiatives.actions import initiatives
from masterplan.reference import InitiativeStatus
from masterplan.review.actions import reviews
from masterplan.sections.actions import outline, sections
from tests.factories import make_initiative, make_program


@pytest.fixture
def hints(monkeypatch):
    """(task, pk) of each hint about a book; each of them also has the figures of the plan counted."""
    told: list[tuple[str, int]] = []
    counted: list[int] = []

    def note(task: Any, pk: int, *, after: float) -> None:
        assert 0 < after <= 60
        if task.name == tasks.refresh_plan_figures.name:
            counted.append(pk)
        else:
            told.append((task.name.rpartition(".")[2], pk))

    monkeypatch.setattr(prerender, "enqueue_optional", note)
    yield told
    assert counted


def test_saving_an_initiative_speaks_of_its_sheet(plan, drafter, hints):
    initiative = make_initiative(plan, agency=drafter.memberships.get().agency)
    hints.clear()

    initiatives.save(initiative, by=drafter, data={"problem": "Antrean panjang."}, version=initiative.edit_version)
    assert hints == [("render_sheet_ahead", initiative.pk)]

    hints.clear()
    initiative.refresh_from_db()
    initiatives.save(initiative, by=drafter, data={"problem": "Antrean panjang."}, version=initiative.edit_version)
    assert hints == [], "nothing was changed"


def test_moving_an_initiative_speaks_of_the_books(plan, coordinator, hints):
    initiative = make_initiative(plan, status=InitiativeStatus.SUBMITTED, coordinator=coordinator)
    assert ("render_books_ahead", plan.pk) in hints
    hints.clear()

    reviews.transition(initiative, name="start_review", by=coordinator)
    assert hints == [("render_books_ahead", plan.pk)]


def test_links_speak_of_the_sheet_of_a_draft_and_of_the_books_once_it_is_sent(plan, coordinator, hints):
    draft = make_initiative(plan)
    sent = make_initiative(plan, status=InitiativeStatus.SUBMITTED, coordinator=coordinator)
    program = make_program(plan.development_plan)
    hints.clear()

    link = links.propose(draft, element=program, by=coordinator)
    links.withdraw(link, by=coordinator)
    assert hints == [("render_sheet_ahead", draft.pk)] * 2

    hints.clear()
    links.decide(sent.links.get(), accept=True, by=coordinator)
    links.waive(sent, reason="Belum ada program.", by=coordinator)
    links.revoke_waiver(sent, by=coordinator)
    assert hints == [("render_books_ahead", plan.pk)] * 3


def test_saving_a_section_speaks_of_the_books(plan, coordinator, hints):
    outline.complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.first()

    sections.save_section(section, by=coordinator, data={"body": "Naskah baru."}, version=section.edit_version)
    assert hints == [("render_books_ahead", plan.pk)]


def test_the_tasks_have_a_queue_that_no_book_waits_in(settings):
    routes = settings.CELERY_TASK_ROUTES
    assert routes[tasks.render_sheet_ahead.name] == routes[tasks.render_books_ahead.name] == {"queue": tasks.PARTS}
