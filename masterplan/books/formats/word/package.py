"""The Word file: its sections with paper, head and foot, what it says about itself, and the same bytes every time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tinyhtml5
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from masterplan.books.formats.archive import rewrite
from masterplan.books.formats.word.anchors import Anchors
from masterplan.books.formats.word.blocks import Blocks
from masterplan.books.formats.word.context import TEXT_WIDTH, TWIPS_PER_MM, WIDE_WIDTH, BlockContext, WordContext
from masterplan.books.formats.word.drawings import Drawings
from masterplan.books.formats.word.faces import embed_faces
from masterplan.books.formats.word.numbered import Lists
from masterplan.books.formats.word.raster import Painter
from masterplan.books.formats.word.styles import FRONT, TEXT, set_styles
from masterplan.books.formats.word.stylesheet import GAP, StyleSheet
from masterplan.books.formats.word.xml import add, add_field, add_text, make, properties_of, put
from smartcity.common.workbooks.cells import printable
from smartcity.press.assets import Assets

# What the schema wants after the wish to update fields, in its order; every file of Word has one of them.
_AFTER_UPDATE = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids", "clrSchemeMapping")
_HTML_ID = re.compile(r'\sid="([^"]+)"')
# Millimetres: width and height of the sheet, margins above, right, below, left, as the print has them.
_PAPER = {"wide": (297, 210, 24, 18, 18, 18), "text": (210, 297, 26, 20, 24, 28)}


@dataclass(frozen=True)
class WordPart:
    """One part of the book: its kind of page, its running head, its HTML."""

    key: str
    page: str
    chapter: str
    html: str


@dataclass(frozen=True)
class WordProperties:
    """What the file says of itself. `date` is the edition's, YYYY-MM-DD; `line` stands at the foot of every page."""

    title: str
    book: str
    author: str
    date: str
    line: str
    fingerprint: str
    draft: bool


def ids_of(html: Iterable[str]) -> list[str]:
    """The anchors in some documents, in order."""
    return [anchor for text in html for anchor in _HTML_ID.findall(text)]


def write_word(parts: Sequence[WordPart], imprint: WordProperties, assets: Assets, out: Path) -> list[str]:
    """Write the file to `out`; gives the titles of pictures that could not be found. The same input, the same bytes."""
    document = Document()
    _strip(document)
    set_styles(document)
    main = document.part
    with TemporaryDirectory() as folder:
        context = WordContext(
            style_ids={style.name: style.style_id for style in document.styles},
            anchors=Anchors(main, ids_of(part.html for part in parts), imprint.fingerprint),
            sheet=StyleSheet.read(assets.static / assets.stylesheet),
            drawings=Drawings(main, assets, Painter(assets, Path(folder))),
            lists=Lists(main.numbering_part.element),
        )
        _WordSections(document, context, imprint).write(parts)
    _describe(document, imprint)
    embed_faces(document, assets)
    whole = BytesIO()
    document.save(whole)
    rewrite(whole, out, imprint.date)
    return context.drawings.lost


def _strip(document: Any) -> None:
    """Take away the picture and the paragraph that the library's own empty document comes with."""
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(name)
    body = document.element.body
    for child in list(body):
        body.remove(child)


class _WordSections:
    """Parts in sections: a new one where the chapter or the way the paper lies changes."""

    def __init__(self, document: Any, context: WordContext, imprint: WordProperties) -> None:
        self._part, self._body = document.part, document.element.body
        self._context, self._imprint = context, imprint
        self._blocks = Blocks(context)
        self._relations: dict[tuple[str, str], str] = {}
        self._counting = ""

    def write(self, parts: Sequence[WordPart]) -> None:
        before: WordPart | None = None
        for part in parts:
            if before is not None and _section_key(part) != _section_key(before):
                self._end_section(before, is_last=False)
                self._context.break_next = False
            elif before is not None:
                self._context.break_next = before.page != "opener"
            self._write(part)
            before = part
        if before is not None:
            self._end_section(before, is_last=True)

    def _write(self, part: WordPart) -> None:
        root = tinyhtml5.parse(part.html, namespace_html_elements=False)
        body = root.find("body")
        classes = str(body.get("class") or "").split()
        dimension = next((name.removeprefix("dim-") for name in classes if name.startswith("dim-")), "")
        is_wide = part.page == "wide"
        style = FRONT if part.page == "front" else TEXT
        place = BlockContext(
            self._body, width=WIDE_WIDTH if is_wide else TEXT_WIDTH, page=part.page, style=style, dimension=dimension
        )
        self._blocks.write_part(body, place)

    def _end_section(self, part: WordPart, *, is_last: bool) -> None:
        """What a section says of itself stands in its last paragraph, for the last one at the end of the body."""
        if is_last:
            if len(self._body) and str(self._body[-1].tag).endswith("}tbl"):
                self._context.gap(BlockContext(self._body))
            properties = add(self._body, "sectPr")
        else:
            last = self._body[-1] if len(self._body) else None
            if last is None or not str(last.tag).endswith("}p"):
                last = self._context.gap(BlockContext(self._body))
            properties = put(properties_of(last, "pPr"), "sectPr")
        self._fill(properties, part)

    def _fill(self, properties: Any, part: WordPart) -> None:
        kind = "wide" if part.page == "wide" else "text"
        for tag, reference in (("headerReference", "header"), ("footerReference", "footer")):
            element = add(properties, tag, type="default")
            element.set(qn("r:id"), self._reference(reference, part, kind))
        add(properties, "type", val="nextPage")
        width, height, *margins = (round(mm * TWIPS_PER_MM) for mm in _PAPER[kind])
        size = add(properties, "pgSz", w=width, h=height)
        if kind == "wide":
            size.set(qn("w:orient"), "landscape")
        top, right, bottom, left = margins
        add(properties, "pgMar", top=top, right=right, bottom=bottom, left=left, header=680, footer=567, gutter=0)
        counting = "lowerRoman" if part.page in ("cover", "front") else "decimal"
        numbers = add(properties, "pgNumType", fmt=counting)
        if counting != self._counting:
            numbers.set(qn("w:start"), "1")
        self._counting = counting

    def _reference(self, tag: str, part: WordPart, kind: str) -> str:
        """The relation of the head or foot that pages of this chapter and width have."""
        words = "" if part.page == "cover" else (part.chapter or " ") if tag == "header" else " "
        key = (f"{tag} {kind}", words)
        if key not in self._relations:
            is_head = tag == "header"
            made, relation = self._part.add_header_part() if is_head else self._part.add_footer_part()
            for child in list(made.element):
                made.element.remove(child)
            self._fill_head_or_foot(made.element, words, kind, is_head=is_head)
            self._relations[key] = relation
        return self._relations[key]

    def _fill_head_or_foot(self, element: Any, words: str, kind: str, *, is_head: bool) -> None:
        line = add(element, "p")
        properties = add(line, "pPr")
        add(properties, "pStyle", val=self._context.style_ids["Header" if is_head else "Footer"])
        if not words:
            return
        edge = round((WIDE_WIDTH if kind == "wide" else TEXT_WIDTH) * TWIPS_PER_MM)
        add(put(properties, "tabs"), "tab", val="right", pos=edge)
        if self._imprint.draft:
            self._draft(line)
        left = words.strip() if is_head else self._imprint.line
        add_text(add(line, "r"), printable(left))
        add(add(line, "r"), "tab")
        if is_head:
            add_text(add(line, "r"), printable(self._imprint.book))
        else:
            add_field(line, " PAGE ", "1")

    @staticmethod
    def _draft(line: Any) -> None:
        run = add(line, "r")
        formats = add(run, "rPr")
        add(formats, "b")
        add(formats, "color", val=GAP)
        add_text(run, "DRAF")
        add_text(add(line, "r"), "  ·  ")


def _section_key(part: WordPart) -> tuple[str, str, bool]:
    """What makes a section of its own."""
    counting = part.page if part.page in ("cover", "front") else "body"
    return part.chapter, counting, part.page == "wide"


def _describe(document: Any, imprint: WordProperties) -> None:
    properties = document.core_properties
    day = datetime.fromisoformat(imprint.date).replace(tzinfo=UTC).replace(tzinfo=None)
    properties.title, properties.author = printable(imprint.title)[:255], printable(imprint.author)[:255]
    properties.subject, properties.language = printable(imprint.line)[:255], "id-ID"
    properties.identifier = f"sha256:{imprint.fingerprint}"
    properties.category = "DRAF" if imprint.draft else "Ditetapkan"
    for name in ("keywords", "comments"):  # the library's own template says whose it is
        setattr(properties, name, "")
    properties.last_modified_by, properties.revision = printable(imprint.author)[:255], 1
    properties.created = properties.modified = day
    settings = document.settings.element
    # Word works out the page numbers when it opens the file, after asking once.
    update = make("updateFields", val="true")
    later = [settings.find(qn(f"w:{tag}")) for tag in _AFTER_UPDATE]
    next(each for each in later if each is not None).addprevious(update)
