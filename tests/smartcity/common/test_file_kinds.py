"""Files are what they claim to be, or are refused with a sentence that says how to mend it (S5)."""

import io
import zipfile

import pytest

from smartcity.common.storage.file_kinds import KINDS, FileRefused, true_kind
from tests.factories import files

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (files.pdf(), "surat.pdf", "pdf"),
        (files.pdf(), "SURAT.PDF", "pdf"),
        (files.docx(), "hitungan.docx", "docx"),
        (files.xlsx(), "hitungan.xlsx", "xlsx"),
        (files.picture("PNG"), "denah.png", "png"),
        (files.picture("JPEG"), "foto.jpg", "jpeg"),
        (files.picture("JPEG"), "foto.jpeg", "jpeg"),
    ],
)
def test_the_kind_is_told_by_the_content(data: bytes, name: str, kind: str) -> None:
    assert true_kind(data, name) == kind
    assert kind in KINDS


HUGE = b"\0" * (4 * MEGABYTE)
REFUSED = {
    "empty": (b"", "surat.pdf", "kosong"),
    "a program": (b"MZ\x90\0" + b"\0" * 99, "surat.pdf", "bukan PDF"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "surat.pdf", "bukan PDF"),
    "a drawing with script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "denah.png", "bukan PDF"),
    "gif": (b"GIF89a" + b"\0" * 60, "denah.png", "gif"),
    "old word": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 99, "surat.docx", "format"),
    "png called pdf": (files.picture("PNG"), "surat.pdf", "berakhiran .pdf, tetapi isinya gambar PNG"),
    "pdf called jpg": (files.pdf(), "foto.jpg", "isinya PDF"),
    "without an ending": (files.pdf(), "surat", "tidak berakhiran"),
    "two endings": (files.pdf(), "surat.pdf.exe", "berakhiran .exe"),
    "pdf cut off": (files.pdf()[:-20], "surat.pdf", "terpotong"),
    "pdf with no place of its table": (b"%PDF-1.4\nstartxref\n999999\n%%EOF", "surat.pdf", "terpotong"),
    "pdf and zip": (files.pdf() + files.archive({"a.txt": b"x"}), "surat.pdf", "terpotong|isi lain"),
    "pdf and script": (files.pdf() + b"<script>alert(1)</script>", "surat.pdf", "isi lain"),
    "pdf behind something": (b"GARBAGE" + files.pdf(), "surat.pdf", "bukan PDF"),
    "locked pdf": (files.pdf(b"/Encrypt 5 0 R"), "surat.pdf", "terkunci"),
    "locked pdf, written in place": (files.pdf(b"/Encrypt<</V 1>>"), "surat.pdf", "terkunci"),
    "plain zip": (files.archive({"catatan.txt": b"x"}), "surat.docx", "rusak|arsip ZIP"),
    "word without its text": (files.archive({"[Content_Types].xml": b"<Types/>"}), "surat.docx", "arsip ZIP"),
    "slides": (files.docx("presentation.main+xml"), "surat.docx", "arsip ZIP"),
    "macros by type": (files.docx("document.macroEnabled.main+xml"), "surat.docx", "makro"),
    "macros by part": (files.docx(word__vbaProject=b"x", **{"word__vbaProject.bin": b"x"}), "surat.docx", "makro"),
    "excel called docx": (files.xlsx(), "surat.docx", "isinya lembar Excel"),
    "word cut off": (files.docx()[:-30], "surat.docx", "terpotong"),
    "inflated": (files.docx(word__media=HUGE), "surat.docx", "mengembang"),
    "many parts": (files.archive({f"bagian{n}": b"" for n in range(5001)}, compressed=False), "surat.docx", "mengembang"),
    "word behind something": (b"PK\x03\x04" + b"\0" * 90 + files.docx(), "surat.docx", "arsip ZIP|rusak"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_something_else_is_refused(data: bytes, name: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refused:
        true_kind(data, name)
    assert str(refused.value).endswith(".")


def test_a_locked_office_part_is_refused() -> None:
    """The flag of a password in the list of contents."""
    data = bytearray(files.docx())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + place] |= 1
    with pytest.raises(FileRefused, match="terkunci"):
        true_kind(bytes(data), "surat.docx")


def test_a_claim_of_gigabytes_is_refused_without_unpacking() -> None:
    """A few bytes that say of themselves that they are 4 GB."""
    data = bytearray(files.docx(word__besar=b"x" * 40))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as made:
        assert len(made.infolist()) == 3
    last = data.rfind(b"PK\x01\x02")
    data[last + 24 : last + 28] = b"\xfe\xff\xff\xff"
    with pytest.raises(FileRefused, match="mengembang"):
        true_kind(bytes(data), "surat.docx")
