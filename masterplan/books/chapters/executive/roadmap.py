"""The roadmap on one wide page: how many initiatives of each dimension work in each year, and what is promised when."""

from collections.abc import Sequence
from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.executive.drawing import at, lines, words
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import wrap
from masterplan.books.chapters.parts import heading_part
from masterplan.books.chapters.plan.gantt import COLOURS, OWN_COLOUR, OWN_TINT, TINTS, WIDTH
from masterplan.editions.numbering import Numbering
from masterplan.editions.schema import ListedInitiative
from smartcity.press.parts import Heading, Part

# Points. A row holds the line of quick wins, the number, and below it the bar.
_LEFT, _HEAD, _ROW, _SUM_ROW = 150.0, 24.0, 47.0, 16.0
_BAR, _BAR_WIDTH = 20.0, 22.0
_ROWS = 6


def roadmap(plan: Lookup, chapter: str, number: str = "4") -> list[Part]:
    """The picture; a plan with more than six dimensions has a second one for the others."""
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-peta-jalan", "", f"Peta jalan {selection.plan_years(plan)}")
    codes = list(plan.dimensions)
    groups = [codes[start : start + _ROWS] for start in range(0, len(codes), _ROWS)]
    drawn = bool(plan.initiatives) and bool(plan.content["plan"]["years"])
    title = f"Inisiatif yang berjalan setiap tahun {selection.plan_years(plan)} menurut dimensi"
    context = {
        "caption": captions.figure(title) if drawn else None,
        "drawings": [_drawing(plan, group, last=group == groups[-1]) for group in groups] if drawn else [],
        "unplaced": _unplaced(plan),
    }
    return [heading_part(heading, "print/executive/roadmap.html", context, chapter, captions, page="wide")]


def _unplaced(plan: Lookup) -> list[str]:
    """What the picture cannot show, as sentences."""
    without_years = [row["code"] for row in plan.initiatives if selection.working_years(row) is None]
    without_date = [row["code"] for row in selection.quick_wins_of(plan.initiatives) if selection.due_year(row) is None]
    return [
        f"{len(codes)} {what}: {', '.join(codes)}."
        for codes, what in (
            (without_years, "inisiatif belum mempunyai tahun pelaksanaan"),
            (without_date, "quick win belum mempunyai batas waktu"),
        )
        if codes
    ]


def _drawing(plan: Lookup, codes: Sequence[str], *, last: bool) -> dict[str, Any]:
    years = plan.content["plan"]["years"]
    column = (WIDTH - _LEFT) / len(years)
    most = max((_active(plan.of_dimension(code), year) for code in plan.dimensions for year in years), default=1)
    bands = [_band(plan, code, _HEAD + place * _ROW, years, column, max(most, 1)) for place, code in enumerate(codes)]
    bottom = _HEAD + len(codes) * _ROW
    sums = _sums(plan, years, column, bottom) if last else []
    return {
        "width": at(WIDTH),
        "height": at(bottom + len(sums) * _SUM_ROW + 2),
        "bottom": at(bottom),
        "end": at(bottom + len(sums) * _SUM_ROW),
        "column": at(column),
        "years": [
            {
                "year": year,
                "x": at(_LEFT + place * column),
                "middle": at(_LEFT + (place + 0.5) * column),
                "even": place % 2 == 0,
            }
            for place, year in enumerate(years)
        ],
        "bands": bands,
        "sums": sums,
        "words": " ".join([*(band["words"] for band in bands), *(row["words"] for row in sums)]),
    }


def _active(initiatives: Sequence[ListedInitiative], year: int) -> int:
    periods = [period for row in initiatives if (period := selection.working_years(row))]
    return sum(first <= year <= last for first, last in periods)


def _band(plan: Lookup, code: str, top: float, years: Sequence[int], column: float, most: int) -> dict[str, Any]:
    initiatives, name = plan.of_dimension(code), plan.dimensions[code]["name"]
    cells = [
        _cell(initiatives, year, _LEFT + (place + 0.5) * column, top, min(_BAR_WIDTH, column * 0.3), most)
        for place, year in enumerate(years)
    ]
    names = wrap(name, _LEFT - 40)
    told = ", ".join(f"{year} {cell['count']}" for year, cell in zip(years, cells, strict=True))
    return {
        "code": code,
        "colour": COLOURS.get(code, OWN_COLOUR),
        "tint": TINTS.get(code, OWN_TINT),
        "y": at(top),
        "height": at(_ROW),
        "rule": at(top + _ROW),
        "code_y": at(top + 20),
        "names": lines(names, 36, top + 20),
        "count": words(f"{len(initiatives)} inisiatif", 36, top + 20 + 12 * len(names)),
        "cells": cells,
        "words": f"{name}, jumlah inisiatif berjalan: {told}.",
    }


def _cell(
    initiatives: Sequence[ListedInitiative], year: int, middle: float, top: float, width: float, most: int
) -> dict[str, Any]:
    count = _active(initiatives, year)
    height = _BAR * count / most
    promised = sum(selection.due_year(row) == year for row in initiatives)
    # The quick wins stand right of the bar, above it where the column is narrow.
    sign = (middle + width / 2 + 14, top + _ROW / 2) if width == _BAR_WIDTH else (middle - 10, top + 7.0)
    return {
        "count": count,
        "x": at(middle - width / 2),
        "width": at(width),
        "middle": at(middle),
        "bar_y": at(top + _ROW - 3 - height),
        "height": at(height),
        "count_y": at(top + _ROW - 6 - height),
        "promised": promised,
        "diamond": _diamond(*sign),
        "promised_x": at(sign[0] + 8),
        "promised_y": at(sign[1] + 3.3),
    }


def _diamond(x: float, y: float) -> str:
    """The corners of a quick win's sign around a point."""
    return " ".join(f"{at(x + dx)},{at(y + dy)}" for dx, dy in ((0, -5), (5, 0), (0, 5), (-5, 0)))


def _sums(plan: Lookup, years: Sequence[int], column: float, top: float) -> list[dict[str, Any]]:
    periods = [period for row in plan.initiatives if (period := selection.working_years(row))]
    rows = (
        ("Berjalan, semua dimensi", [_active(plan.initiatives, year) for year in years]),
        ("Dimulai", [sum(first == year for first, _ in periods) for year in years]),
        ("Selesai", [sum(last == year for _, last in periods) for year in years]),
        ("Quick win dijanjikan", [sum(selection.due_year(row) == year for row in plan.initiatives) for year in years]),
    )
    return [
        {
            "label": words(label, 10, top + place * _SUM_ROW + 12),
            "y": at(top + place * _SUM_ROW + 12),
            "rule": at(top + (place + 1) * _SUM_ROW),
            "cells": [
                {"count": count, "middle": at(_LEFT + (spot + 0.5) * column)} for spot, count in enumerate(counts)
            ],
            "words": f"{label}: {', '.join(f'{year} {count}' for year, count in zip(years, counts, strict=True))}.",
        }
        for place, (label, counts) in enumerate(rows)
    ]
