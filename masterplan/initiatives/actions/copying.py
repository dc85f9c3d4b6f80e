"""Beginning a draft from another initiative or from a model, and filling its gaps; all of it ends in `initiatives`.

A copy never overwrites: only empty answers are filled, and what was measured elsewhere is left to be measured again.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.access import is_regency_wide, own_agency_ids, require
from agencies.models import Agency, User
from agencies.roles import Permission
from masterplan.initiatives.actions import initiatives
from masterplan.library import ModelInitiative
from masterplan.models import ChangeSource, Initiative, MasterPlan, SubDimension
from masterplan.registry import FIELDS, STORED_APART, Content, Field, Kind, is_empty
from masterplan.registry.reading import read_field
from masterplan.year_shift import shift_activities, shift_by_year, shift_day, shift_year


@transaction.atomic
def begin_from_model(
    *, model: ModelInitiative, plan: MasterPlan, by: User, name: str, lead_agency: Agency, first_year: int
) -> Initiative:
    """A new draft with the answers of `model`, its months and targets counted from `first_year`.

    Raises PermissionDenied when `by` may not fill in for `lead_agency`.
    """
    place = SubDimension.objects.available_to(plan.regency).get(key=model.sub_dimension.key)
    draft = initiatives.create(
        plan=plan, by=by, name=name, sub_dimension=place, lead_agency=lead_agency, model_key=model.key
    )
    answers = model.content(first_year, plan.years)
    answers.pop("name")
    return initiatives.save(draft, by=by, data=answers, version=draft.edit_version, source=ChangeSource.COPY)


@transaction.atomic
def begin_from(
    *,
    source: Initiative,
    plan: MasterPlan,
    by: User,
    name: str,
    lead_agency: Agency,
    keys: Iterable[str],
    shift: int | None,
) -> Initiative:
    """A new draft with the answers `keys` of `source` (read with `complete()`), years moved by `shift`.

    `shift` None leaves every year open. Raises PermissionDenied when `by` may not copy or not fill in.
    """
    _require_readable(source, by, plan)
    draft = initiatives.create(
        plan=plan,
        by=by,
        name=name,
        sub_dimension=source.sub_dimension,
        lead_agency=lead_agency,
        based_on=source,
    )
    answers = _fitting(copied(source, keys=keys, plan=plan, shift=shift), draft)
    return initiatives.save(draft, by=by, data=answers, version=draft.edit_version, source=ChangeSource.COPY)


@transaction.atomic
def fill_gaps(target: Initiative, *, source: Initiative, by: User, keys: Iterable[str], shift: int | None) -> list[str]:
    """Copy the answers `keys` of `source` into those of `target` that are still empty. Returns the keys filled.

    Raises NotEditable when it has been sent, and PermissionDenied.
    """
    _require_readable(source, by, target.master_plan)
    # Locked before the gaps are looked for, so that nothing is written over what somebody puts there meanwhile.
    Initiative.objects.select_for_update(of=("self",)).get(pk=target.pk)
    current = Initiative.objects.complete().select_related("master_plan__regency").get(pk=target.pk)
    answers = {
        key: value
        for key, value in copied(source, keys=keys, plan=target.master_plan, shift=shift).items()
        if _is_gap(FIELDS[key], read_field(current, FIELDS[key]))
    }
    answers = _fitting(answers, current)
    initiatives.save(current, by=by, data=answers, version=current.edit_version, source=ChangeSource.COPY)
    if answers and current.based_on_id is None and not current.model_key:
        Initiative.objects.filter(pk=current.pk).update(based_on=source)
    return list(answers)


def _is_gap(field: Field, value: Any) -> bool:
    """Whether nothing was answered yet; an unticked box says nothing."""
    return is_empty(value) or (field.kind is Kind.YES_NO and value is False)


def _is_own(field: Field) -> bool:
    """Whether it belongs to one initiative alone: its name and place in the plan, and what others decide about it."""
    return field.always_needed or field.kind in STORED_APART


def _require_readable(source: Initiative, by: User, plan: MasterPlan) -> None:
    """One copies from one's own agency; whoever fills in for the whole regency from any of its agencies."""
    if source.regency != plan.regency:
        raise PermissionDenied
    require(by, Permission.EDIT_INITIATIVE, plan.regency)
    everywhere = is_regency_wide(by, Permission.EDIT_INITIATIVE, plan.regency)
    if not everywhere and source.lead_agency_id not in own_agency_ids(by, plan.regency):
        raise PermissionDenied


# What goes along ------------------------------------------------------------------------------------------------------


def copyable(source: Initiative) -> list[Field]:
    """The questions whose answers can go along: those that are answered and are not the initiative's own."""
    return [field for field in FIELDS.values() if not _is_own(field) and not _is_gap(field, read_field(source, field))]


def copied(source: Initiative, *, keys: Iterable[str], plan: MasterPlan, shift: int | None) -> Content:
    """The answers of `source` as they go into an initiative of `plan`. Unknown keys and own ones are left out."""
    wanted = set(keys)
    years = plan.years if shift is not None else range(0)
    same_plan = source.master_plan_id == plan.pk
    answers: Content = {}
    for field in copyable(source):
        if field.key not in wanted:
            continue
        value = read_field(source, field)
        mover = _MOVERS.get(field.kind)
        value = mover(value, shift or 0, years, same_plan) if mover else value
        if not is_empty(value):
            answers[field.key] = value
    return answers


def _indicators(rows: list[Content], shift: int, years: range, same_plan: bool) -> list[Content]:
    """Without what was measured; targets only within one plan, because those of another answer to another start."""
    return [
        row
        | {
            "baseline": "",
            "targets": shift_by_year(row["targets"], shift, years) if same_plan else {},
            "end_condition": row["end_condition"] if same_plan else "",
        }
        for row in rows
    ]


def _budgets(rows: list[Content], shift: int, years: range, same_plan: bool) -> list[Content]:
    moved = [row | {"amounts": shift_by_year(row["amounts"], shift, years)} for row in rows]
    return [row for row in moved if row["amounts"]]


_MOVERS: dict[Kind, Callable[[Any, int, range, bool], Any]] = {
    Kind.YEAR: lambda year, shift, years, same: shift_year(year, shift, years),
    Kind.ACTIVITIES: lambda rows, shift, years, same: shift_activities(rows, shift, years),
    Kind.INDICATORS: _indicators,
    Kind.BUDGETS: _budgets,
    Kind.WORKSHEET: lambda sheet, shift, years, same: sheet | {"due_date": shift_day(sheet["due_date"], shift, years)},
}


def _fitting(answers: Content, current: Initiative) -> Content:
    """Without what contradicts an answer that is there: years the wrong way round, a place beside "everywhere"."""
    start = answers.get("start_year", current.start_year)
    end = answers.get("end_year", current.end_year)
    refused = {"start_year", "end_year"} if start and end and end < start else set()
    if current.districts.all():
        refused.add("whole_regency")
    if current.whole_regency:
        refused.add("districts")
    return {key: value for key, value in answers.items() if key not in refused}
