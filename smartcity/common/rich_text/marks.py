"""The light marks of rich text: `**tebal**`, lists, tables, links, and how a mark is written that is none.

Reading and writing of text with marks, no HTML. `richtext` turns HTML into it, `markup` turns it into HTML, and
static/js/marks.js speaks the same grammar in the browser; tests/smartcity/common/marks_cases.json binds the three.

A backslash before `*`, `[`, `]` or `|` takes its meaning away; anywhere else it is a backslash, so that a path such as
`\\\\server\\data` stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from smartcity.common.text import TextBlock, blocks

MAX_ADDRESS = 500
# What a link to something of the plan itself begins with. `markup` gives it an address: pages and books differ in that.
REFERENCE = "rujuk:"

_WHITE = re.compile(r"\s+")
_RULE = re.compile(r":?-{3,}:?")
# Only what can stand in an address and cannot be taken for a mark; anything else is written with per cent signs.
_ADDRESS = rf"(?:(?:https://|mailto:)[!#-'*-;=?-Z^-{{}}~]+|{REFERENCE}[A-Za-z0-9-]+)"
_IS_ADDRESS = re.compile(_ADDRESS)
_SAFE = "!#$%&'*+,-./:;=?@_~^`{}"
# An odd number of backslashes before a mark: the last one takes its meaning away. Of an even number half are meant.
_ODD, _EVEN = r"(?:\\\\)*\\[*\[\]|]", r"(?:\\\\)+(?=[*\[\]|])"
_LABEL = rf"(?:{_ODD}|(?:\\\\)+(?=[\]*|])|\\+(?![\\*\[\]|])|[^\[\]\\])+"
_TOKEN = re.compile(
    rf"(?P<escape>(?<!\\)(?:{_ODD}|{_EVEN}))|(?P<bold>\*\*)|\[(?P<label>{_LABEL})\]\((?P<address>{_ADDRESS})\)"
)
_BACKSLASHES = re.compile(rf"(?<!\\)(?:{_ODD}|{_EVEN})")


@dataclass(frozen=True)
class Run:
    """Words of one look: bold or not, linked to `link` or not."""

    text: str
    bold: bool = False
    link: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class RichBlock:
    """A paragraph with its lines, a list with its items, or a table with its rows of cells; the first row is the head.

    `numbers` are the items' numbers as written, else empty.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    numbers: tuple[int, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


# Reading --------------------------------------------------------------------------------------------------------------


def parse(text: str) -> list[RichBlock]:
    """The blocks of a text with marks, in order."""
    found: list[RichBlock] = []
    for block in blocks(text):
        if block.kind == "paragraph":
            found += _paragraph(block)
        else:
            found.append(RichBlock(block.kind, tuple(map(runs, block.lines)), block.numbers))
    return found


def _paragraph(block: TextBlock) -> Iterator[RichBlock]:
    """A paragraph, or the tables and paragraphs that its lines really are."""
    for is_row, group in groupby(block.lines, key=_is_row):
        lines = list(group)
        rows = _rows(lines) if is_row else ()
        # One cell alone, or strokes without a word between them, are no table: they are kept as typed.
        if sum(map(len, rows)) > 1 and any(cell for row in rows for cell in row):
            yield RichBlock("table", rows=rows)
        else:
            yield RichBlock("paragraph", tuple(map(runs, lines)))


def _is_row(line: str) -> bool:
    """Whether the line begins with a stroke and ends with another one that means something."""
    inner = line[1:-1]
    escapes = len(inner) - len(inner.rstrip("\\"))
    return len(line) > 1 and line[0] == line[-1] == "|" and escapes % 2 == 0


def _rows(lines: list[str]) -> tuple[tuple[Line, ...], ...]:
    cells = [_cells(line) for line in lines]
    if len(cells) > 1 and all(map(_RULE.fullmatch, cells[1])):
        del cells[1]  # the rule that other programs write below the head
    width = max(map(len, cells))
    return tuple(tuple(runs(cell) for cell in [*row, *[""] * (width - len(row))]) for row in cells)


def _cells(line: str) -> list[str]:
    """The cells of a row; a stroke that is escaped belongs to its cell."""
    cells, start, inner = [], 0, line[1:-1]
    for stroke in re.finditer(r"(?<!\\)(\\*)\|", inner):
        if len(stroke[1]) % 2 == 0:
            cells.append(inner[start : stroke.end() - 1].strip())
            start = stroke.end()
    return [*cells, inner[start:].strip()]


def runs(line: str) -> Line:
    """One line with its marks understood; what looks like a mark and is none stays as typed."""
    pieces = _pieces(line)
    found: list[Run] = []
    opened = -1  # the place in `found` of a "**" that waits for its partner
    for place, (kind, text, link) in enumerate(pieces):
        before = pieces[place - 1][1][-1:] if place else ""
        after = pieces[place + 1][1][:1] if place + 1 < len(pieces) else ""
        if kind == "bold" and opened >= 0 and before.strip() and len(found) > opened + 1:
            found[opened:] = [replace(run, bold=True) for run in found[opened + 1 :]]
            opened = -1
            continue
        if kind == "bold" and opened < 0 and after.strip():
            opened = len(found)
        found.append(Run(text, link=link))
    return tidied(found)


def _pieces(line: str) -> list[tuple[str, str, str]]:
    """(kind, text, link) of each piece of a line; kind is text, bold (a "**") or link."""
    pieces, end = [], 0
    for token in _TOKEN.finditer(line):
        pieces.append(("text", line[end : token.start()], ""))
        end = token.end()
        if token["bold"]:
            pieces.append(("bold", "**", ""))
        elif token["escape"]:
            pieces.append(("text", _unescape(token), ""))
        elif label := _BACKSLASHES.sub(_unescape, token["label"] + "]")[:-1].strip():
            pieces.append(("link", label, token["address"]))
        else:
            pieces.append(("text", token[0], ""))
    pieces.append(("text", line[end:], ""))
    return [piece for piece in pieces if piece[1]]


def _unescape(token: re.Match[str]) -> str:
    text = token[0]
    return text[: len(text) // 2] if text[-1] == "\\" else text[: (len(text) - 1) // 2] + text[-1]


def plain(line: Line) -> str:
    """The words of a line without marks."""
    return "".join(run.text for run in line)


def all_lines(found: Iterable[RichBlock]) -> Iterator[Line]:
    """Every line, item and cell that has something in it."""
    for block in found:
        yield from block.lines
        yield from (cell for row in block.rows for cell in row if cell)


def referred(found: Iterable[RichBlock]) -> Iterator[str]:
    """What these blocks refer to, in the order in which they name it."""
    for line in all_lines(found):
        yield from (run.link.removeprefix(REFERENCE) for run in line if run.link.startswith(REFERENCE))


def plain_lines(found: Iterable[RichBlock]) -> Iterator[str]:
    """Every line, item and cell without marks, as a reader sees it."""
    yield from map(plain, all_lines(found))


# Order ----------------------------------------------------------------------------------------------------------------


def tidied(found: Iterable[Run]) -> Line:
    """The same words in as few runs as possible, single spaces between them, none at the edges of bold and links."""
    loose = [part for run in found for part in (_edges(run) if run.link else [run])]
    parts: list[Run] = []
    for bold, group in groupby(loose, key=lambda run: run.bold):
        same = list(group)
        parts += _trimmed_bold(same) if bold else same
    collapsed: list[Run] = []
    after_space = True
    for run in parts:
        text = _WHITE.sub(" ", run.text)
        text = text.removeprefix(" ") if after_space else text
        after_space = text.endswith(" ") if text else after_space
        collapsed.append(replace(run, text=text))
    joined = [
        Run("".join(run.text for run in group), *look)
        for look, group in groupby(filter(lambda run: run.text, collapsed), key=lambda run: (run.bold, run.link))
    ]
    return _trimmed(joined)


def _edges(run: Run) -> list[Run]:
    """A run as white space, words, white space."""
    words = run.text.strip()
    start = run.text.find(words) if words else len(run.text)
    edge = replace(run, link="")
    return [
        replace(edge, text=run.text[:start]),
        replace(run, text=words),
        replace(edge, text=run.text[start + len(words) :]),
    ]


def _trimmed_bold(group: list[Run]) -> Iterator[Run]:
    words = "".join(run.text for run in group)
    start, end = len(words) - len(words.lstrip()), len(words.rstrip())
    place = 0
    for run in group:
        for sign_start, sign_end, bold in ((0, start, False), (start, end, True), (max(start, end), len(words), False)):
            text = run.text[max(0, sign_start - place) : max(0, sign_end - place)]
            if text:
                yield replace(run, text=text, bold=bold)
        place += len(run.text)


def _trimmed(line: list[Run]) -> Line:
    """Without white space at the end."""
    if line:
        line[-1] = replace(line[-1], text=line[-1].text.rstrip())
    return tuple(run for run in line if run.text)


def address(href: str) -> str:
    """`href` as an address that may stand in a text: https, mailto or a reference, "" for any other."""
    scheme, colon, rest = href.strip().partition(":")
    found = scheme.lower() + colon + quote(rest, safe=_SAFE)
    return found if _IS_ADDRESS.fullmatch(found) and len(found) <= MAX_ADDRESS else ""


# Writing --------------------------------------------------------------------------------------------------------------


def write(found: Iterable[RichBlock]) -> str:
    """The one spelling of these blocks with marks, a blank line between them."""
    return "\n\n".join(filter(None, map(_write_block, found)))


def normal(text: str) -> str:
    """The one spelling of a text with marks that means the same."""
    return write(parse(text))


def _write_block(block: RichBlock) -> str:
    if block.kind == "table":
        rows = ([write_line(cell, in_cell=True) for cell in row] for row in block.rows)
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join(lines) if any(plain(cell) for row in block.rows for cell in row) else ""
    lines = [write_line(line) for line in block.lines]
    if block.kind == "bullets":
        return "\n".join(f"- {line}" for line in lines if line)
    if block.kind == "numbers":
        return "\n".join(f"{number}. {line}" for number, line in zip(block.numbers, lines, strict=True) if line)
    return "\n".join(map(_guarded, filter(None, lines)))


def _guarded(line: str) -> str:
    """A line of a paragraph that would be read as a row or an item if it began with its mark."""
    return f"\\{line}" if line.startswith("|") or re.match(r"\*\s", line) else line


def write_line(line: Sequence[Run], *, in_cell: bool = False) -> str:
    """One line with marks."""
    written, place = [], 0
    last_end = plain(tuple(line)).rfind("](")  # an opening bracket behind it can begin no link
    for number, run in enumerate(line):
        text = _escaped(line, number, last_end - place, in_cell=in_cell)
        place += len(run.text)
        opens = run.bold and (number == 0 or not line[number - 1].bold)
        closes = run.bold and (number + 1 == len(line) or not line[number + 1].bold)
        linked = f"[{text}]({run.link})" if run.link else text
        written.append(f"{'**' if opens else ''}{linked}{'**' if closes else ''}")
    return "".join(written)


def _escaped(line: Sequence[Run], number: int, last_end: int, *, in_cell: bool) -> str:
    """The text of a run with a backslash before everything that would be read as a mark."""
    run, out = line[number], []
    edges = (bool(run.bold or number), bool(run.bold or number + 1 < len(line)))
    backslashes = 0
    for place, sign in enumerate(run.text):
        if sign in "*[]|":
            if backslashes or _is_mark(run, place, edges, last_end, in_cell=in_cell):
                out.append("\\" * (backslashes + 1))
            backslashes = -1
        backslashes = backslashes + 1 if sign == "\\" else 0
        out.append(sign)
    marked_after = bool(run.bold or run.link or number + 1 < len(line))
    return "".join(out) + ("\\" * backslashes if marked_after else "")


def _is_mark(run: Run, place: int, edges: tuple[bool, bool], last_end: int, *, in_cell: bool) -> bool:
    sign, text = run.text[place], run.text
    if sign == "|":
        return in_cell
    if sign == "]":
        return bool(run.link)
    if sign == "[":
        return bool(run.link) or place < last_end
    beside = text[place - 1 : place] == "*" or text[place + 1 : place + 2] == "*"
    return beside or (place == 0 and edges[0]) or (place == len(text) - 1 and edges[1])
