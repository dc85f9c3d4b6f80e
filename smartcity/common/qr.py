"""QR codes as drawings for pages and print. What a code leads to is its caller's business."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str, *, title: str, border: int = 0) -> SafeString:
    """A QR code of `address` as inline SVG; `title` is read aloud in its place, `border` is in modules of the code."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(border=border, omitsize=True, title=title)
    return mark_safe(drawing)  # noqa: S308 (segno's own SVG, which escapes the title)
