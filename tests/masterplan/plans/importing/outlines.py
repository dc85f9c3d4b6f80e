"""A plan as an outline of plain lines, so that a test can write the tree it expects beside the workbook.

A node is `level code text @agency -> program`, set in by its depth; below it `* indicator [unit] awal=.. 2022=.. akhir=..`
and `Rp 2022=..`.
"""

from pathlib import Path
from tempfile import NamedTemporaryFile
from textwrap import dedent
from typing import Any

from masterplan.plans.importing.corrections import Corrections
from masterplan.plans.importing.document import FileIndicator, FileNode, PlanContext, PlanDocument
from masterplan.plans.importing.find.heads import FoundTable
from masterplan.plans.importing.limits import PLANS
from masterplan.plans.importing.questions import Questions
from masterplan.plans.importing.read.plan_reader import propose, read_plan
from tests.masterplan.plans.importing.samples import RPJMD
from tests.masterplan.reading_here import read_here


def read(
    data: bytes,
    plan: PlanContext = RPJMD,
    answers: dict[str, str] | None = None,
    change: Any = None,
    corrections: Any = None,
) -> tuple[PlanDocument, Questions, list[FoundTable]]:
    """What the portal reads in a file when nobody corrects columns or rows, or when `change` and `corrections` do."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        grids = read_here(Path(file.name), PLANS).grids
    questions = Questions(answers)
    tables = propose(grids, plan)
    if change:
        change(tables)
    return read_plan(grids, tables, plan, questions, None, Corrections(corrections)), questions, tables


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
    words = " ".join(part for part in (node.level, node.code, node.text) if part)
    lines = [f"{pad}{words}{agency}{carried}"]
    lines += [f"{pad}  {_indicator(each)}" for each in node.indicators]
    if node.ceilings:
        lines.append(f"{pad}  Rp " + " ".join(f"{year}={amount}" for year, amount in sorted(node.ceilings.items())))
    return lines + [line for each in node.children for line in _lines(each, depth + 1)]


def _indicator(one: FileIndicator) -> str:
    parts = [f"* {one.name}", f"[{one.unit}]" if one.unit else "", f"awal={one.baseline}" if one.baseline else ""]
    parts += [f"{year}={text}" for year, text in sorted(one.targets.items())]
    parts.append(f"akhir={one.end_condition}" if one.end_condition else "")
    parts.append(f"({one.direction})" if one.direction else "")
    parts.append(f"@{one.agency}" if one.agency else "")
    return " ".join(part for part in parts if part)
