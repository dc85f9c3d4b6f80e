"""The typefaces of a book: unpacked from the style sheet's @font-face rules, measured, embedded once a book.

Choosing a face for a text is WeasyPrint's work; here are only the files it may choose from.
"""

import hashlib
import io
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont, woff2

from smartcity.press.assets import ORIGIN, Assets
from smartcity.press.cache import press_folder, read_sealed, write_atomically, write_sealed
from smartcity.press.errors import BookError
from smartcity.press.typefaces.glyph_text import unicode_cmap, unicode_of_glyphs

_RULE = re.compile(r"@font-face\s*\{([^}]*)\}", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SOURCE = re.compile(r"""url\(\s*["']?([^"')]+)""")
_WEIGHTS = {"normal": 400, "bold": 700}
# Part of the names of what is kept about a face, so that another way of working it out makes it anew.
_SOURCES = b"".join(Path(__file__).with_name(name).read_bytes() for name in ("faces.py", "glyph_text.py"))
_WORKED_OUT_BY = hashlib.sha256(_SOURCES + version("fonttools").encode()).hexdigest()[:12]


# It reports each table of each face at level INFO.
logging.getLogger("fontTools").setLevel(logging.WARNING)


class UnusableFonts(BookError):
    """The style sheet names fonts a book cannot be made with; the message says which and why."""


@dataclass(frozen=True)
class Face:
    """One vendored face: `source` below the static folder, `path` and `digest` of the unpacked TrueType file.

    What is worked out about it is kept in `memory`, which may be emptied.
    """

    family: str
    weight: int
    style: str
    source: str
    path: Path
    digest: str
    memory: Path

    @staticmethod
    def digest_of(data: bytes) -> str:
        """How a face is told from another: by its bytes."""
        return hashlib.sha256(data).hexdigest()[:32]

    @cached_property
    def font(self) -> TTFont:
        """The parsed file."""
        return _open(self.path)

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text each glyph stands for. Working it out takes longer than all else about a face, so it is kept."""
        path = self.memory / f"{self.path.stem}-{_WORKED_OUT_BY}.texts"
        kept = read_sealed(path)
        if kept is None:
            kept = json.dumps(sorted(unicode_of_glyphs(self.font).items())).encode()
            write_sealed(path, kept)
        return dict(json.loads(kept))

    def texts_by_code(self) -> dict[bytes, str]:
        """The same by the code of each glyph as page contents write it, as the book's /ToUnicode says it."""
        return {f"{glyph:04x}".encode(): text for glyph, text in self.texts.items()}

    def glyphs(self, text: str) -> list[tuple[int, float]]:
        """Glyph id and advance in em of each character of `text`; characters the face lacks are left out."""
        return [glyph for glyph in map(self._glyph, text) if glyph is not None]

    def _glyph(self, letter: str) -> tuple[int, float] | None:
        if letter not in self._drawn:
            name = self.font.getBestCmap().get(ord(letter))
            metrics, units = self.font["hmtx"], self.font["head"].unitsPerEm
            self._drawn[letter] = None if name is None else (self.font.getGlyphID(name), metrics[name][0] / units)
        return self._drawn[letter]

    @cached_property
    def _drawn(self) -> dict[str, tuple[int, float] | None]:
        return {}


def load_faces(assets: Assets, cache_dir: Path) -> tuple[Face, ...]:
    """All faces of the style sheet, unpacked beside `cache_dir`. Raises UnusableFonts."""
    css = _COMMENT.sub("", (assets.static / assets.stylesheet).read_text(encoding="utf-8"))
    faces = [_face(rule, assets, cache_dir) for rule in _RULE.findall(css)]
    if not faces:
        raise UnusableFonts(f"{assets.stylesheet} tidak memuat @font-face.")
    seen: dict[tuple[str, int, str], Face] = {}
    for face in faces:
        twin = seen.setdefault((face.family, face.weight, face.style), face)
        # WeasyPrint tells fonts apart by these three alone: of two files only one would be embedded, and the text set
        # in the other would come out as wrong letters.
        if twin is not face:
            raise UnusableFonts(f"{twin.source} dan {face.source} mengaku huruf yang sama.")
    return tuple(faces)


@lru_cache(maxsize=1)
def kept_faces(assets: Assets, cache_dir: Path, _digest: str) -> tuple[Face, ...]:
    """The same from the memory of this process: parsing them takes longer than all that a book reads in them.

    `_digest` is that of the assets. Raises UnusableFonts.
    """
    return load_faces(assets, cache_dir)


def _face(rule: str, assets: Assets, cache_dir: Path) -> Face:
    values = dict(part.strip().split(":", 1) for part in rule.split(";") if ":" in part)
    values = {name.strip().lower(): value.strip() for name, value in values.items()}
    found = _SOURCE.search(values.get("src", ""))
    url = urljoin(ORIGIN + assets.stylesheet, found[1]) if found else ""
    packed = assets.path_of(url)
    if packed is None:
        raise UnusableFonts(f"@font-face dengan src {values.get('src', 'kosong')} bukan berkas di static/fonts.")
    path, digest = _unpack(packed, cache_dir)
    weight = values.get("font-weight", "normal")
    face = Face(
        family=values.get("font-family", "").strip("\"'"),
        weight=_WEIGHTS.get(weight) or int(weight.split()[0]),
        style=values.get("font-style", "normal"),
        source=url.removeprefix(ORIGIN),
        path=path,
        digest=digest,
        memory=cache_dir / "faces",
    )
    if "glyf" not in face.font or "fvar" in face.font:
        raise UnusableFonts(f"{face.source} bukan huruf TrueType biasa.")
    return face


def _unpack(packed: Path, cache_dir: Path) -> tuple[Path, str]:
    """Unpacking takes WeasyPrint a second each time, so the result is kept; its name holds both checksums."""
    raw = packed.read_bytes()
    source = Face.digest_of(raw)
    folder = press_folder(cache_dir) / "faces"
    for path in folder.glob(f"{source}-*.ttf"):
        digest = Face.digest_of(path.read_bytes())
        if path.stem == f"{source}-{digest}":
            return path, digest
        path.unlink(missing_ok=True)
    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO(raw), unpacked)
    digest = Face.digest_of(unpacked.getvalue())
    path = folder / f"{source}-{digest}.ttf"
    write_atomically(path, unpacked.getvalue())
    return path, digest


def _open(path: Path) -> TTFont:
    """Tables are parsed when asked for; from memory, so that no file stays open."""
    return TTFont(io.BytesIO(path.read_bytes()), lazy=True, recalcTimestamp=False)


def embed(pdf: pikepdf.Pdf, face: Face, glyphs: Iterable[int]) -> pikepdf.Dictionary:
    """Put `face`, cut down to `glyphs` with their ids kept, into `pdf`; returns the font, an indirect object."""
    wanted = sorted({0, *glyphs})
    data = _subset(face, wanted)
    name = pikepdf.Name(f"/{_tag(data)}+{face.font['name'].getDebugName(6)}")
    metrics, units = face.font["hmtx"], face.font["head"].unitsPerEm
    widths: list[object] = []
    for glyph in wanted:
        widths += [glyph, pikepdf.Array([round(metrics[face.font.getGlyphName(glyph)][0] * 1000 / units)])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        CIDToGIDMap=pikepdf.Name.Identity,
        W=pikepdf.Array(widths),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, name, data)),
    )
    texts = {glyph: face.texts.get(glyph, "\ufffd") for glyph in wanted if glyph}
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(unicode_cmap(texts)),
        )
    )


def _subset(face: Face, glyphs: list[int]) -> bytes:
    """The face cut down to `glyphs`. Books of one plan use the same ones again and again, so the result is kept."""
    wanted = hashlib.sha256(",".join(map(str, glyphs)).encode()).hexdigest()[:32]
    path = face.memory / f"{face.path.stem}-{_WORKED_OUT_BY}-{wanted}.subset"
    kept = read_sealed(path)
    if kept is None:
        kept = _cut(face, glyphs)
        write_sealed(path, kept)
    return kept


def _cut(face: Face, glyphs: list[int]) -> bytes:
    options = subset.Options()
    options.retain_gids = options.notdef_outline = True
    options.hinting = options.glyph_names = options.recalc_timestamp = False
    options.prune_unicode_ranges = options.prune_codepage_ranges = False
    options.layout_features, options.name_IDs = [], []
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "STAT", "OS/2", "cmap", "name", "post", "gasp", "DSIG", "meta"]
    font = _open(face.path)
    cutter = subset.Subsetter(options)
    cutter.populate(gids=glyphs)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def _tag(data: bytes) -> str:
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _descriptor(pdf: pikepdf.Pdf, face: Face, name: pikepdf.Name, data: bytes) -> pikepdf.Dictionary:
    head, rows, system = face.font["head"], face.font["hhea"], face.font["OS/2"]
    em = 1000 / head.unitsPerEm
    return pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        FontFamily=pikepdf.String(face.family),
        Flags=4 | (64 if face.style == "italic" else 0),
        FontBBox=pikepdf.Array([round(value * em) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=round(face.font["post"].italicAngle),
        Ascent=round(rows.ascent * em),
        Descent=round(rows.descent * em),
        CapHeight=round(getattr(system, "sCapHeight", rows.ascent) * em),
        StemV=50 + face.weight // 10,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
