"""What a page of the form costs with as many rows as a table may have, in processor time: it does not depend on who else works."""

import json
import statistics
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from masterplan.editing.forms.rows import MAX_ROWS
from masterplan.registry import Content
from tests.factories import make_initiative

REPORT = Path(settings.BASE_DIR) / "var" / "benchmarks" / "tables.json"
ROUNDS = 5
MOST_CPU_MS = 600


def activity(number: int) -> Content:
    year = 2022 + number % 5
    return {"name": f"Kegiatan {number}", "start": f"{year}-01-01", "end": f"{year}-06-30", "output": "Laporan"}


def indicator(number: int) -> Content:
    targets = {str(year): "70-75" for year in range(2022, 2027)}
    words = {"kind": "output", "name": f"Indikator {number}", "unit": "persen", "direction": "up"}
    return words | {"baseline": "1.500", "targets": targets, "end_condition": "minimal 90"}


@pytest.mark.django_db
def test_tables(plan, agency, agency_head, client_of):
    answers = {"activities": [*map(activity, range(MAX_ROWS))], "indicators": [*map(indicator, range(MAX_ROWS))]}
    initiative = make_initiative(plan, agency=agency, by=agency_head, **answers)
    client, report = client_of(agency_head), {"rows": MAX_ROWS}
    for section in ("kegiatan", "indikator"):
        address = reverse("initiative_edit", args=[plan.regency.slug, initiative.pk, section])
        client.get(address)
        times = []
        for _ in range(ROUNDS):
            started = time.process_time()
            html = client.get(address).content.decode()
            times.append((time.process_time() - started) * 1000)
        assert html.count("data-row-drag") == MAX_ROWS + 1
        report[f"{section}_cpu_ms"] = round(statistics.median(times))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report) + "\n", encoding="utf-8")
    assert max(report["kegiatan_cpu_ms"], report["indikator_cpu_ms"]) <= MOST_CPU_MS
