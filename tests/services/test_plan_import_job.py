"""A worker that is killed while it stores a plan leaves nothing of it behind, and the next one stores all of it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import EMBEDDED, SERVICES, Portal, kill, wait_for
from tests.samples import EMPTY, Samples

NODES = "PlanElement.objects.count()"
STATE = "[[j.phase, j.state, j.attempts] for j in PlanImport.objects.all()]"
STORE = "from tests.services.plan_uploads import store_until_killed as store; store({!r})"


@pytest.fixture(params=[EMBEDDED, pytest.param(SERVICES, marks=pytest.mark.needs("postgres", "redis"))])
def portal(request: pytest.FixtureRequest, samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal without any regency."""
    with samples.portal(tmp_path, request.param, EMPTY) as portal:
        yield portal


def uploads(portal: Portal, call: str) -> Any:
    """What a function of `plan_uploads` says."""
    return portal.ask(f"__import__('tests.services.plan_uploads', fromlist=['x']).{call}")


def test_a_plan_that_is_being_stored_survives_its_worker_whole(portal: Portal, tmp_path: Path) -> None:
    count, written = uploads(portal, "confirm()"), tmp_path / "written"
    command = (sys.executable, "manage.py", "shell", "--no-imports", "-c", STORE.format(str(written)))
    with portal.process("storing", *command) as storing:
        wait_for(lambda: written.exists() and written.read_text(), f"the nodes are written\n{tmp_path}", 120, every=0.1)
        assert int(written.read_text()) == count > 0
        kill(storing)

    assert (portal.ask(NODES), portal.ask(STATE)) == (0, [["store", "running", 1]])
    assert uploads(portal, "store_again()") is True
    assert (portal.ask(NODES), portal.ask(STATE)) == (count, [["store", "done", 2]])
