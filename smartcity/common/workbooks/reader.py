"""Our side of the reading process: starts it without the machine's secrets, waits, and says why when it was ended.

What happens inside is `child`; what the cells mean is decided by whoever asked.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from smartcity.common.workbooks import limits
from smartcity.common.workbooks.limits import Purpose

_PROJECT = Path(__file__).resolve().parents[3]
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
_OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU)
TOO_SLOW = "Berkas ini terlalu rumit untuk dibaca."


class WorkbookUnreadable(Exception):
    """The workbook was refused; the sentence is for the person who sent it."""


@dataclass(frozen=True)
class Cell:
    """A filled cell. `kind`: s text, n number, p per cent, d date (ISO), t time (1:5, 42:40), b yes or no, f
    formula, e Excel's error.

    `emphasis` of a text: 1 bold, 2 italic, 3 both.
    """

    kind: str
    value: Any
    emphasis: int = 0


@dataclass
class Grid:
    """A sheet as it came: cells by row and column, both counted from 1; and what of it Excel does not show."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    is_hidden: bool = False


@dataclass
class Reading:
    """The sheets of a workbook, and what reading them took."""

    grids: list[Grid]
    peak_memory_mb: int


def read_workbook(path: Path, purpose: Purpose) -> Reading:
    """Read the file in a limited process. Raises Unreadable with a sentence when it is no workbook of a usable size."""
    command = [sys.executable, "-m", "smartcity.common.workbooks.reader_process", str(path), str(os.getpid())]
    command.append(json.dumps(asdict(purpose)))
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ} | {"LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, cwd=_PROJECT, env=environment, capture_output=True, timeout=limits.WALL_SECONDS + 3, check=False
        )
    except subprocess.TimeoutExpired:
        raise WorkbookUnreadable(_too_slow(purpose)) from None
    if done.returncode != 0 or not done.stdout:
        slow = -done.returncode in _OUT_OF_TIME
        raise WorkbookUnreadable(_too_slow(purpose) if slow else _said(done.stderr, purpose))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise WorkbookUnreadable(answer["refused"])
    return Reading([grid_of(sheet) for sheet in answer["sheets"]], answer["peak_memory_mb"])


def _too_slow(purpose: Purpose) -> str:
    return f"{TOO_SLOW} {purpose.advice}"


def _said(errors: bytes, purpose: Purpose) -> str:
    """A reader that was killed or could not start is the file's fault only when memory was the reason."""
    if errors and b"MemoryError" not in errors:
        raise OSError(f"Pembaca buku kerja terhenti. {errors.decode(errors='replace')[-300:]}".strip())
    return _too_slow(purpose)


def grid_of(sheet: dict[str, Any]) -> Grid:
    """A sheet as the child tells it."""
    rows = {number: {column: Cell(*cell) for column, *cell in cells} for number, cells in sheet["rows"]}
    hidden = (sheet["hidden_rows"], sheet["hidden_columns"], sheet["is_hidden"])
    return Grid(sheet["title"], rows, sheet["merged"], *hidden)
