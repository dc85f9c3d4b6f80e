"""Folders in which background work makes its files: one for each run, below VAR_DIR, where the next sweep finds them.

A worker that is killed with -9 removes nothing; in the temporary folder of the machine what it left would lie for ever.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def _place() -> Path:
    return Path(settings.VAR_DIR) / "work"


@contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder for one run of a task, removed after it."""
    _place().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_place()) as folder:
        yield Path(folder)


def sweep_work_folders() -> int:
    """Remove the folders of killed runs. Returns how many."""
    left = left_behind(_place())
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def left_behind(place: Path) -> list[Path]:
    """What lies in `place` and is older than any task may become, so that no process can still be at work on it."""
    oldest = time.time() - settings.CELERY_TASK_TIME_LIMIT
    return [path for path in place.glob("*") if _touched(path) < oldest]


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # whoever worked on it has just ended
        return time.time()
