"""Coordinates and letters for the drawings of Buku 3, ready for SVG attributes. What is drawn is not known here."""

from collections.abc import Sequence
from decimal import Decimal

from masterplan.books.chapters.plan.gantt import word_spacing
from smartcity.common.numbers import format_number

# A step of an axis is one of these times a power of ten.
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def at(value: float) -> str:
    """A coordinate with one decimal, whatever the locale."""
    return f"{value:.1f}"


def words(text: str, x: float, y: float) -> dict[str, str]:
    """One line of text with its place, and the space between its words that the typeface lacks."""
    return {"text": text, "x": at(x), "y": at(y), "dx": word_spacing(text)}


def lines(texts: Sequence[str], x: float, y: float, height: float = 11.0) -> list[dict[str, str]]:
    """Lines of text one below the other, the first on the baseline `y`."""
    return [words(text, x, y + place * height) for place, text in enumerate(texts)]


def axis_number(value: float) -> str:
    """A mark of an axis: `20`, `2,5`."""
    return format_number(Decimal(str(round(value, 4))))


def ticks(most: float, about: int = 4) -> list[float]:
    """The marks of an axis from 0 to at least `most`, in round steps, about so many of them."""
    rough = max(most, 1e-9) / about
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    step = next(factor * power for factor in _STEPS if factor * power >= rough * 0.999)
    count = 1
    while step * count < most * 0.999:
        count += 1
    return [step * place for place in range(count + 1)]
