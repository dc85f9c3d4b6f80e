"""Answers moved to other years: nothing lands outside the plan, and months keep their ends."""

import pytest

from masterplan.year_shift import month_end, month_start, shift_activities, shift_by_year, shift_day, shift_year

PLAN = range(2025, 2030)


@pytest.mark.parametrize(
    ("day", "shift", "moved"),
    [
        ("2022-03-01", 3, "2025-03-01"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2023-02-28", 5, "2028-02-29"),
        ("2022-06-15", 3, "2025-06-15"),
        ("2022-06-30", 8, None),
        ("2022-06-30", 2, None),
        (None, 3, None),
    ],
)
def test_a_day_keeps_its_place_in_the_month(day, shift, moved):
    assert shift_day(day, shift, PLAN) == moved


@pytest.mark.parametrize(
    ("year", "shift", "moved"), [(2022, 3, 2025), (2022, 9, None), (None, 3, None), (2029, 0, 2029)]
)
def test_a_year_stays_within_the_plan(year, shift, moved):
    assert shift_year(year, shift, PLAN) == moved


def test_an_activity_is_never_left_with_one_end():
    row = {"name": "Uji", "start": "2024-11-01", "end": "2025-02-28", "output": ""}

    assert shift_activities([row], 4, PLAN)[0] == row | {"start": "2028-11-01", "end": "2029-02-28"}
    assert shift_activities([row], 5, PLAN)[0] == row | {"start": None, "end": None}
    assert shift_activities([row | {"end": None}], 4, PLAN)[0] == row | {"start": "2028-11-01", "end": None}


def test_values_by_year_move_together():
    assert shift_by_year({"2022": "20", "2026": "60"}, 3, PLAN) == {"2025": "20", "2029": "60"}
    assert shift_by_year({"2022": "20", "2027": "60"}, 3, PLAN) == {"2025": "20"}


def test_months_have_their_first_and_last_day():
    assert (month_start(2024, 2), month_end(2024, 2), month_end(2025, 12)) == ("2024-02-01", "2024-02-29", "2025-12-31")
