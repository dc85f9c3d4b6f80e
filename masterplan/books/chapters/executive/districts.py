"""Where initiatives happen: a map of one square for each kecamatan, and under it what happens in each.

No borders are drawn. Squares stand roughly where the regency said, or, while one of them has no place, by the alphabet.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from masterplan.books.chapters.executive.drawing import at, lines
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import wrap
from masterplan.books.chapters.parts import heading_part
from masterplan.editions.numbering import Numbering, span
from masterplan.editions.schema import ListedInitiative
from smartcity.press.parts import Heading, Part

# Points.
_WIDTH, _WIDEST_TILE, _GAP, _LINE = 459.0, 78.0, 4.0, 10.5
_PER_ROW = 6
# A larger plan is told by its numbers: lists of codes would fill a book by themselves.
_MOST_CODES = 150
_BOLD = 1.07
ROUGHLY = "Petak disusun menurut letak kira-kira, bukan batas wilayah."
ALPHABETICAL = "Petak disusun menurut abjad, bukan letak sebenarnya."
# Ground and letters of a square, from none to most; the number in it says the same.
_SHADES = (
    ("#FFFFFF", "#16242C"),
    ("#E4EFF3", "#16242C"),
    ("#9DBECB", "#16242C"),
    ("#2F6F87", "#FFFFFF"),
    ("#093648", "#FFFFFF"),
)

Place = tuple[int, int]


def districts(plan: Lookup, chapter: str, number: str = "6") -> list[Part]:
    """Map and list; nothing for a regency whose districts are not entered."""
    if not plan.districts:
        return []
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-kecamatan", "", "Inisiatif menurut kecamatan")
    placed = _given_places(plan)
    listed = len(plan.initiatives) <= _MOST_CODES
    nowhere = [row for row in plan.initiatives if not row["whole_regency"] and not row["districts"]]
    context = {
        "figure": captions.figure("Jumlah inisiatif yang menyebut setiap kecamatan"),
        "drawing": _drawing(plan, placed or _alphabet(plan)),
        "arrangement": ROUGHLY if placed else ALPHABETICAL,
        "everywhere": sum(bool(row["whole_regency"]) for row in plan.initiatives),
        "caption": captions.table("Inisiatif yang menyebut kecamatan" + ("" if listed else ", menurut dimensi")),
        "listed": listed,
        "dimensions": list(plan.dimensions),
        "rows": [
            _row("Seluruh wilayah", [row for row in plan.initiatives if row["whole_regency"]], plan),
            *(_row(plan.districts[key]["name"], _in(plan, key), plan) for key in _by_name(plan)),
            *([_row("Tempat belum disebut", nowhere, plan)] if nowhere else []),
        ],
    }
    return [heading_part(heading, "print/executive/districts.html", context, chapter, captions)]


def _row(name: str, initiatives: Sequence[ListedInitiative], plan: Lookup) -> dict[str, Any]:
    return {
        "name": name,
        "count": len(initiatives),
        "codes": ", ".join(row["code"] for row in initiatives) or "-",
        "cells": [sum(row["dimension"] == code for row in initiatives) for code in plan.dimensions],
    }


def _by_name(plan: Lookup) -> list[str]:
    return sorted(plan.districts, key=lambda key: plan.districts[key]["name"].casefold())


def _in(plan: Lookup, key: str) -> list[ListedInitiative]:
    """Initiatives that name a district."""
    return [initiative for initiative in plan.initiatives if key in initiative["districts"]]


def _given_places(plan: Lookup) -> dict[str, Place] | None:
    """Column and row of each district, from 0; None unless every one has a place of its own.

    An edition frozen before there were places has none.
    """
    places: dict[str, Place] = {
        key: (column, line)
        for key, row in plan.districts.items()
        if (column := row.get("column")) and (line := row.get("row"))
    }
    if len(set(places.values())) < len(plan.districts):
        return None
    left = min(column for column, _ in places.values())
    top = min(line for _, line in places.values())
    return {key: (column - left, line - top) for key, (column, line) in places.items()}


def _alphabet(plan: Lookup) -> dict[str, Place]:
    return {key: (place % _PER_ROW, place // _PER_ROW) for place, key in enumerate(_by_name(plan))}


def _drawing(plan: Lookup, places: Mapping[str, Place]) -> dict[str, Any]:
    columns = 1 + max(column for column, _ in places.values())
    side = min(_WIDEST_TILE, (_WIDTH + _GAP) / columns - _GAP)
    names = {key: wrap(plan.districts[key]["name"], (side - 8) / _BOLD) for key in places}
    height = 16.5 + _LINE * max(map(len, names.values()))
    counts = {key: len(_in(plan, key)) for key in places}
    bounds = _bounds(max(counts.values()))
    inset = (_WIDTH - columns * (side + _GAP) + _GAP) / 2
    ordered = sorted(places, key=lambda key: (places[key][1], places[key][0]))
    tiles = [
        _tile(
            names[key],
            counts[key],
            bounds,
            (inset + places[key][0] * (side + _GAP), places[key][1] * (height + _GAP) + 0.5),
            (side, height),
        )
        for key in ordered
    ]
    return {
        "width": at(_WIDTH),
        "height": at((1 + max(line for _, line in places.values())) * (height + _GAP)),
        "tiles": tiles,
        "legend": _legend(bounds),
        "words": " ".join(f"{plan.districts[key]['name']} {counts[key]}." for key in ordered),
    }


def _tile(
    name: Sequence[str], count: int, bounds: Sequence[int], corner: tuple[float, float], size: tuple[float, float]
) -> dict[str, Any]:
    fill, ink = _SHADES[_level(count, bounds)]
    return {
        "x": at(corner[0]),
        "y": at(corner[1]),
        "width": at(size[0]),
        "height": at(size[1]),
        "fill": fill,
        "ink": ink,
        "count": count,
        "text_x": at(corner[0] + 5),
        "count_y": at(corner[1] + size[1] - 4.5),
        "lines": lines(name, corner[0] + 5, corner[1] + 10.5, _LINE),
    }


def _bounds(most: int) -> list[int]:
    """The highest numbers of up to four shades, so that each holds about as wide a span."""
    return sorted({ceil(most * quarter / 4) for quarter in range(1, 5)} - {0})


def _level(count: int, bounds: Sequence[int]) -> int:
    """The shade of a number; the darkest is always used."""
    if not count:
        return 0
    place = next(place for place, bound in enumerate(bounds) if count <= bound)
    return len(_SHADES) - len(bounds) + place


def _legend(bounds: Sequence[int]) -> list[dict[str, str]]:
    starts = [1, *(bound + 1 for bound in bounds)]
    found = [{"fill": _SHADES[0][0], "text": "0"}]
    found += [
        {"fill": _SHADES[_level(bound, bounds)][0], "text": span(start, bound)}
        for start, bound in zip(starts, bounds, strict=False)
    ]
    return found
