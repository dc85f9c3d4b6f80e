"""Evidence of an initiative: taking a file in, naming it, choosing its place in the book, putting in order, removing.

Files that arrive in pieces are put together in `evidence_uploads`; how many and how large they may be is `files`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.access import byline
from agencies.models import User
from masterplan.actions.files import refuse_size, refuse_surplus, taken_in
from masterplan.actions.initiatives import hold_for_editing, store_change
from masterplan.models import EVIDENCE_TITLE_LIMIT, ChangeSource, Evidence, EvidenceFile, Initiative
from masterplan.reference import EvidencePlacement
from masterplan.registry import FIELDS, read_field
from smartcity.common.file_kinds import true_kind
from smartcity.common.file_names import clean_file_name, title_of
from smartcity.common.text import clean_text

_FIELD = FIELDS["evidence"]
# What a limit of files is for, in words.
WHOLE = "satu inisiatif"


@dataclass(frozen=True)
class Added:
    """What became of a file: the row, and whether it is new or was there already."""

    evidence: Evidence
    is_new: bool


def add(
    initiative: Initiative, *, by: User, name: str, data: bytes, title: str = "", source: str = ChangeSource.FORM
) -> Added:
    """Take a file in under `title` (made from its name when empty); the same bytes again are the row there is.

    Raises FileRefused with a sentence, NotEditable, PermissionDenied.
    """
    name = clean_file_name(name)
    sent = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        held = hold_for_editing(initiative, by=by)
        if known := held.evidence.select_related("file").filter(sent_sha256=sent).first():
            return Added(known, is_new=False)
        refuse_size(len(data), name)
        refuse_surplus(held.evidence.all(), 0, WHOLE)
    with taken_in(data, true_kind(data, name)) as file:
        return _attach(initiative, file, by=by, name=name, title=title, sent=sent, source=source)


def _attach(
    initiative: Initiative, file: EvidenceFile, *, by: User, name: str, title: str, sent: str, source: str
) -> Added:
    held = hold_for_editing(initiative, by=by)
    if known := held.evidence.select_related("file").filter(file=file).first():
        return Added(known, is_new=False)
    refuse_surplus(held.evidence.all(), file.size, WHOLE)
    title = clean_title(title) if title else title_of(name, EVIDENCE_TITLE_LIMIT)

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
    row.title, row.placement = clean_title(title), placement

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


def clean_title(title: str) -> str:
    """The title as it is kept. Raises ValidationError with a sentence when nothing is left of it."""
    cleaned = clean_text(" ".join(title.split()), EVIDENCE_TITLE_LIMIT)
    if not cleaned:
        raise ValidationError("Judul masih kosong. Tulis beberapa kata, misalnya Foto antrean loket.")
    return cleaned
