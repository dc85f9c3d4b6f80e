"""Adding many nodes to a development plan at once, by the same rules as `plans` adds one."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.columns import FOREIGN
from masterplan.models import (
    TEXT_LIMIT,
    BudgetCeiling,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    PlanElement,
    code_sort_key,
)
from masterplan.plans.actions import plans
from masterplan.reference import LEVELS_WITH_MONEY, Level
from masterplan.registry import Content

_BATCH = 500


@transaction.atomic
def create_elements(
    plan: DevelopmentPlan, *, by: User, rows: Sequence[Content], parents: Sequence[int | PlanElement | None],
) -> list[PlanElement]:  # fmt: skip
    """Add a node for each of `rows`, which hold its "level" and the values of `plan_elements.content_of`, without ids.

    `parents` says for each below what it stands: the place of an earlier row, a node of the plan, or None. Raises what
    `plan_elements.create_element` raises; then nothing was added.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    locked = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan.pk)
    checks = _Checks(locked)
    made: list[PlanElement] = []
    depths: list[int] = []
    for row, parent in zip(rows, parents, strict=True):
        above = made[parent] if isinstance(parent, int) else parent
        depths.append(depths[parent] + 1 if isinstance(parent, int) else 0)
        made.append(checks.element(row, above))
    for depth in sorted(set(depths)):
        _insert([element for element, at in zip(made, depths, strict=True) if at == depth])
    _insert_measures(made, rows, checks)
    return made


class _Checks:
    """What a node must satisfy, asked of the database once for all of them."""

    def __init__(self, plan: DevelopmentPlan) -> None:
        self._plan = plan
        self.agencies = set(plan.regency.agencies.values_list("pk", flat=True))
        self._codes = set(plan.elements.exclude(code="").values_list("level", "code"))
        program = PlanElement(plan=plan, level=Level.PROGRAM)
        self._carried = set(plans.carried_out_candidates(program).values_list("pk", flat=True))

    def element(self, row: Content, parent: PlanElement | None) -> PlanElement:
        """The node that the values make, not stored yet."""
        plan, level = self._plan, row["level"]
        if parent is not None and parent.plan_id != plan.pk:
            raise ValidationError(FOREIGN)
        if level not in plans.allowed_levels(plan, parent):
            raise ValidationError(f"{Level(level).label} {row['code']} tidak dapat berdiri di sini.")
        code = plans.checked_text(row, "code", plans.CODE_LIMIT)
        text = plans.checked_text(row, "text", TEXT_LIMIT)
        if not text:
            raise ValidationError("Tulis uraiannya, misalnya Program Pengelolaan Persampahan.")
        if code and (level, code) in self._codes:
            raise ValidationError(plans.code_is_taken(level, code))
        self._codes.add((level, code))
        carried, agency = row.get("carries_out"), row.get("agency")
        if (agency and agency not in self.agencies) or (carried and carried not in self._carried):
            raise ValidationError(FOREIGN)
        return PlanElement(
            plan=plan, parent=parent, level=level, code=code, sort_key=code_sort_key(code), text=text,
            agency_id=agency, carries_out_id=carried if level == Level.PROGRAM else None, is_sample=plan.is_sample,
        )  # fmt: skip


def _insert(elements: list[PlanElement]) -> None:
    for element in elements:
        element.parent = element.parent  # takes over the id of a parent that was stored just now
    try:
        with transaction.atomic():
            PlanElement.objects.bulk_create(elements, batch_size=_BATCH)
    except IntegrityError:
        raise ValidationError("Sebagian kode sudah dipakai unsur lain di dokumen ini.") from None


def _insert_measures(elements: list[PlanElement], rows: Sequence[Content], checks: _Checks) -> None:
    indicators: list[Indicator] = []
    targets: list[dict[str, Any]] = []
    ceilings: list[BudgetCeiling] = []
    for element, row in zip(elements, rows, strict=True):
        plans.refuse_twins(row["indicators"])
        for order, values in enumerate(row["indicators"]):
            indicators.append(plans.fill_indicator(Indicator(element=element), values, order, checks.agencies))
            targets.append(values["targets"])
        if row["ceilings"] and element.level not in LEVELS_WITH_MONEY:
            raise ValidationError(plans.TOO_HIGH_FOR_MONEY)
        ceilings += plans.ceiling_rows(element, row["ceilings"])
    Indicator.objects.bulk_create(indicators, batch_size=_BATCH)
    made = [
        target
        for indicator, values in zip(indicators, targets, strict=True)
        for target in plans.target_rows(indicator, values)
    ]
    IndicatorTarget.objects.bulk_create(made, batch_size=_BATCH)
    BudgetCeiling.objects.bulk_create(ceilings, batch_size=_BATCH)
