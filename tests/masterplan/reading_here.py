"""Uploaded workbooks read in this process, which is quicker than to start the limited one that a worker asks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from masterplan.editing import upload_jobs
from smartcity.common.workbooks import reader_process
from smartcity.common.workbooks.limits import Purpose
from smartcity.common.workbooks.reader import Reading, WorkbookUnreadable, grid_of


def read_here(path: Path, purpose: Purpose) -> Reading:
    """What the limited process would tell."""
    try:
        sheets = json.loads(json.dumps(reader_process.read(str(path), purpose)))
    except reader_process.WorkbookRefused as refusal:
        raise WorkbookUnreadable(str(refusal)) from None
    return Reading([grid_of(sheet) for sheet in sheets], 0)


@contextmanager
def reading_here() -> Iterator[None]:
    """Workers read in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upload_jobs, "read_workbook", read_here)
        yield
