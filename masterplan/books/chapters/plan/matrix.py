"""The alignment matrix cut into pages: initiatives as columns, RPJMD programs as rows under their missions."""

from dataclasses import dataclass
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import wrap
from masterplan.editions.schema import FrozenProgram, ListedInitiative

SHOWN_STATES = ("accepted", "proposed")
TEMPLATE = "print/matrix.html"
# Tables in one part: a table of marks takes a render process more memory than any other page.
MOST = 8

# A dimension's name needs two columns; over a single one its code stands instead.
_COLUMNS_FOR_A_NAME = 2
# Points: a column, and what heading and caption take on the first page.
_COLUMN, _SUM, _PADDING = 36.6, 42.5, 7.0
_LINE, _ROW_SPACE, _GROUP_SPACE = 11.6, 3.8, 5.0
_BOLD = 1.07
_FIRST_PAGE_LESS = 62.0


@dataclass(frozen=True)
class MatrixPage:
    """A wide page in points: its width, what head, totals and legend leave for rows, and the columns that fit."""

    width: float
    room: float
    columns: int


A4 = MatrixPage(739.0, 410.0, 13)
A3 = MatrixPage(1088.0, 656.0, 22)


def pages(plan: Lookup, paper: MatrixPage = A4) -> list[dict[str, Any]]:
    """Tables of as many initiatives as `paper` has columns, fewer where their programs would not fit on one page.

    Each lists the programs that one of its initiatives is linked to, the last one also the programs without any, so
    that every program and every initiative is found and no page is an empty grid.
    """
    groups: list[list[ListedInitiative]] = []
    for initiative in plan.initiatives:
        room = paper.room - (_FIRST_PAGE_LESS if len(groups) < 2 else 0)
        if not groups or len(groups[-1]) == paper.columns or _height(plan, [*groups[-1], initiative], paper) > room:
            groups.append([])
        groups[-1].append(initiative)
    return [_page(plan, group, last=place == len(groups)) for place, group in enumerate(groups or [[]], 1)]


def _height(plan: Lookup, columns: list[ListedInitiative], paper: MatrixPage) -> float:
    """Points that the mission and program rows of these initiatives take."""
    ids = {column["id"] for column in columns}
    name_width = paper.width - len(columns) * _COLUMN - _SUM - _PADDING
    height = 0.0
    for mission, programs in plan.missions():
        rows = [program for program in programs if _belongs(plan, program, ids, last=False)]
        if rows:
            height += _GROUP_SPACE + _LINE * len(
                wrap(f"Misi {mission['code']}. {mission['text']}", paper.width / _BOLD)
            )
        for program in rows:
            height += _ROW_SPACE + _LINE * len(wrap(f"{program['code']} {program['text']}", name_width))
    return height


def _page(plan: Lookup, columns: list[ListedInitiative], last: bool) -> dict[str, Any]:
    ids = {column["id"] for column in columns}
    missions = []
    for mission, programs in plan.missions():
        rows = [_row(plan, program, columns) for program in programs if _belongs(plan, program, ids, last)]
        if rows:
            missions.append({"mission": mission, "rows": rows})
    sums = [_column_sum(plan, column) for column in columns]
    return {
        "dimensions": _heads(plan, columns),
        "columns": columns,
        "missions": missions,
        "sums": sums,
        "total": sum(sums),
        "span": len(columns) + 2,
    }


def _belongs(plan: Lookup, program: FrozenProgram, ids: set[str], last: bool) -> bool:
    pairs = plan.answering(program["id"], *SHOWN_STATES)
    return any(initiative["id"] in ids for initiative, _ in pairs) or (last and not pairs)


def _row(plan: Lookup, program: FrozenProgram, columns: list[ListedInitiative]) -> dict[str, Any]:
    states: dict[str, str] = {}
    pairs = plan.answering(program["id"], *SHOWN_STATES)
    for initiative, link in pairs:
        if states.get(initiative["id"]) != "accepted":
            states[initiative["id"]] = link["state"]
    return {
        "program": program,
        "cells": [states.get(column["id"], "") for column in columns],
        "total": len(states),
    }


def _column_sum(plan: Lookup, initiative: ListedInitiative) -> int:
    linked = {link["element_id"] for link in initiative["links"] if link["state"] in SHOWN_STATES}
    return len(linked & plan.programs.keys())


def _heads(plan: Lookup, columns: list[ListedInitiative]) -> list[dict[str, Any]]:
    heads: list[dict[str, Any]] = []
    for column in columns:
        code = column["dimension"]
        if not heads or heads[-1]["code"] != code:
            heads.append({"code": code, "name": code, "span": 0})
        heads[-1]["span"] += 1
        if heads[-1]["span"] >= _COLUMNS_FOR_A_NAME and code in plan.dimensions:
            heads[-1]["name"] = plan.dimensions[code]["name"].removeprefix("Smart ")
    return heads
