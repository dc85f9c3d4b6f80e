"""Paints the drawings of the print as dots with resvg, for programs that know no SVG.

A drawing is refused when a style sheet decides how it formats, or when it has an element or a letter that would be left
out: half a picture says something wrong. resvg needs 0.03 s for a drawing; the way through WeasyPrint and a rasteriser
of PDF needs a render process of its own, and its parts come without fonts.
"""

import re
from functools import cached_property
from pathlib import Path
from typing import Any

import resvg_py
from fontTools.ttLib import TTFont

from masterplan.books.formats.word.faces import SANS, open_face, plain_file
from smartcity.press.assets import Assets

_SVG = "{http://www.w3.org/2000/svg}"
_DPI = 200
_WEIGHTS = (400, 600, 700)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_PAINTED = frozenset({"svg", "g", "a", "text", "rect", "circle", "ellipse", "polygon", "polyline", "line", "path"})
_NOT_SHOWN = frozenset({"title", "desc", "metadata"})


def size_of(svg: Any) -> tuple[float, float] | None:
    """Width and height of a drawing in its own units, None where it says none."""
    box = [float(number) for number in _NUMBER.findall(svg.get("viewBox") or "")][2:]
    if len(box) != 2:
        found = (_NUMBER.search(svg.get(name) or "") for name in ("width", "height"))
        box = [float(each[0]) for each in found if each]
    return (box[0], box[1]) if len(box) == 2 and min(box) > 0 else None


class Painter:
    """Paints with the sans face of the books, which the first drawing unpacks into `folder`."""

    def __init__(self, assets: Assets, folder: Path) -> None:
        self._assets, self._folder = assets, folder

    def paint(self, svg: Any, source: bytes, width_mm: float) -> bytes | None:
        """PNG of the drawing `svg`, written as the file `source`, at this width; None when it is refused."""
        if not _is_paintable(svg) or not _letters(svg) <= self._covered:
            return None
        try:
            return resvg_py.svg_to_bytes(
                svg_string=source.decode(),
                width=max(1, round(width_mm / 25.4 * _DPI)),
                background="white",
                dpi=96,
                font_files=self._files,
                skip_system_fonts=True,
                font_family=SANS,
                sans_serif_family=SANS,
            )
        except ValueError:
            return None

    @cached_property
    def _fonts(self) -> list[TTFont]:
        return [open_face(self._assets, f"plus-jakarta-sans-{weight}") for weight in _WEIGHTS]

    @cached_property
    def _covered(self) -> frozenset[str]:
        return frozenset(map(chr, self._fonts[0].getBestCmap())) | {"\n"}

    @cached_property
    def _files(self) -> list[str]:
        """Without the rules by which the face writes × for x and a minus for a hyphen between digits."""
        paths = [self._folder / f"{weight}.ttf" for weight in _WEIGHTS]
        for font, path in zip(self._fonts, paths, strict=True):
            del font["GSUB"]
            path.write_bytes(plain_file(font))
        return [str(path) for path in paths]


def _is_paintable(svg: Any) -> bool:
    for element in svg.iter():
        if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) in _NOT_SHOWN:
            continue
        is_coloured = element.tag == f"{_SVG}svg" or element.get("fill") or element.get("stroke")
        if element.tag.removeprefix(_SVG) not in _PAINTED:
            return False
        if element.get("style") or (element.get("class") and not is_coloured):
            return False  # a style sheet may say anything of it
    return True


def _letters(svg: Any) -> set[str]:
    return {letter for text in svg.iter(f"{_SVG}text") for letter in "".join(text.itertext())}
