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

from masterplan.plans.importing.corrections.corrections import Corrections
from masterplan.plans.importing.document import FileIndicator, FileNode, KnownAgency, PlanContext, PlanDocument
from masterplan.plans.importing.find.tables import FoundTable
from masterplan.plans.importing.limits import PLANS
from masterplan.plans.importing.questions import Questions
from masterplan.plans.importing.read.plan_reader import propose, read_plan
from smartcity.common.workbooks import reader_process
from smartcity.common.workbooks.reader import Grid, grid_of

UNITS = (
    KnownAgency(1, "Dinas Komunikasi dan Informatika", ("DISKOMINFO", "Diskominfo")),
    KnownAgency(2, "Dinas Pendidikan, Kebudayaan, Kepemudaan dan Olahraga", ("DISDIKBUDPORA",)),
    KnownAgency(3, "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", ("BAPPERIDA",)),
    KnownAgency(4, "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah", ("BARENLITBANGDA",), True, 3),
    KnownAgency(5, "Dinas Pariwisata", ("DINPAR", "Disporapar")),
)
RPJMD = PlanContext("rpjmd", 2021, 2026, "Kabupaten Semarang", UNITS)
RENSTRA = PlanContext(
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
        sheets = json.loads(json.dumps(reader_process.read(file.name, PLANS)))
    return [grid_of(sheet) for sheet in sheets]


def read(
    data: bytes, setting: PlanContext = RPJMD, answers: dict[str, str] | None = None, change: Any = None
) -> tuple[PlanDocument, Questions, list[FoundTable]]:
    """What the portal reads in a file when nobody corrects the columns, or when `change` does."""
    grids, doubts = grids_of(data), Questions(answers)
    tables = propose(grids, setting)
    if change:
        change(tables)
    return read_plan(grids, tables, setting, doubts), doubts, tables


def read_mended(data: bytes, setting: PlanContext, mends: Corrections) -> PlanDocument:
    """What the portal reads in a file some rows of which a person corrected."""
    grids = grids_of(data)
    return read_plan(grids, propose(grids, setting), setting, Questions(), mends=mends)


def outline(document: PlanDocument) -> str:
    """The tree in lines."""
    return "\n".join(line for node in document.nodes for line in _lines(node, 0))


def expected(text: str) -> str:
    """An outline as it is written in a test."""
    return dedent(text).strip("\n").rstrip()


def _lines(node: FileNode, depth: int) -> list[str]:
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


def _measure(measure: FileIndicator) -> str:
    parts = [f"* {measure.name}", f"[{measure.unit}]" if measure.unit else ""]
    parts.append(f"awal={measure.baseline}" if measure.baseline else "")
    parts += [f"{year}={text}" for year, text in sorted(measure.targets.items())]
    parts.append(f"akhir={measure.end_condition}" if measure.end_condition else "")
    parts.append(f"({measure.direction})" if measure.direction else "")
    parts.append(f"@{measure.agency}" if measure.agency else "")
    return " ".join(part for part in parts if part)
