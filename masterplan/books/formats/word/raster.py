"""Paints the drawings of the print as dots, for programs that know no SVG. Only shapes the templates use.

A drawing with anything else is refused, because half a picture says something wrong.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from PIL import Image, ImageColor, ImageDraw

Point = tuple[float, float]
# Turns a weight and a size in dots into a face of Pillow.
Faces = Callable[[int, float], Any]
_SVG = "{http://www.w3.org/2000/svg}"
_DPI, _FINER = 200, 2
_STEPS = 16
_MOST_DOTS = 40_000_000
_NUMBERS = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?", re.IGNORECASE)
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "opacity", "fill-opacity")
_SILENT = frozenset({"title", "desc", "metadata"})


@dataclass(frozen=True)
class Drawable:
    """A drawing and the window it is seen through."""

    svg: Any
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def read(cls, svg: Any) -> "Drawable | None":
        """The drawing with its window, None where it says none."""
        box = [float(number) for number in _NUMBERS.findall(svg.get("viewBox") or "")]
        if len(box) != 4 and svg.get("width") and svg.get("height"):
            box = [0, 0, *(float(_NUMBERS.findall(svg.get(name))[0]) for name in ("width", "height"))]
        return cls(svg, *box) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None


class Undrawable(Exception):
    """Something that is not painted here."""


def paint(drawn: Drawable, width_mm: float, faces: Faces) -> bytes | None:
    """PNG of the drawing at `width_mm`; None when it holds something that cannot be painted."""
    scale = width_mm / 25.4 * _DPI * _FINER / drawn.width
    size = (math.ceil(drawn.width * scale), math.ceil(drawn.height * scale))
    if size[0] * size[1] > _MOST_DOTS:
        return None
    image = Image.new("RGB", size, "white")
    brush = _Brush(image, faces)
    start = _PaintLook(matrix=(scale, 0, 0, scale, -drawn.left * scale, -drawn.top * scale))
    try:
        brush.children(drawn.svg, _own(drawn.svg, start))
    except (Undrawable, ValueError, IndexError):
        return None
    image = image.resize((max(1, size[0] // _FINER), max(1, size[1] // _FINER)), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "PNG", dpi=(_DPI, _DPI))
    return out.getvalue()


@dataclass(frozen=True)
class _PaintLook:
    matrix: tuple[float, float, float, float, float, float]
    values: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str) -> str:
        return dict(self.values).get(name, default)

    def number(self, name: str, default: float) -> float:
        found = _NUMBERS.findall(self.get(name, ""))
        return float(found[0]) if found else default

    def at(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    @property
    def scale(self) -> float:
        a, b, c, d, _, _ = self.matrix
        return math.sqrt(abs(a * d - b * c))


def _own(element: Any, look: _PaintLook) -> _PaintLook:
    """The look of an element: what is around it and what it says itself."""
    is_coloured = element.tag == f"{_SVG}svg" or element.get("fill") or element.get("stroke")
    if element.get("style") or (element.get("class") and not is_coloured):
        raise Undrawable  # a style sheet may say anything of it
    values = dict(look.values) | {name: element.get(name) for name in _INHERITED if element.get(name)}
    matrix = look.matrix
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", element.get("transform") or ""):
        matrix = _times(matrix, _matrix(name, [float(each) for each in _NUMBERS.findall(inside)]))
    return replace(look, values=tuple(values.items()), matrix=matrix)


def _matrix(name: str, n: list[float]) -> tuple[float, ...]:
    if name == "translate":
        return 1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0
    if name == "scale":
        return n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0
    if name == "matrix" and len(n) == 6:
        return tuple(n)
    if name == "rotate":
        sine, cosine = math.sin(math.radians(n[0])), math.cos(math.radians(n[0]))
        x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
        return cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y
    raise Undrawable


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> Any:
    a, b, c, d, e, f = m
    return (
        a * n[0] + c * n[1], b * n[0] + d * n[1], a * n[2] + c * n[3], b * n[2] + d * n[3],
        a * n[4] + c * n[5] + e, b * n[4] + d * n[5] + f,
    )  # fmt: skip


class _Brush:
    def __init__(self, image: Image.Image, faces: Faces) -> None:
        self._draw, self._faces = ImageDraw.Draw(image, "RGBA"), faces

    def children(self, element: Any, look: _PaintLook) -> None:
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, child.tag.removeprefix(_SVG), look)

    def _element(self, element: Any, name: str, look: _PaintLook) -> None:
        if name in _SILENT:
            return
        own = _own(element, look)
        if name in ("g", "a"):
            self.children(element, own)
        elif name == "text":
            self._text(element, own)
        elif name in _OUTLINES:
            for points, is_closed in _OUTLINES[name](element):
                self._outline(
                    [own.at(*point) for point in points], is_closed, own, is_open=name in ("line", "polyline")
                )
        else:
            raise Undrawable

    def _outline(self, points: list[Point], is_closed: bool, look: _PaintLook, *, is_open: bool) -> None:
        fill = _colour(look, "fill", "none" if is_open else "black")
        stroke = _colour(look, "stroke", "none")
        if fill and len(points) > 2:
            self._draw.polygon(points, fill=fill)
        if stroke:
            ends = [*points, points[0]] if is_closed else points
            width = max(1, round(look.number("stroke-width", 1) * look.scale))
            self._draw.line(ends, fill=stroke, width=width, joint="curve")

    def _text(self, element: Any, look: _PaintLook) -> None:
        words = " ".join("".join(element.itertext()).split())
        fill = _colour(look, "fill", "black")
        if not words or not fill:
            return
        weight = {"bold": 700, "normal": 400}.get(look.get("font-weight", "400"), 0) or look.number("font-weight", 400)
        face = self._faces(int(weight), look.number("font-size", 10) * look.scale)
        x, y = look.at(float(element.get("x") or 0), float(element.get("y") or 0))
        anchor = {"middle": "ms", "end": "rs"}.get(look.get("text-anchor", "start"), "ls")
        self._draw.text((x, y), words, font=face, fill=fill, anchor=anchor)


def _colour(look: _PaintLook, name: str, default: str) -> tuple[int, ...] | None:
    value = look.get(name, default)
    if value in ("none", "transparent"):
        return None
    red, green, blue = ImageColor.getrgb(value)[:3]
    opacity = look.number("opacity", 1) * (look.number("fill-opacity", 1) if name == "fill" else 1)
    return red, green, blue, round(255 * min(max(opacity, 0), 1))


# Outlines ---------------------------------------------------------------------------------------------------------

Outline = tuple[list[Point], bool]


def _value(element: Any, name: str) -> float:
    return float(element.get(name) or 0)


def _rect(element: Any) -> Iterator[Outline]:
    x, y, width, height = (_value(element, name) for name in ("x", "y", "width", "height"))
    radius = min(_value(element, "rx"), width / 2, height / 2)
    corners = ((x + width - radius, y + radius, -90), (x + width - radius, y + height - radius, 0),
               (x + radius, y + height - radius, 90), (x + radius, y + radius, 180))  # fmt: skip
    turns = [step * 90 / 6 for step in range(7)] if radius else [0.0]
    yield (
        [
            (cx + radius * math.cos(math.radians(start + turn)), cy + radius * math.sin(math.radians(start + turn)))
            for cx, cy, start in corners
            for turn in turns
        ],
        True,
    )


def _ellipse(element: Any) -> Iterator[Outline]:
    across = _value(element, "r") or _value(element, "rx")
    down = _value(element, "r") or _value(element, "ry")
    around = [step * math.tau / 72 for step in range(72)]
    cx, cy = _value(element, "cx"), _value(element, "cy")
    yield [(cx + across * math.cos(turn), cy + down * math.sin(turn)) for turn in around], True


def _points(element: Any) -> Iterator[Outline]:
    numbers = [float(number) for number in _NUMBERS.findall(element.get("points") or "")]
    yield list(zip(numbers[::2], numbers[1::2], strict=True)), element.tag == f"{_SVG}polygon"


def _line(element: Any) -> Iterator[Outline]:
    yield [(_value(element, "x1"), _value(element, "y1")), (_value(element, "x2"), _value(element, "y2"))], False


def _path(element: Any) -> Iterator[Outline]:
    pen = _Straight()
    parse_path(element.get("d") or "", pen)
    yield from pen.outlines


class _Straight(BasePen):
    """Collects a path with its curves cut into straight pieces."""

    def __init__(self) -> None:
        super().__init__(None)
        self.outlines: list[Outline] = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 (named by the library)
        self.outlines.append(([pt], False))

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.outlines[-1][0].append(pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self._getCurrentPoint(), pt1, pt2, pt3
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            s = 1 - t
            weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
            x = sum(w * each for w, each in zip(weights, (x0, x1, x2, x3), strict=True))
            y = sum(w * each for w, each in zip(weights, (y0, y1, y2, y3), strict=True))
            self.outlines[-1][0].append((x, y))

    def _closePath(self) -> None:  # noqa: N802
        self.outlines[-1] = (self.outlines[-1][0], True)

    def _endPath(self) -> None:  # noqa: N802
        """A path that stays open is as it is."""


_OUTLINES: dict[str, Callable[[Any], Iterator[Outline]]] = {
    "rect": _rect,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "polygon": _points,
    "polyline": _points,
    "line": _line,
    "path": _path,
}
