"""The labelled set: drafts as agencies type them at first, and the programs a planner accepts for each.

It measures suggestions and is kept apart from tuning: no word list or weight may be changed to please one of its drafts.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masterplan.reference import PlanKind

_FILE = Path(__file__).with_name("labelled_programs.json")

Pair = tuple[str, str]  # kind of the plan, code of the program in it


@dataclass(frozen=True)
class Draft:
    """`rpjmd` and `renstra` are codes of programs; `lead_agency` is a short name or "Kecamatan X"."""

    name: str
    problem: str
    lead_agency: str
    sub_dimension: str
    rpjmd: list[str]
    renstra: list[str]

    @property
    def pairs(self) -> list[Pair]:
        """The programs a planner accepts."""
        return [(PlanKind.RPJMD.value, code) for code in self.rpjmd] + [
            (PlanKind.RENSTRA.value, code) for code in self.renstra
        ]


def labelled_drafts() -> list[Draft]:
    """All of them, in the order of the file."""
    rows: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return [Draft(**row) for row in rows]
