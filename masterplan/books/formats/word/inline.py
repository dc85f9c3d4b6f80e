"""Markup among words: bold, links, spans, marks, line ends. An element that nobody knows gives its words."""

from dataclasses import replace
from typing import Any

from masterplan.books.formats.word.lines import Look, WordLine
from masterplan.books.formats.word.place import BlockContext, WordContext
from masterplan.books.formats.word.sheet_of_styles import BRAND, GAP, INK_2
from masterplan.books.formats.word.styles import LINK

SVG = "{http://www.w3.org/2000/svg}"
# Small drawings among words have a letter that says the same.
_SIGNS = {"diterima": "●", "cakram": "●", "diusulkan": "○", "cincin": "○", "ditolak": "✕"}
_LOOKS: dict[str, dict[str, Any]] = {
    "label": {"bold": True, "colour": BRAND},
    "gap": {"bold": True, "colour": GAP},
    "plain": {"bold": False},
}
_QUIET = frozenset({"head", "title", "style", "script", "template", "colgroup", "col"})


def classes_of(element: Any) -> list[str]:
    """The classes of an element."""
    return str(element.get("class") or "").split()


def is_element(node: Any) -> bool:
    """Whether a node is an element that is seen, and no comment; a dimension's sign only adorns its name."""
    return isinstance(node.tag, str) and node.tag not in _QUIET and "mark-dimension" not in classes_of(node)


def title_of(svg: Any) -> str:
    """What a drawing says to who cannot see it."""
    found = [child.text or "" for child in svg if child.tag in (f"{SVG}title", f"{SVG}desc")]
    return " ".join(" ".join(found).split())


def write_inline(desk: WordContext, line: WordLine, element: Any, place: BlockContext, look: Look) -> None:
    """One element among the words of `line`, without what follows it."""
    if not is_element(element):
        return
    tag, classes = element.tag, classes_of(element)
    if element.get("id"):
        line.mark(element.get("id"))
    if tag == "br":
        line.end_line()
    elif tag == f"{SVG}svg":
        _write_drawing(desk, line, element, place, look, classes)
    elif tag == "img":
        drawn = desk.drawings.picture(element, place.width)
        if drawn is None:
            line.write(element.get("alt") or "", look)
        else:
            line.draw(drawn)
    elif tag == "a":
        linked = line.open_link(element.get("href") or "")
        write_children(desk, line, element, place, replace(look, style=LINK if linked else look.style))
        if linked:
            line.close_link()
    else:
        write_children(desk, line, element, place, _look(look, tag, classes))
        if "swatch" in classes:
            line.write("■ ", replace(look, colour=desk.sheet.colour(place.dimension)))


def write_children(desk: WordContext, line: WordLine, element: Any, place: BlockContext, look: Look) -> None:
    """The words and elements inside `element`."""
    line.write(element.text or "", look)
    gone = False
    for child in element:
        if gone and child.tag == "ins":  # set a little apart in print
            line.write(" ", look)
        write_inline(desk, line, child, place, look)
        line.write(child.tail or "", look)
        gone = child.tag == "del" and not child.tail


def _look(look: Look, tag: str, classes: list[str]) -> Look:
    if tag in ("strong", "b", "th"):
        look = replace(look, bold=True)
    if tag in ("em", "i", "cite"):
        look = replace(look, italic=True)
    if tag == "del":
        look = replace(look, struck=True, colour=INK_2)
    if tag == "ins":
        look = replace(look, underlined=True)
    for name in classes:
        look = replace(look, **_LOOKS.get(name, {}))
    if "number" in classes and not look.style:
        look = replace(look, colour=look.colour or INK_2)
    return look


def _write_drawing(
    desk: WordContext, line: WordLine, svg: Any, place: BlockContext, look: Look, classes: list[str]
) -> None:
    title = title_of(svg)
    if "mark" in classes:
        line.write(_SIGNS.get(title.lower(), title), look)
        return
    drawn = desk.drawings.drawing(svg, title, place.width)
    if drawn is None:
        line.write(title or " ".join(" ".join(svg.itertext()).split()), look)
    else:
        line.draw(drawn)
