"""Creating and saving initiatives, for the form, imports and the sample data alike."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.access import byline, is_regency_wide, require
from agencies.models import Agency, User
from agencies.roles import Permission
from masterplan.editing.actions import written
from masterplan.editing.actions.behalf import is_on_behalf, note_on_behalf
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.locking import NotEditable, lock_sentence
from masterplan.editing.actions.prerender import sheet_changed
from masterplan.initiatives.actions.columns import RegistryColumns
from masterplan.models import (
    ChangeSource,
    CodeCounter,
    Dimension,
    Initiative,
    InitiativeChange,
    MasterPlan,
    SubDimension,
)
from masterplan.registry import Content


class InitiativeKind(WrittenKind):
    """An initiative is a written row whose columns the registry names. It is changed until it is sent."""

    def lock_row(self, row: Initiative, *, by: User) -> Initiative:
        """The initiative under lock until the end of the transaction.

        Raises NotEditable when it has been sent or the plan is locked, PermissionDenied when `by` may not change it.
        """
        rows = Initiative.objects.select_for_update(of=("self",)).select_related("master_plan__regency")
        locked = rows.get(pk=row.pk)
        require(by, Permission.EDIT_INITIATIVE, locked.regency, locked.lead_agency_id)
        if not locked.is_open:
            raise NotEditable(locked.frozen_sentence)
        return locked

    def apply(self, row: Initiative, changes: Content, *, by: User) -> None:
        """Raises PermissionDenied when somebody of an agency gives the initiative to another agency, ValidationError
        for ids of another regency, and for years that two people changed in good faith and that do not fit together.
        """
        if "lead_agency" in changes and not is_regency_wide(by, Permission.EDIT_INITIATIVE, row.regency):
            raise PermissionDenied
        super().apply(row, changes, by=by)
        if row.start_year and row.end_year and row.end_year < row.start_year:
            raise ValidationError(
                f"Tahun mulai {row.start_year} dan tahun selesai {row.end_year} tidak cocok: salah satunya baru saja "
                "diubah orang lain. Muat ulang halaman, lalu perbaiki."
            )

    def store(self, row: Initiative, *, by: User) -> None:
        """Also under which role it was changed."""
        row.updated_as = byline(by, row.regency)
        super().store(row, by=by)

    def create_change(self, row: Initiative, *, by: User, **values: Any) -> None:
        """Also whether the answers were filled in for another agency."""
        on_behalf = is_on_behalf(row, by)
        if on_behalf:
            note_on_behalf(row, by=by)
        InitiativeChange.objects.create(initiative=row, on_behalf=on_behalf, by=by, **values)

    def announce(self, row: Initiative) -> None:
        """Its sheet is another one."""
        sheet_changed(row)


INITIATIVE = InitiativeKind(RegistryColumns())


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
    INITIATIVE.record(initiative, by=by, before={}, after=first, source=source)
    return initiative


# Saves an initiative, as `written.save` does.
save = partial(written.save, kind=INITIATIVE)
