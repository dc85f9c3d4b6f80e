"""The styles of the Word file after the look of the print; a writer changes one and not a thousand paragraphs."""

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from masterplan.books.formats.word.faces import SANS, SERIF
from masterplan.books.formats.word.stylesheet import BRAND, BRAND_DARK, INK, INK_2, KUNYIT, RULE, WARNING
from masterplan.books.formats.word.xml import add, properties_of, put


@dataclass(frozen=True)
class _Style:
    """A paragraph style: size in points, space before and after in points, line height as a factor."""

    name: str
    size: float
    before: float = 0
    after: float = 4
    line: float = 1.15
    font: str = SANS
    bold: bool = False
    italic: bool = False
    colour: str = INK
    keep: bool = False
    left: float = 0
    level: int | None = None


TEXT, CELL, CAPTION, SOURCE, SMALL_HEAD, FACT = "Body Text", "Isi Tabel", "Caption", "Sumber", "Subjudul", "Fakta"
FRONT, ANSWER, PAIR, LISTED, GAP_LINE, ITEM_HEAD = (
    "Teks Depan",
    "Isian",
    "Pasangan",
    "Daftar Judul",
    "Sela",
    "Judul Butir",
)
_STYLES = (
    _Style("Normal", 10.5, font=SERIF),
    _Style(TEXT, 10.5, after=6, line=1.25, font=SERIF),
    _Style("Title", 32, before=4, after=12, line=1.05, bold=True, colour=BRAND_DARK),
    _Style("Subtitle", 16, before=18, after=4, bold=True),
    _Style("Heading 1", 24, after=14, line=1.05, bold=True, keep=True, colour=BRAND_DARK, level=0),
    _Style("Heading 2", 17, before=18, after=6, line=1.08, bold=True, keep=True, level=1),
    _Style("Heading 3", 14, before=14, after=4, line=1.08, bold=True, keep=True, level=2),
    _Style(SMALL_HEAD, 12, before=10, after=3, line=1.08, bold=True, keep=True),
    _Style(ITEM_HEAD, 10.5, before=4, after=1, line=1.1, bold=True, keep=True),
    _Style(CAPTION, 9.5, before=8, after=3, line=1.1, bold=True, keep=True),
    _Style(CELL, 9, after=0, line=1.05),
    _Style(SOURCE, 9, before=3, after=8, line=1.1, colour=INK_2),
    _Style(FACT, 9.5, after=6, line=1.15, colour=INK_2, keep=True),
    _Style("Penanda", 9.5, after=2, line=1.1, bold=True, colour=INK_2, keep=True),
    _Style("Penanda Sampul", 15, before=60, after=4, bold=True, colour=KUNYIT),
    _Style("Pengantar Bab", 13, after=14, line=1.3, font=SERIF, colour=INK_2),
    _Style("Temuan", 9.5, after=6, colour=WARNING),
    _Style("Uraian", 10.5, after=4, italic=True, font=SERIF, colour=INK_2, keep=True),
    _Style("Quote", 10.5, before=4, after=8, line=1.25, font=SERIF, left=22),
    _Style("Intense Quote", 14, before=6, after=10, line=1.25, font=SERIF, left=16),
    _Style("List Bullet", 10.5, after=2, line=1.2, font=SERIF),
    _Style("List Number", 10.5, after=2, line=1.2, font=SERIF),
    _Style("Butir Tabel", 9, after=0, line=1.05),
    _Style(FRONT, 9.5, after=5, line=1.2, font=SERIF),
    _Style(ANSWER, 9.5, after=3, line=1.12),
    _Style(GAP_LINE, 4, after=0, line=1),
    _Style(PAIR, 9.5, after=4, line=1.15, left=116),
    _Style("Butir Perubahan", 10.5, before=8, after=2, line=1.1, keep=True),
    _Style("Jawaban Berubah", 9.5, before=3, after=1, line=1.1, bold=True, colour=BRAND, keep=True),
    _Style("Nama Berubah", 9.5, after=1, line=1.1, bold=True, keep=True, left=11),
    _Style("Isi Berubah", 10, after=2, line=1.15, font=SERIF, left=11),
    _Style("Angka", 20, after=0, line=1, bold=True, colour=BRAND, keep=True),
    _Style("toc 1", 11, before=6, after=2, line=1.1, bold=True),
    _Style("toc 2", 10, after=1, line=1.1, left=14),
    _Style("toc 3", 9, after=1, line=1.1, left=28),
    _Style(LISTED, 10, after=2, line=1.1),
    _Style("Header", 9, after=0, line=1, colour=INK_2),
    _Style("Footer", 9, after=0, line=1, colour=INK_2),
)
TABLE, LINK = "Tabel Buku", "Hyperlink"
# Lines that end with a page number at the right edge of an upright page.
_WITH_PAGE = {"toc 1", "toc 2", "toc 3", LISTED}
_TEXT_TWIPS = 9184


def set_styles(document: Any) -> None:
    """Give `document` every style that `blocks` and `tables` name, its language, and no others' formats."""
    styles = document.styles
    _set_defaults(styles.element)
    for wanted in _STYLES:
        _set(_style(styles, wanted.name), wanted)
    _set_quotes(styles)
    link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    add(add(link.element, "rPr"), "color", val=BRAND)
    _set_table(styles.add_style(TABLE, WD_STYLE_TYPE.TABLE).element)


def _style(styles: Any, name: str) -> Any:
    if name in {style.name for style in styles}:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    made.base_style = styles["Normal"]
    return made


def _set_defaults(styles: Any) -> None:
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    add(defaults, "rFonts", ascii=SERIF, hAnsi=SERIF, eastAsia=SERIF, cs="Arial")
    add(defaults, "sz", val=21)
    add(defaults, "lang", val="id-ID", eastAsia="id-ID", bidi="ar-SA")


def _set(style: Any, wanted: _Style) -> None:
    element = style.element
    for tag in ("pPr", "rPr"):
        for old in element.findall(qn(f"w:{tag}")):
            element.remove(old)
    paragraph, run = add(element, "pPr"), add(element, "rPr")
    if wanted.keep:
        add(paragraph, "keepNext")
    if wanted.name in _WITH_PAGE:
        add(add(paragraph, "tabs"), "tab", val="right", leader="dot", pos=_TEXT_TWIPS)
    spacing = {"before": round(wanted.before * 20), "after": round(wanted.after * 20)}
    add(paragraph, "spacing", **spacing, line=round(wanted.line * 240), lineRule="auto")
    if wanted.left:
        hanging = {"hanging": round(wanted.left * 20)} if wanted.name == PAIR else {}
        add(paragraph, "ind", left=round(wanted.left * 20), **hanging)
    if wanted.level is not None:
        add(paragraph, "outlineLvl", val=wanted.level)
    add(run, "rFonts", ascii=wanted.font, hAnsi=wanted.font, eastAsia=wanted.font, cs="Arial")
    for tag, wish in (("b", wanted.bold), ("i", wanted.italic)):
        if wish:
            add(run, tag)
    add(run, "color", val=wanted.colour)
    add(run, "sz", val=round(wanted.size * 2))
    add(run, "szCs", val=round(wanted.size * 2))


def _set_quotes(styles: Any) -> None:
    """The vision has a stroke of the portal's yellow at its side."""
    border = put(properties_of(styles["Intense Quote"].element, "pPr"), "pBdr")
    add(border, "left", val="single", sz=24, space=10, color=KUNYIT)


def _set_table(element: Any) -> None:
    """Rules between rows, a stronger one above, below and under the head; no upright ones."""
    table = add(element, "tblPr")
    borders = add(table, "tblBorders")
    for side, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, RULE)):
        add(borders, side, val="single", sz=size, space=0, color=colour)
    margins = add(table, "tblCellMar")
    for side, width in (("top", 30), ("left", 40), ("bottom", 30), ("right", 40)):
        add(margins, side, w=width, type="dxa")
    head = add(element, "tblStylePr", type="firstRow")
    add(add(head, "rPr"), "b")
    borders = add(add(head, "tcPr"), "tcBorders")
    add(borders, "bottom", val="single", sz=6, space=0, color=INK)
