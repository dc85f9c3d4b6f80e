"""Where blocks go and what they take from around them; what all of a file's blocks share."""

from dataclasses import dataclass, field, replace
from typing import Any

from masterplan.books.formats.word.anchors import Anchors
from masterplan.books.formats.word.drawings import Drawings
from masterplan.books.formats.word.lines import RunFormat, WordLine
from masterplan.books.formats.word.numbered import Lists
from masterplan.books.formats.word.styles import GAP_LINE, TEXT
from masterplan.books.formats.word.stylesheet import StyleSheet
from masterplan.books.formats.word.xml import add, properties_of, put

# Millimetres of text side by side, by the kind of page.
TEXT_WIDTH, WIDE_WIDTH = 162.0, 261.0
TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True)
class BlockContext:
    """A place for blocks: the element they are put in, and the formats that come from around."""

    container: Any
    width: float = TEXT_WIDTH
    page: str = "text"
    style: str = TEXT
    run_format: RunFormat = field(default_factory=RunFormat)
    align: str = ""
    shade: str = ""
    dimension: str = ""
    in_cell: bool = False

    def within(self, **changes: Any) -> "BlockContext":
        """The same place with other formats."""
        return replace(self, **changes)


@dataclass
class WordContext:
    """What the blocks of one file share. `break_next` asks for a new page before the next paragraph of the body."""

    style_ids: dict[str, str]
    anchors: Anchors
    sheet: StyleSheet
    drawings: Drawings
    lists: Lists
    break_next: bool = False
    pending: list[str] = field(default_factory=list)

    def paragraph(self, place: BlockContext, style: str = "", *, kept: bool = False) -> WordLine:
        """A new last paragraph of `place`, with the bookmarks that wait for one."""
        element = add(place.container, "p")
        properties = add(element, "pPr")
        add(properties, "pStyle", val=self.style_ids[style or place.style])
        if self.break_next and not place.in_cell:
            put(properties, "pageBreakBefore")
            self.break_next = False
        if place.shade and not place.in_cell:
            put(properties, "shd", val="clear", color="auto", fill=place.shade)
        if place.align:
            put(properties, "jc", val=place.align)
        line = WordLine(element, self.anchors, kept=kept)
        for anchor in self.pending:
            line.mark(anchor)
        self.pending.clear()
        return line

    def gap(self, place: BlockContext) -> Any:
        """A thin empty paragraph: between tables, which would grow together, and where Word wants one."""
        return self.paragraph(place.within(align=""), GAP_LINE).paragraph

    @staticmethod
    def space_before(line: WordLine, points: int) -> None:
        """Room above a paragraph, other than its style says."""
        put(properties_of(line.paragraph, "pPr"), "spacing", before=points * 20)

    @staticmethod
    def space_after(line: WordLine, points: int) -> None:
        """Room below a paragraph, other than its style says."""
        put(properties_of(line.paragraph, "pPr"), "spacing", after=points * 20)

    def rule(self, line: WordLine, dimension: str) -> None:
        """The broad rule in the dimension's colour above a heading."""
        border = put(properties_of(line.paragraph, "pPr"), "pBdr")
        add(border, "top", val="single", sz=24, space=6, color=self.sheet.colour(dimension))
