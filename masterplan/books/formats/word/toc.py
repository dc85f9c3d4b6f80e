"""Contents and lists of tables and figures: lines that lead to a place and end with its page.

The contents themselves are a field, so that Word makes them anew when somebody writes a further heading.
"""

from typing import Any

from masterplan.books.formats.word.context import BlockContext, WordContext
from masterplan.books.formats.word.inline import classes_of, is_element, write_children
from masterplan.books.formats.word.lines import PAGE_OPEN, RunFormat, WordLine
from masterplan.books.formats.word.styles import LISTED
from masterplan.books.formats.word.xml import add, add_text

_FIELD = ' TOC \\o "1-3" \\h \\z \\u '
_LINES = frozenset({"toc", "mini-contents"})


class Contents:
    """The contents of one part while they are written; `end` closes the field that the first line opened."""

    def __init__(self, context: WordContext) -> None:
        self._context = context
        self._last: Any = None

    @staticmethod
    def is_contents(classes: list[str]) -> bool:
        """Whether a list of these classes names places and their pages."""
        return bool(_LINES & set(classes))

    def write(self, element: Any, place: BlockContext) -> None:
        """The lines of a list."""
        classes = set(classes_of(element))
        if classes & {"captions", "mini-contents"}:
            self._lines(element, place, LISTED, 0)
        else:
            self._lines(element, place, "", 2)

    def end(self) -> None:
        """Close the field, if one is open."""
        if self._last is not None:
            add(add(self._last, "r"), "fldChar", fldCharType="end")
            self._last = None

    def _lines(self, element: Any, place: BlockContext, style: str, level: int) -> None:
        for item in element:
            if not is_element(item):
                continue
            classes = classes_of(item)
            own = 1 if "chapter" in classes else level
            dimension = next((name.removeprefix("dim-") for name in classes if name.startswith("dim-")), "")
            line = self._context.paragraph(place, style or f"toc {own}")
            if not style:
                self._begin(line)
            for child in item:
                if is_element(child) and child.tag == "ul":
                    self._lines(child, place, style, own + 1)
                elif is_element(child):
                    self._line(child, line, place.within(dimension=dimension))

    def _begin(self, line: WordLine) -> None:
        """Open the field in the first line, before its words."""
        if self._last is None:
            for kind in ("begin", "instruction", "separate"):
                run = add(line.paragraph, "r")
                if kind == "instruction":
                    add_text(run, _FIELD, tag="instrText")
                else:
                    add(run, "fldChar", fldCharType=kind)
        self._last = line.paragraph

    def _line(self, child: Any, line: WordLine, place: BlockContext) -> None:
        linked = line.open_link(child.get("href") or "")
        write_children(self._context, line, child, place, RunFormat())
        page = child.get("data-page") or ""
        if linked and page.startswith(PAGE_OPEN):
            line.tab()
            line.write(page, RunFormat())
        if linked:
            line.close_link()
