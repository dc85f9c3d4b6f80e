"""Dates: round trips through the formatters. What people type is in notations.md."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.dates import parse_clock
from smartcity.common.numbers import format_date, format_month, parse_date
from smartcity.common.reading import Unreadable


def test_end_leaves_a_full_date_alone():
    assert parse_date("6 September 2021", end=True) == date(2021, 9, 6)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_date_is_read_back_as_it_was_formatted(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(format_month(day)) == day.replace(day=1)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("16.00", time(16)), ("9:05", time(9, 5)), ("pukul 7", time(7)), ("jam 23.59 WITA", time(23, 59)), ("-", None)],
)
def test_a_time_of_day_is_read(text, clock):
    assert parse_clock(text) == clock


@pytest.mark.parametrize("text", ["24.00", "10.60", "sore", "1600", "16.0", "16.00 besok"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(Unreadable, match=r"misalnya 16\.00"):
        parse_clock(text)
