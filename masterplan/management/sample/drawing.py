"""What the drawings of the sample share: colours of the look, the type, and the file that comes of one."""

import io

from PIL import Image, ImageFont

INK, BRAND, TINT, KUNYIT = "#16242C", "#0E4C63", "#E4EFF3", "#F2B632"


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The type of the library itself, so that nothing of the machine shows."""
    return ImageFont.load_default(size)


def png(picture: Image.Image) -> bytes:
    """A drawing as a file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
