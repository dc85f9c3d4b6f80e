"""HTML of one part to PDF: the only module that knows WeasyPrint, which is loaded when the first `Renderer` is made.

It runs inside the limited child process (`child`); caching, limits and retries are in `fragments`.
"""

import gc
import logging
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydyf  # type: ignore[import-untyped]

from smartcity.press.assets import ORIGIN, Assets, content_type
from smartcity.press.cache import Fragment
from smartcity.press.checking.reading import read_part
from smartcity.press.finish import DECORATION, StructureTree, leave_pictures_sharp, point_links, scope_headers
from smartcity.press.parts import REFERENCE_PREFIX
from smartcity.press.proof import PROOF
from smartcity.press.slim import slim
from smartcity.press.typefaces.faces import Face
from smartcity.press.typefaces.glyph_text import ambiguous_letters
from smartcity.press.typefaces.letters import lacking, original_text, substitutes

OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
_PT = 0.75  # CSS pixels to points
_SVG = "{http://www.w3.org/2000/svg}"
_LINK_TEXT_LENGTH = 200
_EDGE_TOLERANCE = 1.0
_READ_OUT = frozenset({"title", "desc", "style"})


class Renderer:
    """WeasyPrint with our fonts and style sheet loaded once. Keep one per process; it freezes the garbage collector."""

    def __init__(self, assets: Assets, faces: tuple[Face, ...]) -> None:
        # The fontconfig of this process has no fonts on purpose: a font of the machine must not get into a book.
        warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration, get_hb_object_data

        from smartcity.press.shortcuts import take_shortcuts

        logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
        _add_actual_text(frozenset().union(*(ambiguous_letters(face.font) for face in faces)))
        _leave_fonts_out()
        take_shortcuts()
        self._weasyprint, self._face_bytes = weasyprint, get_hb_object_data
        self._covered = frozenset().union(*(face.font.getBestCmap() for face in faces))
        self._fetcher = _fetcher(assets, faces)
        self._fonts = FontConfiguration()
        self._style = weasyprint.CSS(
            url=ORIGIN + assets.stylesheet, url_fetcher=self._fetcher, font_config=self._fonts, _check_mime_type=True
        )
        self._texts = {face.digest: face.texts_by_code() for face in faces}
        self.render(PROOF)
        # Parsing and layout make millions of cyclic objects that live as long as the part. A child renders a handful of
        # parts and ends, so nothing is collected at all: 1.4 times faster. Without the freeze the gain is lost.
        gc.collect()
        gc.freeze()
        gc.disable()

    def render(self, html: str, images: Path | None = None) -> Fragment:
        """Lay out one part; `images` is the folder of the content's images. Raises whatever WeasyPrint raises, and
        ForbiddenLink.
        """
        self._fetcher.refused.clear()
        self._fetcher.assets = replace(self._fetcher.assets, images=images)
        source = self._weasyprint.HTML(string=html, base_url=ORIGIN, url_fetcher=self._fetcher)
        _defuse(source.etree_element)
        missing = _substitute(source.etree_element, lacking(html, self._covered))
        document = source.render(stylesheets=[self._style], font_config=self._fonts, **OPTIONS)
        meta = _meta(document)
        data = slim(document.write_pdf(finisher=lambda doc, pdf: meta.update(self._finish(doc, pdf)), **OPTIONS))
        meta["refused"] = sorted(set(self._fetcher.refused))
        meta["missing"] = sorted({*map(ord, missing), *meta["missing"]})
        meta["reading"] = read_part(data, {font["name"]: self._texts[font["face"]] for font in meta["fonts"]})
        return Fragment(pdf=data, meta=meta)

    def _finish(self, document: Any, pdf: pydyf.PDF) -> dict[str, Any]:
        texts = {
            id(box.link_annotation): _text(box)
            for page in document.pages
            for *_, box in page.links
            if box.link_annotation
        }
        links = point_links(pdf, texts)
        leave_pictures_sharp(pdf)
        scope_headers(
            [box for page in document.pages for box in _boxes(page) if getattr(box, "mark", None) is not None]
        )
        pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        streams = [pdf.objects[int(page["Contents"].split()[0])] for page in pages]
        StructureTree(pdf, [page.height * _PT for page in document.pages], streams).tidy()
        fonts = sorted(document.fonts.values(), key=lambda font: font.hash)
        lacking = {font.hash for font in fonts if font.missing}
        glyphs: dict[tuple[str, str], set[int]] = defaultdict(set)
        for font in fonts:
            if font.hash not in lacking:
                glyphs[font.hash, Face.digest_of(self._face_bytes(font.hb_face))].update(font.to_unicode)
        return {
            "links": links,
            "fonts": [{"name": name, "face": face, "glyphs": sorted(used)} for (name, face), used in glyphs.items()],
            "missing": sorted({code for font in fonts for code in font.missing}),
        }


def _fetcher(assets: Assets, faces: tuple[Face, ...]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    unpacked = {ORIGIN + face.source: face.path for face in faces}

    class AssetFetcher(URLFetcher):
        """Serves our own files and nothing else. A subclass because WeasyPrint 70 fails on a plain function."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=())
            self.assets = assets
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            path: Path | None = unpacked.get(url) or self.assets.path_of(url)
            if path is None:
                self.refused.append(url[:200])
                raise ValueError("Only the portal's own files are used in a print.")
            kind = "font/ttf" if url in unpacked else content_type(path)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return AssetFetcher()


def _defuse(root: Any) -> None:
    """Make references of `#…` links, drop links of other kinds and attachments, and mark decoration."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        element.attrib.pop("rel", None)
        href = element.attrib.get("href", "").strip()
        if element.tag in {"a", "area"} and href.startswith("#"):
            element.attrib["href"] = REFERENCE_PREFIX + href[1:]
        elif href and not href.startswith(("https://", "mailto:")) and not element.tag.startswith(_SVG):
            del element.attrib["href"]
        if element.tag == "img" and element.attrib.get("alt") == "":
            element.attrib["alt"] = DECORATION
        if element.tag == f"{_SVG}svg" and element.attrib.get("aria-hidden") == "true":
            title = element.makeelement(f"{_SVG}title", {})
            title.text = DECORATION
            element.insert(0, title)


def _substitute(root: Any, letters: set[str]) -> set[str]:
    """Let signs stand for these letters where they are shown, not where they are only read out; gives those shown."""
    shown: set[str] = set()
    signs = substitutes(letters)
    for element in root.iter() if letters else ():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in _READ_OUT:
            shown |= letters.intersection(element.text or "")
            element.text = element.text and element.text.translate(signs)
        shown |= letters.intersection(element.tail or "")
        element.tail = element.tail and element.tail.translate(signs)
    return shown


def _meta(document: Any) -> dict[str, Any]:
    anchors: dict[str, list[float]] = {}
    bookmarks, overflow = [], []
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, [number, round(x * _PT, 2), round((page.height - y) * _PT, 2)])
        for level, title, (x, y), _ in page.bookmarks:
            bookmarks.append(
                [level, original_text(title), number, round(x * _PT, 2), round((page.height - y) * _PT, 2)]
            )
        overflow += [original_text(box.text) for box in _boxes(page) if _leaves_paper(box, page)]
    pages = [[round(page.width * _PT, 2), round(page.height * _PT, 2)] for page in document.pages]
    return {
        "pages": pages,
        "anchors": anchors,
        "bookmarks": bookmarks,
        "overflow": [text[:80] for text in overflow[:5]],
    }


def _leaves_paper(box: Any, page: Any) -> bool:
    if not getattr(box, "text", "").strip():
        return False
    right, bottom = box.position_x + box.width, box.position_y + box.height
    return bool(right > page.width + _EDGE_TOLERANCE or bottom > page.height + _EDGE_TOLERANCE)


def _boxes(page: Any) -> Iterator[Any]:
    stack = [page._page_box]
    while stack:
        box = getattr(stack[-1], "_box", stack.pop())
        yield box
        stack += list(box.all_children())[::-1]


def _text(box: Any) -> str:
    """The words of a laid-out box, as a reader hears them when the box is a link."""
    parts: list[str] = []
    stack = [box]
    while stack:
        current = stack.pop()
        parts.append(getattr(current, "text", ""))
        stack += list(current.all_children())[::-1]
    words = " ".join(original_text("".join(parts)).split())
    return words if len(words) <= _LINK_TEXT_LENGTH else words[: _LINK_TEXT_LENGTH - 1] + "…"


def _add_actual_text(ambiguous: frozenset[str]) -> None:
    """Write the text itself (/ActualText) around runs whose glyphs alone do not tell it.

    In Arabic several glyphs share one letter and run backwards, in Javanese they change places, an emoji may be five
    code points, ‘ and ʻ may share a glyph, and of a mark and its base WeasyPrint maps the wrong one. Whoever copies,
    searches or hears such text needs the words; so does our own check. WeasyPrint has no hook for it.
    """
    from weasyprint import draw

    original = draw.draw_text

    def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any = "none") -> None:
        plain = ambiguous.isdisjoint(textbox.text) and all(map(_is_simple, textbox.text))
        if not plain:
            text = pydyf.String(original_text(textbox.text))
            stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": text}))
        original(stream, textbox, offset_x, text_overflow, block_ellipsis)
        if not plain:
            stream.end_marked_content()

    draw.draw_text = draw_text


def _leave_fonts_out() -> None:
    """Put no font into a part: the book holds each face once, so the part only says which glyphs it uses.

    A font that lacks a letter has an encoding of its own and stays with its part. WeasyPrint has no option for it.
    """
    import weasyprint.pdf

    original = weasyprint.pdf.build_fonts_dictionary

    def build_fonts_dictionary(pdf: pydyf.PDF, fonts: Mapping[Any, Any], *options: Any) -> Any:
        lacking = {font.hash for font in fonts.values() if font.missing}
        return original(pdf, {key: font for key, font in fonts.items() if font.hash in lacking}, *options)

    weasyprint.pdf.build_fonts_dictionary = build_fonts_dictionary


def _is_simple(letter: str) -> bool:
    code = ord(letter)
    if code < 0x300:
        return code != 0xAD
    if 0x370 <= code < 0x530 or 0x1E00 <= code < 0x2C00:
        return unicodedata.category(letter) not in {"Cf", "Mn", "Mc", "Me"}
    return False
