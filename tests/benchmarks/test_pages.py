"""How long the server takes for each page of the sample regency, and how often it asks the database."""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from tests.benchmarks.demo import demo_side
from tests.sweep.addresses import PAGES, Address
from tests.sweep.pages import body_of
from tests.sweep.side import Side
from tests.sweep.watching import watching

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "pages.json"
ROUNDS = 5
SLOWEST_MS, MOST_QUERIES = 150, 15
# The whole regency as one file to keep; its own limit is in test_workbook.
FILES = {"workbook_export"}
# Who uses a page, the first of these who gets in. The drafts of the sample belong to other agencies than its accounts.
USERS = ("coordinator", "administrator", "executive", "agency_head")


def measured(client: Client, address: Address, side: Side, who: str) -> dict[str, Any]:
    """One page, after a warm-up: the median of a few rounds."""
    url = address.url(side)
    body_of(client.get(url))
    with watching() as seen:
        response = client.get(url)
        size = len(body_of(response))
    assert response.status_code in address.statuses, f"{address.label} as {who}: {response.status_code}"
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        body_of(client.get(url))
        times.append((time.perf_counter() - started) * 1000)
    return {
        "page": address.label,
        "role": who,
        "ms": round(statistics.median(times), 1),
        "queries": len(seen.statements),
        "kilobytes": round(size / 1024, 1),
    }


@pytest.mark.django_db
def test_pages(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    side, pages = demo_side(), []
    for who in USERS:
        client = Client()
        client.force_login(side.people[who])
        mine = [page for page in PAGES if next((user for user in USERS if user in page.readers), "") == who]
        pages += [measured(client, address, side, who) for address in mine]
    shown = [page for page in pages if page["page"] not in FILES]
    slowest = max(shown, key=lambda page: page["ms"])
    report = {
        "slowest_ms": slowest["ms"],
        "slowest_page": slowest["page"],
        "max_queries": max(page["queries"] for page in pages),
        "pages": sorted(pages, key=lambda page: -page["ms"]),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert len(pages) == len(PAGES)
    slow = [f"{page['page']} {page['ms']} ms" for page in shown if page["ms"] > SLOWEST_MS]
    curious = [f"{page['page']} {page['queries']} queries" for page in pages if page["queries"] > MOST_QUERIES]
    assert not slow + curious, "\n".join(slow + curious)
