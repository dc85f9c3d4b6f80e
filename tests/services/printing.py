"""A portal that prints small plans, seen from outside: what to ask it, and which of its processes render."""

import os
from pathlib import Path
from typing import Any

from tests.processes import Portal


def small(portal: Portal, call: str) -> Any:
    """What a function of `small_plans` says."""
    return portal.ask(f"__import__('tests.services.small_plans', fromlist=['x']).{call}")


def group(pid: int) -> list[int]:
    """The processes of a group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == pid:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


def render_children(worker_pid: int) -> list[int]:
    """Processes that render parts, anywhere below the worker's group, the eldest first."""
    return [pid for pid in sorted(group(worker_pid)) if b"smartcity.press.child" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it ended while we looked
        return b""
