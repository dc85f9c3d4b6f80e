"""Money spent and indicators on their way, each side of every border."""

from decimal import Decimal

import pytest

from masterplan.progress.measures import Track, absorption, expected, indicator_key, spending, track
from masterplan.progress.quarters import Quarter

SECOND, LAST = Quarter(2024, 2), Quarter(2024, 4)
UP = {"baseline": "10", "targets": {2023: "20", 2024: "40"}, "direction": "up"}
DOWN = {"baseline": "30", "targets": {2024: "10"}, "direction": "down"}
STABLE = {"baseline": "98", "targets": {2024: "100"}, "direction": "stable"}


def test_absorption_is_a_part_of_what_was_planned():
    assert absorption(1, 3) == Decimal("33.3")
    assert absorption(None, 3) is absorption(5, 0) is absorption(5, None) is None
    assert absorption(0, 3) == 0


@pytest.mark.parametrize(
    ("spent", "planned", "says"),
    [
        (250, 1000, ""),
        (249, 1000, "Penyerapan rendah: 24,9 %"),
        (1000, 1000, ""),
        (1011, 1000, "melebihi anggaran 2024"),
        (5, None, "tidak ada anggaran untuk 2024"),
        (None, 1000, ""),
    ],
)
def test_spending_that_wants_a_look(spent, planned, says):
    found = spending(spent, planned, SECOND)
    assert (says in found) if says else found == ""


def test_the_way_to_a_target_is_straight():
    assert expected(SECOND, baseline="10", targets={2023: "20", 2024: "40"}) == 30
    assert expected(Quarter(2023, 1), baseline="10", targets={2023: "20"}) == Decimal("12.5")
    assert expected(SECOND, baseline="-", targets={2024: "40"}) is None
    assert expected(LAST, baseline="-", targets={2024: "40"}) == 40
    assert expected(SECOND, baseline="10", targets={2024: "70-75"}) is None


@pytest.mark.parametrize(
    ("value", "quarter", "plan", "found"),
    [
        ("40", SECOND, UP, Track.REACHED),
        ("30", SECOND, UP, Track.ON_TRACK),
        ("29,9", SECOND, UP, Track.BEHIND),
        ("39", LAST, UP, Track.BEHIND),
        ("9", SECOND, DOWN, Track.REACHED),
        ("20", SECOND, DOWN, Track.ON_TRACK),
        ("21", SECOND, DOWN, Track.BEHIND),
        ("95", SECOND, STABLE, Track.REACHED),
        ("106", SECOND, STABLE, Track.BEHIND),
        ("30-35", SECOND, UP, Track.UNKNOWN),
        ("", SECOND, UP, Track.UNKNOWN),
        ("30", Quarter(2025, 1), UP, Track.UNKNOWN),
    ],
)
def test_an_indicator_is_judged_by_its_direction(value, quarter, plan, found):
    assert track(value, quarter, **plan) is found


def test_an_indicator_is_known_again_by_what_it_is_called():
    assert indicator_key("output", "Loket  Terhubung") == indicator_key("output", "loket terhubung")
    assert indicator_key("output", "Loket") != indicator_key("outcome", "Loket")
