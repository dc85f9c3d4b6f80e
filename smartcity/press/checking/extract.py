"""Reads the text of a finished PDF back from its page contents, glyph by glyph, with what is marked around it.

Made for files that `assemble` writes: text is shown as glyph ids in hexadecimal. It says so when it meets anything
else, so nothing is passed over in silence. Judging what was read is `check`'s work.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf

from smartcity.press.typefaces.glyph_text import read_unicode_cmap

_TOKEN = re.compile(
    rb"/(?P<font>[^\s/\[\]<>()]+)\s+[-\d.]+\s+Tf\b"
    rb"|\[(?P<array>[^\]]*)\]\s*TJ\b"
    rb"|/(?P<tag>\w+)\s+<<(?P<facts>.*?)>>\s*BDC\b"
    rb"|/(?P<bare>\w+)\s+BMC\b"
    rb"|(?P<end>\bEMC\b)"
    rb"|/(?P<draw>[^\s/\[\]<>()]+)\s+Do\b"
    rb"|/(?P<pattern>[^\s/\[\]<>()]+)\s+scn\b",
    re.DOTALL,
)
_SHOWING = re.compile(rb"(?:\bT[jJ]\b)|(?:[)>]\s*['\"])")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")
# A noncharacter: no text of a book can hold it.
_NOTDEF = "\ufffe"
_MCID = re.compile(rb"/MCID\s+(\d+)")
_ACTUAL = re.compile(rb"/ActualText\s*<([0-9A-Fa-f]+)>")


@dataclass
class PageText:
    """What one page shows: `text` outside artifacts in the order of drawing, `artifacts` inside them.

    `mcids` in order of use; `missing` counts glyphs that are .notdef, `unmapped` those without a text, `untagged`
    letters outside any tag, `unreadable` showing operators of a form this module does not know.
    """

    text: str = ""
    artifacts: str = ""
    mcids: list[int] = field(default_factory=list)
    missing: int = 0
    unmapped: int = 0
    untagged: int = 0
    unreadable: int = 0


@dataclass
class _Mark:
    artifact: bool
    tagged: bool
    actual: str | None = None


class TextReader:
    """Reads pages of one PDF; fonts that pages share are read once.

    `fonts` gives the texts of glyphs, by their codes, for fonts that the pages name without holding them.
    """

    def __init__(self, fonts: Mapping[str, Mapping[bytes, str]] | None = None) -> None:
        self._given = fonts or {}
        self._maps: dict[tuple[int, int], dict[bytes, str]] = {}

    def read(self, page: pikepdf.Page) -> PageText:
        """Everything `page` shows, drawings and patterns included."""
        contents = page.obj.Contents
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        return self.read_content(b"\n".join(stream.read_bytes() for stream in streams), page.obj.Resources)

    def read_content(self, content: bytes, resources: pikepdf.Object) -> PageText:
        """Everything that this page content shows with these resources."""
        found = PageText()
        texts: dict[bool, list[str]] = {False: [], True: []}
        self._walk(content, resources, [], found, texts)
        found.text, found.artifacts = "".join(texts[False]), "".join(texts[True])
        return found

    def _walk(
        self,
        content: bytes,
        resources: pikepdf.Object,
        marks: list[_Mark],
        found: PageText,
        texts: dict[bool, list[str]],
    ) -> None:
        depth, shown = len(marks), 0
        fonts: dict[bytes, Mapping[bytes, str]] = {}
        current: Mapping[bytes, str] = {}
        for token in _TOKEN.finditer(content):
            kind = token.lastgroup
            if kind == "font":
                name = token["font"]
                if name not in fonts:
                    fonts[name] = self._texts_of(name.decode(), resources)
                current = fonts[name]
            elif kind == "array":
                shown += 1
                text = self._text(token["array"], current, found)
                artifact = any(mark.artifact for mark in marks)
                if not any(mark.actual is not None for mark in marks):
                    texts[artifact].append(text)
                if not artifact and not any(mark.tagged for mark in marks):
                    found.untagged += len(text.strip())
            elif kind in {"facts", "bare"}:
                self._open(token, marks, found, texts)
            elif kind == "end":
                if len(marks) > depth:
                    marks.pop()
            elif kind in {"draw", "pattern"}:
                for inner in _inner(resources, kind, token[kind].decode()):
                    self._walk(inner.read_bytes(), inner.get("/Resources", resources), marks, found, texts)
        del marks[depth:]
        found.unreadable += len(_SHOWING.findall(content)) - shown

    def _open(self, token: re.Match[bytes], marks: list[_Mark], found: PageText, texts: dict[bool, list[str]]) -> None:
        tag, facts = token["tag"] or token["bare"], token["facts"] or b""
        mcid = _MCID.search(facts)
        if mcid:
            found.mcids.append(int(mcid[1]))
        actual = _ACTUAL.search(facts)
        text = bytes.fromhex(actual[1].decode()).decode("utf-16") if actual else None
        marks.append(_Mark(artifact=tag == b"Artifact", tagged=mcid is not None, actual=text))
        if text is not None:
            texts[any(mark.artifact for mark in marks)].append(text)

    def _text(self, array: bytes, texts: Mapping[bytes, str], found: PageText) -> str:
        # A number between two strings moves the pen; the codes are four digits each.
        run = b"".join(_HEX.findall(array)).lower()
        codes = [run[start : start + 4] for start in range(0, len(run), 4)]
        letters = [texts.get(code, "") for code in codes]
        if b"0000" in codes or _NOTDEF in letters or "" in letters:
            for code, text in zip(codes, letters, strict=True):
                if code == b"0000" or text == _NOTDEF:
                    found.missing += 1
                elif not text:
                    found.unmapped += 1
        return "".join(letters)

    def _texts_of(self, name: str, resources: pikepdf.Object) -> Mapping[bytes, str]:
        return self._given[name] if name in self._given else self._map(resources.Font[f"/{name}"])

    def _map(self, font: pikepdf.Object) -> dict[bytes, str]:
        key = font.objgen
        if key not in self._maps:
            texts = read_unicode_cmap(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            if str(font.get("/Encoding")) != "/Identity-H":
                texts = _with_missing(texts, font)
            self._maps[key] = texts
        return self._maps[key]


def _with_missing(texts: dict[bytes, str], font: pikepdf.Object) -> dict[bytes, str]:
    """WeasyPrint gives a letter that no face has a code of its own, which the encoding sends to .notdef."""
    if not isinstance(font.get("/Encoding"), pikepdf.Stream):
        return {}
    codes = dict(re.findall(rb"<([0-9a-f]{4})>\s+(\d+)", font.Encoding.read_bytes()))
    return {code: _NOTDEF if codes.get(code) == b"0" else text for code, text in texts.items()}


def _inner(resources: pikepdf.Object, kind: str, name: str) -> Iterator[pikepdf.Object]:
    group = resources.get("/XObject" if kind == "draw" else "/Pattern", pikepdf.Dictionary())
    item = group.get(f"/{name}")
    if isinstance(item, pikepdf.Stream) and (kind == "pattern" or item.get("/Subtype") == pikepdf.Name.Form):
        yield item
