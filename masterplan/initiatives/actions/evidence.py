"""Evidence of an initiative: taking a file in, naming it, choosing its place in the book, putting in order, removing.

`evidence_uploads` joins files that arrive in chunks; `files` says how many and how large they may be.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.access import byline
from agencies.models import User
from masterplan.editing.actions.files import Added, Arrival, add_once, clean_title, named
from masterplan.editing.actions.written import record_change
from masterplan.initiatives.actions.initiatives import INITIATIVE
from masterplan.models import ChangeSource, Evidence, EvidenceFile, Initiative
from masterplan.reference import EvidencePlacement
from masterplan.registry import FIELDS
from masterplan.registry.reading import read_field
from smartcity.common.storage.file_kinds import true_kind

_FIELD = FIELDS["evidence"]
# What a limit of files is for, in words.
WHOLE = "satu inisiatif"


def add(
    initiative: Initiative, *, by: User, name: str, data: bytes, title: str = "", source: str = ChangeSource.FORM
) -> Added[Evidence]:
    """Take a file in under `title` (made from its name when empty); the same bytes again are the row there is.

    Raises FileRefused with a sentence, NotEditable, PermissionDenied.
    """
    return add_once(
        data,
        by=by,
        name=name,
        kind_of=true_kind,
        whole=WHOLE,
        lock=partial(INITIATIVE.lock_row, initiative),
        rows_of=lambda locked: locked.evidence.all(),
        attach=partial(_attach, by=by, title=title, source=source),
    )


def _attach(locked: Initiative, arrival: Arrival, *, by: User, title: str, source: str) -> Evidence:
    def store() -> Evidence:
        last = locked.evidence.aggregate(last=Max("order"))["last"]
        return Evidence.objects.create(
            initiative=locked,
            order=0 if last is None else last + 1,
            uploaded_by=by,
            uploaded_as=byline(by, locked.regency),
            **named(arrival, title),
        )

    stored: Evidence = _noted(locked, store, by=by, source=source)
    return stored


@transaction.atomic
def revise(evidence: Evidence, *, by: User, title: str, placement: str) -> Evidence:
    """Give another title or another place in the book.

    Raises ValidationError with a sentence, NotEditable, PermissionDenied.
    """
    locked = INITIATIVE.lock_row(evidence.initiative, by=by)
    row = locked.evidence.select_related("file").get(pk=evidence.pk)
    if placement not in EvidencePlacement.values:
        raise ValidationError("Letak ini tidak dikenal. Muat ulang halaman, lalu pilih lagi.")
    if placement == EvidencePlacement.FIGURE and not row.is_picture:
        raise ValidationError("Hanya gambar PNG atau JPEG yang dapat dicetak pada lembar. Pilih daftar lampiran.")
    row.title, row.placement = clean_title(title), placement

    def store() -> Evidence:
        row.save(update_fields=["title", "placement"])
        return row

    return _noted(locked, store, by=by)


@transaction.atomic
def move(evidence: Evidence, *, by: User, step: int) -> None:
    """Put one place up (`step` -1) or down (1); at the end of the list nothing happens.

    Raises NotEditable, PermissionDenied.
    """
    locked = INITIATIVE.lock_row(evidence.initiative, by=by)
    rows = list(locked.evidence.all())
    place = next(number for number, row in enumerate(rows) if row.pk == evidence.pk)
    if not 0 <= place + step < len(rows):
        return
    rows[place], rows[place + step] = rows[place + step], rows[place]

    def store() -> None:
        for number, row in enumerate(rows):
            row.order = number
        Evidence.objects.bulk_update(rows, ["order"])

    _noted(locked, store, by=by)


@transaction.atomic
def remove(evidence: Evidence, *, by: User) -> None:
    """Take a file away from its initiative. Its bytes stay where an edition or another initiative needs them; else the
    clean-up deletes them a day later, so that a print that is under way still finds them.

    Raises NotEditable, PermissionDenied.
    """
    locked = INITIATIVE.lock_row(evidence.initiative, by=by)
    EvidenceFile.objects.filter(pk=evidence.file_id).update(used_at=timezone.now())
    _noted(locked, lambda: locked.evidence.filter(pk=evidence.pk).delete(), by=by)


def _noted(locked: Initiative, act: Callable[[], Any], *, by: User, source: str = ChangeSource.FORM) -> Any:
    """Carry out `act` and note how the answer changed by it; nothing is noted when it did not."""
    before = _answer(locked)
    done = act()
    after = _answer(locked)
    if before != after:
        old, new = {_FIELD.key: before}, {_FIELD.key: after}
        record_change(locked, kind=INITIATIVE, by=by, before=old, after=new, source=source)
    return done


def _answer(locked: Initiative) -> Any:
    """What the registry reads just now."""
    return read_field(Initiative.objects.get(pk=locked.pk), _FIELD)
