"""The faces of the books inside the Word file, so that it looks like the print on a machine that has none of them.

A program that takes no faces from a file uses Calibri and Cambria.
"""

import uuid
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import etree

from masterplan.books.formats.word.xml import add, make
from smartcity.press.assets import Assets

SANS, SERIF = "Plus Jakarta Sans", "Source Serif 4"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_HIDDEN_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED = 32
# The print sets words of the sans face this much further apart; Word can only be given a wider blank.
_WORD_SPACING_EM = 0.06


@dataclass(frozen=True)
class _Family:
    name: str
    instead: str
    kind: str
    files: tuple[tuple[str, str], ...]


_FAMILIES = (
    _Family(
        SANS, "Calibri", "swiss",
        (("embedRegular", "plus-jakarta-sans-400"), ("embedBold", "plus-jakarta-sans-700")),
    ),
    _Family(
        SERIF, "Cambria", "roman",
        (
            ("embedRegular", "source-serif-4-400"), ("embedBold", "source-serif-4-600"),
            ("embedItalic", "source-serif-4-400-italic"),
        ),
    ),
)  # fmt: skip


def embed_faces(document: Any, assets: Assets) -> None:
    """Put the faces into the file and say so where Word looks."""
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = etree.fromstring(table.blob)
    for family in _FAMILIES:
        font = add(fonts, "font", name=family.name)
        add(font, "altName", val=family.instead)
        add(font, "charset", val="00")
        add(font, "family", val=family.kind)
        add(font, "pitch", val="variable")
        for tag, file in family.files:
            key = uuid.uuid5(uuid.NAMESPACE_URL, file)
            part = PackagePart(
                PackURI(f"/word/fonts/{file}.odttf"), _HIDDEN_FONT, _hidden(_face(assets, family, tag, file), key),
                document.part.package,
            )  # fmt: skip
            element = add(font, tag, fontKey=f"{{{str(key).upper()}}}")
            element.set(qn("r:id"), table.relate_to(part, _FONT))
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
    document.settings.element.find(qn("w:zoom")).addnext(make("embedTrueTypeFonts"))


def _face(assets: Assets, family: _Family, tag: str, file: str) -> bytes:
    """The face under the family's own name; its semibold serves as the bold that Word asks for."""
    font = open_face(assets, file)
    if tag == "embedBold" and font["name"].getDebugName(1) != family.name:
        names = font["name"]
        for number, text in ((1, family.name), (2, "Bold"), (4, f"{family.name} Bold")):
            names.setName(text, number, 3, 1, 0x409)
        for number in (16, 17):
            names.removeNames(nameID=number)
        font["OS/2"].usWeightClass, font["head"].macStyle = 700, 1
        font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
    return plain_file(font)


def open_face(assets: Assets, name: str) -> Any:
    """A vendored face as fontTools reads it, with the blank of the print."""
    font = TTFont(assets.static / "fonts" / f"{name}.woff2", recalcTimestamp=False)
    if name.startswith("plus-jakarta-sans"):
        blank = font.getBestCmap()[ord(" ")]
        width, bearing = font["hmtx"][blank]
        font["hmtx"][blank] = (width + round(_WORD_SPACING_EM * font["head"].unitsPerEm), bearing)
    return font


def plain_file(font: Any) -> bytes:
    """The face as an unpacked file."""
    font.flavor = None
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _hidden(data: bytes, key: uuid.UUID) -> bytes:
    """The file as Word wants it: its first bytes mixed with the key, read backwards."""
    mixed = bytes.fromhex(key.hex)[::-1] * 2
    return bytes(one ^ other for one, other in zip(data[:_OBFUSCATED], mixed, strict=True)) + data[_OBFUSCATED:]
