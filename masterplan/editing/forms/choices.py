"""Choices that forms of several subjects offer."""

from typing import Any

from agencies.models import Regency
from masterplan.models import SubDimension


def sub_dimension_choices(regency: Regency, dimension: int = 0) -> list[Any]:
    """The sub-dimensions a regency may choose from, grouped by dimension; only those of `dimension`, if it has some."""
    rows = list(SubDimension.objects.available_to(regency))
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in [row for row in rows if row.dimension_id == dimension] or rows:
        groups.setdefault(row.dimension.name, []).append((str(row.pk), row.name))
    return [("", "Pilih sub-dimensi"), *groups.items()]
