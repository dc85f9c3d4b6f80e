"""The words of one paragraph: white space as the style sheet shows it, formats, links, bookmarks, page numbers.

Which paragraph there is, is decided in `blocks`.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from masterplan.books.formats.word.anchors import Anchors
from masterplan.books.formats.word.xml import add, add_field, add_text
from smartcity.common.workbooks.cells import printable

# Where a page number stands: the template engine writes this in its place, and Word works it out.
PAGE_OPEN, PAGE_CLOSE = "\ue000", "\ue001"
UNKNOWN_PAGE = "…"
_PAGE = re.compile(f"{PAGE_OPEN}([^{PAGE_CLOSE}]*){PAGE_CLOSE}")
_WHITE = re.compile(r"[ \t\n\r\f]+")


class PageNumbers(Mapping[str, str]):
    """The printed page of each anchor, as a mark that becomes a field.

    `seal` is part of every mark: what nobody could have typed, such as the fingerprint of what was typed.
    """

    def __init__(self, anchors: frozenset[str], seal: str) -> None:
        self._anchors, self._seal = anchors, seal

    def __getitem__(self, anchor: str) -> str:
        if anchor not in self._anchors:
            raise KeyError(anchor)
        return f"{PAGE_OPEN}{self._seal}{anchor}{PAGE_CLOSE}"

    def __iter__(self) -> Any:
        return iter(self._anchors)

    def __len__(self) -> int:
        return len(self._anchors)


@dataclass(frozen=True)
class RunFormat:
    """How words are set. `colour` is six hex digits, `size` in half points; what is not said is the style's."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    colour: str = ""
    size: int = 0
    style: str = ""

    def properties(self) -> Any:
        """The properties of a run, None where there are none."""
        if self == RunFormat():
            return None
        found = etree.Element(qn("w:rPr"), nsmap={"w": qn("w:p")[1:].partition("}")[0]})
        if self.style:
            add(found, "rStyle", val=self.style)
        if self.bold:
            add(found, "b")
        if self.italic:
            add(found, "i")
        if self.struck:
            add(found, "strike")
        if self.colour:
            add(found, "color", val=self.colour)
        if self.size:
            add(found, "sz", val=self.size)
        if self.underlined:
            add(found, "u", val="single")
        return found


class WordLine:
    """A paragraph that is being filled. `kept` keeps white space and line ends as they were typed."""

    def __init__(self, paragraph: Any, anchors: Anchors, *, kept: bool = False) -> None:
        self.paragraph, self._anchors, self.kept = paragraph, anchors, kept
        self._holder = paragraph
        self._after_space = True
        self.is_empty = True

    def write(self, text: str, run_format: RunFormat) -> None:
        """Words; a mark of a page becomes a field."""
        for place, piece in enumerate(_PAGE.split(text)):
            if place % 2:
                self._page(piece, run_format)
            elif piece:
                self._words(printable(piece), run_format)

    def _words(self, text: str, run_format: RunFormat) -> None:
        if not self.kept:
            text = _WHITE.sub(" ", text)
            if self._after_space:
                text = text.removeprefix(" ")
        if not text:
            return
        self._after_space = text.endswith(" ")
        run = self._run(run_format)
        for place, line in enumerate(text.split("\n")):
            if place:
                add(run, "br")
            if line:
                add_text(run, line)
        self.is_empty = False

    def _page(self, mark: str, run_format: RunFormat) -> None:
        seal = self._anchors.seal
        name = self._anchors.name(mark.removeprefix(seal)) if mark.startswith(seal) else ""
        if not name:  # somebody typed these two signs
            self._words(f"{PAGE_OPEN}{printable(mark)}{PAGE_CLOSE}", run_format)
            return
        add_field(self._holder, f" PAGEREF {name} \\h ", UNKNOWN_PAGE, run_format.properties())
        self.is_empty, self._after_space = False, False

    def tab(self) -> None:
        """On to the next stop."""
        add(self._run(RunFormat()), "tab")
        self._after_space = True

    def end_line(self) -> None:
        """A new line in the same paragraph."""
        if not self.is_empty:
            add(self._run(RunFormat()), "br")
        self._after_space = True

    def draw(self, drawing: Any) -> None:
        """A picture among the words."""
        self._run(RunFormat()).append(drawing)
        self.is_empty, self._after_space = False, False

    def mark(self, anchor: str) -> None:
        """A place that links lead to."""
        start, end = self._anchors.bookmark(anchor)
        if start is not None:
            self.paragraph.append(start)
            self.paragraph.append(end)

    def open_link(self, href: str) -> bool:
        """Words from here on lead to `href`; False when that is nowhere in this file."""
        link = self._anchors.link(href)
        if link is None or self._holder is not self.paragraph:
            return False
        self.paragraph.append(link)
        self._holder = link
        return True

    def close_link(self) -> None:
        """The end of the link."""
        self._holder = self.paragraph

    def _run(self, run_format: RunFormat) -> Any:
        run = add(self._holder, "r")
        properties = run_format.properties()
        if properties is not None:
            run.append(copy.copy(properties))
        return run
