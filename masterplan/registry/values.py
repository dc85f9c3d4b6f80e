"""Plain values of answers: whether one is empty, which texts it holds, and the one way in which it is written."""

from collections.abc import Iterator
from typing import Any

from masterplan.reference import QuickWinAspect

from .field import Field, Kind


def is_empty(value: Any) -> bool:
    """Whether a plain value counts as not filled in; False (no) and 0 are answers."""
    return value is None or value == "" or value == [] or value == {}


def texts_in(value: Any) -> Iterator[str]:
    """Every text that a plain value holds, at whatever depth of its tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def normalise(field: Field, value: Any) -> Any:
    """The one spelling of a plain value, so that equal answers compare equal whoever wrote them down."""
    if field.kind in (Kind.AGENCIES, Kind.DISTRICTS):
        return sorted(set(value))
    if field.kind is Kind.BUDGETS:
        rows = [{"source": row["source"], "amounts": row["amounts"]} for row in value if row["amounts"]]
        return sorted(rows, key=lambda row: str(row["source"]))
    if field.kind is Kind.WORKSHEET and value is not None:
        order = QuickWinAspect.values
        return {**value, "aspects": sorted(value["aspects"], key=lambda row: order.index(row["aspect"]))}
    return value
