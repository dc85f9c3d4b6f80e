"""Real processes for the tests that promise something about them: a portal of its own folder, database and broker."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "contoh-untuk-uji-12"
# Redis numbers of the portals under test; each portal holds one for itself, whoever else runs tests on this machine.
_BROKER_NUMBERS = range(10, 16)
EMBEDDED, SERVICES = "sqlite+files", "postgres+redis"

# What answers questions in a process of its own: each line is an expression over the models.
_ANSWERS = """
import json, sys, django
django.setup()
from django.db import close_old_connections
from agencies.models import *
from masterplan.models import *
for line in sys.stdin:
    close_old_connections()
    print(json.dumps(eval(json.loads(line))), flush=True)
"""


@dataclass
class Portal:
    """Where one portal lives: its var/ folder and, with services, a database and a Redis number of its own.

    `template`: the database that its own begins as a copy of.
    """

    folder: Path
    backend: str = EMBEDDED
    template: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    database: str = ""
    _broker: IO[str] | None = None
    _answering: "subprocess.Popen[str] | None" = None

    def __post_init__(self) -> None:
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
        self.environment = {key: os.environ[key] for key in kept if key in os.environ} | {
            "PORTAL_ENV_FILE": "/dev/null",
            "VAR_DIR": str(self.folder / "var"),
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "PYTHONWARNINGS": "ignore",
            "CELERY_SKIP_CHECKS": "1",  # the portal was checked when its tables were made
        }
        if self.backend == SERVICES:
            self.environment["DATABASE_URL"] = self._new_database()
            if os.environ.get("BROKER_URL", "").startswith("redis"):
                self.environment["BROKER_URL"] = self._own_broker()

    def _new_database(self) -> str:
        self.database = f"uji_{os.getpid()}_{time.monotonic_ns()}"
        run_on_server(f"CREATE DATABASE {self.database}" + (f" TEMPLATE {self.template}" if self.template else ""))
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}"))

    def _own_broker(self) -> str:
        parts = urlsplit(os.environ["BROKER_URL"])
        self._broker = self._broker or wait_for(lambda: _held_number(parts.port or 6379), "a free Redis number", 600)
        url = urlunsplit(parts._replace(path=f"/{Path(self._broker.name).stem.rpartition('-')[2]}"))
        import redis

        redis.Redis.from_url(url).flushdb()
        return url

    def ask_no_more(self) -> None:
        """End the process that answers questions, and with it its connection to the database."""
        if self._answering is not None:
            self._answering.kill()
            self._answering.communicate()
            self._answering = None

    def leave(self) -> None:
        """Let go of what the machine has only few of; the database stays."""
        self.ask_no_more()
        if self._broker is not None:
            self._broker.close()
            self._broker = None

    def close(self) -> None:
        """Leave for good."""
        self.leave()
        if self.database:
            run_on_server(f"DROP DATABASE {self.database} WITH (FORCE)")
            self.database = ""

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
        """The value of a Python expression over the models, in a process that stays for the next question."""
        if self._answering is None:
            with (self.folder / "answers.log").open("a") as log:
                self._answering = subprocess.Popen(
                    [sys.executable, "-c", _ANSWERS], cwd=ROOT, text=True,
                    env=self.environment | {"DJANGO_SETTINGS_MODULE": "smartcity.settings"},
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                )  # fmt: skip
        questions, replies = self._answering.stdin, self._answering.stdout
        assert questions is not None
        assert replies is not None
        questions.write(json.dumps(expression) + "\n")
        questions.flush()
        answer = replies.readline()
        assert answer, f"{expression}: {self.log('answers')}"
        return json.loads(answer)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the database, without any process of the portal."""
        with closing(self._connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(query)
            return [tuple(row) for row in cursor.fetchall()]

    def _connection(self) -> Any:
        if self.backend == EMBEDDED:
            return sqlite3.connect(self.folder / "var" / "db.sqlite3", timeout=20)
        import psycopg2

        return psycopg2.connect(self.environment["DATABASE_URL"])

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

    @contextmanager
    def web(self, port: int = 0) -> Iterator[str]:
        """The web processes alone, as `run` starts them, for what no worker has a part in. Gives the address."""
        port = port or free_port()
        address = f"http://127.0.0.1:{port}"
        self.environment["BASE_URL"] = address
        command = ("gunicorn", "smartcity.wsgi:application", "--bind", f"127.0.0.1:{port}", "--no-control-socket")
        several = ("--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4")
        with self.process("web", sys.executable, "-m", *command, *several):
            wait_for(lambda: answers(f"{address}/healthz"), f"the web processes\n{self.folder}", 120, every=0.1)
            yield address

    def worker(self, name: str = "worker", queues: str = "sheets,books,default") -> Any:
        """A Celery worker, for all queues unless named otherwise."""
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
        """The end of the log of a process."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-4000:]


def run_on_server(statement: str) -> None:
    """Something about whole databases, on the PostgreSQL that the tests may use."""
    import psycopg2

    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def _held_number(port: int) -> IO[str] | None:
    """A Redis number that no other portal under test holds, as the locked file that stands for it."""
    for number in _BROKER_NUMBERS:
        file = Path(tempfile.gettempdir(), f"uji-redis-{port}-{number}.lock").open("a")  # noqa: SIM115
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        file.close()
    return None


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


@contextmanager
def provider_of_identities(*people: dict[str, Any]) -> Iterator[str]:
    """A provider of identities (OpenID Connect) that offers `people`, claims with a `sub`. Gives its address, the issuer."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for claims in people:
        command += ["--user-claims", json.dumps(claims)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(
            lambda: answers(f"{address}/.well-known/openid-configuration"), "the provider of identities", 30, every=0.1
        )
        yield address
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port nobody listens on right now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
