"""Pictures in the Word file: those that belong to the content, and drawings of the print. Each says what it shows."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.shared import Mm
from lxml import etree

from masterplan.books.formats.word.raster import Painter, size_of
from masterplan.books.formats.word.xml import make
from smartcity.common.workbooks.cells import printable
from smartcity.press.assets import Assets

_SVG = "http://www.w3.org/2000/svg"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SVG_BLIP = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MM = {"mm": 1.0, "cm": 10.0, "pt": 25.4 / 72, "px": 25.4 / 96, "": 25.4 / 96, "in": 25.4}
_LENGTH = re.compile(r"([\d.]+)\s*(mm|cm|pt|px|in)?")
_DEFAULT_MM = 20.0
_HIGHEST_MM = 150.0


@dataclass
class Drawings:
    """The pictures of one file. `lost` names those that could not be found."""

    part: Any
    assets: Assets
    painter: Painter
    lost: list[str] = field(default_factory=list)
    _count: int = 0

    def picture(self, element: Any, room: float) -> Any:
        """A picture file, no wider than `room` mm; None when it is not there."""
        alt = element.get("alt") or ""
        path = self.assets.path_of(element.get("src") or "")
        width = min(_millimetres(element.get("style") or element.get("width")) or room, room)
        try:
            if path is not None:
                return self._inline(str(path), alt, width)
        except (UnrecognizedImageError, OSError):
            pass
        self.lost.append(alt)
        return None

    def drawing(self, svg: Any, title: str, room: float) -> Any:
        """A drawing as a picture of dots, and as drawn for programs that can; None when it cannot be painted."""
        size = size_of(svg)
        if size is None:
            return None
        width = min(_millimetres(svg.get("width")) or _DEFAULT_MM, room, _HIGHEST_MM * size[0] / size[1])
        source = _standalone(svg)
        dots = self.painter.paint(svg, source, width)
        if dots is None:
            return None
        element = self._inline(BytesIO(dots), title, width)
        self._add_original(element, source)
        return element

    def _inline(self, source: Any, alt: str, width: float) -> Any:
        inline = self.part.new_pic_inline(source, width=Mm(width))
        self._count += 1
        inline.docPr.set("id", str(self._count))
        inline.docPr.set("name", f"Gambar {self._count}")
        inline.docPr.set("descr", printable(alt))
        drawing = make("drawing")
        drawing.append(inline)
        return drawing

    def _add_original(self, drawing: Any, source: bytes) -> None:
        name = PackURI(f"/word/media/gambar{self._count}.svg")
        part = PackagePart(name, "image/svg+xml", source, self.part.package)
        relation = self.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        for blip in drawing.iter(f"{{{_DRAWING}}}blip"):
            extension = etree.SubElement(etree.SubElement(blip, f"{{{_DRAWING}}}extLst"), f"{{{_DRAWING}}}ext")
            extension.set("uri", _SVG_EXTENSION)
            original = etree.SubElement(extension, f"{{{_SVG_BLIP}}}svgBlip", nsmap={"asvg": _SVG_BLIP})
            original.set(f"{{{_RELATIONS}}}embed", relation)


def _standalone(svg: Any) -> bytes:
    """A drawing as a file of its own, with letters that machines have."""

    def copied(element: Any, parent: Any) -> Any:
        name = f"{{{_SVG}}}{etree.QName(element.tag).localname}"
        made = etree.Element(name, nsmap={None: _SVG}) if parent is None else etree.SubElement(parent, name)
        for key, value in element.attrib.items():
            if key == "font-family":
                made.set(key, "Calibri, Carlito, sans-serif")
            elif key != "dx" and not key.startswith("{"):
                made.set(key, value)
        made.text = element.text
        for child in element:
            if isinstance(child.tag, str):
                copied(child, made).tail = child.tail
        return made

    return bytes(etree.tostring(copied(svg, None)))


def _millimetres(text: str | None) -> float | None:
    found = _LENGTH.search(text or "")
    return float(found[1]) * _MM[found[2] or ""] if found else None
