"""The curve of an indicator: targets as a broken line, what was reached as dots, in the units of an SVG drawing.

Only geometry and words; the colours are those of the style sheet, the drawing is a template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from masterplan.progress.quarters import Quarter
from smartcity.common.formatting import format_number
from smartcity.common.numbers import exact_target

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 16, 32
# Room above and below the values, as a part of what they span.
_AIR = Decimal("0.1")


@dataclass(frozen=True)
class Dot:
    """A value at its place; `words` says it in full."""

    x: str
    y: str
    words: str


@dataclass(frozen=True)
class AxisMark:
    """A year below the axis, or a value beside it, at its place."""

    at: str
    text: str


@dataclass(frozen=True)
class Curve:
    """What is drawn; `targets` and `reached` are points of broken lines."""

    targets: str
    reached: str
    goals: list[Dot]
    dots: list[Dot]
    years: list[AxisMark]
    values: list[AxisMark]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


def draw(*, baseline: str, targets: Mapping[int, str], reached: Mapping[Quarter, str], unit: str) -> Curve | None:
    """The curve, or None where fewer than two of its values are numbers."""
    goals = [(year, value) for year, text in sorted(targets.items()) if (value := exact_target(text)) is not None]
    told = [(quarter, value) for quarter, text in sorted(reached.items()) if (value := exact_target(text)) is not None]
    begun = exact_target(baseline)
    numbers = [value for _, value in [*goals, *told]] + ([begun] if begun is not None else [])
    years = [year for year, _ in goals] + [quarter.year for quarter, _ in told]
    if len(numbers) < 2 or not years:
        return None
    first, last = min(years), max(years)
    low, high = _bounds(numbers)

    def x(place: Decimal) -> str:
        """Where a moment stands; 0 is the beginning of the first year, 4 its end."""
        return _at(_LEFT + (WIDTH - _LEFT - _RIGHT) * place / ((last - first + 1) * 4))

    def y(value: Decimal) -> str:
        return _at(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - low) / (high - low))

    def dot(place: int, value: Decimal, when: str) -> Dot:
        return Dot(x(Decimal(place)), y(value), f"{when}: {format_number(value)} {unit}".strip())

    marks = [dot(4 * (year - first + 1), value, f"target {year}") for year, value in goals]
    origin = [dot(0, begun, "kondisi awal")] if begun is not None else []
    dots = [dot(4 * (quarter.year - first) + quarter.number, value, quarter.label) for quarter, value in told]
    spoken = [each.words for each in [*origin, *marks, *dots]]
    return Curve(
        targets=" ".join(f"{each.x},{each.y}" for each in [*origin, *marks]),
        reached=" ".join(f"{each.x},{each.y}" for each in dots),
        goals=[*origin, *marks],
        dots=dots,
        years=[AxisMark(x(4 * (year - first) + Decimal(2)), str(year)) for year in range(first, last + 1)],
        values=[AxisMark(y(value), format_number(value, places=2)) for value in sorted({min(numbers), max(numbers)})],
        words="; ".join(spoken),
    )


def _bounds(numbers: list[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value that the drawing has room for."""
    low, high = min(numbers), max(numbers)
    air = (high - low or abs(high) or Decimal(1)) * _AIR
    return low - air, high + air


def _at(value: Decimal) -> str:
    """A coordinate with a decimal point, whatever the language of the page."""
    return f"{value:.1f}"
