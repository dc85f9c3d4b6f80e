"""Sums of budgets and how they are written in tables. Reading money is `smartcity.common.numbers`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from smartcity.common.numbers import format_money, format_number

_MILLION = 1_000_000
_TWO_DECIMALS = 10_000
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))

Amounts = Mapping[Any, int]


def unit(amounts: Iterable[int]) -> str:
    """`juta rupiah`, or `rupiah` when two decimals of a million could not hold every amount to the rupiah."""
    return "juta rupiah" if all(amount % _TWO_DECIMALS == 0 for amount in amounts) else "rupiah"


def written(amount: int | None, money_unit: str = "juta rupiah") -> str:
    """An amount in a table cell: `1.470,00` in millions (two decimals), whole rupiah otherwise, `-` for none."""
    if not amount:
        return "-"
    if money_unit == "rupiah":
        return format_number(amount)
    hundredths = (abs(amount) + _TWO_DECIMALS // 2) // _TWO_DECIMALS
    whole, cents = divmod(hundredths, 100)
    return f"{'-' if amount < 0 else ''}{format_number(whole)},{cents:02d}"


def rounded(amount: int) -> str:
    """A sum as people say it, with one decimal: `Rp84,2 miliar`; in full below a million, `-` for none."""
    number, scale = scaled(amount)
    return f"Rp{number} {scale}".strip() if amount else "-"


def scaled(amount: int) -> tuple[str, str]:
    """A sum with one decimal and its scale: (`84,2`, `miliar`); in full and without a scale below a million."""
    for scale, name in _SCALES:
        if amount >= scale:
            return format_number(Decimal(amount) / scale, places=1), name
    return format_number(amount), ""


def exact(amount: int) -> str:
    """A single sum in full: `Rp1.470.000.000`, `-` for none."""
    return format_money(amount) if amount else "-"


def yearly(initiatives: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Rupiah a year over all sources of the initiatives."""
    sums: dict[int, int] = defaultdict(int)
    for initiative in initiatives:
        for budget in initiative["budgets"]:
            for year, amount in budget["amounts"].items():
                sums[int(year)] += amount
    return dict(sums)


def total(initiatives: Iterable[Mapping[str, Any]]) -> int:
    """Rupiah over all years and sources of the initiatives."""
    return sum(yearly(initiatives).values())


def row(
    label: str, sums: Mapping[int, int], years: Sequence[int], money_unit: str = "juta rupiah", **more: Any
) -> dict[str, Any]:
    """One table row: a cell a year and the sum of all years."""
    return {
        "label": label,
        "cells": [written(sums.get(year), money_unit) for year in years],
        "total": written(sum(sums.values()), money_unit),
        **more,
    }
