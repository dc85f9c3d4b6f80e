"""Files of people, taken in: once each, how many and how large they may be, and the one row of their bytes.

`evidence`, `progress` and `section_pictures` decide what a file belongs to; `smartcity.common.storage.file_kinds` and
`pictures` check that it is what it claims to be.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet, Sum
from django.utils import timezone

from agencies.models import User
from masterplan.models import EVIDENCE_TITLE_LIMIT, EvidenceFile
from masterplan.reference import EvidenceKind
from smartcity.common.formatting import format_size
from smartcity.common.storage import pictures
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.file_names import clean_file_name, title_of
from smartcity.common.storage.files import discard_now, store_new
from smartcity.common.text import clean_text
from smartcity.press.picture_size import PRINT_PIXELS

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_FILES, MOST_BYTES_TOGETHER = 10 * MEGABYTE, 20, 60 * MEGABYTE
_PICTURE_NAMES = ("png", "jpg", "jpeg")
# What files belong to, and the row that says so.
Owner = TypeVar("Owner")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Arrival:
    """A file that was taken in: the one row of its bytes, its clean name, and the hash of what was sent."""

    file: EvidenceFile
    name: str
    sent_sha256: str


@dataclass(frozen=True)
class Added(Generic[Row]):
    """What became of a file: the row, and whether it is new or was there already."""

    row: Row
    is_new: bool


def add_once(
    data: bytes,
    *,
    by: User,
    name: str,
    kind_of: Callable[[bytes, str], str],
    whole: str,
    lock: Callable[..., Owner],
    rows_of: Callable[[Owner], QuerySet[Row]],
    attach: Callable[[Owner, Arrival], Row],
) -> Added[Row]:
    """Take a file in for what `lock` locks and lets `by` write to; the same bytes again are the row there is.

    `rows_of` gives its rows with a file each, `attach` makes the new one; `whole` is what a limit is for, in words.
    What is refused is refused before anything is decoded, and decoding happens while nothing is locked.
    Raises FileRefused with a sentence, and what `kind_of`, `lock` and `attach` raise.
    """
    name, sent = clean_file_name(name), hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        rows = rows_of(lock(by=by))
        if known := rows.select_related("file").filter(sent_sha256=sent).first():
            return Added(known, is_new=False)
        refuse_size(len(data), name)
        refuse_surplus(rows, 0, whole)
    with taken_in(data, kind_of(data, name)) as file:
        locked = lock(by=by)
        rows = rows_of(locked)
        if known := rows.select_related("file").filter(file=file).first():
            return Added(known, is_new=False)
        refuse_surplus(rows, file.size, whole)
        return Added(attach(locked, Arrival(file, name, sent)), is_new=True)


def refuse_size(size: int, name: str) -> None:
    """Raise FileRefused with both figures and what to do when a file of `size` bytes is more than one may have."""
    if size <= MOST_BYTES:
        return
    picture = name.lower().endswith(_PICTURE_NAMES)
    advice = "Kecilkan gambarnya, lalu unggah lagi." if picture else "Simpan ulang sebagai PDF."
    raise FileRefused(f"Berkas ini {format_size(size)}, batasnya {format_size(MOST_BYTES)}. {advice}")


def refuse_surplus(files: QuerySet[Any], size: int, whole: str) -> None:
    """Raise FileRefused when `whole`, which has these rows with a file each, has no room for another `size` bytes."""
    if files.count() >= MOST_FILES:
        raise FileRefused(
            f"Sudah ada {MOST_FILES} berkas, batas untuk {whole}. Hapus yang tidak diperlukan, lalu unggah lagi."
        )
    used = files.aggregate(sum=Sum("file__size"))["sum"] or 0
    if used + size > MOST_BYTES_TOGETHER:
        raise FileRefused(
            f"Semua berkas menjadi {format_size(used + size)}, batasnya {format_size(MOST_BYTES_TOGETHER)} untuk"
            f" {whole}. Hapus yang tidak diperlukan, atau kecilkan berkas ini."
        )


@contextmanager
def taken_in(data: bytes, kind: str) -> Iterator[EvidenceFile]:
    """The one row of these bytes, inside a transaction; when that fails, no byte of it stays.

    Raises FileRefused. Pictures are decoded before anything is locked.
    """
    is_picture = kind in EvidenceKind.pictures()
    picture = pictures.prepare(data, kind, print_box=PRINT_PIXELS) if is_picture else None
    written: list[str] = []
    try:
        with transaction.atomic():
            yield _row_of(picture.data if picture else data, kind, picture, written)
    except BaseException:
        for stored in written:
            discard_now(stored)
        raise


def _row_of(data: bytes, kind: str, picture: pictures.Picture | None, written: list[str]) -> EvidenceFile:
    """The row of these bytes, locked so that nobody forgets it meanwhile; the names it wrote go into `written`."""
    sha256 = hashlib.sha256(data).hexdigest()
    if EvidenceFile.objects.filter(sha256=sha256).update(used_at=timezone.now()):
        return EvidenceFile.objects.get(sha256=sha256)
    columns: dict[str, Any] = {"kind": kind, "size": len(data), "stored": store_new("evidence", kind, data)}
    written.append(columns["stored"])
    if picture:
        columns |= {"width": picture.width, "height": picture.height}
        for column, small in (("thumbnail", picture.thumbnail), ("printed", picture.printed)):
            columns[column] = store_new("evidence", "jpeg", small)
            written.append(columns[column])
    try:
        with transaction.atomic():
            return EvidenceFile.objects.create(sha256=sha256, **columns)
    except IntegrityError:  # somebody sent the same bytes at the same moment
        while written:
            discard_now(written.pop())
        EvidenceFile.objects.filter(sha256=sha256).update(used_at=timezone.now())
        return EvidenceFile.objects.get(sha256=sha256)


def named(arrival: Arrival, title: str) -> dict[str, Any]:
    """The columns of a row of evidence that say which file it is; its title is made from the name when empty.

    Raises ValidationError with a sentence when nothing is left of the title.
    """
    return {
        "file": arrival.file,
        "title": clean_title(title) if title else title_of(arrival.name, EVIDENCE_TITLE_LIMIT),
        "original_name": arrival.name,
        "sent_sha256": arrival.sent_sha256,
    }


def clean_title(title: str) -> str:
    """The title as it is kept. Raises ValidationError with a sentence when nothing is left of it."""
    cleaned = clean_text(" ".join(title.split()), EVIDENCE_TITLE_LIMIT)
    if not cleaned:
        raise ValidationError("Judul masih kosong. Tulis beberapa kata, misalnya Foto antrean loket.")
    return cleaned
