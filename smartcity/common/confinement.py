"""Limits a child process before it reads what came from outside: memory, time, network, end with its parent.

Standard library only, so that a child starts quickly. What the child is for lives with whoever starts it.
"""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
)
# How a confined process may end when it got no memory: without a word, because saying one would need memory.
NO_MEMORY_CODE = 75


def die_with_parent(parent: int) -> None:
    """Be killed when the parent process dies; it may have died before we asked."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def forbid_network() -> None:
    """From here on no code of this process, or of one forked from it, opens a connection or starts a program."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    """An audit hook cannot be taken off again."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"A confined process may not use {event}.")


def limit_memory(megabytes: int, *, largest_file: int) -> None:
    """Address space beyond what is in use now, so that the limit is one on the work, whatever the libraries map.

    `largest_file` is in bytes. No core is dumped.
    """
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    space = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start_clock(*, cpu_seconds: int, wall_seconds: int) -> None:
    """The kernel ends work that takes too long, also in C code: SIGALRM for the clock, SIGXCPU for the CPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    signal.alarm(wall_seconds)
