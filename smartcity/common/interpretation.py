"""What a typed text was understood as, in words for who typed it, and the choice where it can mean several things.

Only said where it says more than the text itself. Reading is the business of `numbers` and `dates`.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypedDict

from smartcity.common.formatting import format_money, format_number, spell_out
from smartcity.common.numbers import Target
from smartcity.common.reading import Ambiguous, Unreadable, tidy

# `1.500` is fifteen hundred here and one and a half in a spreadsheet set to English: the one notation said in words.
_ONE_DOT = re.compile(r"\d{1,3}\.\d{3}")
_TRAILING_ZEROS = re.compile(r"(?<=,)(\d*[1-9])0+(?!\d)")
_FILLING = re.compile(r"^rp\.?|\s|%|persen$")


class Choice(TypedDict):
    """One meaning to choose: the spelling that means only this, and what its button says."""

    spelling: str
    label: str


def echo(text: str, read: Callable[[str], Any], say: Callable[[Any], str]) -> str:
    """What `read` understands of `text`, as `say` puts it; "" where that says no more, or nothing was understood."""
    plain = tidy(text)
    try:
        value = read(plain)
    except Unreadable:
        return ""
    if value is None:
        return ""
    if _ONE_DOT.fullmatch(plain) and isinstance(value, Decimal | Target):
        return spell_out(value if isinstance(value, Decimal) else value.low or 0)
    words = say(value)
    return "" if _bare(words) == _bare(plain) else words


def _bare(text: str) -> str:
    """`text` without what makes no difference to a reader: `1,20` says no more than `1,2`."""
    return _TRAILING_ZEROS.sub(r"\1", _FILLING.sub("", text.casefold()))


def choices(doubt: Ambiguous) -> list[Choice]:
    """The meanings of an ambiguous text, likeliest first; numbers also in words, so that nobody has to count zeros."""
    return [
        {"spelling": reading.spelling, "label": _label(reading.spelling, reading.value)} for reading in doubt.readings
    ]


def _label(spelling: str, value: Any) -> str:
    if isinstance(value, Target):
        value = value.low if value.low == value.high else None
    if isinstance(value, int) and spelling == format_money(value):
        return f"{spelling} ({spell_out(value)} rupiah)"
    if isinstance(value, Decimal) and spelling == format_number(value):
        return f"{spelling} ({spell_out(value)})"
    return spelling
