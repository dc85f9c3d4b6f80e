"""The rounds of bimtek that a regency can begin from: stages with agenda and expected outputs, as reference data.

A round is a model and no schedule: it has no dates. Making stages of one is the business of
`workshops.actions.workshops`.
"""

import json
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from smartcity.common.times import parse_time

FOLDER = Path(__file__).resolve().parents[1] / "reference_data" / "workshop_rounds"

Row = dict[str, Any]


@dataclass(frozen=True)
class StageModel:
    """One stage: the columns of a workshop, and agenda and outputs as `workshops.actions.workshops` takes them."""

    stage: str
    title: str
    agenda: str
    expected_output: str
    agenda_items: tuple[Row, ...]
    outputs: tuple[Row, ...]


@dataclass(frozen=True)
class Round:
    """Stages in their order."""

    key: str
    name: str
    note: str
    stages: tuple[StageModel, ...]


@cache
def rounds() -> dict[str, Round]:
    """Every round by its key, the one with the most stages first."""
    found = [_read(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.json"))]
    return {each.key: each for each in sorted(found, key=lambda each: -len(each.stages))}


def _read(data: Row) -> Round:
    return Round(data["key"], data["name"], data["note"], tuple(_stage(row) for row in data["stages"]))


def _stage(row: Row) -> StageModel:
    return StageModel(
        stage=row["stage"],
        title=row["title"],
        agenda=row["content"],
        expected_output="\n".join(f"- {line}" for line in row["expected"]),
        agenda_items=tuple(item | {"start": _time(item["start"]), "end": _time(item["end"])} for item in row["agenda"]),
        outputs=tuple(row["outputs"]),
    )


def _time(text: str) -> time:
    found = parse_time(text)
    if found is None:
        raise ValueError("An item of a round has no time.")
    return found
