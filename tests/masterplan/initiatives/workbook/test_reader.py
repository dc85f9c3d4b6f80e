"""Opening what people send: within its bounds, in a process of its own, with a sentence when it is refused."""

import time
from pathlib import Path

import pytest

from agencies.models import Agency, User
from masterplan.initiatives.workbook import limits, tasks
from masterplan.initiatives.workbook.actions import imports
from masterplan.models import Initiative, MasterPlan
from smartcity.common.jobs import JobState
from smartcity.common.workbooks import limits as common_limits
from smartcity.common.workbooks.reader import Cell, WorkbookUnreadable, read_workbook
from tests.factories import make_initiative
from tests.masterplan.initiatives.workbook.books import Book, compared, exported, reading
from tests.masterplan.initiatives.workbook.hostile import HARMLESS, REFUSED

# The promise; what the limits allow is less.
MOST_SECONDS, MOST_MEMORY_MB = 10, 300


@pytest.fixture
def good(plan: MasterPlan, agency: Agency, agency_head: User) -> bytes:
    """A workbook with one initiative."""
    return exported(plan, [make_initiative(plan, agency=agency, by=agency_head, complete=True)])


@pytest.mark.parametrize("name", REFUSED)
def test_harmful_and_wrong_files_are_refused_with_a_sentence(
    plan: MasterPlan, agency_head: User, good: bytes, name: str
) -> None:
    make, said = REFUSED[name]
    data = make(good)
    started = time.monotonic()
    job = imports.upload_workbook(plan, by=agency_head, data=data, filename="isian.xlsx")
    tasks.run_workbook(job.pk)
    job.refresh_from_db()
    assert time.monotonic() - started < 6 * MOST_SECONDS  # for a busy machine; the benchmark prints the figure
    assert job.state == JobState.FAILED
    assert any(part in job.error for part in said.split("|")), job.error
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_strange_is_read(plan: MasterPlan, agency_head: User, good: bytes, name: str) -> None:
    found = compared(plan, agency_head, HARMLESS[name](good))
    assert not found.errors
    assert not any(entry.says_something for entry in found.entries)
    assert reading(HARMLESS[name](good)).peak_memory_mb < MOST_MEMORY_MB


def test_limits_keep_the_promise() -> None:
    assert limits.CPU_SECONDS < MOST_SECONDS
    assert common_limits.MEMORY_MB < MOST_MEMORY_MB - 60


def test_kinds_of_cells(good: bytes) -> None:
    book = Book(good).put("Inisiatif", 1, Risiko="=RUMUS(1)", Mitigasi=1.5, Tahun_mulai="#REF!")
    grid = next(grid for grid in reading(book.bytes).grids if grid.title == "Inisiatif")
    cells = grid.rows[3]
    assert cells[book.place("Inisiatif", "Risiko")] == Cell("f", "=RUMUS(1)")
    assert cells[book.place("Inisiatif", "Mitigasi")] == Cell("n", 1.5)
    assert cells[book.place("Inisiatif", "Tahun mulai")] == Cell("s", "#REF!")


def test_a_missing_file_is_not_the_senders_fault(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnreadable, match="rusak"):
        read_workbook(tmp_path / "tidak-ada.xlsx", limits.INITIATIVES)
