"""How long the server takes to save while one types, how often it asks the database, and how much goes over the line."""

import json
import statistics
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from masterplan.models import Initiative
from masterplan.registry import SECTIONS, FormSection
from tests.benchmarks.demo import demo_side
from tests.masterplan.page_form import form_of
from tests.sweep.watching import watching

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "autosave.json"
ROUNDS = 40
SLOWEST_MS, LARGEST_BYTES, MOST_QUERIES = 100, 5 * 1024, 30
KIND = "application/x-www-form-urlencoded"


def packet_of(page: dict[str, list[str]], key: str, turn: int, version: int) -> str:
    """A packet as the page sends it: one question, with a free text in it that is new each time."""
    mine = [(name, value) for name, values in page.items() if name.partition("-")[0] == key for value in values]
    texts = [
        n for n, (name, value) in enumerate(mine) if value and not value.isdecimal() and not name.endswith("_FORMS")
    ]
    place = next(n for n in texts if mine[n][0].endswith((key, "-name", "-deliverable")) or n == texts[-1])
    mine[place] = (mine[place][0], f"{mine[place][1]} {turn}")
    head = [("edit_version", version), ("key", f"{key}-{turn}"), ("changed", key)]
    return urlencode([*head, *mine])


def sent(client: Client, address: str, body: str) -> tuple[float, float, dict[str, Any], int]:
    """Milliseconds on the clock and of the processor, the answer, and the bytes of both ways together."""
    started, busy = time.perf_counter(), time.process_time()
    response = client.post(address, body, content_type=KIND, headers={"Accept": "application/json"})
    took, worked = (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000
    return took, worked, response.json(), len(body.encode()) + len(response.content)


def measured(client: Client, initiative: Initiative, section: FormSection, key: str) -> dict[str, Any]:
    """One question saved many times over."""
    slug = initiative.regency.slug
    path = f"/wilayah/{slug}/inisiatif/{initiative.pk}/isian/{section.key}/"
    page, version = form_of(client.get(path)), initiative.edit_version
    times: list[float] = []
    works: list[float] = []
    sizes: list[int] = []
    for turn in range(ROUNDS):
        with watching() as seen:
            took, worked, answer, size = sent(client, f"{path}simpan/", packet_of(page, key, turn, version))
        assert (answer["state"], answer["unread"]) == ("saved", []), answer
        assert answer["version"] == version + 1, answer
        version = answer["version"]
        times.append(took)
        works.append(worked)
        sizes.append(size)
    initiative.refresh_from_db()
    return {
        "question": key,
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "median_ms": round(statistics.median(times), 1),
        "cpu_ms": round(statistics.median(works), 1),
        "payload_bytes": max(sizes),
        "queries": len(seen.statements),
    }


@pytest.mark.django_db
def test_autosave(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    side = demo_side()
    client = Client()
    client.force_login(side.people["coordinator"])
    initiative = side.initiatives["draft"]
    questions = ["problem", "partners", "activities", "indicators", "budget_basis"]
    rows = [
        measured(client, initiative, section, field.key)
        for section in SECTIONS
        for field in section.fields
        if field.key in questions and form_has(client, initiative, section, field.key)
    ]
    report = {
        "p95_ms": max(row["p95_ms"] for row in rows),
        "payload_bytes": max(row["payload_bytes"] for row in rows),
        "max_queries": max(row["queries"] for row in rows),
        "questions": rows,
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert {"problem", "activities", "indicators"} <= {row["question"] for row in rows}
    assert report["p95_ms"] < SLOWEST_MS, report
    assert report["payload_bytes"] <= LARGEST_BYTES, report
    assert report["max_queries"] <= MOST_QUERIES, report


def form_has(client: Client, initiative: Initiative, section: FormSection, key: str) -> bool:
    """Whether the initiative of the sample has something to change in this question."""
    page = form_of(client.get(f"/wilayah/{initiative.regency.slug}/inisiatif/{initiative.pk}/isian/{section.key}/"))
    mine = {name: values for name, values in page.items() if name.partition("-")[0] == key}
    return any(
        value and not value.isdecimal() for name, values in mine.items() if "_FORMS" not in name for value in values
    )
