"""The analyses of Buku 1 as a snapshot holds them. Printing them is `contents.readiness`, `gaps` and `swot`."""

from typing import Any

from django.utils.text import slugify

from masterplan.models import GapItem, MasterPlan, ReadinessCell, numbered
from masterplan.reference import ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind

Data = dict[str, Any]


def analyses_of(plan: MasterPlan, frozen: set[int]) -> Data:
    """The analyses of Buku 1. Snapshots taken before they were there have none of these keys."""
    cells = {cell.aspect: cell for cell in plan.readiness_cells.all()}
    items = numbered(plan.swot_items.select_related("dimension"))
    numbers = {item.pk: number for number, item in items}
    order = list(numbers)
    gaps = plan.gap_items.select_related("sub_dimension__dimension").prefetch_related("initiatives")
    return {
        "readiness": {
            "scale": plan.readiness_scale,
            "cells": [_cell(aspect, cells.get(aspect)) for aspect in ReadinessAspect],
        },
        "gaps": [_gap(row, frozen) for row in gaps],
        "swot": {
            "kinds": [{"kind": kind.value, "kind_label": kind.label} for kind in SwotKind],
            "items": [
                {
                    "number": number,
                    **labelled("kind", item.kind, SwotKind),
                    **labelled("aspect", item.aspect, SwotAspect),
                    "dimension": item.dimension.code if item.dimension else None,
                    "text": item.text,
                }
                for number, item in items
            ],
            "strategies": [
                {
                    "number": number,
                    **labelled("kind", strategy.kind, SwotStrategyKind),
                    "text": strategy.text,
                    "items": [numbers[pk] for pk in sorted((i.pk for i in strategy.items.all()), key=order.index)],
                }
                for number, strategy in numbered(plan.swot_strategies.prefetch_related("items"))
            ],
        },
    }


def _cell(aspect: ReadinessAspect, cell: ReadinessCell | None) -> Data:
    """A cell nobody has written yet is there too, empty."""
    keys = ("condition", "score", "evidence", "problem", "recommendation")
    place = {
        "aspect": aspect.value,
        "group": slugify(aspect.group),
        "group_label": aspect.group,
        "label": aspect.own_label,
    }
    return place | {key: getattr(cell, key) if cell else "" for key in keys}


def _gap(row: GapItem, frozen: set[int]) -> Data:
    """A row of the gaps. Initiatives that are not in the edition are counted: readers may not know their names."""
    named = list(row.initiatives.all())
    return {
        "id": f"ks-{row.pk}",
        "dimension": row.sub_dimension.dimension.code,
        "sub_dimension": row.sub_dimension.key,
        **{key: getattr(row, key) for key in ("indicator", "ideal", "existing", "gap", "cause", "response")},
        "initiatives": [f"in-{initiative.code}" for initiative in named if initiative.pk in frozen],
        "unsent": sum(initiative.pk not in frozen for initiative in named),
    }


def labelled(key: str, value: str, labels: Any) -> Data:
    """A choice as it is stored, and beside it (`_label`) as people read it."""
    return {key: value, f"{key}_label": labels(value).label if value else ""}
