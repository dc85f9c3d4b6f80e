"""One answer changed in many initiatives: what it would do to each, and doing it, each through `initiatives.save`.

Not all or nothing: every initiative says for itself what became of it, and nobody's newer answer is overwritten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from agencies.access import can
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.locking import NotEditable
from masterplan.initiatives.actions import initiatives
from masterplan.models import ChangeSource, Initiative
from masterplan.registry import FIELDS, Content, Field, Kind, normalise
from masterplan.registry.reading import read_field

# Answers that many initiatives may rightly have in common.
BULK_KINDS = (Kind.CHOICE, Kind.YEAR, Kind.YES_NO, Kind.AGENCIES, Kind.DISTRICTS)
SEVERAL = (Kind.AGENCIES, Kind.DISTRICTS)
MOST = 200


class Way(models.TextChoices):
    """What becomes of the names that are there."""

    ADD = "tambah", "Tambahkan ke yang sudah ada"
    REMOVE = "kurangi", "Hapus dari yang sudah ada"
    REPLACE = "ganti", "Ganti seluruhnya"


@dataclass(frozen=True)
class BulkProposal:
    """What a change would do to one initiative; `obstacle` is a sentence when it would do nothing."""

    initiative: Initiative
    old: Any
    new: Any
    obstacle: str = ""


@dataclass(frozen=True)
class BulkOutcome:
    """What became of one initiative; `obstacle` is a sentence when it was left as it is.

    Where somebody else changed the answer, `theirs` and `mine` are both answers, as the registry reads them.
    """

    initiative: Initiative
    obstacle: str = ""
    theirs: Any = None
    mine: Any = None


def bulk_questions() -> list[Field]:
    """The questions that can be answered for many at once, in the order of the form."""
    return [field for field in FIELDS.values() if field.kind in BULK_KINDS]


def propose(
    rows: Iterable[Initiative], *, by: User, field: Field, value: Any, way: str = Way.REPLACE
) -> list[BulkProposal]:
    """What the change would do to each of `rows` (read with `complete()`). Writes nothing."""
    return [_proposal(initiative, by, field, value, way) for initiative in rows]


def _proposal(initiative: Initiative, by: User, field: Field, value: Any, way: str) -> BulkProposal:
    old = read_field(initiative, field)
    new = normalise(field, _combined(old, value, way) if field.kind in SEVERAL else value)
    if field.kind is Kind.AGENCIES:
        new = [pk for pk in new if pk != initiative.lead_agency_id]
    return BulkProposal(initiative, old, new, _obstacle(initiative, by, field, old, new))


def _combined(old: list[int], value: list[int], way: str) -> list[int]:
    if way == Way.ADD:
        return [*old, *value]
    return [pk for pk in old if pk not in value] if way == Way.REMOVE else value


def _obstacle(initiative: Initiative, by: User, field: Field, old: Any, new: Any) -> str:
    if not can(by, Permission.EDIT_INITIATIVE, initiative.regency, initiative.lead_agency_id):
        return "Anda tidak mengisi untuk perangkat daerah ini."
    if initiative.master_plan.is_locked:
        return initiative.master_plan.lock_sentence
    if not initiative.is_open:
        return f"Isiannya terkunci: {initiative.get_status_display().lower()}."
    if old == new:
        return "Jawabannya sudah sama."
    start = new if field.key == "start_year" else initiative.start_year
    end = new if field.key == "end_year" else initiative.end_year
    if start and end and end < start:
        return f"Tahun selesai {end} lebih awal dari tahun mulai {start}."
    return ""


@transaction.atomic
def change_many(
    rows: Iterable[Initiative],
    *,
    by: User,
    field: Field,
    value: Any,
    versions: Mapping[int, int],
    way: str = Way.REPLACE,
) -> list[BulkOutcome]:
    """Carry the change out where it can be; `versions` holds the `edit_version` by id that the person saw.

    An initiative whose same answer somebody changed since is left alone and named. Raises nothing for single rows.
    """
    proposals = propose(rows, by=by, field=field, value=value, way=way)
    return [_change(each, by, field, versions.get(each.initiative.pk, 0)) for each in proposals]


def _change(proposal: BulkProposal, by: User, field: Field, version: int) -> BulkOutcome:
    initiative = proposal.initiative
    if proposal.obstacle:
        return BulkOutcome(initiative, proposal.obstacle)
    data: Content = {field.key: proposal.new}
    try:
        initiatives.save(initiative, by=by, data=data, version=version, source=ChangeSource.BULK)
    except EditConflict as conflict:
        sentence = "Jawaban ini diubah orang lain sejak Anda membuka halaman, jadi dibiarkan."
        return BulkOutcome(initiative, sentence, theirs=conflict.current[field.key], mine=proposal.new)
    except NotEditable as locked:
        return BulkOutcome(initiative, str(locked))
    except PermissionDenied:
        return BulkOutcome(initiative, "Anda tidak mengisi untuk perangkat daerah ini.")
    return BulkOutcome(initiative)
