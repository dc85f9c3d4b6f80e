"""Pictures are stored anew: within limits, upright, and with nothing in them but pixels (S5)."""

import io
import struct
import zlib

import pytest
from PIL import Image

from smartcity.common.storage import pictures
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.pictures import Picture, prepare
from tests.factories import files

BOX = (945, 669)


def kept(data: bytes, kind: str) -> tuple[Picture, Image.Image]:
    made = prepare(data, kind, print_box=BOX)
    return made, Image.open(io.BytesIO(made.data))


def with_camera(orientation: int = 1) -> bytes:
    """A JPEG that knows where and when, with a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, "KAMERA-RAHASIA", "catatan-rahasia"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 12.0, 34.0), 3: "E", 4: (110.0, 24.0, 11.0)})
    return files.picture("JPEG", (600, 400), exif=exif, comment=b"komentar-rahasia", icc_profile=b"profil-rahasia" * 9)


def test_the_camera_and_its_place_are_gone() -> None:
    data = with_camera()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    made, image = kept(data, "jpeg")
    for each in (made.data, made.thumbnail, made.printed):
        assert b"rahasia" not in each.lower()
        assert b"Exif" not in each
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile"} & set(image.info)


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    made, image = kept(with_camera(orientation=6), "jpeg")
    assert (made.width, made.height) == image.size == (400, 600)


def test_png_stays_png_with_its_transparency_and_without_its_texts() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "rahasia")
    made, image = kept(files.picture("PNG", (300, 200), "RGBA", pnginfo=info), "png")
    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert b"rahasia" not in made.data
    assert Image.open(io.BytesIO(made.printed)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_pictures_of_other_modes_are_taken(mode: str) -> None:
    made, image = kept(files.picture("PNG", (60, 40), mode), "png")
    assert image.mode in ("RGB", "RGBA")
    assert made.width == 60


def test_print_colours_become_screen_colours() -> None:
    _, image = kept(files.picture("JPEG", (60, 40), "CMYK"), "jpeg")
    assert image.mode == "RGB"


def test_sizes() -> None:
    made = prepare(files.picture("JPEG", (4000, 1000)), "jpeg", print_box=BOX)
    sizes = [Image.open(io.BytesIO(each)).size for each in (made.data, made.thumbnail, made.printed)]
    assert sizes == [(2000, 500), (320, 80), (945, 236)]
    small = prepare(files.picture("PNG", (50, 40)), "png", print_box=BOX)
    assert (small.width, small.height) == (50, 40), "nothing is blown up"


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = with_camera()
    assert prepare(data, "jpeg", print_box=BOX) == prepare(data, "jpeg", print_box=BOX)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


@pytest.mark.parametrize("size", [(4001, 3000), (12_000, 9000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(FileRefused, match=r"piksel|rusak"):
        prepare(bomb(*size), "png", print_box=BOX)


def test_a_png_whose_hidden_text_inflates_is_refused() -> None:
    text = b"Comment\0\0" + zlib.compress(b"x" * 80_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    good = files.picture("PNG", (50, 40))
    with pytest.raises(FileRefused):
        prepare(good[:33] + chunk + good[33:], "png", print_box=BOX)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    data = files.picture(kind, (800, 600))
    with pytest.raises(FileRefused, match="terpotong"):
        prepare(data[: max(12, int(len(data) * share))], kind.lower(), print_box=BOX)


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    """A JPEG that is a web page and a ZIP besides."""
    hidden = b"<script>alert(1)</script>" + files.archive({"a.txt": b"rahasia"}, compressed=False)
    made, _ = kept(files.picture("JPEG") + hidden, "jpeg")
    assert b"script" not in made.data
    assert b"rahasia" not in made.data


def test_a_kind_that_is_not_its_own_is_refused() -> None:
    with pytest.raises(FileRefused, match="tidak sesuai"):
        prepare(files.picture("PNG"), "jpeg", print_box=BOX)


def test_the_largest_jpeg_is_decoded_at_a_fraction() -> None:
    """Fifty million pixels would take 150 MB; a quarter of the width is enough for what is kept."""
    size = (8600, 5800)
    assert size[0] * size[1] <= pictures.MOST_PIXELS["jpeg"]
    made = prepare(files.picture("JPEG", size), "jpeg", print_box=BOX)
    assert made.width == 2000
