"""Plain text as people paste it: cleaned on entry, split into blocks, compared word by word. No HTML here."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from smartcity.common.formatting import format_number
from smartcity.common.reading import Unreadable

BlockKind = Literal["paragraph", "bullets", "numbers"]
Change = Literal["same", "del", "ins"]

# Word's vertical tab and page break, NEL and the Unicode separators all mean "new line" to the person who pasted them.
_NEW_LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Other control characters, lone surrogates, noncharacters, byte order mark, soft hyphen: neither stored nor printed.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]")
# The bullets of Word's symbol fonts lie in the private use area, where no font of a book has a glyph.
_SYMBOL_BULLETS = re.compile(r"[\uf0a7\uf0b7\uf0d8\uf0fc]")

_BULLET = re.compile(r"\s*[-*\u2013\u2022]\s+(\S.*)")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+(\S.*)")

# Where a link written as `[words](address)` leads: not among the words one reads.
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")

# Above this many comparisons a text is shown as replaced whole; fields are far shorter.
_DIFF_LIMIT = 25_000_000

_LONGEST_SEARCH, _MOST_DIGITS = 100, 9


@dataclass(frozen=True)
class TextBlock:
    """A paragraph with its lines, or a list with its items; `numbers` are the items' numbers as written, else empty."""

    kind: BlockKind
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()


def search_words(typed: str) -> str:
    """What somebody looks for: in one line, of at most 100 characters, without NUL, which PostgreSQL refuses."""
    return " ".join(typed.replace("\x00", "").split())[:_LONGEST_SEARCH]


def whole_number(sent: str | None) -> int:
    """A count or an id as an address or a script gives it: plain digits, at most nine; 0 for anything else.

    What people type is read by `numbers`.
    """
    return int(sent) if sent and sent.isascii() and sent.isdecimal() and len(sent) <= _MOST_DIGITS else 0


def clean_text(text: str, limit: int) -> str:
    """`text` with plain newlines, without what cannot be stored or printed, in NFC, stripped.

    Raises Unreadable with the limit and the length when more than `limit` characters remain.
    """
    plain = _UNPRINTABLE.sub("", _NEW_LINES.sub("\n", text))
    plain = unicodedata.normalize("NFC", _SYMBOL_BULLETS.sub("\u2022", plain)).strip()
    if len(plain) > limit:
        length, allowed, surplus = format_number(len(plain)), format_number(limit), format_number(len(plain) - limit)
        raise Unreadable(f"Teks ini {length} karakter, batasnya {allowed}. Ringkas sedikitnya {surplus} karakter.")
    return plain


def blocks(text: str) -> list[TextBlock]:
    """Paragraphs and lists in order: a blank line ends a paragraph, lines that begin with `- ` or `1. ` are lists.

    Blank lines between items do not end a list.
    """
    found: list[TextBlock] = []
    for kind, group in groupby(text.splitlines(), key=_kind_of):
        if kind is None:
            continue
        block = _block(kind, list(group))
        if kind != "paragraph" and found and found[-1].kind == kind:
            before = found.pop()
            block = TextBlock(kind, before.lines + block.lines, before.numbers + block.numbers)
        found.append(block)
    return found


def _block(kind: BlockKind, lines: list[str]) -> TextBlock:
    if kind == "paragraph":
        return TextBlock(kind, tuple(line.strip() for line in lines))
    if kind == "bullets":
        return TextBlock(kind, tuple(match[1].strip() for line in lines if (match := _BULLET.fullmatch(line))))
    matches = [match for line in lines if (match := _NUMBER.fullmatch(line))]
    return TextBlock(kind, tuple(match[2].strip() for match in matches), tuple(int(match[1]) for match in matches))


def _kind_of(line: str) -> BlockKind | None:
    if not line.strip():
        return None
    if _BULLET.fullmatch(line):
        return "bullets"
    return "numbers" if _NUMBER.fullmatch(line) else "paragraph"


def word_diff(old: str, new: str) -> list[tuple[Change, str]]:
    """What became of `old`, word by word; "same" and "del" together give `old`, "same" and "ins" give `new`."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    if len(before) * len(after) > _DIFF_LIMIT:
        return [("del", old), ("ins", new)]
    found: list[tuple[Change, str]] = []
    # White space never anchors a match: it is so frequent that the comparison would become quadratic.
    for tag, i1, i2, j1, j2 in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            found.append(("del", "".join(before[i1:i2])))
        if j2 > j1:
            found.append(("ins", "".join(after[j1:j2])))
    return found


def is_quoted_from(quote: str, text: str) -> bool:
    """Whether the words of `quote` still stand in `text`, whatever white space, marks and links are between them."""
    return _letters(quote) in _letters(text)


def _letters(text: str) -> str:
    return "".join(sign for sign in _LINK_TARGET.sub("]", text).casefold() if sign.isalnum())
