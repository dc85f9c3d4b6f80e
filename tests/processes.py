"""Real processes for the tests that promise something about them: a portal of its own folder, database and broker."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "contoh-untuk-uji-12"
# Redis numbers of the portals under test; two test processes side by side do not share one.
_place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 2
_broker_numbers = cycle(range(10 + 3 * _place, 13 + 3 * _place))
EMBEDDED, SERVICES = "sqlite+files", "postgres+redis"


@dataclass
class Place:
    """Where one portal lives: its var/ folder and, with services, a database and a Redis number of its own."""

    folder: Path
    backend: str = EMBEDDED
    environment: dict[str, str] = field(default_factory=dict)
    broker_number: int = 0

    def __post_init__(self) -> None:
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
        self.environment = {key: os.environ[key] for key in kept if key in os.environ} | {
            "PORTAL_ENV_FILE": "/dev/null",
            "VAR_DIR": str(self.folder / "var"),
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "PYTHONWARNINGS": "ignore",
        }
        if self.backend == SERVICES:
            self.environment |= {"DATABASE_URL": self._new_database(), "BROKER_URL": self._own_broker()}

    def _new_database(self) -> str:
        parts = urlsplit(os.environ["DATABASE_URL"])
        name = f"uji_{os.getpid()}_{time.monotonic_ns()}"
        import psycopg2

        connection = psycopg2.connect(os.environ["DATABASE_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        return urlunsplit(parts._replace(path=f"/{name}"))

    def _own_broker(self) -> str:
        parts = urlsplit(os.environ["BROKER_URL"])
        self.broker_number = self.broker_number or next(_broker_numbers)
        url = urlunsplit(parts._replace(path=f"/{self.broker_number}"))
        import redis

        redis.Redis.from_url(url).flushdb()
        return url

    def forget_messages(self) -> None:
        """What a flushed Redis or an emptied folder does to the queue."""
        if self.backend == SERVICES:
            self._own_broker()
        else:
            for message in (self.folder / "var" / "broker" / "messages").glob("*"):
                message.unlink()

    def manage(self, *arguments: str, timeout: float = 300) -> str:
        """Run a management command to its end and give back what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def ask(self, expression: str) -> Any:
        """The value of a Python expression over the models, evaluated in a process of its own."""
        code = f"import json; from masterplan.models import *; from agencies.models import *; print(json.dumps({expression}))"
        return json.loads(self.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])

    @contextmanager
    def process(self, name: str, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process in a group of its own, ended with everything it started."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as out:
            started = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        try:
            yield started
        finally:
            end(started)

    def worker(self, name: str = "worker", queues: str = "sheets,books,default") -> Any:
        """A Celery worker, for all queues unless told otherwise."""
        return self.process(
            name, sys.executable, "-m", "celery", "-A", "smartcity", "worker", "-Q", queues,
            "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "INFO", "-n", f"{name}@uji",
        )  # fmt: skip

    def clock(self) -> Any:
        """Celery beat, which sweeps."""
        schedule = str(self.folder / "beat")
        return self.process(
            "beat", sys.executable, "-m", "celery", "-A", "smartcity", "beat", "--schedule", schedule, "--pidfile", ""
        )

    def log(self, name: str) -> str:
        """The end of what a process said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-4000:]


def end(process: subprocess.Popen[bytes], timeout: float = 30) -> None:
    """Ask a group to end, then make it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=timeout)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 for the process and everything in its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 120, every: float = 0.5) -> Any:
    """The first true value of `condition`, or a failure that says what was waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(every)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")


def answers(address: str) -> bool:
    """Whether something at `address` says 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port nobody listens on right now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
