"""Evidence that arrives in pieces: begin or go on, take a piece, put it together, call it off.

The row says how much is surely on the disk; whoever was cut off asks it and goes on from there. What becomes of a
complete file is the business of `evidence`.
"""

import secrets

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from masterplan.editing.actions.files import Added, refuse_size, refuse_surplus
from masterplan.initiatives.actions.evidence import WHOLE, add
from masterplan.initiatives.actions.initiatives import hold_for_editing
from masterplan.models import Evidence, EvidenceUpload, Initiative
from smartcity.common.storage.file_kinds import ACCEPTED, KINDS, FileRefused
from smartcity.common.storage.file_names import clean_file_name, ending_of
from smartcity.common.storage.files import discard, discard_now, private_storage

PIECE_BYTES = 512 * 1024
_MOST_OPEN = 20


@transaction.atomic
def begin(initiative: Initiative, *, by: User, key: str, name: str, size: int) -> EvidenceUpload:
    """The upload of this person that goes by `key`: a new one, or the one that was cut off, with what has arrived.

    Raises FileRefused when nothing good can come of it, NotEditable, PermissionDenied.
    """
    held = hold_for_editing(initiative, by=by)
    name = clean_file_name(name)
    if not key or len(key) > 64:
        raise FileRefused("Unggahan ini tidak dikenal. Muat ulang halaman, lalu pilih berkasnya lagi.")
    known = held.evidence_uploads.filter(by=by, key=key).first()
    if known is not None and known.size == size:
        return _as_on_disk(known)
    if known is not None:
        _forget(known)
    _refuse_early(held, by, name, size)
    return EvidenceUpload.objects.create(
        initiative=held, by=by, key=key, name=name, size=size, part=f"uploads/{secrets.token_hex(16)}.part"
    )


def _refuse_early(held: Initiative, by: User, name: str, size: int) -> None:
    """What can be told before a byte has been sent."""
    if size < 1:
        raise FileRefused("Berkas ini kosong. Buka berkas aslinya, simpan ulang, lalu unggah lagi.")
    if ending_of(name) not in {ending for kind in KINDS.values() for ending in kind.endings}:
        raise FileRefused(f"Jenis berkas ini tidak diterima. Simpan ulang sebagai {ACCEPTED}, lalu unggah lagi.")
    refuse_size(size, name)
    refuse_surplus(held.evidence.all(), size, WHOLE)
    if held.evidence_uploads.filter(by=by).count() >= _MOST_OPEN:
        raise FileRefused(f"Ada {_MOST_OPEN} unggahan Anda yang belum selesai. Lanjutkan atau batalkan dulu.")


@transaction.atomic
def receive(upload: EvidenceUpload, *, by: User, offset: int, piece: bytes) -> EvidenceUpload:
    """Take `piece`, which belongs at `offset`; one that is not the next is left alone, and the row says what is.

    Raises FileRefused when it is more than was said, NotEditable, PermissionDenied, and DoesNotExist when the upload
    was called off meanwhile.
    """
    hold_for_editing(upload.initiative, by=by)
    row = _as_on_disk(EvidenceUpload.objects.select_for_update().get(pk=upload.pk, by=by))
    if offset != row.received:
        return row
    if len(piece) > PIECE_BYTES or row.received + len(piece) > row.size:
        raise FileRefused("Berkas ini lebih besar daripada ukurannya semula. Pilih berkasnya lagi.")
    private_storage().write_chunk(row.part, offset, piece)
    row.received += len(piece)
    row.touched_at = timezone.now()
    row.save(update_fields=["received", "touched_at"])
    return row


def finish(upload: EvidenceUpload, *, by: User) -> Added[Evidence]:
    """Make evidence of a complete upload, which is over then, whether its file was taken or not.

    Raises FileRefused, NotEditable, PermissionDenied.
    """
    try:
        with private_storage().open(upload.part) as whole:
            added = add(upload.initiative, by=by, name=upload.name, data=whole.read())
    except FileRefused:
        cancel(upload, by=by)
        raise
    cancel(upload, by=by)
    return added


@transaction.atomic
def cancel(upload: EvidenceUpload, *, by: User) -> None:
    """Forget an upload of one's own and what has arrived of it."""
    row = EvidenceUpload.objects.select_for_update().filter(pk=upload.pk, by=by).first()
    if row is not None:
        _forget(row)


def _forget(row: EvidenceUpload) -> None:
    discard(row.part)
    row.delete()


def _as_on_disk(row: EvidenceUpload) -> EvidenceUpload:
    """The row, which never says more than the file holds: a file may be lost where the database is not."""
    there = private_storage().size(row.part) if private_storage().exists(row.part) else 0
    if there < row.received:
        row.received = 0
        discard_now(row.part)
        row.save(update_fields=["received"])
    return row
