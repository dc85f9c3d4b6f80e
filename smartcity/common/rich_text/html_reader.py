"""Reads cleaned HTML into blocks of rich text: what Word, Google Docs, spreadsheets and web pages mean by it.

Only for HTML that `richtext` has cleaned. Event by event, so that no nesting can exhaust the stack.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from smartcity.common.formatting import format_number
from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.limits import MAX_COLUMNS, MAX_ROWS
from smartcity.common.rich_text.marks import Line, RichBlock, Run, address, tidied

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
PARAGRAPHS = HEADINGS | {
    "p", "div", "blockquote", "pre", "dt", "dd", "dl", "address", "article", "section", "header", "footer", "main",
    "figcaption", "center",
}  # fmt: skip

_WEIGHT = re.compile(r"font-weight\s*:\s*([a-z]+|\d+)", re.IGNORECASE)
_MSO_LEVEL = re.compile(r"mso-list\s*:[^;]*level(\d)", re.IGNORECASE)
_MSO_IGNORE = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_MARKER_NUMBER = re.compile(r"\(?(\d{1,2})[.)]")
_MARKER_LETTER = re.compile(r"\(?[a-z]{1,4}[.)]", re.IGNORECASE)


@dataclass
class _List:
    """An open list: bullets, numbers, or numbers that stand in its items as text; `next` is the next item's number."""

    kind: str
    next: int = 1


@dataclass
class _Table:
    """An open table; `spans` holds, by column, how many rows a cell above still reaches down."""

    rows: list[list[Line]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    across: int = 1
    down: int = 1

    def start_row(self) -> None:
        """Begin a row."""
        if len(self.rows) == MAX_ROWS:
            raise Unreadable(f"Tabel ini lebih dari {MAX_ROWS} baris. Tempel bagian demi bagian.")
        self.rows.append([])

    def add(self, cell: Line) -> None:
        """Fill the cell that was begun, and leave empty what it covers."""
        if not self.rows:
            self.start_row()
        self._skip_covered()
        row = self.rows[-1]
        if len(row) + self.across > MAX_COLUMNS:
            wide = format_number(len(row) + self.across)
            raise Unreadable(f"Tabel ini {wide} kolom, batasnya {MAX_COLUMNS}. Tempel sebagian kolom saja.")
        for number in range(self.across):
            self.spans[len(row)] = self.down - 1
            row.append(() if number else cell)

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while self.spans.get(len(row), 0) > 0 and len(row) < MAX_COLUMNS:
            self.spans[len(row)] -= 1
            row.append(())

    def block(self) -> RichBlock | None:
        """The table, or the paragraph that a single cell is; None for an empty one."""
        width = max(map(len, self.rows), default=0)
        rows = tuple((*row, *((),) * (width - len(row))) for row in self.rows)
        if not any(cell for row in rows for cell in row):
            return None
        if len(rows) * width == 1:
            return RichBlock("paragraph", (rows[0][0],))
        return RichBlock("table", rows=rows)


@dataclass(frozen=True)
class _Element:
    """An open element with the look of the words in it."""

    tag: str
    bold: bool = False
    link: str = ""
    is_marker: bool = False
    keeps_lines: bool = False


class HtmlReader(HTMLParser):
    """Feed it HTML, close it, and take `blocks`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[RichBlock] = []
        self._open: list[_Element] = [_Element("")]
        self._lines: list[list[Run]] = [[]]
        self._lists: list[_List] = []
        self._items = 0
        self._tables: list[_Table] = []
        # Of Word's list paragraphs: the level of the one being read, its marker, the next number of the list.
        self._level, self._marker, self._next = 0, "", 1

    def close(self) -> None:
        """End the last paragraph too."""
        super().close()
        self._tables.clear()
        self._end_block()

    # Events -----------------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a paragraph, an item or a table ends what stood before it."""
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._break()
            return
        if tag in PARAGRAPHS:
            self._end_paragraph()
            level = _MSO_LEVEL.search(given.get("style", ""))
            self._level = int(level[1]) if level and not self._items else 0
        elif tag in ("ul", "ol", "li", "table") and not self._tables:
            self._end_block()
        self._enter(tag, given)
        self._open.append(_inside(self._open[-1], tag, given))

    def _enter(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            kind = "typed" if "typed-numbers" in given.get("class", "").split() else tag
            self._lists.append(_List(kind, _whole(given.get("start", ""))))
        elif tag == "li":
            self._items += 1
        elif tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and len(self._tables) == 1:
            self._tables[0].start_row()
        elif tag in ("td", "th") and len(self._tables) == 1:
            table = self._tables[0]
            table.across, table.down = _whole(given.get("colspan", "")), _whole(given.get("rowspan", ""))
            self._lines = [[]]

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass
        if tag in PARAGRAPHS:
            self._end_paragraph()
        elif tag in ("li", "ul", "ol"):
            self._end_block()
            self._items -= tag == "li"
            if tag != "li":
                del self._lists[-1:]
        elif tag in ("td", "th") and len(self._tables) == 1:
            self._tables[0].add(tidied(self._words()))
        elif tag in ("td", "th"):
            self._break()
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            block = table.block()
            if not self._tables and block:
                self._lines = [[]]
                self.blocks.append(block)

    def handle_data(self, data: str) -> None:
        """Words, in the look of the elements around them."""
        element = self._open[-1]
        if element.is_marker:
            self._marker += data
            return
        for number, line in enumerate(data.split("\n") if element.keeps_lines else [data]):
            if number:
                self._break()
            self._lines[-1].append(Run(line, element.bold, element.link))

    # What was read ----------------------------------------------------------------------------------------------------

    def _words(self) -> list[Run]:
        """All lines as one, and nothing left."""
        words = [run for line in self._lines for run in (*line, Run(" "))]
        self._lines = [[]]
        return words

    def _break(self) -> None:
        """A new line; where only one line has room, in items and cells, a space."""
        self._lines.append([])

    def _end_paragraph(self) -> None:
        """In an item or a cell a paragraph goes on in the same line."""
        if self._tables or self._items:
            self._break()
        else:
            self._end_block()

    def _end_block(self) -> None:
        """Make a block of what was read since the last one."""
        if self._tables:
            self._break()
            return
        if self._items or self._level:
            line = tidied(self._words())
            if line:
                self.blocks.append(self._item(line) if self._items else self._word_item(line))
        else:
            lines = tuple(line for line in map(tidied, self._lines) if line)
            self._lines = [[]]
            if lines:
                self._next = 1
                self.blocks.append(RichBlock("paragraph", lines))
        self._level, self._marker = 0, ""

    def _item(self, line: Line) -> RichBlock:
        """An item of a list; a numbered list inside a numbered one becomes bullets, or its numbers would mix."""
        found = self._lists[-1] if self._lists else _List("ul")
        inside = any(outer.kind == "ol" for outer in self._lists[:-1])
        if found.kind == "typed":
            return RichBlock("paragraph", (line,))
        if found.kind == "ul" or inside:
            return RichBlock("bullets", (line,))
        found.next += 1
        return RichBlock("numbers", (line,), (found.next - 1,))

    def _word_item(self, line: Line) -> RichBlock:
        """A list paragraph of Word: what stands as its marker says what list it belongs to."""
        marker = self._marker.strip()
        number = _MARKER_NUMBER.fullmatch(marker)
        if self._level > 1 or not (number or _MARKER_LETTER.fullmatch(marker)):
            kept = () if number or not any(map(str.isalnum, marker)) or len(marker) == 1 else (Run(f"{marker} "),)
            return RichBlock("bullets", (tidied((*kept, *line)),))
        value = int(number[1]) if number else self._next
        self._next = value + 1
        return RichBlock("numbers", (line,), (value,))


def _inside(outer: _Element, tag: str, given: dict[str, str]) -> _Element:
    """An element with the look of its surroundings, changed by itself."""
    style = given.get("style", "")
    weight = _WEIGHT.search(style)
    bold = outer.bold or tag in ("b", "strong") or tag in HEADINGS
    if weight:
        word = weight[1].lower()
        bold = int(word) >= 600 if word.isdigit() else word in ("bold", "bolder") or (bold and word == "inherit")
    return _Element(
        tag,
        bold,
        address(given["href"]) if tag == "a" and "href" in given else outer.link,
        outer.is_marker or bool(_MSO_IGNORE.search(style)),
        outer.keeps_lines or tag == "pre" or "lines" in given.get("class", "").split(),
    )


def _whole(text: str) -> int:
    """A whole number of an attribute, 1 for anything else; the largest ones are all the same: too large."""
    return min(max(int(text), 1), 10**6) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
