"""WordprocessingML by hand: elements with their attributes in the order that Word insists on. No meaning, no HTML."""

from typing import Any

from docx.oxml.ns import qn
from lxml import etree

# The schema fixes the order of properties; Word refuses a file that has another.
_ORDER = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc",
        "outlineLvl", "sectPr",
    ),
    "rPr": ("rStyle", "rFonts", "b", "i", "color", "sz", "szCs"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign"),
}  # fmt: skip


def add(parent: Any, tag: str, **attributes: str | int) -> Any:
    """A new last child `w:tag` of `parent` with `w:` attributes."""
    child = etree.SubElement(parent, qn(f"w:{tag}"))
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), str(value))
    return child


def make(tag: str, **attributes: str | int) -> Any:
    """An element that stands nowhere yet."""
    holder = etree.Element(qn("w:holder"), nsmap={"w": qn("w:p")[1:].partition("}")[0]})
    return add(holder, tag, **attributes)


def put(properties: Any, tag: str, **attributes: str | int) -> Any:
    """A property in its place among those that are there; one of that name is replaced."""
    kind = etree.QName(properties).localname
    order = _ORDER[kind]
    for child in properties.findall(qn(f"w:{tag}")):
        properties.remove(child)
    fresh = add(properties, tag, **attributes)
    place = order.index(tag)
    later = [child for child in properties if child is not fresh and _place(child, order) > place]
    if later:
        later[0].addprevious(fresh)
    return fresh


def _place(child: Any, order: tuple[str, ...]) -> int:
    return order.index(etree.QName(child).localname)


def properties_of(element: Any, tag: str) -> Any:
    """The properties `tag` of a paragraph, run or cell: its first child, made where there is none."""
    found = element.find(qn(f"w:{tag}"))
    if found is None:
        found = etree.SubElement(element, qn(f"w:{tag}"))
        element.insert(0, found)
    return found


def add_field(paragraph: Any, instruction: str, result: str, formats: Any = None) -> None:
    """A field with the result it shows until a program works it out."""
    for kind in ("begin", None, "separate", "result", "end"):
        run = add(paragraph, "r")
        if formats is not None:
            run.append(etree.fromstring(etree.tostring(formats)))
        if kind is None:
            add_text(run, instruction, tag="instrText")
        elif kind == "result":
            add_text(run, result)
        else:
            add(run, "fldChar", fldCharType=kind)


def add_text(run: Any, text: str, tag: str = "t") -> None:
    """Words in a run, blanks at its edges kept."""
    words = add(run, tag)
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
