"""How wide a text is in the table face at 9 pt, well enough to place it. Exact measuring is the renderer's work."""

from collections.abc import Iterable
from functools import lru_cache

# Advances of the table face at 9 pt, rounded up to half a point; a sign of another face counts as a wide one.
_ADVANCES = {
    sign: width
    for width, signs in (
        (2.3, " ijl"),
        (2.5, "!(),.:I|'"),
        (3.0, ";[]`r{}"),
        (3.5, '"1Jft'),
        (4.5, "/\\z*-?Tsvx"),
        (5.5, "7FLahknuy+2345689<=>EXYZ^_ce~"),
        (6.5, "$ABKPRSVbdgopq&0DHNU"),
        (8.0, "#CwGMOQm"),
        (9.0, "@%W"),
    )
    for sign in signs
}
_WIDEST = 9.0
_SPACE = _ADVANCES[" "]


# Tables have figures of one width; what they leave of a column of yearly targets, in points, by its name in the sheet.
_FIGURE = 5.5
WIDEST_COLUMN = "w-target-most"
_TARGET_COLUMNS = (("w-target", 29.0), ("w-target-wide", 37.0), ("w-target-wider", 46.0), (WIDEST_COLUMN, 57.0))


def target_column(numbers: Iterable[str]) -> str:
    """Name of the narrowest column in which no word of these targets is cut, the widest where none is wide enough."""
    widest = max((figures_width(word) for number in numbers for word in number.split()), default=0.0)
    return next((name for name, room in _TARGET_COLUMNS if widest <= room), WIDEST_COLUMN)


def figures_width(word: str) -> float:
    """Width in points of a number in a table, at 9 pt."""
    return sum(_FIGURE if sign.isdigit() else text_width(sign) for sign in word)


def text_width(text: str, factor: float = 1.0) -> float:
    """Width in points at 9 pt in the table face."""
    return factor * sum(map(_advance, text))


def _advance(sign: str) -> float:
    return _ADVANCES.get(sign, _WIDEST)


def wrap(text: str, width: float) -> list[str]:
    """`text` in lines no wider than `width` points at 9 pt; a word that is too long is cut, never dropped."""
    return list(_wrapped(text, width))


@lru_cache(maxsize=20_000)
def _wrapped(text: str, width: float) -> tuple[str, ...]:
    lines, used = [""], 0.0
    for word in text.split():
        wide = text_width(word)
        joined = used + _SPACE + wide if lines[-1] else wide
        if joined <= width:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
            used = joined
            continue
        if lines[-1]:
            lines.append("")
        used = 0.0
        for sign in word:
            if lines[-1] and used + _advance(sign) > width:
                lines.append("")
                used = 0.0
            lines[-1] += sign
            used += _advance(sign)
    return tuple(lines)
