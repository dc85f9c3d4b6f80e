"""The sample's analyses of Buku 1, written by the coordinator through the real actions."""

from typing import Any

from agencies.models import User
from masterplan.analyses import actions as analyses
from masterplan.models import (
    ChangeSource,
    Dimension,
    GapItem,
    Initiative,
    MasterPlan,
    ReadinessCell,
    SubDimension,
    SwotItem,
    SwotStrategy,
    numbered,
)

Data = dict[str, Any]


def load_analyses(plan: MasterPlan, data: Data, initiatives: dict[str, Initiative], *, by: User) -> None:
    """Readiness, gaps and SWOT; `initiatives` are those of the sample by the names its files give them."""
    sample: Data = {"by": by, "source": ChangeSource.SAMPLE}
    for aspect, answers in data["readiness"].items():
        cell = ReadinessCell(master_plan=plan, aspect=aspect)
        analyses.save(cell, data=answers, version=cell.edit_version, **sample)
    subs = {sub.key: sub.pk for sub in SubDimension.objects.available_to(plan.regency)}
    for row in data["gaps"]:
        named = [initiatives[name].pk for name in row["initiatives"]]
        answers = row | {"sub_dimension": subs[row["sub_dimension"]], "initiatives": named}
        analyses.add(GapItem(master_plan=plan), data=answers, **sample)
    _load_swot(plan, data, sample)


def _load_swot(plan: MasterPlan, data: Data, sample: Data) -> None:
    dimensions = {dimension.code: dimension.pk for dimension in Dimension.objects.filter(regency=None)}
    for row in data["swot_items"]:
        answers = row | {"dimension": dimensions.get(row["dimension"])}
        analyses.add(SwotItem(master_plan=plan, kind=row["kind"]), data=answers, **sample)
    numbers = {number: item.pk for number, item in numbered(plan.swot_items.all())}
    for row in data["swot_strategies"]:
        answers = row | {"items": [numbers[number] for number in row["items"]]}
        analyses.add(SwotStrategy(master_plan=plan, kind=row["kind"]), data=answers, **sample)
