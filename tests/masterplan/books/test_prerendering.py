"""Parts rendered before anybody asks are the very ones that the next book wants, and many hints are one render."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from agencies.roles import Role
from masterplan import tasks
from masterplan.books import actions as books
from masterplan.books import prerendering
from masterplan.editions import actions as editions
from masterplan.models import BookJob, MasterPlan
from masterplan.review.actions import reviews
from masterplan.sections.actions import outline
from smartcity.common.jobs import JobState
from tests.factories import make_initiative, make_person, print_book

# Cover and imprint name the edition, whose fingerprint nobody knows before it is frozen.
OF_THE_EDITION = 2


@pytest.fixture
def cache_dir(settings: Any, tmp_path: Path) -> Path:
    settings.PARTS_DIR = tmp_path / "bagian"
    settings.BOOK_WORKERS = 1
    return settings.PARTS_DIR


def entries(cache_dir: Path) -> set[str]:
    return {path.stem for path in cache_dir.glob("parts/*/*.part")}


def report_of(plan: MasterPlan, coordinator: Any) -> dict[str, Any]:
    """What came of a book of an edition frozen now."""
    edition = editions.take_snapshot(plan, by=coordinator, label="Untuk rapat")
    job = books.request_book(edition, book="buku-2", by=coordinator)
    print_book(job)
    made = BookJob.objects.get(pk=job.pk)
    assert made.state == JobState.DONE, made.error
    return made.report


@pytest.mark.django_db(transaction=True)
def test_a_book_finds_its_parts_rendered(plan: MasterPlan, cache_dir: Path) -> None:
    coordinator = make_person(plan.regency, Role.COORDINATOR)
    plan.regency.facts.create(label="Luas wilayah", value="950,21", unit="km2", year=2017, source="Daftar wilayah")
    outline.complete_outline(plan, bodies={}, by=coordinator)
    sent = make_initiative(plan, status="submitted", coordinator=coordinator, name="Layanan satu")
    draft = make_initiative(plan, complete=True, name="Layanan dua")

    assert prerendering.render_sheet_ahead(draft.pk) == 1
    assert prerendering.render_sheet_ahead(draft.pk) == 0, "it is there"
    sheet = entries(cache_dir)
    reviews.transition(draft, name="submit", by=draft.created_by)

    assert prerendering.render_books_ahead(plan.pk) > 10
    assert prerendering.render_books_ahead(plan.pk) == 0
    assert sheet < entries(cache_dir)
    report = report_of(plan, coordinator)
    assert report["parts_rendered"] == OF_THE_EDITION, "not even the sheet of the draft that was sent meanwhile"
    assert report["problems"] == []
    assert sent.pk != draft.pk


@pytest.mark.django_db
def test_what_is_gone_or_empty_is_no_work(plan: MasterPlan, cache_dir: Path) -> None:
    assert prerendering.render_sheet_ahead(987_654) == 0
    assert prerendering.render_books_ahead(987_654) == 0
    assert prerendering.render_books_ahead(plan.pk) == 0
    assert entries(cache_dir) == set()


def test_many_hints_are_one_render_and_a_later_change_is_another(
    cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[int] = []
    monkeypatch.setattr(prerendering, "render_sheet_ahead", rendered.append)
    now = time.time()
    for second in range(5):
        tasks.render_sheet_ahead(3, now - 20 + second)
    assert rendered == [3]

    tasks.render_sheet_ahead(4, now - 20)
    assert rendered == [3, 4], "another initiative is another matter"
    stamp = cache_dir / "ahead" / "sheet-3"
    os.utime(stamp, (now - 5, now - 5))
    tasks.render_sheet_ahead(3, now - 1)
    assert rendered == [3, 4, 3]


def test_books_are_rendered_for_once_too(cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[int] = []
    monkeypatch.setattr(prerendering, "render_books_ahead", rendered.append)
    for _ in range(3):
        tasks.render_books_ahead(3, time.time() - 10)
    assert rendered == [3]
