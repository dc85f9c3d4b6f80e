"""What the pages of the coordinator's desk cost the server at the size they are made for, and how often they ask the
database. Processor time, with that of SQLite in it: it does not depend on who else works.
"""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories.large_desk import fill_desk
from tests.factories.large_regency import make_large_regency
from tests.sweep.pages import body_of
from tests.sweep.watching import watching

REPORT = Path(settings.BASE_DIR) / "var" / "benchmarks" / "desk.json"
ROUNDS = 5
SLOWEST_MS, SLOWEST_MATRIX_MS, MOST_QUERIES = 300, 1000, 15
MATRIX = "alignment_matrix"
# Pages as the coordinator sees them: the name of the address, and what is asked of it. A name in brackets says whose
# page it is: one of the things in `LargeDesk`, or the RPJMD.
DESK = (
    ("regency_home", ""),
    ("initiative_list", ""),
    ("review_queue", ""),
    ("development_plan_list", ""),
    (MATRIX, ""),
    (MATRIX, "lihat=renstra"),
    (MATRIX, "tampil=menunggu"),
    (MATRIX, "tampil=sasaran"),
    (MATRIX, "cek=above_ceiling"),
    ("alignment_gaps", ""),
    ("alignment_flow", ""),
    ("inspection_list", ""),
    ("regency_overview", ""),
    ("regency_coverage", ""),
    ("regency_plenary", ""),
    ("regency_plenary", "bagian=cakupan"),
    ("regency_reminders", ""),
    ("regency_letters", ""),
    ("regency_deadlines", ""),
    ("regency_deadline_extend[stage]", ""),
    ("workshop_list", ""),
    ("workshop_detail[stage]", ""),
    ("workshop_attendance[stage]", ""),
    ("workshop_attendance_list[stage]", ""),
    ("workshop_close[stage]", ""),
    ("progress_list", ""),
    ("progress_detail[initiative]", ""),
    ("development_plan_detail[rpjmd]", ""),
    ("development_plan_detail[rpjmd]", "buka=semua"),
    ("development_plan_compare", ""),
    ("plan_import_detail[upload]", ""),
    ("carry_over_map", ""),
    ("carry_over_walk", ""),
    ("snippet_list", ""),
    ("initiative_review[initiative]", ""),
    ("team_list", ""),
    ("section_list", ""),
)


def measured(client: Client, slug: str, name: str, query: str, pks: dict[str, int]) -> dict[str, Any]:
    """One page, after a warm-up: the median of a few rounds."""
    address, _, whose = name.rstrip("]").partition("[")
    url = reverse(address, args=[slug, *([pks[whose]] if whose else [])]) + (f"?{query}" if query else "")
    body_of(client.get(url))
    with watching() as seen:
        response = client.get(url)
        size = len(body_of(response))
    assert response.status_code == 200, f"{url}: {response.status_code}"
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        body_of(client.get(url))
        times.append((time.process_time() - started) * 1000)
    return {
        "page": f"{name} {query}".strip(),
        "ms": round(statistics.median(times), 1),
        "queries": len(seen.statements),
        "kilobytes": round(size / 1024, 1),
        "limit_ms": SLOWEST_MATRIX_MS if name == MATRIX else SLOWEST_MS,
    }


@pytest.mark.django_db
def test_desk(client: Client) -> None:
    made = make_large_regency()
    desk = fill_desk(made)
    pks = {
        "stage": desk.stage.pk,
        "upload": desk.upload.pk,
        "initiative": desk.report.initiative_id,
        "rpjmd": made.plan.development_plan_id,
    }
    client.force_login(made.coordinator)
    pages = [measured(client, made.regency.slug, name, query, pks) for name, query in DESK]
    slowest = max(pages, key=lambda page: page["ms"])
    report = {
        "slowest_ms": slowest["ms"],
        "slowest_page": slowest["page"],
        "max_queries": max(page["queries"] for page in pages),
        "rows": made.rows,
        "pages": sorted(pages, key=lambda page: -page["ms"]),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    slow = [f"{page['page']} {page['ms']} ms" for page in pages if page["ms"] > page["limit_ms"]]
    curious = [f"{page['page']} {page['queries']} queries" for page in pages if page["queries"] > MOST_QUERIES]
    assert not slow + curious, "\n".join(slow + curious)
