"""Runs a few processes as one: they start together, end together, and none outlives the supervisor.

Each process has its own group, so that a stop reaches what it started too. What is run is decided by the `run` command.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from smartcity.common.confinement import PR_SET_PDEATHSIG

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """A running process and where its output goes."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def last_lines(self, count: int = 15) -> str:
        """The end of its output, to show why it ended."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


@dataclass(frozen=True)
class Ending:
    """Why the supervisor stopped: a signal, or a child that ended by itself."""

    signal_number: int | None = None
    child: Child | None = None

    @property
    def code(self) -> int:
        """Exit code of the whole: 0 after a requested stop, 1 when a child fell."""
        return 1 if self.child else 0


class Supervisor:
    """Starts processes, watches them, and ends all when one ends or a stop is asked for."""

    def __init__(self, log_folder: Path, patience: float = 15) -> None:
        """`patience`: seconds a process gets to end by itself before it is killed."""
        self.log_folder = log_folder
        self.patience = patience
        self.children: list[Child] = []
        self._asked: int | None = None
        self._former: dict[int, Any] = {}
        log_folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "Supervisor":
        """From here on a stop signal is noted instead of ending the process at once."""
        wanted = [number for number in _STOP_SIGNALS if signal.getsignal(number) != signal.SIG_IGN]  # nohup ignores one
        self._former = {number: signal.signal(number, self._note) for number in wanted}
        return self

    def __exit__(self, *exc: object) -> None:
        """Whatever happened: no child is left."""
        self.stop()
        for number, former in self._former.items():
            signal.signal(number, former)

    @property
    def stop_asked(self) -> bool:
        """Whether a stop signal has come."""
        return self._asked is not None

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Start `command` in its own process group; its output goes to <name>.log, the former one to <name>.log.1."""
        log = self.log_folder / f"{name}.log"
        if log.exists():
            log.replace(log.with_name(f"{name}.log.1"))
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def fallen(self) -> Child | None:
        """The first child that has ended, or None while all run."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def wait(self, every: float = 0.2) -> Ending:
        """Block until a stop is asked for or a child ends, then end all of them."""
        while not self.stop_asked and not self.fallen():
            time.sleep(every)
        ending = Ending(self._asked, None if self.stop_asked else self.fallen())
        self.stop()
        return ending

    def stop(self) -> None:
        """Ask every process to end, give them time, kill what is left of their groups."""
        for child in self.children:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + self.patience
        for child in self.children:
            with suppress(subprocess.TimeoutExpired):  # then it is killed
                child.process.wait(max(0.1, deadline - time.monotonic()))
            _kill_group(child.process.pid)
            child.process.wait()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked = number


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError):  # nobody left
        os.killpg(pid, signal.SIGKILL)


def _die_with(parent: int) -> Any:
    """What a child does before it becomes its command: ask the kernel for a SIGTERM when the supervisor dies."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died between the fork and the call above
            os._exit(1)

    return prepare
