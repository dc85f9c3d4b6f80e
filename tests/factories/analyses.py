"""Rows of the analyses of Buku 1, made by the real actions."""

from typing import Any

from agencies.models import User
from masterplan.analyses import actions as analyses
from masterplan.models import GapItem, MasterPlan, SubDimension, SwotItem, SwotStrategy


def make_gap(plan: MasterPlan, by: User, indicator: str = "Layanan daring", **answers: Any) -> GapItem:
    """A row of the gaps, on public services where `answers` do not say otherwise."""
    place = {"sub_dimension": SubDimension.objects.get(key="public_service").pk, "indicator": indicator}
    return analyses.add(GapItem(master_plan=plan), by=by, data=place | answers)


def make_swot_item(plan: MasterPlan, by: User, kind: str, text: str = "Satu hal.", **answers: Any) -> SwotItem:
    """An item of one kind."""
    data = {"kind": kind, "aspect": "structure", "dimension": None, "text": text} | answers
    return analyses.add(SwotItem(master_plan=plan, kind=kind), by=by, data=data)


def make_swot_strategy(
    plan: MasterPlan, by: User, kind: str, items: list[SwotItem], text: str = "Pertemukan keduanya."
) -> SwotStrategy:
    """A strategy that names `items`."""
    data = {"kind": kind, "text": text, "items": [item.pk for item in items]}
    return analyses.add(SwotStrategy(master_plan=plan, kind=kind), by=by, data=data)
