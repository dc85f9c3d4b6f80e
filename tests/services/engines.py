"""A PostgreSQL, a Redis and the processes of a portal that may be killed with -9 and start again on what they left."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.processes import ROOT, Portal, answers, end, free_port, kill, wait_for

OWNER = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root


def postgres_program(name: str) -> str:
    """Debian keeps the server's programs beside the path, one folder a version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


@dataclass
class Engine:
    """One process with its address, that can be started any number of times."""

    name: str
    folder: Path
    command: list[str] = field(default_factory=list)
    environment: dict[str, str] | None = None
    user: str | None = None
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    kills: int = 0

    def start(self) -> None:
        """Start it in a group of its own; a database may first need the last of its dead parent's children to go."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
                user=self.user, group=self.user, extra_groups=[] if self.user else None,
            )  # fmt: skip

    def is_down(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """kill -9, the whole group."""
        if self.process is not None:
            kill(self.process)
            self.kills += 1

    def stop(self) -> None:
        """End it in good order."""
        if self.process is not None:
            end(self.process)


def _postgres(folder: Path) -> Engine:
    data = folder / "data"
    made = [
        postgres_program("initdb"),
        "-D",
        str(data),
        "-U",
        "portal",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    owner: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if OWNER else {}
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **owner)
    engine = Engine("postgres", folder, user=OWNER)
    engine.command = [
        postgres_program("postgres"), "-D", str(data), "-p", str(engine.port), "-k", str(folder),
        "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100",
    ]  # fmt: skip
    return engine


def _redis(folder: Path) -> Engine:
    engine = Engine("redis", folder)
    engine.command = [
        "redis-server", "--port", str(engine.port), "--bind", "127.0.0.1", "--appendonly", "yes",
        "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--dir", str(folder),
    ]  # fmt: skip
    return engine


@dataclass
class Engines:
    """Everything a portal runs on, and the portal; `restart_stopped` does what an init system does."""

    folder: Path
    environment: dict[str, str]
    all: dict[str, Engine]

    @property
    def address(self) -> str:
        """Where the portal answers."""
        return f"http://127.0.0.1:{self.all['web'].port}"

    def restart_stopped(self) -> None:
        """Start what is not running."""
        for engine in self.all.values():
            if engine.is_down():
                engine.start()

    def wait_until_whole(self) -> None:
        """Until everything is up, and says so itself."""

        def whole() -> bool:
            self.restart_stopped()
            return answers(f"{self.address}/readyz")

        wait_for(whole, f"the portal is ready again\n{self.logs()}", 120)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        import psycopg2

        connection = psycopg2.connect(self.environment["DATABASE_URL"])
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def logs(self) -> str:
        """The end of the log of each process."""
        return "\n".join(
            f"== {name}\n" + log.read_text(errors="replace")[-1500:]
            for name in self.all
            if (log := self.folder / f"{name}.log").exists()
        )


@contextmanager
def running_engines(portal: Portal) -> Iterator[Engines]:
    """A whole portal on a PostgreSQL and a Redis of its own, with what `portal` holds."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))  # not below pytest's folder, which the owner may not enter
    if OWNER:
        shutil.chown(folder, OWNER)
    postgres, redis = _postgres(folder), _redis(folder)
    variables = portal.environment | {
        "DATABASE_URL": f"postgres://portal@127.0.0.1:{postgres.port}/postgres",
        "BROKER_URL": f"redis://127.0.0.1:{redis.port}/0",
    }
    engines = Engines(folder, variables, {"postgres": postgres, "redis": redis})
    try:
        engines.restart_stopped()
        wait_for(lambda: _accepts(engines), f"PostgreSQL\n{engines.logs()}", 60, every=0.2)
        _copy(portal.environment["DATABASE_URL"], variables["DATABASE_URL"])
        _add_portal(engines)
        engines.wait_until_whole()
        yield engines
    finally:
        for engine in reversed(engines.all.values()):
            engine.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _copy(source: str, target: str) -> None:
    dump = [postgres_program("pg_dump"), "--no-owner", "--no-privileges", source]
    load = [postgres_program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-1", target]
    dumped = subprocess.run(dump, capture_output=True, check=True)
    subprocess.run(load, input=dumped.stdout, stdout=subprocess.DEVNULL, check=True)


def _accepts(engines: Engines) -> bool:
    with suppress(Exception):
        return bool(engines.rows("SELECT 1"))
    return False


def _add_portal(engines: Engines) -> None:
    celery = [sys.executable, "-m", "celery", "-A", "smartcity"]
    web = Engine("web", engines.folder, environment=engines.environment)
    web.command = [
        sys.executable, "-m", "gunicorn", "smartcity.wsgi:application", "--bind", f"127.0.0.1:{web.port}",
        "--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket",
    ]  # fmt: skip
    worker = Engine("worker", engines.folder, environment=engines.environment)
    worker.command = [
        *celery, "worker", "-Q", "sheets,books,default", "--concurrency", "1", "--without-gossip", "--without-mingle",
        "-n", "worker@uji",
    ]  # fmt: skip
    beat = Engine("beat", engines.folder, environment=engines.environment)
    beat.command = [*celery, "beat", "--schedule", str(engines.folder / "schedule"), "--pidfile", ""]
    engines.all |= {"web": web, "worker": worker, "beat": beat}
