"""Columns of sums grow with their numbers, and years move on to a further table where they would not fit."""

import pytest

from masterplan.books.chapters.sum_columns import WIDE, sum_column, year_columns

YEARS = range(2022, 2027)
MILLION = 10**6


@pytest.mark.parametrize(
    ("number", "column"),
    [
        ("-", "w-amount"),
        ("99.999,99", "w-amount"),
        ("999.999,99", "w-total"),
        ("9.999.999,99", "w-medium"),
        ("140.129.661,60", "w-novelty"),
        ("1.234.567.890.123", "w-reach"),
    ],
)
def test_a_column_is_as_wide_as_its_longest_number(number: str, column: str) -> None:
    assert sum_column(["1,00", number]) == column


def test_a_column_is_never_narrower_than_asked() -> None:
    assert sum_column(["1,00"], "w-grand") == "w-grand"


@pytest.mark.parametrize(
    ("amount", "beside"), [(80_000 * MILLION, 5), (800_000 * MILLION, 5), (8_000_000 * MILLION, 3)]
)
def test_fewer_years_stand_side_by_side_the_larger_the_sums(amount: int, beside: int) -> None:
    columns = year_columns([dict.fromkeys(YEARS, amount)], YEARS)
    assert [len(group) for group in columns.groups] == [beside, *([5 - beside] if beside < 5 else [])]


def test_the_year_with_the_largest_sum_counts_for_all() -> None:
    columns = year_columns([dict.fromkeys(YEARS, MILLION), {2024: 8_000_000 * MILLION}], YEARS)
    assert columns.year == "w-medium"


def test_whole_rupiah_need_more_room_than_millions() -> None:
    odd = [dict.fromkeys(YEARS, 1_234_567_890_123)]
    assert year_columns(odd, YEARS, unit="rupiah").year == "w-reach"
    assert year_columns(odd, YEARS).year == "w-medium"


def test_a_wide_page_begins_narrower_and_holds_more_years() -> None:
    columns = year_columns([{2022: MILLION}], range(2022, 2028), least=("w-money", "w-whole"), paper=WIDE)
    assert (columns.year, columns.total, len(columns.groups)) == ("w-money", "w-whole", 1)
