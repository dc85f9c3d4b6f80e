"""Where days stand on a drawing that runs over whole years."""

from datetime import date

import pytest

from smartcity.common.timeline import Timeline, moment

STRIP = Timeline((2022, 2023, 2024), 100, 36)


@pytest.mark.parametrize(
    ("day", "end", "expected"),
    [
        (date(2022, 1, 1), False, 2022),
        (date(2022, 7, 15), False, 2022.5),
        (date(2022, 12, 31), True, 2023),
        (date(2022, 6, 30), True, 2022.5),
    ],
)
def test_a_day_counts_to_its_month(day, end, expected):
    assert moment(day, end=end) == expected


def test_moments_stand_in_proportion():
    assert STRIP.column == 12
    assert [STRIP.at(when) for when in (2022, 2022.5, 2025)] == [100, 106, 136]


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ((2022.5, 2023), (2022.5, 2023)),
        ((2020, 2023), (2022, 2023)),
        ((2024, 2030), (2024, 2025)),
        ((2018, 2022), None),
        ((2025, 2026), None),
        ((2024, 2023), None),
    ],
)
def test_what_lies_outside_is_cut_off(period, shown):
    assert STRIP.within(*period) == shown
