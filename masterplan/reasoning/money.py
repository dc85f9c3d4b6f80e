"""What a ceiling of the RPJMD is about, and where a budget goes above it: one rule for whoever compares the two.

An indicative ceiling is money of the regency's own budget and of the transfers that pass through it. What a ministry,
the province or a partner pays stands outside it.
"""

from collections.abc import Iterable, Iterator, Mapping

from masterplan.reference import FundingSource

CEILING_SOURCES = frozenset({FundingSource.APBD_REGENCY.value, FundingSource.DAK.value})


def budgets_under_ceiling(budgets: Iterable[tuple[int, str, int]]) -> dict[int, int]:
    """What counts against a ceiling, by year in whole rupiah, of `budgets` by year and source."""
    found: dict[int, int] = {}
    for year, source, amount in budgets:
        if source in CEILING_SOURCES:
            found[year] = found.get(year, 0) + amount
    return found


def years_above(needed: Mapping[int, int], ceilings: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Year, amount and ceiling, in whole rupiah, of each year in which `needed` exceeds what a program may cost."""
    for year in sorted(needed.keys() & ceilings.keys()):
        if needed[year] > ceilings[year]:
            yield year, needed[year], ceilings[year]
