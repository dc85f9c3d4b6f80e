"""Letters that no typeface has: the page shows a sign for each, and the text keeps the letter.

PDF/UA and PDF/A allow no glyph that means "missing", so such letters are exchanged before the layout. Three invisible
characters after the sign say which letter it was; they become the /ActualText of the line.
"""

import re
from collections.abc import Iterable, Set

SIGN = "\u25a1"
# The variation selectors of plane 14: 240 invisible characters that never part from the one before them.
_FIRST, _COUNT = 0xE0100, 240
_DISGUISED = re.compile(f"{SIGN}([\U000e0100-\U000e01ef])([\U000e0100-\U000e01ef])([\U000e0100-\U000e01ef])")
# White space and the characters that Unicode makes invisible where a typeface lacks them.
_NEVER_SHOWN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def lacking(text: str, covered: Set[int]) -> set[str]:
    """The letters of `text` that should be seen and are not among the code points `covered`."""
    return {letter for letter in set(text) if ord(letter) not in covered and not _NEVER_SHOWN.match(letter)}


def substitutes(letters: Iterable[str]) -> dict[int, str]:
    """For `str.translate`: what stands for each letter; also for the sign itself, so that nobody's own is mistaken."""
    return {ord(letter): _substitute(ord(letter)) for letter in {*letters, SIGN}}


def original_text(text: str) -> str:
    """`text` with the letters that were written, where signs stand for them."""
    return _DISGUISED.sub(_letter, text) if SIGN in text else text


def _substitute(code: int) -> str:
    places = (code // _COUNT**2, code // _COUNT % _COUNT, code % _COUNT)
    return SIGN + "".join(chr(_FIRST + place) for place in places)


def _letter(found: re.Match[str]) -> str:
    first, second, third = (ord(mark) - _FIRST for mark in found.groups())
    code = (first * _COUNT + second) * _COUNT + third
    return chr(code) if code < 0x110000 else found[0]
