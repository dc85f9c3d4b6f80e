"""Markup among words: bold, links, spans, marks, line ends. An element that nobody knows gives its words."""

from dataclasses import replace
from typing import Any

from masterplan.books.formats.word.context import BlockContext, WordContext
from masterplan.books.formats.word.lines import RunFormat, WordLine
from masterplan.books.formats.word.styles import LINK
from masterplan.books.formats.word.stylesheet import BRAND, GAP, INK_2

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


def write_inline(
    context: WordContext, line: WordLine, element: Any, place: BlockContext, run_format: RunFormat
) -> None:
    """One element among the words of `line`, without what follows it."""
    if not is_element(element):
        return
    tag, classes = element.tag, classes_of(element)
    if element.get("id"):
        line.mark(element.get("id"))
    if tag == "br":
        line.end_line()
    elif tag == f"{SVG}svg":
        _write_drawing(context, line, element, place, run_format, classes)
    elif tag == "img":
        drawn = context.drawings.picture(element, place.width)
        if drawn is None:
            line.write(element.get("alt") or "", run_format)
        else:
            line.draw(drawn)
    elif tag == "a":
        linked = line.open_link(element.get("href") or "")
        write_children(context, line, element, place, replace(run_format, style=LINK if linked else run_format.style))
        if linked:
            line.close_link()
    else:
        write_children(context, line, element, place, _format_of(run_format, tag, classes))
        if "swatch" in classes:
            line.write("■ ", replace(run_format, colour=context.sheet.colour(place.dimension)))


def write_children(
    context: WordContext, line: WordLine, element: Any, place: BlockContext, run_format: RunFormat
) -> None:
    """The words and elements inside `element`."""
    line.write(element.text or "", run_format)
    gone = False
    for child in element:
        if gone and child.tag == "ins":  # set a little apart in print
            line.write(" ", run_format)
        write_inline(context, line, child, place, run_format)
        line.write(child.tail or "", run_format)
        gone = child.tag == "del" and not child.tail


def _format_of(run_format: RunFormat, tag: str, classes: list[str]) -> RunFormat:
    if tag in ("strong", "b", "th"):
        run_format = replace(run_format, bold=True)
    if tag in ("em", "i", "cite"):
        run_format = replace(run_format, italic=True)
    if tag == "del":
        run_format = replace(run_format, struck=True, colour=INK_2)
    if tag == "ins":
        run_format = replace(run_format, underlined=True)
    for name in classes:
        run_format = replace(run_format, **_LOOKS.get(name, {}))
    if "number" in classes and not run_format.style:
        run_format = replace(run_format, colour=run_format.colour or INK_2)
    return run_format


def _write_drawing(
    context: WordContext, line: WordLine, svg: Any, place: BlockContext, run_format: RunFormat, classes: list[str]
) -> None:
    title = title_of(svg)
    if "mark" in classes:
        line.write(_SIGNS.get(title.lower(), title), run_format)
        return
    drawn = context.drawings.drawing(svg, title, place.width)
    if drawn is None:
        line.write(title or " ".join(" ".join(svg.itertext()).split()), run_format)
    else:
        line.draw(drawn)
