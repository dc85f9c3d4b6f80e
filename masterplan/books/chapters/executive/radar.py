"""The weight of each dimension in the plan: a radar of its share of initiatives and money, and the same as tables."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.executive.drawing import at, axis_number, lines, ticks, words
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import wrap
from masterplan.books.chapters.parts import heading_part
from masterplan.books.chapters.sum_columns import sum_column
from masterplan.editions import money
from masterplan.editions.numbering import Numbering
from smartcity.press.parts import Heading, Part

# Points. Names stand outside the circle, in lines no wider than _NAME.
_WIDTH, _RADIUS, _NAME = 261.0, 62.0, 58.0
_LINE, _GAP = 11.0, 9.0
# Fewer axes than these make no surface.
_FEWEST = 3


def radar(plan: Lookup, chapter: str, number: str = "3") -> list[Part]:
    """The radar with the table beside it, and below what each dimension covers."""
    captions = Numbering(number)
    heading = Heading(2, "ringkasan-radar", "", "Bobot setiap dimensi")
    rows = [_row(plan, code) for code in plan.dimensions]
    drawn = len(rows) >= _FEWEST and bool(plan.initiatives)
    totals = _totals(plan)
    context = {
        "figure": captions.figure("Bagian tiap dimensi dalam rencana (persen)") if drawn else None,
        "drawing": _drawing(rows) if drawn else None,
        "shares_caption": captions.table("Bagian dari inisiatif dan anggaran (persen)"),
        "covers_caption": captions.table("Cakupan tiap dimensi dan anggarannya (juta rupiah)"),
        "rows": rows,
        "total_count": len(plan.initiatives),
        "total_budget": money.rounded(money.total(plan.initiatives)),
        "totals": totals,
        "budget_column": sum_column([totals["budget"]], "w-grand"),
    }
    return [heading_part(heading, "print/executive/radar.html", context, chapter, captions)]


def _row(plan: Lookup, code: str) -> dict[str, Any]:
    initiatives, subs = plan.of_dimension(code), plan.dimensions[code]["sub_dimensions"]
    count = selection.share(len(initiatives), len(plan.initiatives))
    amount = selection.share(money.total(initiatives), money.total(plan.initiatives))
    filled = sum(bool(plan.of_sub_dimension(code, sub["key"])) for sub in subs)
    return {
        "code": code,
        "name": plan.dimensions[code]["name"],
        "shares": (count, amount),
        "share": selection.tenths(count),
        "budget_share": selection.tenths(amount),
        "count": len(initiatives),
        "quick_wins": len(selection.quick_wins_of(initiatives)),
        "subs": f"{filled} dari {len(subs)}",
        "programs": len(selection.answered_programs(plan, initiatives)),
        "budget": money.written(money.total(initiatives)),
    }


def _totals(plan: Lookup) -> dict[str, Any]:
    return {
        "count": len(plan.initiatives),
        "quick_wins": len(selection.quick_wins_of(plan.initiatives)),
        "programs": len(selection.answered_programs(plan, plan.initiatives)),
        "budget": money.written(money.total(plan.initiatives)),
    }


def _drawing(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    marks = ticks(max(max(row["shares"]) for row in rows), about=5)
    names = [wrap(row["name"].removeprefix("Smart "), _NAME) for row in rows]
    room = _GAP + 4 + _LINE * max(map(len, names))
    middle = (_WIDTH / 2, room + _RADIUS)
    has_money = any(row["shares"][1] for row in rows)
    return {
        "width": at(_WIDTH),
        "height": at(2 * (room + _RADIUS)),
        "rings": [_polygon([mark] * len(rows), marks[-1], middle) for mark in marks[1:]],
        "scale": words(f"{axis_number(marks[-1])} %", middle[0] + 4, middle[1] - _RADIUS + 3),
        "step": axis_number(marks[1]),
        "axes": [_point(place, len(rows), 1.0, middle) for place in range(len(rows))],
        "x": at(middle[0]),
        "y": at(middle[1]),
        "counts": _polygon([row["shares"][0] for row in rows], marks[-1], middle),
        "dots": _points([row["shares"][0] for row in rows], marks[-1], middle),
        "budgets": _polygon([row["shares"][1] for row in rows], marks[-1], middle) if has_money else "",
        "squares": _points([row["shares"][1] for row in rows], marks[-1], middle) if has_money else [],
        "names": [_name(texts, place, len(rows), middle) for place, texts in enumerate(names)],
        "words": " ".join(
            f"{row['name']}: {row['share']} persen inisiatif, {row['budget_share']} persen anggaran." for row in rows
        ),
    }


def _points(values: Sequence[float], most: float, middle: tuple[float, float]) -> list[dict[str, str]]:
    return [_point(place, len(values), value / most, middle) for place, value in enumerate(values)]


def _polygon(values: Sequence[float], most: float, middle: tuple[float, float]) -> str:
    return " ".join(f"{point['x']},{point['y']}" for point in _points(values, most, middle))


def _point(place: int, count: int, reach: float, middle: tuple[float, float]) -> dict[str, str]:
    """A place on the axis `place` of `count`, the first of which points upwards; `reach` 1 is its end."""
    x, y = _direction(place, count)
    return {
        "x": at(middle[0] + x * reach * _RADIUS),
        "y": at(middle[1] + y * reach * _RADIUS),
        # The corner of a square of five points around it.
        "left": at(middle[0] + x * reach * _RADIUS - 2.5),
        "top": at(middle[1] + y * reach * _RADIUS - 2.5),
    }


def _direction(place: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * place / count - pi / 2
    return cos(angle), sin(angle)


def _name(texts: Sequence[str], place: int, count: int, middle: tuple[float, float]) -> dict[str, Any]:
    """The lines of a name outside the circle, on the side to which its axis points."""
    x, y = _direction(place, count)
    anchor = "middle" if abs(x) < 0.2 else ("start" if x > 0 else "end")
    left, centre = middle[0] + x * (_RADIUS + _GAP), middle[1] + y * (_RADIUS + _GAP)
    # Above the circle the last line is the nearest, below it the first, at its sides the middle of them.
    first = centre + 3 - _LINE * (len(texts) - 1) * (1 - y) / 2 + (3 * y if abs(x) < 0.2 else 0)
    return {"anchor": anchor, "lines": lines(texts, left, first, _LINE)}
