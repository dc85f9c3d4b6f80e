"""Reading a workbook for the master plan, and what such a reading consists of."""

from pathlib import Path

from masterplan.sheets.limits import INITIATIVES
from smartcity.common.workbooks import reader
from smartcity.common.workbooks.limits import Purpose
from smartcity.common.workbooks.reader import Cell, Grid, Reading, Unreadable, grid_of

__all__ = ["Cell", "Grid", "Reading", "Unreadable", "grid_of", "read_workbook"]


def read_workbook(path: Path, purpose: Purpose = INITIATIVES) -> Reading:
    """The sheets of the file, read in a limited process.

    Raises Unreadable with a sentence when it is no workbook of a usable size.
    """
    return reader.read_workbook(path, purpose)
