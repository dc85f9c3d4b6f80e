"""What a file really is, told by its content and never by its name. Pictures are looked into by `pictures`.

Only five kinds are known. A file that is something else, is two things at once, is locked or broken is refused with a
sentence for the person who sent it: what is wrong and how to mend it.
"""

import io
import re
import zipfile
from dataclasses import dataclass

import puremagic

from smartcity.common.storage.file_names import ending_of


class FileRefused(Exception):
    """A file that is not taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class _Kind:
    """What people call it, the endings it may have, and how it is handed out."""

    label: str
    endings: tuple[str, ...]
    content_type: str


_OPEN = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": _Kind("PDF", ("pdf",), "application/pdf"),
    "docx": _Kind("dokumen Word", ("docx",), f"{_OPEN}.wordprocessingml.document"),
    "xlsx": _Kind("lembar Excel", ("xlsx",), f"{_OPEN}.spreadsheetml.sheet"),
    "png": _Kind("gambar PNG", ("png",), "image/png"),
    "jpeg": _Kind("gambar JPEG", ("jpg", "jpeg"), "image/jpeg"),
}
ACCEPTED = "PDF, DOCX, XLSX, PNG, atau JPEG"

_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_PDF_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
# Parts of an Office file: what tells its kind, and the content type of its main part.
_MAIN_PARTS = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
_MOST_PARTS, _MOST_UNPACKED, _MOST_TYPES = 5000, 200 * 1024 * 1024, 1024 * 1024
_MOST_RATIO, _RATIO_MATTERS = 200, 1024 * 1024


def true_kind(data: bytes, name: str) -> str:
    """The key in KINDS of what `data` is; `name` must end as that kind does. Raises FileRefused."""
    return _named_rightly(_kind_of(_some(data)), name)


def true_picture(data: bytes, name: str) -> str:
    """The same where only pictures are taken: "png" or "jpeg". Raises FileRefused."""
    kind = _picture_of(_some(data))
    if not kind:
        raise FileRefused(
            f"Berkas ini bukan gambar PNG atau JPEG{_guess(data)}."
            " Simpan ulang sebagai PNG atau JPEG, lalu unggah lagi."
        )
    return _named_rightly(kind, name)


def _some(data: bytes) -> bytes:
    if not data:
        raise FileRefused("Berkas ini kosong. Buka berkas aslinya, simpan ulang, lalu unggah lagi.")
    return data


def _named_rightly(kind: str, name: str) -> str:
    if ending_of(name) not in KINDS[kind].endings:
        raise FileRefused(_misnamed(name, kind))
    return kind


def _kind_of(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        _look_into_pdf(data)
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _look_into_office(data)
    if picture := _picture_of(data):
        return picture
    if data.startswith(_OLD_OFFICE):
        raise FileRefused(
            "Berkas Office ini berformat lama (.doc, .xls) atau terkunci kata sandi."
            " Buka kuncinya, simpan ulang sebagai .docx, .xlsx, atau PDF, lalu unggah lagi."
        )
    raise FileRefused(f"Berkas ini bukan {ACCEPTED}{_guess(data)}. Simpan ulang sebagai PDF, lalu unggah lagi.")


def _picture_of(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "jpeg" if data.startswith(b"\xff\xd8\xff") else ""


def _guess(data: bytes) -> str:
    """What it looks like instead, when that can be told."""
    try:
        matches = puremagic.magic_string(data[:8192])
    except (puremagic.PureError, ValueError):  # it knows nothing like it
        return ""
    found = [match.extension for match in matches if match.extension and match.confidence >= 0.4]
    return f", isinya tampak seperti berkas {found[0]}" if found else ""


def _misnamed(name: str, kind: str) -> str:
    ending, right = ending_of(name), KINDS[kind]
    told = f"Namanya berakhiran .{ending}" if ending else "Namanya tidak berakhiran"
    return (
        f"{told}, tetapi isinya {right.label}. Ganti akhiran namanya menjadi .{right.endings[0]}, lalu unggah lagi;"
        " bila Anda mengira isinya lain, periksa dari mana berkas ini datang."
    )


def _look_into_pdf(data: bytes) -> None:
    """From its first byte to its last it must be a PDF that opens without a password; nothing is unpacked."""
    ends = list(_PDF_END.finditer(data[-2048:]))
    if not ends or not 0 < int(ends[-1][1][:12]) < len(data):
        raise FileRefused(
            "Berkas PDF ini terpotong atau rusak. Unduh atau simpan ulang berkas aslinya, lalu unggah lagi."
        )
    if data[-2048:][ends[-1].end() :].strip(b"\r\n\0\t "):
        raise FileRefused("Sesudah akhir PDF ini masih ada isi lain. Cetak ulang ke PDF, lalu unggah lagi.")
    if _ENCRYPTED_PDF.search(data):
        raise FileRefused("PDF ini terkunci kata sandi atau dibatasi. Simpan salinan tanpa kunci, lalu unggah lagi.")


def _look_into_office(data: bytes) -> str:
    """The kind of an Office file; only its list of contents is read, within limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _judge_size(parts)
            names = {part.filename for part in parts}
            types = _read_types(archive)
            kind = next((key for key, (part, mark) in _MAIN_PARTS.items() if part in names and mark in types), None)
            if _has_macros(names, types):
                raise FileRefused("Berkas ini berisi makro. Simpan ulang tanpa makro (.docx atau .xlsx biasa).")
            if kind is None or not _begins_at_once(parts):
                raise FileRefused(
                    "Berkas ini arsip ZIP atau berkas Office jenis lain. Unggah dokumennya sendiri sebagai"
                    f" {ACCEPTED}, satu per satu."
                )
            with archive.open(_MAIN_PARTS[kind][0]) as main:
                main.read(4096)
            return kind
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, RuntimeError, KeyError) as error:
        raise FileRefused(
            "Berkas Office ini terpotong, rusak, atau terkunci kata sandi."
            " Buka berkas aslinya, simpan ulang, lalu unggah lagi."
        ) from error


def _judge_size(parts: list[zipfile.ZipInfo]) -> None:
    """A few kilobytes may claim to be gigabytes: whoever opened such a file would be hurt."""
    swollen = any(
        part.file_size > _RATIO_MATTERS and part.file_size > _MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED or swollen:
        raise FileRefused(
            "Isi berkas ini mengembang jauh di luar kewajaran. Salin isinya ke dokumen baru, simpan, lalu unggah lagi."
        )


def _read_types(archive: zipfile.ZipFile) -> bytes:
    with archive.open("[Content_Types].xml") as types:
        return types.read(_MOST_TYPES)


def _has_macros(names: set[str], types: bytes) -> bool:
    return b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names)


def _begins_at_once(parts: list[zipfile.ZipInfo]) -> bool:
    """Nothing stands before the first part: such a file may be two things at once."""
    return min(part.header_offset for part in parts) == 0
