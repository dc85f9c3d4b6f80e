"""A book that was asked for comes, whatever happens to worker, render child or queue; and it comes once."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.processes import EMBEDDED, SERVICES, Place, kill, wait_for

STATE = "[[j.state, j.attempts, j.progress_done, j.error] for j in BookJob.objects.all()]"


@pytest.fixture(params=[EMBEDDED, pytest.param(SERVICES, marks=pytest.mark.needs("postgres", "redis"))])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A portal with the sample regency, whose Buku 2 waits in the queue."""
    place = Place(tmp_path, request.param)
    place.manage("migrate", "--verbosity", "0")
    place.manage("load_demo")
    return place


def render_children(worker_pid: int) -> list[int]:
    """Processes that render parts, anywhere below the worker's group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                group = os.getpgid(int(entry.name))
            except (OSError, ProcessLookupError):
                continue
            if b"masterplan.documents.press.child" in command and group == worker_pid:
                found.append(int(entry.name))
    return found


def job(place: Place) -> Any:
    """State, attempts, progress and error of the one book job."""
    (row,) = place.ask(STATE)
    return row


def finished(place: Place) -> Any:
    """The job once it has ended well; a failed one fails the test with its sentence."""
    row = job(place)
    assert row[0] != "failed", row
    return row if row[0] == "done" else None


def test_killed_worker_costs_time_and_no_book(place: Place) -> None:
    with place.worker("first") as first:
        wait_for(lambda: job(place)[2] > 0, f"rendering begins\n{place.log('first')}", every=0.2)
        children = render_children(first.pid)
        kill(first)
    assert job(place)[0] == "running"
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), "children end with their worker", 15)
    with place.worker("second"), place.clock():
        row = wait_for(lambda: finished(place), "the book after the kill", 240, every=2)
    assert row[1] == 2
    assert place.ask("[BookFile.objects.count(), BookJob.objects.filter(file__isnull=False).count()]") == [1, 1]


def test_killed_render_child_and_forgotten_message(place: Place) -> None:
    place.forget_messages()
    with place.worker() as worker, place.clock():
        children = wait_for(lambda: render_children(worker.pid), "a child renders", 120, every=0.1)
        os.kill(children[-1], signal.SIGKILL)
        wait_for(lambda: finished(place), "the book after the child's death", 240, every=2)
    assert place.ask("BookFile.objects.count()") == 1
