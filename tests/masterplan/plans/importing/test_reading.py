"""Plans are read by the same confined process as other workbooks, with bounds of their own; formulas as they were seen."""

import re
import time

import pytest
from openpyxl import Workbook

from masterplan.plans.importing.limits import PLANS
from smartcity.common.workbooks.reader import Cell, Reading, WorkbookUnreadable, read_workbook
from tests.masterplan.initiatives.workbook.hostile import REFUSED, changed
from tests.masterplan.plans.importing.samples import sample, saved

MOST_SECONDS, MOST_MEMORY_MB = 20, 300
HOSTILE = {
    "far cell": "XFD1048576",
    "inflates": "terlalu besar",
    "ten thousand rows": "lebih dari 8.000 baris",
    "a row of a million cells": "terlalu|jauh di luar",
    "entities": "rusak",
    "a number of 100,000 digits": "rusak|terlalu",
}


def read(data: bytes, folder: object) -> Reading:
    """Through the real process."""
    path = folder / "rencana.xlsx"  # type: ignore[operator]
    path.write_bytes(data)
    return read_workbook(path, PLANS)


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_plans_are_refused_in_time(name: str, tmp_path: object) -> None:
    started = time.monotonic()
    with pytest.raises(WorkbookUnreadable, match=HOSTILE[name]) as refusal:
        read(REFUSED[name][0](sample("basic/several_sheets").data), tmp_path)
    assert time.monotonic() - started < 3 * MOST_SECONDS  # for a busy machine
    assert "buku kerja baru dari portal" not in str(refusal.value), "a plan has no workbook of the portal"


def test_a_workbook_as_full_as_it_may_be_is_read_within_bounds(tmp_path: object) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Penuh")
    for number in range(6_000):
        sheet.append([f"Uraian program nomor {number}", *([number * 1_000 + 0.5] * 40)])
    reading = read(saved(book), tmp_path)
    assert len(reading.grids[0].rows) == 6_000
    assert reading.peak_memory_mb < MOST_MEMORY_MB


def test_what_excel_hides_and_how_texts_stand_out_is_told(tmp_path: object) -> None:
    shown, hidden = (
        read(sample("office/bold_and_italic").data, tmp_path).grids[0],
        read(sample("regulation/indicators_beside").data, tmp_path).grids[1],
    )
    assert (shown.hidden_rows, shown.hidden_columns, shown.is_hidden) == ([8], [8], False)
    assert [shown.rows[row][2].emphasis for row in range(5, 10)] == [1, 1, 2, 2, 1]
    assert hidden.is_hidden


def test_a_formula_counts_as_what_it_showed(tmp_path: object) -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"] = "=1+1", "=2+2"
    shown = re.compile(rb"(<f>1\+1</f>)<v ?/?>(?:</v>)?")
    data = changed(saved(book), "xl/worksheets/sheet1.xml", lambda xml: shown.sub(rb"\1<v>2</v>", xml))
    rows = read(data, tmp_path).grids[0].rows
    assert (rows[1][1], rows[2][1]) == (Cell("n", 2), Cell("f", "=2+2"))
