"""The analyses of Buku 1 as a snapshot holds them. Printing them is `books.chapters.analysis`.

They are further keys of a snapshot: an edition without analyses prints that none were written.
"""

from typing import Any

from django.utils.text import slugify

from masterplan.editions.schema import FrozenAnalyses, FrozenCell, FrozenGap
from masterplan.models import GapItem, MasterPlan, ReadinessCell, numbered
from masterplan.reference import ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind

Data = dict[str, Any]


def analyses_of(plan: MasterPlan, frozen: set[int]) -> FrozenAnalyses:
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
                    "kind": item.kind,
                    "kind_label": label_of(item.kind, SwotKind),
                    "aspect": item.aspect,
                    "aspect_label": label_of(item.aspect, SwotAspect),
                    "dimension": item.dimension.code if item.dimension else None,
                    "text": item.text,
                }
                for number, item in items
            ],
            "strategies": [
                {
                    "number": number,
                    "kind": strategy.kind,
                    "kind_label": label_of(strategy.kind, SwotStrategyKind),
                    "text": strategy.text,
                    "items": [numbers[pk] for pk in sorted((i.pk for i in strategy.items.all()), key=order.index)],
                }
                for number, strategy in numbered(plan.swot_strategies.prefetch_related("items"))
            ],
        },
    }


def _cell(aspect: ReadinessAspect, cell: ReadinessCell | None) -> FrozenCell:
    """A cell nobody has written yet is there too, empty."""
    return {
        "aspect": aspect.value,
        "group": slugify(aspect.group),
        "group_label": aspect.group,
        "label": aspect.own_label,
        "condition": cell.condition if cell else "",
        "score": cell.score if cell else "",
        "evidence": cell.evidence if cell else "",
        "problem": cell.problem if cell else "",
        "recommendation": cell.recommendation if cell else "",
    }


def _gap(row: GapItem, frozen: set[int]) -> FrozenGap:
    """A row of the gaps. Initiatives that are not in the edition are counted: readers may not know their names."""
    named = list(row.initiatives.all())
    return {
        "id": f"ks-{row.pk}",
        "dimension": row.sub_dimension.dimension.code,
        "sub_dimension": row.sub_dimension.key,
        "indicator": row.indicator,
        "ideal": row.ideal,
        "existing": row.existing,
        "gap": row.gap,
        "cause": row.cause,
        "response": row.response,
        "initiatives": [f"in-{initiative.code}" for initiative in named if initiative.pk in frozen],
        "unsent": sum(initiative.pk not in frozen for initiative in named),
    }


def labelled(key: str, value: str, labels: Any) -> Data:
    """A choice as it is stored, and beside it (`_label`) as people read it."""
    return {key: value, f"{key}_label": label_of(value, labels)}


def label_of(value: str, labels: Any) -> str:
    """A choice as people read it; "" where none is made."""
    return str(labels(value).label) if value else ""
