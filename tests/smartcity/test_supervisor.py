"""The supervisor with real processes: they start together, end together, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcity.supervisor import Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]
FALL = [sys.executable, "-c", "import sys, time; print('tidak ada berkas', flush=True); time.sleep(0.3); sys.exit(7)"]
# Starts a grandchild, says its number, and waits.
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys, time; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid,"
    " flush=True); time.sleep(60)",
]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_when_one_falls_all_end_and_it_is_named(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as supervisor:
        sleeper = supervisor.start("web", SLEEP, os.environ)
        supervisor.start("worker", FALL, os.environ)
        ending = supervisor.wait()
    assert ending.child is not None
    assert (ending.child.name, ending.child.process.returncode, ending.code) == ("worker", 7, 1)
    assert ending.child.last_lines() == "tidak ada berkas"
    assert not alive(sleeper.process.pid)


def test_a_stop_signal_ends_all(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as supervisor:
        children = [supervisor.start(name, SLEEP, os.environ) for name in ("web", "worker")]
        os.kill(os.getpid(), signal.SIGTERM)
        ending = supervisor.wait()
    assert (ending.signal_number, ending.child, ending.code) == (signal.SIGTERM, None, 0)
    assert not any(alive(child.process.pid) for child in children)


def test_an_error_in_between_leaves_nobody(tmp_path: Path) -> None:
    started = []

    def begin_and_break() -> None:
        with Supervisor(tmp_path) as supervisor:
            started.append(supervisor.start("web", SLEEP, os.environ))
            raise RuntimeError("rusak")

    with pytest.raises(RuntimeError, match="rusak"):
        begin_and_break()
    assert not alive(started[0].process.pid)


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    with Supervisor(tmp_path, patience=0.5) as supervisor:
        child = supervisor.start("web", STUBBORN, os.environ)
        time.sleep(0.3)
    assert child.process.returncode == -signal.SIGKILL


def test_grandchildren_go_too(tmp_path: Path) -> None:
    with Supervisor(tmp_path) as supervisor:
        child = supervisor.start("web", PARENT, os.environ)
        assert eventually(lambda: child.log.read_text(encoding="ascii").strip() != "")
        grandchild = int(child.log.read_text(encoding="ascii"))
        assert alive(grandchild)
    assert eventually(lambda: not alive(grandchild))


def test_a_killed_supervisor_takes_its_children_along(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from smartcity.supervisor import Supervisor\n"
        f"with Supervisor(Path({str(tmp_path)!r})) as supervisor:\n"
        f"    print(supervisor.start('web', {SLEEP!r}, os.environ).process.pid, flush=True)\n"
        "    supervisor.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert alive(child)
        process.kill()
    assert eventually(lambda: not alive(child))


def test_the_former_log_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with Supervisor(tmp_path) as supervisor:
            supervisor.start("worker", FALL, os.environ)
            supervisor.wait()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["worker.log", "worker.log.1"]
