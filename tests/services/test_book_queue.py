"""Many books while everything dies, a regency that is stuck, calling off what is being printed, several machines."""

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.processes import PASSWORD, SERVICES, Portal, kill, wait_for
from tests.samples import EMPTY, Samples
from tests.services.printing import group, render_children, small
from tests.services.writers import Visitor

pytestmark = pytest.mark.needs("postgres", "redis")

REGENCIES, EDITIONS, FULL_EDITIONS = 5, 4, 10
BOOKS_PER_KILL = 3
# Without that of sheets, whose worker keeps a render process of its own.
QUEUES = "books,default"
ENDED = {"done", "failed", "cancelled"}
# News that comes at once and has no mail yet, and mails that have not left.
UNSENT = """
SELECT 1 FROM agencies_notice WHERE waits = 'now' UNION ALL SELECT 1 FROM agencies_outgoingmail WHERE state <> 'done'
"""
STATES = "SELECT id, state, attempts, error FROM masterplan_bookjob ORDER BY id"


@pytest.fixture
def portal(samples: Samples, tmp_path: Path) -> Iterator[Portal]:
    """A portal without data, that tells of every book by mail and replaces its processes after a few tasks."""
    with samples.portal(tmp_path, SERVICES, EMPTY) as portal:
        portal.environment |= {"BOOK_MAIL_SECONDS": "0", "WORKER_TASKS": "4", "DEMO": "0"}
        yield portal


class Crew:
    """Workers that are started again when they fall, as an init system does."""

    def __init__(self, portal: Portal, names: tuple[str, ...]) -> None:
        self.portal, self.names = portal, names
        self.running: dict[str, Popen[bytes]] = {}
        self._ends = ExitStack()

    def __enter__(self) -> "Crew":
        self.restart_stopped()
        return self

    def __exit__(self, *exc: object) -> None:
        self._ends.close()

    def restart_stopped(self) -> None:
        """Start what is not running."""
        for name in self.names:
            if name not in self.running or self.running[name].poll() is not None:
                self.running[name] = self._ends.enter_context(self.portal.worker(name, QUEUES))

    def kill_somebody(self) -> str:
        """kill -9 for a whole worker, one of its processes, or one that renders; says which, "" when none was there."""
        worker = random.choice([*self.running.values()])
        rendering = render_children(worker.pid)
        kind = random.choice(["worker", "process", "render child"])
        if kind == "worker":
            kill(worker)
            return kind
        others = rendering if kind == "render child" else [pid for pid in group(worker.pid) if pid not in rendering]
        victims = [pid for pid in others if pid != worker.pid]
        if not victims:
            return ""
        try:
            os.kill(random.choice(victims), signal.SIGKILL)
        except ProcessLookupError:
            return ""
        return kind


def test_every_request_has_one_outcome_whatever_dies(portal: Portal, full: bool) -> None:
    """Each is asked for twice, every message is lost before anybody hears it, and then workers and children die."""
    editions = FULL_EDITIONS if full else EDITIONS
    books = REGENCIES * editions
    assert small(portal, f"make({REGENCIES}, {editions})") == books
    asked = small(portal, f"ask_all({REGENCIES}, {editions})")
    assert len(asked) == 2 * len(set(asked)) == 2 * books
    portal.forget_messages()
    killed: Counter[str] = Counter()
    with Crew(portal, ("one", "two")) as crew, portal.clock():
        wait_for(lambda: portal.rows("SELECT 1 FROM masterplan_bookjob WHERE state = 'running'"), "a book begins", 60)

        def ended() -> bool:
            over = sum(state in ENDED for _, state, _, _ in portal.rows(STATES))
            if killed.total() * BOOKS_PER_KILL <= over and (victim := crew.kill_somebody()):
                killed[victim] += 1
                crew.restart_stopped()
            return over == books

        wait_for(ended, f"{books} outcomes\n{portal.log('one')}\n{portal.log('two')}", 480, every=2)
        wait_for(lambda: not portal.rows(UNSENT), "the mails", 90)
    outcomes = Counter(state for _, state, _, _ in portal.rows(STATES))
    assert outcomes.total() == books
    assert all(error for _, state, _, error in portal.rows(STATES) if state == "failed")
    assert max(attempts for _, _, attempts, _ in portal.rows(STATES)) <= 3
    done = outcomes["done"]
    assert small(portal, "files()") == {"rows": done, "different": done, "stored": done}
    notices = (
        "SELECT count(*), count(DISTINCT (subject, user_id)), count(mail_id) FROM agencies_notice WHERE kind = 'book'"
    )
    (news,) = portal.rows(notices)
    assert news == (books,) * 3
    sys.stdout.write(f"{dict(outcomes)}, killed {dict(killed)}\n")  # for whoever runs it with -rP


def test_a_stuck_regency_holds_nobody_elses_book_and_can_be_called_off(portal: Portal) -> None:
    small(portal, "make(2, 3)")
    stuck = small(portal, "ask(1, 1)")
    with portal.worker("one", QUEUES) as one, portal.clock():
        children = wait_for(lambda: render_children(one.pid), "the stuck book begins", 60, every=0.05)
        for pid in children:
            os.kill(pid, signal.SIGSTOP)
        try:
            waiting, other = small(portal, "ask(1, 2)"), [small(portal, "ask(2, 1)"), small(portal, "ask(2, 2)")]
            with portal.worker("two", "books"):
                wait_for(
                    lambda: {state_of(portal, pk) for pk in other} == {"done"},
                    f"the other regency's books\n{portal.log('two')}",
                    90,
                )
                assert (state_of(portal, stuck), state_of(portal, waiting)) == ("running", "queued")
                assert small(portal, f"cancel({stuck})")
                wait_for(lambda: state_of(portal, waiting) == "done", "the next one of the regency", 60)
        finally:
            for pid in children:
                os.kill(pid, signal.SIGCONT)
        wait_for(lambda: not set(children) & set(render_children(one.pid)), "its children end", 30, every=0.1)
        assert portal.rows(f"SELECT state, file_id FROM masterplan_bookjob WHERE id = {stuck}") == [("cancelled", None)]
        assert small(portal, "ask(1, 1)") == stuck
        wait_for(lambda: state_of(portal, stuck) == "done", "the one that was called off and asked for again", 60)


def state_of(portal: Portal, pk: int) -> str:
    """The state of one job."""
    ((state,),) = portal.rows(f"SELECT state FROM masterplan_bookjob WHERE id = {pk}")
    return str(state)


# Several machines -----------------------------------------------------------------------------------------------------


@pytest.fixture
def bucket() -> Iterator[str]:
    """S3-like storage as the settings name it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    access = {"region_name": "us-east-1", "aws_access_key_id": "k", "aws_secret_access_key": "s"}
    boto3.client("s3", endpoint_url=f"http://{host}:{port}", **access).create_bucket(Bucket="wadah")
    yield f"s3+http://k:s@{host}:{port}/wadah"
    server.stop()


def test_machines_that_share_nothing_but_services_print_one_book_once(
    portal: Portal, bucket: str, tmp_path: Path
) -> None:
    portal.environment |= {"MEDIA_STORAGE_URL": bucket, "BOOKS_AT_ONCE": "2", "WORKER_TASKS": "1"}
    small(portal, "make(1, 2)")
    machines = []
    for name in ("kiri", "kanan", "web"):
        machine = Portal(tmp_path / name)
        machine.folder.mkdir()
        machine.environment = portal.environment | {"VAR_DIR": str(machine.folder / "var")}
        machines.append(machine)
    left, right, web = machines
    with left.worker("kiri", "books") as one, right.worker("kanan", "books") as two, web.web() as address:
        before = {*group(one.pid), *group(two.pid)}
        visitor = Visitor(address)
        visitor.sign_in("koordinator-1@contoh.test", PASSWORD)
        pages = [visitor.open(f"/wilayah/kabupaten-uji-1/buku/{n}/susun/buku-2/", {})[0] for n in (1, 2, 1)]
        assert pages[0] == pages[2] != pages[1]
        wait_for(
            lambda: {state for _, state, _, _ in portal.rows(STATES)} == {"done"},
            f"both books\n{left.log('kiri')}\n{right.log('kanan')}",
            120,
        )
        wait_for(lambda: {*group(one.pid), *group(two.pid)} - before, "a process that has printed is replaced", 30)
        for page in pages[:2]:
            with visitor.opener.open(f"{page}unduh/") as download:
                assert download.read(5) == b"%PDF-"
    assert small(portal, "files()") == {"rows": 2, "different": 2, "stored": 2}
    assert not [path for machine in machines for path in (machine.folder / "var" / "media").rglob("*.pdf")]
