"""Pictures that people send: decoded within limits, turned upright, and stored anew without anything hidden in them.

What is kept is pixels and nothing else: no place and time of the camera, no colour profile, no comment, no second file
behind the first. Where a picture is shown is the business of the apps.
"""

import io
import struct
import threading
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from smartcity.common.storage.file_kinds import FileRefused

# A phone's picture has 12 to 50 million pixels. A JPEG is decoded at a fraction of its size; a PNG cannot be.
MOST_PIXELS = {"jpeg": 50_000_000, "png": 12_000_000}
_KEPT_EDGE, _THUMBNAIL_EDGE = 2000, 320
_QUALITY = 82
_FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",)}
# One at a time in a process: what a picture takes while it is decoded must not add up.
_turn = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, its small one (JPEG), and the one for print (JPEG). Sizes in pixels are those kept."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes
    printed: bytes


def prepare(data: bytes, kind: str, *, print_box: tuple[int, int]) -> Picture:
    """Decode `data`, a "png" or "jpeg", and make what is kept of it; `print_box` is the most pixels a print can use.

    Raises FileRefused when it has too many pixels, is broken, or holds something else.
    """
    with _turn:
        picture = _decode(data, kind)
        picture.thumbnail((_KEPT_EDGE, _KEPT_EDGE), Image.Resampling.LANCZOS)
        plain = _on_white(picture)
        return Picture(
            _png(picture) if kind == "png" else _jpeg(plain),
            *picture.size,
            thumbnail=_jpeg(_within(plain, (_THUMBNAIL_EDGE, _THUMBNAIL_EDGE))),
            printed=_jpeg(_within(plain, print_box)),
        )


def is_whole(data: bytes) -> bool:
    """Whether a picture that is kept can still be shown; a disk may lose what was stored."""
    try:
        with _turn, _opened(data) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, struct.error):
        return False
    return True


def _opened(data: bytes) -> ImageFile.ImageFile:
    """The picture, not yet decoded. Half a picture is none, whatever another library here has made of that."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "MPO"))


def _decode(data: bytes, kind: str) -> Image.Image:
    try:
        with _opened(data) as source:
            if source.format not in _FORMATS[kind]:
                raise FileRefused("Isi gambar ini tidak sesuai jenisnya. Simpan ulang sebagai PNG atau JPEG.")
            if source.width * source.height > MOST_PIXELS[kind]:
                raise _too_large(source.width, source.height, kind)
            source.draft("RGB", (_KEPT_EDGE, _KEPT_EDGE))
            upright = ImageOps.exif_transpose(source)
            return _plain_mode(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(
            "Gambar ini terlalu besar. Kecilkan menjadi paling besar 4.000 × 3.000 piksel, lalu unggah lagi."
        ) from error
    # What Pillow raises over a broken file depends on where it is broken.
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, struct.error, ArithmeticError) as error:
        raise FileRefused(
            "Gambar ini terpotong atau rusak. Buka gambar aslinya, simpan ulang sebagai PNG atau JPEG, lalu unggah."
        ) from error


def _too_large(width: int, height: int, kind: str) -> FileRefused:
    size, limit = f"{width} × {height}", MOST_PIXELS[kind] // 1_000_000
    return FileRefused(f"Gambar ini {size} piksel, batasnya {limit} juta piksel. Kecilkan, lalu unggah lagi.")


def _plain_mode(picture: Image.Image) -> Image.Image:
    """Pixels in RGB, with transparency where there is some, in a picture that carries nothing else."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    clear = "A" in picture.getbands() or "transparency" in picture.info
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info.clear()
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture as paper shows it."""
    if picture.mode == "RGB":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _within(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    small = picture.copy()
    small.thumbnail(box, Image.Resampling.LANCZOS)
    return small


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
