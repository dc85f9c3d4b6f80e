"""What a parser answers when a text is not simply a value, and the tidying that all parsers share.

The parsers themselves live in `numbers` and `dates`.
"""

import re
import unicodedata
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

MAX_LENGTH = 100
# A pasted page is cut before it is looked at letter by letter; every parser refuses what is left by MAX_LENGTH.
_TOO_LONG_TO_TIDY = 4 * MAX_LENGTH

# Signs that phones, Word and Excel put in place of the plain ones; digits of other scripts are handled by `tidy`.
_LOOK_ALIKES = str.maketrans(
    {
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\uff0d": "-",
        "\uff0c": ",",
        "\uff0e": ".",
        "\uff05": "%",
        "\uff0f": "/",
        "\uff08": "(",
        "\uff09": ")",
        "\u066a": "%",
        "\u066b": ",",
        "\u066c": ".",
        "\u200b": None,
        "\u200e": None,
        "\u200f": None,
        "\ufeff": None,
    }
)
_BLANKS = frozenset(
    {
        "",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "tidak ada",
        "tidak ada data",
        "tidak tersedia",
        "belum ada",
        "belum tersedia",
    }
)


class Interpretation(NamedTuple):
    """One way to understand a text: the value, and the spelling that means only this value."""

    spelling: str
    value: Any


class Unreadable(ValidationError):
    """The text is not a value; `sentence` tells the person who typed it how to write it, with an example.

    A ValidationError, so that a form field or an action may let it pass and the page shows the sentence at the field.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class Ambiguous(Unreadable):
    """The text has a likely meaning that must be asked about, never assumed; `readings` are the likeliest first."""

    def __init__(self, sentence: str, *readings: Interpretation) -> None:
        super().__init__(sentence)
        self.readings = readings

    @property
    def reading(self) -> Any:
        """The proposed value."""
        return self.readings[0].value

    @property
    def spelling(self) -> str:
        """What to put into the field when the proposed value is right."""
        return self.readings[0].spelling


def tidy(text: str) -> str:
    """`text` with ASCII digits and signs and single plain spaces; superscripts and fractions stay, to be refused."""
    if len(text) > _TOO_LONG_TO_TIDY:
        text = text.strip()
        if len(text) > _TOO_LONG_TO_TIDY:
            return text[:_TOO_LONG_TO_TIDY]
    plain = "".join(str(unicodedata.decimal(char, char)) for char in text.translate(_LOOK_ALIKES))
    return re.sub(r"\s+", " ", plain).strip()


def is_blank(tidied: str) -> bool:
    """Whether a tidied text says that there is no value, as plans do with `-`, `N/A` or "tidak ada"."""
    return tidied.casefold() in _BLANKS
