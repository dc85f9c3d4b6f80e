"""Prepares plain text from WhatsApp and PDF: its bold becomes marks, and its broken lines are joined.

Called by `richtext`, which also reads HTML.
"""

import re

from smartcity.common.text import blocks

_STAMP = re.compile(r"^\[\d{1,2}[.:]\d{2}(?:[.:]\d{2})?, \d{1,2}/\d{1,2}/\d{2,4}\] [^:\n]{1,60}: ", re.MULTILINE)
_BOLD = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*\\])\*(?![\w*])")
_SLANTED = re.compile(r"(?<![\w\\])([_~])(?=[^\s_~])([^_~\n]{1,500}?)(?<=[^\s_~])\1(?!\w)")

# A line is taken for broken by a page's width when it is nearly as long as the longest, and does not end a sentence.
_PAGE_WIDTH, _NEARLY = 45, 0.7
_ENDS = (".", ":", ";", "!", "?", "|")


def unbroken(text: str) -> str:
    """Cleaned `text` with WhatsApp's bold as ours, without its other marks and stamps, and with whole lines again.

    Marks that are already in it keep their meaning.
    """
    plain = _STAMP.sub("", text)
    return _joined(_SLANTED.sub(r"\2", _BOLD.sub(r"**\1**", plain)))


def _joined(text: str) -> str:
    """The same text with the lines of each paragraph together again that a page's width had put apart."""
    lines = [line.strip() for line in text.splitlines()]
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _goes_on(last, line, widest):
            # A hyphen at the end of a line may belong to the word, as in "sayur-mayur": it is kept.
            joined[-1] += line if re.search(r"\w-$", last) else f" {line}"
        else:
            joined.append(line)
        last = line
    return "\n".join(joined)


def _goes_on(before: str, line: str, widest: int) -> bool:
    if widest < _PAGE_WIDTH or not line or before.endswith(_ENDS):
        return False
    return len(before) >= _NEARLY * widest and [block.kind for block in blocks(line)] == ["paragraph"]
