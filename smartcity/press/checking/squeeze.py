"""How texts are compared: one form for each letter, without what typesetting adds."""

import re
import unicodedata

# Dashes and soft hyphens come and go at line ends and list items; white space is the typesetter's.
_IGNORED = re.compile(r"[\s\u00ad\u2010\u2011\u200b\u200e\u200f\u2060\u2063\ufeff-]+")
_IGNORED_ASCII = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f -"))


def squeeze(text: str) -> str:
    """`text` as it is compared: one form for each letter, no white space, no hyphens, no difference of case.

    Decomposed, so that a mark at the beginning of a text does not melt into whatever stands before it on the page.
    """
    if text.isascii():
        return text.translate(_IGNORED_ASCII).lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", _IGNORED.sub("", unicodedata.normalize("NFKD", folded)))
