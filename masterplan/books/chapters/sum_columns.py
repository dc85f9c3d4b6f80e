"""How wide the columns of sums are, so that no number is broken, and how many years then stand side by side."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from masterplan.books.chapters.measure import figures_width
from masterplan.editions import money
from masterplan.editions.numbering import year_groups

_POINTS_PER_MM, _PADDING, _BOLD = 72 / 25.4, 3.4, 1.07

Widths = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class SumPage:
    """A page by its columns for sums, the narrowest first, by name in the sheet and millimetres; by what all of them
    may take; by how many years stand side by side where the numbers let them.
    """

    columns: Widths
    room: float
    years: int


_WIDER: Widths = (("w-total", 20.5), ("w-grand", 22.0), ("w-medium", 26.0), ("w-novelty", 29.0), ("w-reach", 36.0))
UPRIGHT = SumPage((("w-amount", 18.6), *_WIDER), 130.0, 5)
WIDE = SumPage((("w-money", 16.4), ("w-whole", 18.4), *_WIDER), 136.0, 6)


@dataclass(frozen=True)
class Columns:
    """The years of each table, and the names of the columns for a year and for the sum of all."""

    groups: list[list[int]]
    year: str
    total: str


def sum_column(numbers: Iterable[str], least: str = "w-amount", paper: SumPage = UPRIGHT) -> str:
    """Name of the narrowest column, but `least`, in which none of these numbers is broken, in bold either."""
    return _narrowest(numbers, least, paper)[0]


def year_columns(
    sums: Iterable[Mapping[int, int]],
    years: Collection[int],
    *,
    unit: str = "juta rupiah",
    least: tuple[str, str] = ("w-amount", "w-total"),
    paper: SumPage = UPRIGHT,
) -> Columns:
    """Columns for rows of rupiah by year; `least` are the narrowest for a year and for the sum of all."""
    rows = list(sums)
    year, wide = _narrowest((money.written(each, unit) for row in rows for each in row.values()), least[0], paper)
    total, whole = _narrowest((money.written(sum(row.values()), unit) for row in rows), least[1], paper)
    most = min(paper.years, max(1, int((paper.room - whole) / wide)))
    count = len(set(years))
    # As many in each table, so that none is left with a single year.
    side_by_side = ceil(count / ceil(count / most)) if count else most
    return Columns(year_groups(years, side_by_side), year, total)


def money_groups(
    columns: Columns, rows_of: Callable[[list[int]], list[dict[str, Any]]], total: Mapping[int, int], unit: str = ""
) -> list[dict[str, Any]]:
    """The tables of these columns: in each the rows of its years, and below them the `total`; the last one says so."""
    return [
        {
            "years": years,
            "rows": rows_of(years),
            "totals": money.row("Jumlah", total, years, unit or "juta rupiah"),
            "last": years == columns.groups[-1],
        }
        for years in columns.groups
    ]


def _narrowest(numbers: Iterable[str], least: str, paper: SumPage) -> tuple[str, float]:
    names = [name for name, _ in paper.columns]
    wanted = max((_BOLD * figures_width(number) + _PADDING for number in numbers), default=0.0) / _POINTS_PER_MM
    usable = paper.columns[names.index(least) :]
    return next((column for column in usable if wanted <= column[1]), usable[-1])
