"""What the pages of a part say, read from its bytes where it was rendered, and known again in the finished book.

A page is copied into the book as it is: the same content, the same drawings, glyphs of the same faces. What was read
from it therefore holds as long as these are the same, and that is seen by their checksums without reading again.
Reading itself is `extract`; judging is `check`.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from smartcity.press.checking.extract import PageText, TextReader
from smartcity.press.checking.squeeze import squeeze
from smartcity.press.checking.tag_check import heading_levels, owners_by_page, tag_problems
from smartcity.press.typefaces.faces import Face
from smartcity.press.typefaces.glyph_text import read_unicode_cmap


def read_part(pdf: bytes, fonts: Mapping[str, Mapping[bytes, str]]) -> dict[str, Any] | None:
    """The reading of one rendered part, as `meta` keeps it, or None when something is not as it should be.

    `fonts` gives the glyph texts of fonts that the part names without holding them. A part without a reading is read,
    and what is wrong with it told, in the finished book.

    `pages`: [fingerprint of the content, squeezed text, length of its list of tags]; `drawings`: their checksum;
    `tags`: how many stand at the top; `headings`: their levels in order.
    """
    with pikepdf.open(io.BytesIO(pdf)) as part:
        reader = TextReader(fonts)
        pages = [reader.read(page) for page in part.pages]
        flawless = not any(page.missing or page.unmapped or page.untagged or page.unreadable for page in pages)
        if not flawless or any(tag_problems(part, pages, whole=False)):
            return None
        return {
            "pages": [
                [_fingerprint(page.obj.Contents), squeeze(text.text), len(owners)]
                for page, text, owners in zip(part.pages, pages, owners_by_page(part), strict=True)
            ],
            "drawings": drawings_checksum(part.pages[0].obj.Resources),
            "tags": len(part.Root.StructTreeRoot.K[0].get("/K", [])),
            "headings": list(heading_levels(part)),
        }


def drawings_checksum(resources: pikepdf.Object) -> str:
    """Of everything below these resources that can show text: drawings and patterns, and those inside them."""
    total = hashlib.sha256()
    for name, content in _drawings(resources, set()):
        total.update(f"{name}\0{_checksum(content)}\n".encode())
    return total.hexdigest()


def _drawings(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[tuple[str, bytes]]:
    for kind in ("/XObject", "/Pattern"):
        group = resources.get(kind)
        for name, item in sorted(group.items()) if group is not None else ():
            if item.objgen in seen or not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
                continue
            seen.add(item.objgen)
            yield f"{kind}{name}", item.read_bytes()
            if "/Resources" in item:
                yield from _drawings(item.Resources, seen)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fingerprint(stream: pikepdf.Object) -> str:
    """Checksum of a stream as it is stored and of how it is to be unpacked: it is copied into the book without that."""
    how = [repr(stream.get(key)) for key in ("/Filter", "/DecodeParms")]
    return _checksum("\0".join(how).encode() + stream.read_raw_bytes())


@dataclass(frozen=True)
class ReadPart:
    """A part of the book with its reading: `first` is its first page (0-based), `meta` its fragment's."""

    first: int
    meta: Mapping[str, Any]


class KnownPages:
    """The pages of a finished book that are those of its parts, so that their text is known."""

    def __init__(self, parts: Sequence[ReadPart], faces: Sequence[Face]) -> None:
        self.parts = parts
        self._faces = {face.digest: face for face in faces}
        self._by_page = {
            part.first + number: (part, *page)
            for part in parts
            if part.meta["reading"]
            for number, page in enumerate(part.meta["reading"]["pages"])
        }
        self._memory = _Memory()

    @property
    def all_read(self) -> bool:
        """Whether every part has a reading."""
        return all(part.meta["reading"] for part in self.parts)

    def read(self, number: int, page: pikepdf.Page, reader: TextReader) -> PageText | None:
        """What page `number` (0-based) shows, its text squeezed; None when it is not known.

        Only what the edition adds to the page is read.
        """
        known = self._by_page.get(number)
        if known is None:
            return None
        part, checksum, text, _ = known
        streams = page.obj.Contents
        contents = list(streams) if isinstance(streams, pikepdf.Array) else [streams]
        others = [stream for stream in contents if _fingerprint(stream) != checksum]
        if len(others) != len(contents) - 1 or not self._same_resources(part, page.obj.Resources):
            return None
        added = reader.read_content(b"\n".join(stream.read_bytes() for stream in others), page.obj.Resources)
        added.text = text + squeeze(added.text)
        return added

    def _same_resources(self, part: ReadPart, resources: pikepdf.Object) -> bool:
        key = (part.first, resources.objgen)
        if key not in self._memory.resources:
            same = drawings_checksum(resources) == part.meta["reading"]["drawings"]
            self._memory.resources[key] = same and all(
                self._says_the_same(resources.Font.get(f"/{font['name']}"), font) for font in part.meta["fonts"]
            )
        return self._memory.resources[key]

    def _says_the_same(self, font: pikepdf.Object | None, known: Mapping[str, Any]) -> bool:
        """Whether the font in the book gives each glyph the text with which it was read."""
        if font is None or "/ToUnicode" not in font or known["face"] not in self._faces:
            return False
        key = (font.objgen, known["face"])
        if key not in self._memory.fonts:
            texts = self._faces[known["face"]].texts
            shown = read_unicode_cmap(font.ToUnicode.read_bytes())
            right = {int(code, 16) for code, text in shown.items() if text == texts.get(int(code, 16), "\ufffd")}
            self._memory.fonts[key] = frozenset(right)
        return self._memory.fonts[key].issuperset(glyph for glyph in known["glyphs"] if glyph)


@dataclass
class _Memory:
    """What was found about resources and fonts, which many pages share."""

    resources: dict[Any, bool] = field(default_factory=dict)
    fonts: dict[Any, frozenset[int]] = field(default_factory=dict)
