"""How long somebody waits for the printed pages of one initiative, once a worker with a warm press is there."""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from agencies.models import Regency
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.books import jobs
from masterplan.models import Initiative, SheetJob
from smartcity.common.jobs import JobState
from tests.factories import make_person

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "sheet_preview.json"
SHEETS = 10
TYPICAL_SECONDS = 3.0


@pytest.fixture
def warm_press(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a worker of the queue `sheets` has ready before the first sheet is asked for."""
    monkeypatch.setattr(jobs, "_renderer", None)
    jobs.keep_renderer_warm()
    yield
    jobs._renderer.end()


@pytest.mark.django_db
def test_sheet_preview(settings: Any, warm_press: None) -> None:
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    regency = Regency.objects.get(slug="kabupaten-semarang")
    coordinator = make_person(regency, Role.COORDINATOR)
    rows = Initiative.objects.complete().filter(master_plan__regency=regency)[: SHEETS + 1]
    seconds = []
    for initiative in rows:
        started = time.perf_counter()
        job = books.request_sheet(initiative, by=coordinator)
        assert jobs.produce_sheet(job.pk)
        seconds.append(time.perf_counter() - started)
        assert SheetJob.objects.get(pk=job.pk).state == JobState.DONE
    first, *warm = seconds
    report = {
        "sheets": len(warm),
        "median_seconds": round(statistics.median(warm), 2),
        "slowest_seconds": round(max(warm), 2),
        "first_seconds": round(first, 2),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert statistics.median(warm) <= TYPICAL_SECONDS, report
