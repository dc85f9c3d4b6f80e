"""Dates: round trips through the formatters. What people type is in notations.md."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.numbers import format_date, format_month, parse_date


def test_end_leaves_a_full_date_alone():
    assert parse_date("6 September 2021", end=True) == date(2021, 9, 6)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_date_is_read_back_as_it_was_formatted(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(format_month(day)) == day.replace(day=1)
