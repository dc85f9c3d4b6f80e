"""How wide a text is in the table face at 9 pt, well enough to place it. Exact measuring is the renderer's work."""

from collections.abc import Iterable

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


# Tables have figures of one width; what they leave of a column of yearly targets, in points, by its name in the sheet.
_FIGURE = 5.5
WIDEST_COLUMN = "w-target-most"
_TARGET_COLUMNS = (("w-target", 29.0), ("w-target-wide", 37.0), ("w-target-wider", 46.0), (WIDEST_COLUMN, 57.0))


def target_column(numbers: Iterable[str]) -> str:
    """Name of the narrowest column in which no word of these targets is cut, the widest where none is wide enough."""
    widest = max((_word_width(word) for number in numbers for word in number.split()), default=0.0)
    return next((name for name, room in _TARGET_COLUMNS if widest <= room), WIDEST_COLUMN)


def _word_width(word: str) -> float:
    return sum(_FIGURE if sign.isdigit() else text_width(sign) for sign in word)


def text_width(text: str, factor: float = 1.0) -> float:
    """Width in points at 9 pt in the table face."""
    return factor * sum(_ADVANCES.get(sign, _WIDEST) for sign in text)


def wrap(text: str, width: float) -> list[str]:
    """`text` in lines no wider than `width` points at 9 pt; a word that is too long is cut, never dropped."""
    lines: list[str] = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if lines[-1] and text_width(lines[-1] + sign) > width:
                lines.append("")
            lines[-1] += sign
    return lines
