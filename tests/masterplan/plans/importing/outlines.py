"""A plan as an outline of plain lines, so that a test can write the tree it expects beside the workbook.

A node is `level code text @agency -> program`, set in by its depth; below it `* indicator [unit] awal=.. 2022=.. akhir=..`
and `Rp 2022=..`.
"""

import json
from io import BytesIO
from tempfile import NamedTemporaryFile
from textwrap import dedent
from typing import Any

from openpyxl import Workbook

from masterplan.plans.importing.finding.header import FoundTable
from masterplan.plans.importing.limits import PLANS
from masterplan.plans.importing.mending.corrections import Mends
from masterplan.plans.importing.reading.doubts import Doubts
from masterplan.plans.importing.reading.sheets import propose, read_plan
from masterplan.plans.importing.tree import Document, Measure, NamedAgency, Node, Setting
from smartcity.common.workbooks import child
from smartcity.common.workbooks.reader import Grid, grid_of

UNITS = (
    NamedAgency(1, "Dinas Komunikasi dan Informatika", ("DISKOMINFO", "Diskominfo")),
    NamedAgency(2, "Dinas Pendidikan, Kebudayaan, Kepemudaan dan Olahraga", ("DISDIKBUDPORA",)),
    NamedAgency(3, "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", ("BAPPERIDA",)),
    NamedAgency(4, "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah", ("BARENLITBANGDA",), True, 3),
    NamedAgency(5, "Dinas Pariwisata", ("DINPAR", "Disporapar")),
)
RPJMD = Setting("rpjmd", 2021, 2026, "Kabupaten Semarang", UNITS)
RENSTRA = Setting(
    "renstra",
    2021,
    2026,
    "Kabupaten Semarang",
    UNITS,
    ((71, "2.16.03", "Program Aplikasi Informatika"), (72, "2.16.02", "Program Informasi dan Komunikasi Publik")),
)


def saved(book: Workbook) -> bytes:
    """The file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def grids_of(data: bytes) -> list[Grid]:
    """The sheets as the reading process tells them, read in this one."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        sheets = json.loads(json.dumps(child.read(file.name, PLANS)))
    return [grid_of(sheet) for sheet in sheets]


def read(
    data: bytes, setting: Setting = RPJMD, answers: dict[str, str] | None = None, change: Any = None
) -> tuple[Document, Doubts, list[FoundTable]]:
    """What the portal reads in a file when nobody corrects the columns, or when `change` does."""
    grids, doubts = grids_of(data), Doubts(answers)
    tables = propose(grids, setting)
    if change:
        change(tables)
    return read_plan(grids, tables, setting, doubts), doubts, tables


def read_mended(data: bytes, setting: Setting, mends: Mends) -> Document:
    """What the portal reads in a file some rows of which a person corrected."""
    grids = grids_of(data)
    return read_plan(grids, propose(grids, setting), setting, Doubts(), mends=mends)


def outline(document: Document) -> str:
    """The tree in lines."""
    return "\n".join(line for node in document.nodes for line in _lines(node, 0))


def expected(text: str) -> str:
    """An outline as it is written in a test."""
    return dedent(text).strip("\n").rstrip()


def _lines(node: Node, depth: int) -> list[str]:
    pad = "  " * depth
    agency = f" @{node.agency}" if node.agency else ""
    carried = f" -> {node.carries_out}" if node.carries_out else ""
    said = " ".join(part for part in (node.level, node.code, node.text) if part)
    lines = [f"{pad}{said}{agency}{carried}"]
    lines += [f"{pad}  {_measure(measure)}" for measure in node.indicators]
    if node.ceilings:
        money = " ".join(f"{year}={amount}" for year, amount in sorted(node.ceilings.items()))
        lines.append(f"{pad}  Rp {money}")
    return lines + [line for each in node.children for line in _lines(each, depth + 1)]


def _measure(measure: Measure) -> str:
    parts = [f"* {measure.name}", f"[{measure.unit}]" if measure.unit else ""]
    parts.append(f"awal={measure.baseline}" if measure.baseline else "")
    parts += [f"{year}={text}" for year, text in sorted(measure.targets.items())]
    parts.append(f"akhir={measure.end_condition}" if measure.end_condition else "")
    parts.append(f"({measure.direction})" if measure.direction else "")
    parts.append(f"@{measure.agency}" if measure.agency else "")
    return " ".join(part for part in parts if part)
