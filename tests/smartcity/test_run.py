"""`manage.py run` with its real processes: it comes up, tells the truth, and goes down as one."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.processes import free_port
from tests.samples import EMPTY, Samples

# How far the workers of each queue stand back behind the pages.
BACK = {"default": 0, "sheets": 0, "books": 0, "parts": 10}


def environment_of(folder: Path) -> dict[str, str]:
    """What a portal of its own runs under, on SQLite and files."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | {"VAR_DIR": str(folder / "var"), "PORTAL_ENV_FILE": os.devnull, "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def environment(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A portal with its tables made."""
    folder = tmp_path_factory.mktemp("run")
    with samples.portal(folder, kind=EMPTY):
        yield environment_of(folder)


def _heed_ctrl_c() -> None:
    """Whoever starts the tests in the background hands down a SIGINT that is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(environment: dict[str, str], port: int, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """The portal, up and announced; whatever happens it is asked to end."""
    command = [sys.executable, "manage.py", "run", *options, "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Portal berjalan di" in line:
                break
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def relatives(environment: dict[str, str]) -> dict[int, str]:
    """Every living process of this portal, by its VAR_DIR: number -> command line."""
    mark = f"VAR_DIR={environment['VAR_DIR']}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if mark in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # it ended while we looked, or is somebody else's
    return {number: line for number, line in found.items() if line}


def niceness(environment: dict[str, str]) -> dict[str, int]:
    """How far each worker of the portal stands back, by its queue."""
    found: dict[str, int] = {}
    for number, line in relatives(environment).items():
        if queue := re.search(r" -Q (\w+)", line):
            with suppress(ProcessLookupError):  # it ended while we looked
                found[queue[1]] = max(found.get(queue[1], 0), os.getpriority(os.PRIO_PROCESS, number))
    return found


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_on_an_empty_machine_it_comes_up_ready_with_the_sample_and_goes_down_as_one(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(environment, port) as process:
        status, page = fetch(f"{address}/akun/login/")
        assert status == 200
        assert re.search(r"<input[^>]+name=\"login\"", page)
        assert fetch(f"{address}/static/css/portal.css")[0] == 200
        assert eventually(lambda: fetch(f"{address}/readyz")[0] == 200, 20), fetch(f"{address}/readyz")[1]
        assert json.loads(fetch(f"{address}/readyz")[1])["worker"]["heartbeat_age_seconds"] < 60
        mine = os.getpriority(os.PRIO_PROCESS, 0)
        wanted = {queue: min(19, mine + more) for queue, more in BACK.items()}
        assert eventually(lambda: niceness(environment) == wanted, 20), niceness(environment)
        groups = {os.getpgid(number) for number in relatives(environment)}
        assert len(groups) == 7  # the supervisor, web, the workers of mails, books, sheets and parts, clock
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert "Portal berhenti." in output
    assert relatives(environment) == {}


def test_when_the_worker_is_killed_all_end_and_it_is_named(environment: dict[str, str]) -> None:
    with running(environment, free_port(), "--no-demo") as process:
        worker = min(number for number, line in relatives(environment).items() if " worker " in line)
        os.kill(worker, signal.SIGKILL)
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "Proses worker berakhir sendiri (kode -9)" in output
    assert relatives(environment) == {}


def test_when_the_supervisor_is_killed_nobody_stays(environment: dict[str, str]) -> None:
    with running(environment, free_port(), "--no-demo") as process:
        process.kill()
    assert eventually(lambda: relatives(environment) == {}, 30), relatives(environment)


def test_a_taken_port_is_told_before_anything_starts(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done: Any = subprocess.run(
            [sys.executable, "manage.py", "run", "--no-demo", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"run --port {port + 1}" in done.stderr
