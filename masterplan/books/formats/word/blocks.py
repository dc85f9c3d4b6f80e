"""Blocks of markup as paragraphs, lists, contents and figures of Word. Tables are `tables`, words are `inline`.

The vocabulary is that of templates/print; an element or class that is not here is its contents.
"""

from dataclasses import replace
from typing import Any

from masterplan.books.formats.word import styles, tables
from masterplan.books.formats.word.context import BlockContext, WordContext
from masterplan.books.formats.word.inline import classes_of, is_element, write_children, write_inline
from masterplan.books.formats.word.lines import RunFormat, WordLine
from masterplan.books.formats.word.stylesheet import BRAND, BRAND_DARK, INK_2, NOTICE
from masterplan.books.formats.word.toc import Contents

_BLOCKS = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "figure", "figcaption",
        "blockquote", "div", "section", "article", "header", "footer", "aside", "main", "nav", "hr", "pre", "address",
    }
)  # fmt: skip
_PARAGRAPHS = {
    "source": styles.SOURCE,
    "note": styles.SOURCE,
    "facts-line": styles.FACT,
    "kicker": "Penanda",
    "missing": "Temuan",
    "finding": "Temuan",
    "lead": "Pengantar Bab",
    "description": "Uraian",
    "list-label": styles.SMALL_HEAD,
    "cover-title": "Title",
    "cover-place": "Subtitle",
    "continued": styles.SOURCE,
    "designed-lead": "Pengantar Bab",
    "changed-head": "Butir Perubahan",
    "changed-label": "Jawaban Berubah",
    "changed-name": "Nama Berubah",
    "changed-text": "Isi Berubah",
}
# Points above a heading of the first level that does not begin a page.
_BETWEEN_CHAPTERS = 28
# What stands in a cell bears the style of the cell, but for these.
_IN_CELLS = {"value": "Angka", "years": styles.ITEM_HEAD}
# Rows of blocks that the print sets side by side.
_BESIDE = frozenset({"fact-block", "pair", "counts", "blocks", "steps"})
_WORDS: dict[str, dict[str, Any]] = {
    "government": {"bold": True},
    "label": {"colour": INK_2, "bold": False},
    "reason": {"colour": INK_2},
}


class Blocks:
    """Turns markup into the blocks of one file."""

    def __init__(self, context: WordContext) -> None:
        self.context = context
        self._contents = Contents(context)
        self._has_begun = False

    def write_part(self, body: Any, place: BlockContext) -> None:
        """All that stands in the body of one part's document."""
        self._has_begun = False
        self._flow(body, place)
        self._contents.end()
        if self.context.pending:
            self.context.gap(place)

    # What stands in an element ----------------------------------------------------------------------------------------

    def _flow(self, element: Any, place: BlockContext) -> None:
        """Everything inside `element`; words that stand loose between blocks become paragraphs."""
        line = self._loose(None, element.text, place)
        children = list(element)
        for number, child in enumerate(children, 1):
            after = children[number] if number < len(children) else None
            if is_element(child) and self._is_block(child):
                line = None
                self._block(child, place, has_note=after is not None and "source" in classes_of(after))
            elif is_element(child):
                line = line or self.context.paragraph(place)
                write_inline(self.context, line, child, place, place.run_format)
            line = self._loose(line, child.tail, place)

    def _loose(self, line: WordLine | None, text: str | None, place: BlockContext) -> WordLine | None:
        if text and (line or text.strip()):
            line = line or self.context.paragraph(place)
            line.write(text, place.run_format)
        return line

    def _is_block(self, element: Any) -> bool:
        return element.tag in _BLOCKS or any(is_element(child) and self._is_block(child) for child in element)

    def _block(self, element: Any, place: BlockContext, *, has_note: bool = False) -> None:
        tag, classes = element.tag, classes_of(element)
        dimension = next((name.removeprefix("dim-") for name in classes if name.startswith("dim-")), place.dimension)
        place = place.within(dimension=dimension)
        if not (tag == "ul" and Contents.is_contents(classes)):
            self._contents.end()
        if element.get("id") and tag not in ("table", "tr"):
            self.context.pending.append(element.get("id"))
        if tag in ("p", "pre", "address"):
            self._paragraph(element, place, classes)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading(element, place, classes)
        elif tag in ("ul", "ol"):
            self._list(element, place, classes)
        elif tag == "dl":
            self._pairs(element, place)
        elif tag == "table":
            tables.write_table(self.context, element, place, self._flow, self._caption, has_note=has_note)
        elif tag in ("figcaption", "caption"):
            self._caption(element, place)
        elif tag == "blockquote":
            style = "Intense Quote" if "vision" in classes else "Quote"
            self._flow(element, place if place.in_cell else place.within(style=style))
        elif tag == "hr":
            self.context.gap(place)
        else:
            self._box(element, place, classes)
        self._has_begun = True

    # Kinds of blocks --------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Any, place: BlockContext, classes: list[str]) -> None:
        run_format, style = place.run_format, place.style
        for name in classes:
            run_format = replace(run_format, **_WORDS.get(name, {}))
            known = _PARAGRAPHS if not place.in_cell or place.shade else _IN_CELLS
            style = known.get(name, style)
        if "kicker" in classes and place.shade == BRAND_DARK:
            style, run_format = "Penanda Sampul", replace(run_format, colour="")
        if any(self._is_block(child) for child in element if is_element(child)):
            self._flow(element, place.within(style=style, run_format=run_format))
            return
        line = self.context.paragraph(place, style, kept=True)
        if "kicker" in classes and place.dimension:
            run_format = replace(run_format, colour=self.context.sheet.colour(place.dimension))
        write_children(self.context, line, element, place, run_format)
        if "dimension-rule" in classes:
            self.context.rule(line, place.dimension)

    def _heading(self, element: Any, place: BlockContext, classes: list[str]) -> None:
        level = int(element.tag[1])
        style = f"Heading {level}"
        if level > 3 or place.in_cell:
            style = styles.ITEM_HEAD
        elif "plain" in classes:  # not in the contents
            style = styles.SMALL_HEAD
        line = self.context.paragraph(place, style)
        if level == 1 and not place.in_cell and self._has_begun:
            self.context.space_before(line, _BETWEEN_CHAPTERS)
        if "dimension-rule" in classes:
            self.context.rule(line, place.dimension)
        number = element.find("span[@class='number']")
        if number is not None and level < 3:
            line.write("".join(number.itertext()), RunFormat(colour=BRAND))
            line.write(number.tail or "", place.run_format)
            rest = [child for child in element if child is not number]
            for child in rest:
                write_inline(self.context, line, child, place, place.run_format)
                line.write(child.tail or "", place.run_format)
        else:
            write_children(self.context, line, element, place, place.run_format)

    def _caption(self, element: Any, place: BlockContext) -> str:
        """The caption above a table or figure; gives its words."""
        if element.get("id") and element.get("id") not in self.context.pending:
            self.context.pending.append(element.get("id"))
        line = self.context.paragraph(place.within(align=""), styles.CAPTION)
        write_children(self.context, line, element, place, RunFormat())
        return " ".join("".join(element.itertext()).split())

    def _list(self, element: Any, place: BlockContext, classes: list[str]) -> None:
        if Contents.is_contents(classes):
            self._contents.write(element, place)
            return
        number = 0
        if element.tag == "ol":
            number = self.context.lists.begin_numbers()
        elif "typed-numbers" not in classes:
            number = self.context.lists.bullets
        style = "List Number" if element.tag == "ol" else "List Bullet"
        small = place.in_cell or place.style in (styles.CELL, styles.ANSWER)
        inner = place.within(style="Butir Tabel" if small else style, align="")
        for item in element:
            if not is_element(item):
                continue
            if item.get("id"):
                self.context.pending.append(item.get("id"))
            line = self.context.paragraph(inner, kept=True)
            if number:
                self.context.lists.make_item(line.paragraph, number)
            if item is element[-1]:
                self.context.space_after(line, 2 if small else 6)
            self._item(item, line, inner)

    def _item(self, item: Any, line: WordLine, place: BlockContext) -> None:
        """The words of an item, and below them the blocks that stand in it."""
        line.write(item.text or "", place.run_format)
        for child in item:
            if is_element(child) and self._is_block(child):
                self._block(child, place)
            else:
                write_inline(self.context, line, child, place, place.run_format)
            if child.tail and child.tail.strip():
                line.write(child.tail, place.run_format)

    def _pairs(self, element: Any, place: BlockContext) -> None:
        """Terms and what they mean, side by side."""
        line: WordLine | None = None
        for child in element:
            if not is_element(child):
                continue
            if child.tag == "dt" or line is None:
                line = self.context.paragraph(place, styles.PAIR)
                write_children(self.context, line, child, place, replace(place.run_format, colour=INK_2))
            elif any(self._is_block(each) for each in child if is_element(each)):
                self._flow(child, place.within(style=styles.PAIR))
                line = None
            else:
                line.tab()
                write_children(self.context, line, child, place, place.run_format)
                line = None

    def _box(self, element: Any, place: BlockContext, classes: list[str]) -> None:
        """An element that only groups others."""
        if "cover-art" in classes:
            inner = place.within(run_format=RunFormat(colour="FFFFFF"), shade=BRAND_DARK, style=styles.ANSWER)
            tables.write_panel(self.context, element, inner, self._flow)
        elif "ribbon" in classes:
            tables.write_ribbon(self.context, place)
        elif _BESIDE & set(classes) and not place.in_cell:
            rows = [[cell for cell in row if is_element(cell)] for row in element if is_element(row)]
            style = styles.TEXT if "benefits" in classes else styles.ANSWER
            is_ruled = "fact-block" in classes
            tables.write_beside(self.context, rows, place.within(style=style), self._flow, is_ruled=is_ruled)
        elif "stacked" in classes:
            for row in element:
                for cell in row if is_element(row) else ():
                    self._flow(cell, place.within(style=styles.ANSWER))
        elif "fact" in classes:
            self._flow(element, place.within(style=styles.ANSWER))
        elif "notice" in classes:
            self._flow(element, place.within(shade=NOTICE))
        elif "cover-owner" in classes or "cover-foot" in classes or "cover-answer" in classes:
            self._flow(element, place.within(style=styles.ANSWER))
        else:
            self._flow(element, place)
