"""The money by source and year: stacked bars that differ by their hatching, and the same in figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.executive.drawing import at, axis_number, ticks, words
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.books.chapters.plan.roadmap import budget_table
from masterplan.books.chapters.plan.sheet import years_of
from masterplan.editions import money
from masterplan.editions.numbering import Numbering, year_groups
from smartcity.press.parts import Heading, Part

# Points.
_WIDTH, _LEFT, _TOP, _HEIGHT, _FOOT = 459.0, 46.0, 22.0, 200.0, 20.0
_BARS, _BAR_WIDTH = 10, 46.0
_UNITS = ((10**12, "triliun rupiah"), (10**9, "miliar rupiah"), (10**6, "juta rupiah"))
# Ground and hatching of the sources, the largest first: light and dark take turns, and no two are hatched alike.
_FILLS = (
    ("#0E4C63", ""),
    ("#E4EFF3", "rising"),
    ("#9DBECB", ""),
    ("#FFFFFF", "level"),
    ("#4A5A64", "dots"),
    ("#FFF3D6", "falling"),
    ("#E8EEF1", "upright"),
    ("#FFFFFF", "grid"),
)

Sources = Sequence[tuple[str, Mapping[int, int]]]


def budget(plan: Lookup, chapter: str, number: str = "5") -> list[Part]:
    """The bars, ten years in a picture, and the table."""
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-anggaran", "", "Anggaran menurut sumber dana")
    sources, everything = selection.by_source(plan), money.yearly(plan.initiatives)
    years = years_of(plan, everything)
    context = {
        "total": money.exact(sum(everything.values())),
        "count": len(plan.initiatives),
        "span": selection.plan_years(plan),
        "sources": len(sources),
        "figure": captions.figure("Anggaran menurut tahun dan sumber dana") if sources else None,
        "drawings": [_drawing(sources, group, max(everything.values())) for group in year_groups(years, _BARS)]
        if sources
        else [],
        "legend": _legend(sources),
        "table": budget_table(
            captions.table("Anggaran menurut sumber dana (juta rupiah)"),
            "Sumber dana",
            [(label, "", sums) for label, sums in sources],
            years,
            everything,
        )
        if sources
        else None,
    }
    return [heading_part(heading, "print/executive/budget.html", context, chapter, captions)]


def _drawing(sources: Sources, years: Sequence[int], most: int) -> dict[str, Any]:
    """Bars of `years` on an axis that reaches to `most`, the highest of all years."""
    scale, unit = next(((scale, unit) for scale, unit in _UNITS if most >= scale), (1, "rupiah"))
    marks = ticks(most / scale)
    column = (_WIDTH - _LEFT) / len(years)
    bars = [
        _bar(sources, year, _LEFT + (place + 0.5) * column, min(_BAR_WIDTH, column * 0.7), scale, marks[-1])
        for place, year in enumerate(years)
    ]
    bottom = _TOP + _HEIGHT
    return {
        "width": at(_WIDTH),
        "height": at(bottom + _FOOT),
        "left": at(_LEFT),
        "bottom": at(bottom),
        "year_y": at(bottom + 14),
        "unit": words(unit[:1].upper() + unit[1:], 0, 9),
        "marks": [
            {
                "y": at(bottom - _HEIGHT * mark / marks[-1]),
                "text": axis_number(mark),
                "text_y": at(bottom - _HEIGHT * mark / marks[-1] + 3),
            }
            for mark in marks
        ],
        "label_x": at(_LEFT - 6),
        "bars": bars,
        "words": " ".join(bar["words"] for bar in bars),
    }


def _bar(sources: Sources, year: int, middle: float, width: float, scale: int, most: float) -> dict[str, Any]:
    bottom, pieces = _TOP + _HEIGHT, []
    top = bottom
    for place, (_, sums) in enumerate(sources):
        height = _HEIGHT * sums.get(year, 0) / scale / most
        if height:
            top -= height
            pieces.append(_piece(place, middle - width / 2, top, width, height))
    total = sum(sums.get(year, 0) for _, sums in sources)
    told = ", ".join(f"{label} {money.rounded(sums[year])}" for label, sums in sources if sums.get(year))
    return {
        "year": year,
        "middle": at(middle),
        "pieces": pieces,
        "total": selection.tenths(total / scale) if total else "-",
        "total_y": at(top - 4),
        "words": f"{year}: {money.rounded(total)} ({told})." if total else f"{year}: belum ada anggaran.",
    }


def _legend(sources: Sources) -> list[dict[str, Any]]:
    whole = sum(sum(sums.values()) for _, sums in sources)
    return [
        {
            "label": label,
            "share": selection.tenths(selection.share(sum(sums.values()), whole)),
            "piece": _piece(place, 0.5, 0.5, 22.0, 11.0),
        }
        for place, (label, sums) in enumerate(sources)
    ]


def _piece(place: int, x: float, y: float, width: float, height: float) -> dict[str, str]:
    """A rectangle of one source with its ground and the path of its hatching."""
    fill, hatching = _FILLS[place % len(_FILLS)]
    return {
        "x": at(x),
        "y": at(y),
        "width": at(width),
        "height": at(height),
        "fill": fill,
        "hatching": _HATCHINGS[hatching](x, y, width, height) if hatching else "",
        "ink": "#FFFFFF" if hatching == "dots" else "#0E4C63",
    }


def _steps(start: float, end: float, step: float = 4.0) -> list[float]:
    return [start + step * number for number in range(1, int((end - start) / step) + 1)]


def _level(x: float, y: float, width: float, height: float) -> str:
    return " ".join(f"M{at(x)} {at(at_y)} H{at(x + width)}" for at_y in _steps(y, y + height))


def _upright(x: float, y: float, width: float, height: float) -> str:
    return " ".join(f"M{at(at_x)} {at(y)} V{at(y + height)}" for at_x in _steps(x, x + width))


def _grid(x: float, y: float, width: float, height: float) -> str:
    return f"{_level(x, y, width, height)} {_upright(x, y, width, height)}".strip()


def _dots(x: float, y: float, width: float, height: float) -> str:
    spots = [(at_x, at_y) for at_y in _steps(y, y + height) for at_x in _steps(x, x + width)]
    return " ".join(f"M{at(at_x - 0.6)} {at(at_y - 1)} h1.2" for at_x, at_y in spots)


def _falling(x: float, y: float, width: float, height: float) -> str:
    """Lines downwards to the right, cut at the rectangle's edges."""
    found = []
    for offset in _steps(-height, width, 6.0):
        start, end = max(offset, 0.0), min(offset + height, width)
        if end > start:
            found.append(f"M{at(x + start)} {at(y + start - offset)} L{at(x + end)} {at(y + end - offset)}")
    return " ".join(found)


def _rising(x: float, y: float, width: float, height: float) -> str:
    """Lines upwards to the right, cut at the rectangle's edges."""
    found = []
    for offset in _steps(0.0, width + height, 6.0):
        start, end = max(offset - height, 0.0), min(offset, width)
        if end > start:
            found.append(f"M{at(x + start)} {at(y + offset - start)} L{at(x + end)} {at(y + offset - end)}")
    return " ".join(found)


_HATCHINGS = {
    "level": _level,
    "upright": _upright,
    "grid": _grid,
    "dots": _dots,
    "falling": _falling,
    "rising": _rising,
}
