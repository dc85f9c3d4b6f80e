"""Drawing text: a glyph of a size and advance that the part has drawn before is written as it was then."""

from typing import Any

from weasyprint.draw import text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from smartcity.press.shortcuts.exchange import exchange

# From here on Pango's numbers are not glyphs but marks: nothing to be drawn, or a letter that no typeface has.
_NO_GLYPH = 0x0FFFFFFF
# A glyph in memory: number, advance, two offsets, attributes.
_NUMBERS = 5


class _Unusual(Exception):
    """A line with something in it that the original must draw."""


def take() -> None:
    """Lines without ellipsis, pictures for letters, raised or lacking glyphs: almost all."""
    original = text.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
        if text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.text.strip():
            pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
            try:
                runs = list(_runs(stream, textbox.pango_layout))
            except _Unusual:
                pass
            else:
                _write(stream, runs, matrix)
                return []
        return original(stream, textbox, text_overflow, block_ellipsis, matrix)

    exchange(original, draw_first_line)


def _write(stream: Any, runs: list[tuple[Any, float, str]], matrix: Any) -> None:
    """Runs of one typeface and size are shown together."""
    stream.set_text_matrix(*matrix.values)
    shown, before = "", None
    for font, size, glyphs in runs:
        if (font, size) != before:
            if shown:
                stream.show_text(shown)
            stream.set_font_size(font.hash, size)
            shown, before = "", (font, size)
        shown += glyphs
    stream.show_text(shown)


def _runs(stream: Any, layout: Any) -> Any:
    """(font, size, glyphs as page contents write them) of the first line. Raises _Unusual."""
    line, _ = layout.get_first_line()
    run = line.runs[0]
    before = font = None
    size = 0.0
    while run != ffi.NULL:
        item, run = run.data, run.next
        if item.item.analysis.font != before:
            before = item.item.analysis.font
            font, size = stream.add_font(before)
        if font is None or font.bitmap or font.svg or font.png or font.colr:
            raise _Unusual
        glyphs = "<" + "".join(_pieces(stream, layout, item, font, size))
        yield font, size, glyphs[:-1] if glyphs.endswith("<") else f"{glyphs}>"


def _pieces(stream: Any, layout: Any, item: Any, font: Any, size: float) -> Any:
    known = font.__dict__.setdefault("_pieces", {})
    count = _NUMBERS * item.glyphs.num_glyphs
    numbers = ffi.unpack(ffi.cast("int *", item.glyphs.glyphs), count)
    for start in range(0, count, _NUMBERS):
        glyph, width, shift, raised = numbers[start : start + 4]
        key = glyph, width, shift, raised, size
        if key not in known:
            if raised or not 0 <= glyph < _NO_GLYPH:
                raise _Unusual
            advance = _advance(stream, layout, item, font, size, (glyph, start // _NUMBERS))
            known[key] = _piece(glyph, advance, width, shift, size)
        yield known[key]


def _piece(glyph: int, advance: int, width: int, shift: int, size: float) -> str:
    """The number of a glyph, with what moves the pen before and after it."""
    offset = shift / size
    piece = f">{-offset}<{glyph:04x}" if offset else f"{glyph:04x}"
    kerning = advance + offset - width * 1000 * FROM_UNITS / size
    return f"{piece}>{int(kerning)}<" if kerning else piece


def _advance(stream: Any, layout: Any, item: Any, font: Any, size: float, at: tuple[int, int]) -> int:
    """How wide the typeface makes a glyph; noted there as the original does, with the letters it stands for."""
    glyph, place = at
    if glyph not in font.to_unicode:
        font.to_unicode[glyph] = _letters(item, place, layout.text)
    if glyph not in font.widths:
        face = item.item.analysis.font
        pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return int(font.widths[glyph])


def _letters(item: Any, place: int, text: str) -> str:
    whole, clusters, count = item.item, item.glyphs.log_clusters, item.glyphs.num_glyphs
    start = clusters[place]
    if whole.analysis.level % 2:  # from right to left
        end = whole.length if place == 0 else clusters[place - 1]
    else:
        end = whole.length if place == count - 1 else clusters[place + 1]
    return text.encode()[whole.offset + start : whole.offset + end].decode()
