"""Files as people send them, good and bad, made in code so that each says what is wrong with it."""

import io
import zipfile

from openpyxl import Workbook
from PIL import Image, ImageDraw

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 800), mode: str = "RGB", **saved: object) -> bytes:
    """A picture with something on it."""
    image = Image.new(mode, size, "white" if mode in ("RGB", "L") else None)
    ImageDraw.Draw(image).rectangle((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill=0)
    out = io.BytesIO()
    image.save(out, kind, **saved)
    return out.getvalue()


def pdf(extra: bytes = b"") -> bytes:
    """A small PDF without pages; `extra` stands in its trailer."""
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
    xref = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Root 1 0 R/Size 2" + extra + b">>\n"
    return body + xref + b"startxref\n%d\n%%%%EOF\n" % len(body)


def archive(parts: dict[str, bytes], compressed: bool = True) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(main_type: str = "document.main+xml", **more: bytes) -> bytes:
    """A Word file as far as its list of contents goes; `more` are further parts, `__` in a name standing for `/`."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{_WORD}.{main_type}"/></Types>'
    parts = {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>"}
    return archive(parts | {name.replace("__", "/"): data for name, data in more.items()})


def xlsx() -> bytes:
    """A workbook of openpyxl."""
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = "Hitungan"
    book.save(out)
    return out.getvalue()
