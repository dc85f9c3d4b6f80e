"""How long a workbook of 500 rows takes from the file to its preview, and what the worst of the hostile ones costs."""

import json
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from agencies.models import User
from masterplan.initiatives.workbook.compare import compare
from masterplan.initiatives.workbook.limits import INITIATIVES, MOST_ROWS
from masterplan.initiatives.workbook.marked import marked_copy
from masterplan.initiatives.workbook.preview import as_json
from masterplan.models import MasterPlan
from smartcity.common.workbooks.reader import Reading, WorkbookUnreadable, read_workbook
from tests.masterplan.initiatives.workbook.books import Book, exported
from tests.masterplan.initiatives.workbook.hostile import REFUSED, Made, inflating

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "workbook.json"
ROWS = 500
MOST_SECONDS, MOST_MEMORY_MB = 10, 300


def read(data: bytes) -> Reading:
    """Through the real child."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        return read_workbook(Path(file.name), INITIATIVES)


def full_workbook(plan: MasterPlan) -> bytes:
    """The sample's initiatives, every answer to one question changed, and new ones below until there are 500 rows."""
    book = Book(exported(plan))
    count = book.count("Inisiatif")
    heads = [cell.value for cell in book.book["Inisiatif"][1]]
    for row in range(1, count + 1):
        book.put("Inisiatif", row, Kode_nomenklatur=f"1.01.{row}")
    for row in range(count + 1, ROWS + 1):
        for head, pattern in ((head, (row % count) + 1) for head in heads[3:]):
            book.book["Inisiatif"].cell(row + 2, book.place("Inisiatif", head)).value = book.get(
                "Inisiatif", pattern, head
            )
        book.put("Inisiatif", row, Kode=f"BARU-{row}", Nama_inisiatif=f"Inisiatif ke-{row}")
    return book.bytes


def hostile_seconds(good: bytes) -> dict[str, float]:
    """How long each refusal takes; a file that a worker may read must be refused by what it holds."""
    cases: dict[str, Made] = {name: make for name, (make, _) in REFUSED.items()}
    cases["inflates to 900 MB"] = lambda data: inflating(data, 900)
    seconds = {}
    for name, make in cases.items():
        data = make(good)
        started = time.perf_counter()
        with suppress(WorkbookUnreadable):
            read(data)
        seconds[name] = round(time.perf_counter() - started, 2)
    return seconds


def wrong_everywhere(good: bytes) -> bytes:
    """Nonsense in nearly every cell a sheet may have."""
    book = Book(good)
    sheet = book.book["Inisiatif"]
    for row in range(3, MOST_ROWS):
        for column in range(4, sheet.max_column + 1):
            sheet.cell(row, column).value = "entah"
    return book.bytes


def judged_seconds(plan: MasterPlan, user: User, data: bytes) -> float:
    """From the file to all faults and the coloured copy."""
    started = time.perf_counter()
    found = compare(plan, user, read(data).grids)
    assert found.errors
    marked_copy(plan, found)
    return round(time.perf_counter() - started, 2)


@pytest.mark.django_db
def test_workbook(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", "--no-book", verbosity=0)
    plan = MasterPlan.objects.select_related("regency").get(regency__slug="kabupaten-semarang", is_current=True)
    coordinator = User.objects.get(email="koordinator@contoh.test")
    started = time.perf_counter()
    good = exported(plan)
    export_seconds = time.perf_counter() - started
    data = full_workbook(plan)
    started = time.perf_counter()
    reading = read(data)
    found = as_json(compare(plan, coordinator, reading.grids))
    seconds = time.perf_counter() - started
    hostile = hostile_seconds(good)
    hostile["wrong types everywhere"] = judged_seconds(plan, coordinator, wrong_everywhere(good))
    report = {
        "rows": found["counts"]["initiatives"],
        "seconds": round(seconds, 2),
        "peak_memory_mb": reading.peak_memory_mb,
        "hostile_worst_seconds": max(hostile.values()),
        "hostile_worst": max(hostile, key=lambda name: hostile[name]),
        "export_seconds": round(export_seconds, 2),
        "file_kb": len(data) // 1024,
        "new": found["counts"]["new"],
        "faults": found["faults_count"],
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert report["rows"] == ROWS
    assert report["seconds"] <= MOST_SECONDS
    assert report["peak_memory_mb"] <= MOST_MEMORY_MB
    assert report["hostile_worst_seconds"] <= MOST_SECONDS
