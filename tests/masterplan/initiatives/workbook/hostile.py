"""Workbooks that mean harm, or are none: each as bytes, by what it tries."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook

Made = Callable[[bytes], bytes]
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info.filename, change(body) if info.filename == part else body)
    return out.getvalue()


def added(data: bytes, name: str, body: bytes) -> bytes:
    """A workbook with one more part."""
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def _rows(body: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", f"{body}</sheetData>".encode())


def _main(body: str) -> Made:
    return lambda data: changed(data, "xl/worksheets/sheet2.xml", _rows(body))


def inflating(data: bytes, megabytes: int) -> bytes:
    """A workbook with a part that grows to so many megabytes of nothing."""
    out = BytesIO(data)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet99.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b"\x00" * 1024 * 1024)
    return out.getvalue()


def _understated(data: bytes) -> bytes:
    """The directory says of the sheet of initiatives that it has ten bytes."""
    name, changed_data = b"xl/worksheets/sheet2.xml", bytearray(data)
    for found in re.finditer(re.escape(name), data):
        for signature, head, size in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            start = found.start() - head
            if data[start : start + 4] == signature:
                changed_data[start + size : start + size + 4] = (10).to_bytes(4, "little")
    return bytes(changed_data)


def _many_rows(data: bytes) -> bytes:
    row = '<row r="{0}"><c r="D{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    return _main("".join(row.format(number) for number in range(70, 10_070)))(data)


def _empty_rows(data: bytes) -> bytes:
    return _main("<row/>" * 2_000_000)(data)


def _wide_row(data: bytes) -> bytes:
    return _main('<row r="70">' + "<c><v>1</v></c>" * 1_500_000 + "</row>")(data)


def _entities(data: bytes) -> bytes:
    doctype = b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return changed(data, "xl/worksheets/sheet2.xml", lambda xml: doctype + re.sub(rb"^<\?xml.*?\?>", b"", xml))


def _lying_dimension(data: bytes) -> bytes:
    lie = rb'<dimension ref="A1:XFD1048576"'
    return changed(data, "xl/worksheets/sheet2.xml", lambda xml: re.sub(rb'<dimension ref="[^"]*"', lie, xml))


def _many_sheets(data: bytes) -> bytes:
    book = Workbook()
    for number in range(40):
        book.create_sheet(f"Lembar {number}")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _foreign(data: bytes) -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


def _encrypted(data: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _long_number(data: bytes) -> bytes:
    return _main(f'<row r="70"><c r="D70"><v>{"9" * 100_000}</v></c></row>')(data)


# What it is called, how it is made of a good workbook, and what the sentence speaks of.
REFUSED: dict[str, tuple[Made, str]] = {
    "far cell": (_main('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
    "inflates": (lambda data: inflating(data, 120), "terlalu besar"),
    "understates its size": (_understated, "rusak"),
    "ten thousand rows": (_many_rows, "lebih dari 3.000 baris"),
    "two million empty rows": (_empty_rows, "lebih dari 3.000 baris"),
    "a row of a million cells": (_wide_row, "terlalu|jauh di luar"),
    "entities": (_entities, "rusak"),
    "forty sheets": (_many_sheets, "terlalu besar"),
    "password": (_encrypted, "kata sandi"),
    "cut in two": (_cut, "bukan buku kerja|rusak"),
    "comma separated": (lambda data: b"Kode,Nama\nGO-01,x\n", "bukan buku kerja"),
    "nothing": (lambda data: b"", "bukan buku kerja"),
    "a picture": (lambda data: b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "bukan buku kerja"),
    "another zip": (lambda data: added(BytesIO().getvalue(), "a.txt", b"a"), "bukan buku kerja"),
    "macros": (lambda data: added(data, "xl/vbaProject.bin", b"x"), "makro"),
    "no xml": (lambda data: changed(data, "xl/worksheets/sheet2.xml", lambda xml: b"\x00\xff"), "rusak"),
    "shared text out of range": (_main('<row r="70"><c r="D70" t="s"><v>99999999</v></c></row>'), "rusak"),
    "a number of 100,000 digits": (_long_number, "rusak|terlalu"),
    "a workbook of somebody else": (_foreign, "bukan buku kerja dari portal"),
}

# What is read, and changes nothing.
HARMLESS: dict[str, Made] = {
    "lying dimension": _lying_dimension,
    "an external link": lambda data: added(data, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "a drawing": lambda data: added(data, "xl/drawings/drawing9.xml", b"<wsDr/>"),
}
