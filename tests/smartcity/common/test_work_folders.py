"""Folders of background work: gone after each run, and swept when the run was killed, never while one may still live."""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from masterplan import tasks
from smartcity.common.storage.work_folders import sweep_work_folders, work_folder


def left_behind(var: Path, *, seconds_ago: float) -> Path:
    """What a run leaves that was killed so long ago."""
    with work_folder() as folder:
        (folder / "gambar").mkdir()
        (folder / "gambar" / "peta.png").write_bytes(b"png")
        copy = Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-mati")))
    born = time.time() - seconds_ago
    os.utime(copy, (born, born))
    assert copy.parent.parent == var
    return copy


def test_a_run_leaves_nothing(settings: Any) -> None:
    with work_folder() as one, work_folder() as other:
        (one / "buku.pdf").write_bytes(b"%PDF-")
        assert one != other
    assert [*(settings.VAR_DIR / "work").iterdir()] == []


def test_what_a_killed_run_left_is_swept_once_no_task_can_be_so_old(settings: Any) -> None:
    settings.CELERY_TASK_TIME_LIMIT = 100
    old, young = (left_behind(settings.VAR_DIR, seconds_ago=age) for age in (110, 90))
    with work_folder() as alive:
        assert sweep_work_folders() == 1
        assert (old.exists(), young.exists(), alive.exists()) == (False, True, True)


def test_nothing_is_left_to_sweep() -> None:
    assert sweep_work_folders() == 0


@pytest.mark.django_db
def test_the_clock_sweeps(settings: Any) -> None:
    old = left_behind(settings.VAR_DIR, seconds_ago=settings.CELERY_TASK_TIME_LIMIT + 10)
    tasks.sweep_jobs()
    assert not old.exists()
