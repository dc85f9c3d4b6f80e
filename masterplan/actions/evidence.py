"""Evidence of an initiative: taking a file in, naming it, choosing its place in the book, putting in order, removing.

Files that arrive in pieces are put together in `evidence_uploads`. Whether a file is what it claims to be is told by
`smartcity.common.file_kinds` and `pictures`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from agencies.access import byline
from agencies.models import User
from masterplan.actions.initiatives import hold_for_editing, store_change
from masterplan.documents.contents.figures import PRINT_PIXELS
from masterplan.models import EVIDENCE_TITLE_LIMIT, ChangeSource, Evidence, EvidenceFile, Initiative
from masterplan.reference import EvidenceKind, EvidencePlacement
from masterplan.registry import FIELDS, read_field
from smartcity.common import pictures
from smartcity.common.file_kinds import FileRefused, true_kind
from smartcity.common.file_names import clean_file_name, title_of
from smartcity.common.files import discard_now, store_new
from smartcity.common.formatting import format_size
from smartcity.common.text import clean_text

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_FILES, MOST_BYTES_TOGETHER = 10 * MEGABYTE, 20, 60 * MEGABYTE
_FIELD = FIELDS["evidence"]
_PICTURE_NAMES = ("png", "jpg", "jpeg")


@dataclass(frozen=True)
class Added:
    """What became of a file: the row, and whether it is new or was there already."""

    evidence: Evidence
    is_new: bool


def refuse_size(size: int, name: str) -> None:
    """Raise FileRefused with both figures and what to do when a file of `size` bytes is more than one may have."""
    if size <= MOST_BYTES:
        return
    picture = name.lower().endswith(_PICTURE_NAMES)
    mend = "Kecilkan gambarnya, lalu unggah lagi." if picture else "Simpan ulang sebagai PDF."
    raise FileRefused(f"Berkas ini {format_size(size)}, batasnya {format_size(MOST_BYTES)}. {mend}")


def refuse_surplus(initiative: Initiative, size: int) -> None:
    """Raise FileRefused when the initiative has no room for one more file of `size` bytes."""
    files = initiative.evidence.all()
    if files.count() >= MOST_FILES:
        raise FileRefused(
            f"Sudah ada {MOST_FILES} berkas, batas untuk satu inisiatif. Hapus yang tidak diperlukan, lalu unggah lagi."
        )
    used = files.aggregate(sum=Sum("file__size"))["sum"] or 0
    if used + size > MOST_BYTES_TOGETHER:
        raise FileRefused(
            f"Semua berkas menjadi {format_size(used + size)}, batasnya {format_size(MOST_BYTES_TOGETHER)} untuk satu"
            " inisiatif. Hapus yang tidak diperlukan, atau kecilkan berkas ini."
        )


def add(
    initiative: Initiative, *, by: User, name: str, data: bytes, title: str = "", source: str = ChangeSource.FORM
) -> Added:
    """Take a file in under `title` (made from its name when empty); the same bytes again are the row there is.

    Raises FileRefused with a sentence, NotEditable, PermissionDenied. Pictures are decoded before anything is locked.
    """
    name = clean_file_name(name)
    sent = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        held = hold_for_editing(initiative, by=by)
        if known := held.evidence.select_related("file").filter(sent_sha256=sent).first():
            return Added(known, is_new=False)
        refuse_size(len(data), name)
        refuse_surplus(held, 0)
    kind = true_kind(data, name)
    picture = pictures.prepare(data, kind, print_box=PRINT_PIXELS) if kind in EvidenceKind.pictures() else None
    kept = picture.data if picture else data
    written: list[str] = []
    try:
        with transaction.atomic():
            file = _file_of(kept, kind, picture, written)
            return _attach(initiative, file, by=by, name=name, title=title, sent=sent, source=source)
    except BaseException:
        for stored in written:
            discard_now(stored)
        raise


def _file_of(data: bytes, kind: str, picture: pictures.Picture | None, written: list[str]) -> EvidenceFile:
    """The one row of these bytes, held so that nobody forgets it meanwhile; the names it wrote go into `written`."""
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


def _attach(
    initiative: Initiative, file: EvidenceFile, *, by: User, name: str, title: str, sent: str, source: str
) -> Added:
    held = hold_for_editing(initiative, by=by)
    if known := held.evidence.select_related("file").filter(file=file).first():
        return Added(known, is_new=False)
    refuse_surplus(held, file.size)
    title = _clean_title(title) if title else title_of(name, EVIDENCE_TITLE_LIMIT)

    def attach() -> Evidence:
        last = held.evidence.aggregate(last=Max("order"))["last"]
        return Evidence.objects.create(
            initiative=held,
            file=file,
            title=title,
            original_name=name,
            sent_sha256=sent,
            order=0 if last is None else last + 1,
            uploaded_by=by,
            uploaded_as=byline(by, held.regency),
        )

    return Added(_noted(held, attach, by=by, source=source), is_new=True)


@transaction.atomic
def revise(evidence: Evidence, *, by: User, title: str, placement: str) -> Evidence:
    """Give another title or another place in the book.

    Raises ValidationError with a sentence, NotEditable, PermissionDenied.
    """
    held = hold_for_editing(evidence.initiative, by=by)
    row = held.evidence.select_related("file").get(pk=evidence.pk)
    if placement not in EvidencePlacement.values:
        raise ValidationError("Letak ini tidak dikenal. Muat ulang halaman, lalu pilih lagi.")
    if placement == EvidencePlacement.FIGURE and not row.is_picture:
        raise ValidationError("Hanya gambar PNG atau JPEG yang dapat dicetak pada lembar. Pilih daftar lampiran.")
    row.title, row.placement = _clean_title(title), placement

    def store() -> Evidence:
        row.save(update_fields=["title", "placement"])
        return row

    return _noted(held, store, by=by)


@transaction.atomic
def move(evidence: Evidence, *, by: User, step: int) -> None:
    """Put one place up (`step` -1) or down (1); at the end of the list nothing happens.

    Raises NotEditable, PermissionDenied.
    """
    held = hold_for_editing(evidence.initiative, by=by)
    rows = list(held.evidence.all())
    place = next(number for number, row in enumerate(rows) if row.pk == evidence.pk)
    if not 0 <= place + step < len(rows):
        return
    rows[place], rows[place + step] = rows[place + step], rows[place]

    def store() -> None:
        for number, row in enumerate(rows):
            row.order = number
        Evidence.objects.bulk_update(rows, ["order"])

    _noted(held, store, by=by)


@transaction.atomic
def remove(evidence: Evidence, *, by: User) -> None:
    """Take a file away from its initiative. Its bytes stay where an edition or another initiative needs them; else the
    clean-up deletes them a day later, so that a print that is under way still finds them.

    Raises NotEditable, PermissionDenied.
    """
    held = hold_for_editing(evidence.initiative, by=by)
    EvidenceFile.objects.filter(pk=evidence.file_id).update(used_at=timezone.now())
    _noted(held, lambda: held.evidence.filter(pk=evidence.pk).delete(), by=by)


def _noted(held: Initiative, act: Callable[[], Any], *, by: User, source: str = ChangeSource.FORM) -> Any:
    """Carry out `act` and note how the answer changed by it; nothing is noted when it did not."""
    before = _answer(held)
    done = act()
    after = _answer(held)
    if before != after:
        store_change(held, by=by, before={_FIELD.key: before}, after={_FIELD.key: after}, source=source)
    return done


def _answer(held: Initiative) -> Any:
    """What the registry reads just now."""
    return read_field(Initiative.objects.get(pk=held.pk), _FIELD)


def _clean_title(title: str) -> str:
    cleaned = clean_text(" ".join(title.split()), EVIDENCE_TITLE_LIMIT)
    if not cleaned:
        raise ValidationError("Judul masih kosong. Tulis beberapa kata, misalnya Foto antrean loket.")
    return cleaned
