"""Changing a development plan node by node. Many nodes at once are added in `plan_trees`, by the same rules."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions import written
from masterplan.editing.actions.columns import FOREIGN, WrittenColumn, attribute
from masterplan.editing.actions.conflicts import UnrecordedChange
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.models import (
    TEXT_LIMIT,
    AlignmentLink,
    BudgetCeiling,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    PlanElement,
)
from masterplan.plans.actions.plans import (
    CODE_LIMIT,
    INDICATOR_COLUMNS,
    TOO_HIGH_FOR_MONEY,
    allowed_levels,
    carried_out_candidates,
    ceiling_rows,
    checked_text,
    code_is_taken,
    fill_indicator,
    obstacles_to_deletion,
    possible_parents,
    refuse_twins,
    replaced_candidates,
    target_rows,
)
from masterplan.registry import Content

# The columns of a node ------------------------------------------------------------------------------------------------


def _clean_text(element: PlanElement, value: str) -> str:
    text = checked_text({"text": value}, "text", TEXT_LIMIT)
    if not text:
        raise ValidationError({"text": "Tulis uraiannya, misalnya Program Pengelolaan Persampahan."})
    return text


def _pointer(name: str, allowed: Callable[[PlanElement], Any]) -> WrittenColumn:
    """The id of what a node points to, among the rows that `allowed` gives, or None."""

    def clean(element: PlanElement, pk: int | None) -> int | None:
        if pk is None or pk == getattr(element, f"{name}_id") or allowed(element).filter(pk=pk).exists():
            return pk
        raise ValidationError({name: FOREIGN})

    return attribute(f"{name}_id", clean)


def _read_indicators(element: PlanElement) -> list[Content]:
    return [
        {
            "id": indicator.pk,
            **{column: getattr(indicator, column) for column in INDICATOR_COLUMNS},
            "direction": indicator.direction,
            "agency": indicator.agency_id,
            "targets": {str(target.year): target.text for target in indicator.targets.all()},
        }
        for indicator in element.indicators.prefetch_related("targets")
    ]


def _clean_indicators(element: PlanElement, rows: list[Content]) -> list[Content]:
    """New rows have no ids yet, so ids do not count: rows that are stored already are those that are stored."""
    stored = _read_indicators(element)
    is_same = [{**row, "id": None} for row in rows] == [{**row, "id": None} for row in stored]
    return stored if is_same else rows


def _write_indicators(element: PlanElement, rows: list[Content]) -> None:
    """Keep indicators that links may name, in place; those missing from `rows` go, unless a link names them."""
    stored = {indicator.pk: indicator for indicator in element.indicators.all()}
    if {row["id"] for row in rows if row.get("id")} - set(stored):
        raise ValidationError(FOREIGN)
    refuse_twins(rows)
    _remove_indicators(stored[pk] for pk in stored if pk not in {row.get("id") for row in rows})
    agencies = {agency.pk for agency in element.plan.regency.agencies.all()}
    for order, row in enumerate(rows):
        indicator = stored.get(row.get("id") or 0) or Indicator(element=element)
        fill_indicator(indicator, row, order, agencies)
        _store_indicator(indicator)
        _write_targets(indicator, row.get("targets", {}))


def _remove_indicators(indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        linked = AlignmentLink.objects.filter(indicator=indicator).values("initiative").distinct().count()
        if linked:
            raise ValidationError(
                f"Indikator {indicator.name} dirujuk {linked} inisiatif, jadi tidak dapat dihapus. Ubah isinya saja."
            )
        indicator.delete()


def _store_indicator(indicator: Indicator) -> None:
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError:
        sentence = f"Nama {indicator.name} masih dipakai indikator lain di sini. Ubah nama yang lain itu lebih dulu."
        raise ValidationError(sentence) from None


def _write_targets(indicator: Indicator, targets: dict[str, str]) -> None:
    indicator.targets.all().delete()
    IndicatorTarget.objects.bulk_create(target_rows(indicator, targets))


def _write_ceilings(element: PlanElement, amounts: dict[str, int | None]) -> None:
    rows = ceiling_rows(element, amounts)
    if rows and not element.bears_money:
        raise ValidationError(TOO_HIGH_FOR_MONEY)
    element.ceilings.all().delete()
    BudgetCeiling.objects.bulk_create(rows)


_PLAIN: dict[str, WrittenColumn] = {
    "parent": _pointer("parent", possible_parents),
    "code": attribute("code", lambda element, value: checked_text({"code": value}, "code", CODE_LIMIT)),
    "text": attribute("text", _clean_text),
    "agency": _pointer("agency", lambda element: element.plan.regency.agencies.all()),
    "carries_out": _pointer("carries_out", carried_out_candidates),
    "replaces": _pointer("replaces", replaced_candidates),
    "is_sample": attribute("is_sample", lambda element, value: bool(value)),
}
_TABLES: dict[str, WrittenColumn] = {
    "indicators": WrittenColumn(_read_indicators, _clean_indicators, _write_indicators),
    "ceilings": WrittenColumn(
        lambda element: {str(ceiling.year): ceiling.amount for ceiling in element.ceilings.all()},
        lambda element, amounts: amounts,
        _write_ceilings,
    ),
}


# Saving a node --------------------------------------------------------------------------------------------------------


class ElementKind(WrittenKind):
    """A node of a development plan. Its saves are not recorded, so that two people who save it always conflict."""

    def lock_row(self, row: PlanElement, *, by: User) -> PlanElement:
        """The node under lock. Raises PermissionDenied."""
        locked = PlanElement.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=row.pk)
        require(by, Permission.EDIT_DEVELOPMENT_PLAN, locked.regency)
        return locked

    def later_changes(self, row: PlanElement, version: int) -> list[UnrecordedChange]:
        """Somebody else may have changed everything."""
        return [UnrecordedChange(after=dict.fromkeys(self.columns), before={})] if version < row.edit_version else []

    def apply(self, row: PlanElement, changes: Content, *, by: User) -> None:
        """A new parent must be of the level above, so no node can come to stand below itself. Raises ValidationError
        for an indicator that a link names and that is missing.
        """
        super().apply(row, changes, by=by)
        _refuse_top(row)

    def store(self, row: PlanElement, *, by: User) -> None:
        """Raises ValidationError for a code that is taken."""
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise ValidationError({"code": code_is_taken(row.level, row.code)}) from None

    def record(self, row: PlanElement, **change: Any) -> None:
        """Nothing is recorded."""

    def announce(self, row: PlanElement) -> None:
        """No book prints it."""

    def reload(self, row: PlanElement) -> PlanElement:
        """Nothing of it was prefetched."""
        return row


def _refuse_top(element: PlanElement) -> None:
    if element.parent_id is None and element.level not in allowed_levels(element.plan, None):
        raise ValidationError({"parent": "Pilih induknya: jenjang ini tidak dapat berdiri paling atas."})


ELEMENT = ElementKind(_PLAIN | _TABLES)
# A node as plain values, in the form in which `save_element` takes them. Ids for what it points to.
content_of = ELEMENT.read
# Stores the values that differ, as `written.save` does.
save_element = partial(written.save, kind=ELEMENT)


@transaction.atomic
def create_element(*, plan: DevelopmentPlan, parent: PlanElement | None, by: User, data: Content) -> PlanElement:
    """Add a node of level `data["level"]` below `parent` (None: at the top) with the values of `content_of`.

    The same node sent twice is made once. Raises PermissionDenied, or ValidationError with a sentence: for a level that
    may not stand there, a code that is taken, an id from elsewhere, a text that is too long.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    locked = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan.pk)
    if parent is not None and parent.plan_id != locked.pk:
        raise ValidationError(FOREIGN)
    level = data.get("level")
    if level not in allowed_levels(locked, parent):
        raise ValidationError({"level": "Jenjang ini tidak dapat berdiri di sini. Pilih jenjang lain."})
    element = PlanElement(plan=locked, parent=parent, level=level, is_sample=locked.is_sample)
    answers = {"text": "", **data}
    for key in (key for key in _PLAIN if key in answers and key != "parent"):
        _PLAIN[key].write(element, _PLAIN[key].clean(element, answers[key]))
    _refuse_top(element)
    same = {key: getattr(element, key) for key in ("plan", "parent", "level", "code", "text")}
    if twin := PlanElement.objects.filter(**same).first():
        return twin
    ELEMENT.store(element, by=by)
    for key in (key for key in _TABLES if key in answers):
        _TABLES[key].write(element, answers[key])
    return element


@transaction.atomic
def delete_element(element: PlanElement, *, by: User) -> None:
    """Remove a node with its indicators and ceilings. Raises ValidationError while other things hang on it."""
    locked = PlanElement.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=element.pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, locked.regency)
    obstacles = obstacles_to_deletion(locked)
    if obstacles:
        raise ValidationError(obstacles)
    locked.delete()
