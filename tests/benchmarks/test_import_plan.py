"""How long a plan of 5,000 rows takes from the file to the portal: looked at, read, compared, stored; and read again."""

import json
import re
import resource
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from openpyxl import Workbook

from agencies.models import User
from agencies.roles import Role
from masterplan.editing import upload_jobs
from masterplan.models import DevelopmentPlan
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.forms import as_kept
from masterplan.plans.importing.limits import PLANS
from masterplan.reference import PlanKind
from smartcity.common.workbooks.reader import read_workbook
from tests.factories import make_agency, make_person, make_regency
from tests.masterplan.plans.importing.samples import saved
from tests.masterplan.plans.importing.uploads import looked_at, worked_on

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "import_plan.json"
ROWS = 5_000
MOST_SECONDS, MOST_MEMORY_MB = 20, 300
YEARS = range(2022, 2027)


def large_workbook() -> bytes:
    """A Renstra table: programs with five activities of nine sub-activities each, every row measured and paid for."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Renstra"
    heads: list[Any] = ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator", "Satuan", "Kondisi Awal"]
    heads += [head for year in YEARS for head in (f"Target {year}", f"Pagu {year} (ribu rupiah)")]
    sheet.append([*heads, "Perangkat Daerah"])
    for number in range(ROWS):
        program, place = divmod(number, 51)
        activity, sub = divmod(max(place - 1, 0), 10)
        code = f"{program // 90 + 2}.{program % 90 + 10}.02"
        words = "Program"
        if place:
            code, words = f"{code}.2.{activity + 1:02}", "Kegiatan"
        if place and sub:
            code, words = f"{code}.{sub:04}", "Sub kegiatan"
        text = f"{words} penyelenggaraan layanan masyarakat yang terpadu nomor {number}"
        values = [each for year in YEARS for each in (f"{number % 90},{year % 10}", 1_000 * number + year)]
        sheet.append([code, text, f"Persentase layanan {number} yang terpenuhi", "persen", "-", *values, "DINPAR"])
    return saved(book)


def peak_memory_mb() -> int:
    """The most this process held since it was last asked to forget."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024  # type: ignore[index]


def held_mb() -> int:
    """What this process holds now."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024  # type: ignore[index]


def cpu_seconds() -> float:
    """What this process and those it waited for have computed: on a busy machine it tells more than the clock."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def all_steps(plan: DevelopmentPlan, by: User, data: bytes, seconds: dict[str, float]) -> Any:
    """An upload, step by step, each with the seconds it took."""
    started = time.perf_counter()
    job = looked_at(plan, by, data)
    seconds["look"] = time.perf_counter() - started
    imports.map_columns(job, by=by, tables=as_kept(job.tables))
    started = time.perf_counter()
    worked_on(job)
    seconds["read"] = time.perf_counter() - started
    return job


@pytest.mark.django_db(transaction=True)
def test_import_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    regency = make_regency("Semarang Uji", "semarang-uji")
    agency = make_agency(regency, "Dinas Pariwisata", "DINPAR")
    coordinator = make_person(regency, Role.COORDINATOR)
    plan = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra", start_year=2021, end_year=2026
    )
    data = large_workbook()
    readings: list[int] = []

    def watched(path: Path, purpose: Any) -> Any:
        reading = read_workbook(path, purpose)
        readings.append(reading.peak_memory_mb)
        return reading

    monkeypatch.setattr(upload_jobs, "read_workbook", watched)
    before = held_mb()
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    seconds: dict[str, float] = {}
    computed = cpu_seconds()
    job = all_steps(plan, coordinator, data, seconds)
    assert job.is_read and job.result["unanswered"] == 0, job.error
    started = time.perf_counter()
    imports.confirm_plan_import(job, by=coordinator)
    worked_on(job)
    seconds["store"] = time.perf_counter() - started
    computed = cpu_seconds() - computed
    assert job.is_stored, job.error
    again = all_steps(plan, coordinator, data, {})
    report = {
        "rows": ROWS,
        "seconds": round(sum(seconds.values()), 2),
        "peak_memory_mb": max(max(readings), peak_memory_mb() - before),
        "reading_process_mb": max(readings),
        "worker_growth_mb": peak_memory_mb() - before,
        "cpu_seconds": round(computed, 2),
        "steps": {name: round(value, 2) for name, value in seconds.items()},
        "nodes": plan.elements.count(),
        "file_kb": len(data) // 1024,
        "most_rows": PLANS.rows,
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert report["nodes"] == ROWS
    assert again.result["counts"]["same"] == ROWS
    assert float(str(report["seconds"])) <= MOST_SECONDS
    assert int(str(report["peak_memory_mb"])) <= MOST_MEMORY_MB
