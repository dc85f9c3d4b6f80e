"""Making and changing initiatives: the one door for the form, imports and the sample data alike."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.access import byline, is_regency_wide, require
from agencies.models import Agency, User
from agencies.roles import Permission
from masterplan.editing.actions.ahead import sheet_changed
from masterplan.editing.actions.behalf import is_on_behalf, note_on_behalf
from masterplan.editing.actions.conflicts import my_changes, refuse_conflicts
from masterplan.editing.actions.locking import NotEditable, lock_sentence
from masterplan.editing.actions.writing import write_field
from masterplan.models import (
    ChangeSource,
    CodeCounter,
    Dimension,
    Initiative,
    InitiativeChange,
    MasterPlan,
    SubDimension,
)
from masterplan.registry import FIELDS, STORED_APART, Content, normalise
from masterplan.registry.reading import read


def _next_code(plan: MasterPlan, dimension: Dimension) -> str:
    """The next code of the dimension, such as BR-07; given once and never reused, whatever happens to its holder."""
    counter, _ = CodeCounter.objects.get_or_create(master_plan=plan, dimension=dimension)
    CodeCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return f"{dimension.code}-{counter.last:02d}"


@transaction.atomic
def create(
    *,
    plan: MasterPlan,
    by: User,
    name: str,
    sub_dimension: SubDimension,
    lead_agency: Agency,
    source: str = ChangeSource.FORM,
    based_on: Initiative | None = None,
    model_key: str = "",
) -> Initiative:
    """Begin an initiative with the three answers that give it a code and an owner.

    `based_on` or `model_key` (of the library) says where its further answers will come from.
    Raises PermissionDenied when `by` may not fill in for `lead_agency`, NotEditable while the plan is locked, and for
    agencies while it is not open for them; the coordinator may prepare.
    """
    require(by, Permission.EDIT_INITIATIVE, plan.regency, lead_agency)
    if sentence := lock_sentence(plan.pk):
        raise NotEditable(sentence)
    if not plan.is_open_for_filling and not is_regency_wide(by, Permission.EDIT_INITIATIVE, plan.regency):
        raise NotEditable(plan.filling_sentence)
    if lead_agency.regency_id != plan.regency_id:
        raise PermissionDenied
    now = timezone.now()
    initiative = Initiative.objects.create(
        master_plan=plan,
        code=_next_code(plan, sub_dimension.dimension),
        name=name,
        sub_dimension=sub_dimension,
        lead_agency=lead_agency,
        based_on=based_on,
        model_key=model_key,
        created_by=by,
        updated_by=by,
        updated_at=now,
        updated_as=byline(by, plan.regency),
    )
    first = {"name": name, "sub_dimension": sub_dimension.pk, "lead_agency": lead_agency.pk}
    _record(initiative, by=by, before={}, after=first, source=source)
    return initiative


@transaction.atomic
def save(
    initiative: Initiative,
    *,
    by: User,
    data: Content,
    version: int,
    source: str = ChangeSource.FORM,
    force: bool = False,
    key: str = "",
) -> Initiative:
    """Store the answers in `data` (plain registry values by key) that differ from what is stored.

    `version` is the `edit_version` the person saw. Changes others made to other fields since then are kept; a change
    to the same field raises EditConflict with both texts, unless `force` says that the person has seen both. `key` is
    the name the sender gave this save: sent again, because the answer was lost, it changes nothing. Raises NotEditable
    when the initiative has been sent, PermissionDenied when `by` may not, ValidationError for foreign ids.
    Returns the stored initiative; saving nothing new changes nothing, not even the version.
    """
    stored = hold_for_editing(initiative, by=by)
    done = stored.changes.filter(request_key=key).first() if key else None
    if done is not None:  # sent again: what it stored is stored, only what it could not store is judged once more
        data, key = {name: value for name, value in data.items() if name not in done.after}, ""
    current = read(stored, [name for name in data if FIELDS[name].kind not in STORED_APART])
    data = {name: normalise(FIELDS[name], data[name]) for name in current}
    if version > stored.edit_version:  # a version nobody can have seen: judged as if nothing had been seen
        version = 0
    mine = my_changes(stored, data=data, current=current, version=version)
    if not force:
        refuse_conflicts(stored, mine=mine, current=current, version=version)
    if not mine:
        return stored
    _guard_lead_agency(stored, mine, by)
    for name, value in mine.items():
        write_field(stored, FIELDS[name], value)
    _guard_years(stored)
    before = {name: current[name] for name in mine}
    store_change(stored, by=by, before=before, after=mine, source=source, key=key)
    return _read_again(stored)


def _read_again(stored: Initiative) -> Initiative:
    """The same row with nothing remembered of what its tables held before."""
    again = Initiative.objects.get(pk=stored.pk)
    again.master_plan = stored.master_plan
    return again


@transaction.atomic
def hold_for_editing(initiative: Initiative, *, by: User) -> Initiative:
    """The initiative under lock until the end of the transaction, for whoever changes one of its answers.

    Raises NotEditable when it has been sent or the plan is locked, PermissionDenied when `by` may not.
    """
    locked = (
        Initiative.objects.select_for_update(of=("self",)).select_related("master_plan__regency").get(pk=initiative.pk)
    )
    require(by, Permission.EDIT_INITIATIVE, locked.regency, locked.lead_agency_id)
    if not locked.is_open:
        raise NotEditable(locked.frozen_sentence)
    return locked


@transaction.atomic
def store_change(
    initiative: Initiative,
    *,
    by: User,
    before: Content,
    after: Content,
    source: str = ChangeSource.FORM,
    key: str = "",
) -> None:
    """Give a held initiative, with whatever was set on it, its next version and note what became of its answers."""
    initiative.edit_version += 1
    initiative.updated_by, initiative.updated_at = by, timezone.now()
    initiative.updated_as = byline(by, initiative.regency)
    initiative.save()
    _record(initiative, by=by, before=before, after=after, source=source, key=key)
    sheet_changed(initiative)


def _guard_lead_agency(initiative: Initiative, mine: Content, by: User) -> None:
    """Handing an initiative to another agency is a matter for the whole regency."""
    if "lead_agency" in mine and not is_regency_wide(by, Permission.EDIT_INITIATIVE, initiative.regency):
        raise PermissionDenied


def _guard_years(initiative: Initiative) -> None:
    """Two people may each change one year in good faith; together they must still make sense."""
    start, end = initiative.start_year, initiative.end_year
    if start and end and end < start:
        raise ValidationError(
            f"Tahun mulai {start} dan tahun selesai {end} tidak cocok: salah satunya baru saja diubah orang lain. "
            "Muat ulang halaman, lalu perbaiki."
        )


def _record(
    initiative: Initiative,
    *,
    by: User,
    before: Content,
    after: Content,
    source: str = ChangeSource.FORM,
    key: str = "",
) -> None:
    on_behalf = is_on_behalf(initiative, by)
    if on_behalf:
        note_on_behalf(initiative, by=by)
    InitiativeChange.objects.create(
        initiative=initiative,
        version=initiative.edit_version,
        before=before,
        after=after,
        source=source,
        on_behalf=on_behalf,
        request_key=key,
        by=by,
        by_role=byline(by, initiative.regency),
    )
