"""A book that was asked for comes, whatever happens to worker, render child or queue; and it comes once."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import EMBEDDED, SERVICES, Portal, kill, wait_for
from tests.samples import EMPTY, Samples
from tests.services.printing import render_children, small

# So many that a worker is caught in the middle of the book.
INITIATIVES = 4
STATE = "SELECT state, attempts, progress_done, error FROM masterplan_bookjob"
FILES = "SELECT (SELECT count(*) FROM masterplan_bookfile), (SELECT count(file_id) FROM masterplan_bookjob)"


@pytest.fixture(params=[EMBEDDED, pytest.param(SERVICES, marks=pytest.mark.needs("postgres", "redis"))])
def portal(request: pytest.FixtureRequest, samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal with one plan, whose Buku 2 waits in the queue."""
    with samples.portal(tmp_path, request.param, EMPTY) as portal:
        small(portal, f"make(1, 1, initiatives={INITIATIVES})")
        small(portal, "ask(1, 1)")
        yield portal


def job(portal: Portal) -> Any:
    """State, attempts, progress and error of the one book job."""
    (row,) = portal.rows(STATE)
    return row


def finished(portal: Portal) -> Any:
    """The job once it has ended well; a failed one fails the test with its sentence."""
    row = job(portal)
    assert row[0] != "failed", row
    return row if row[0] == "done" else None


def kill_youngest(worker_pid: int) -> bool:
    """kill -9 for the last process that was started to render; False when it had just ended."""
    try:
        os.kill(render_children(worker_pid)[-1], signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_killed_worker_costs_time_and_no_book(portal: Portal) -> None:
    work = portal.folder / "var" / "work"
    with portal.worker("first") as first:
        wait_for(lambda: job(portal)[2] > 0, f"rendering begins\n{portal.log('first')}", every=0.05)
        children = render_children(first.pid)
        kill(first)
    assert job(portal)[0] == "running"
    (left,) = work.iterdir()
    os.utime(left, (time.time() - 24 * 3600,) * 2)  # as if that had been yesterday
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), "children end with their worker", 15)
    with portal.worker("second"), portal.clock():
        row = wait_for(lambda: finished(portal), "the book after the kill", 240)
        wait_for(lambda: not [*work.iterdir()], "what the killed one left is swept", 60)
    assert row[1] == 2
    assert portal.rows(FILES) == [(1, 1)]


def test_killed_render_child_and_forgotten_message(portal: Portal) -> None:
    portal.forget_messages()
    with portal.worker() as worker, portal.clock():
        wait_for(lambda: job(portal)[2] > 0, f"rendering begins\n{portal.log('worker')}", every=0.05)
        wait_for(lambda: kill_youngest(worker.pid), "a child that renders", 30, every=0.01)
        wait_for(lambda: finished(portal), "the book after the child's death", 240)
    assert portal.rows(FILES) == [(1, 1)]
