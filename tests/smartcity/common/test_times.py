"""Times of day as people write them."""

from datetime import time

import pytest

from smartcity.common.reading import Unreadable
from smartcity.common.times import format_time, parse_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08.30", time(8, 30)),
        ("8:05", time(8, 5)),
        ("pukul 13.00", time(13)),
        ("jam 7", time(7)),
        ("23.59 WIB", time(23, 59)),
        ("", None),
        ("-", None),
    ],
)
def test_read(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize("text", ["24.00", "8.60", "8.5", "pagi", "08.30.15", "8" * 200])
def test_refused_with_an_example(text):
    with pytest.raises(Unreadable, match=r"misalnya 08\.30"):
        parse_time(text)


def test_written():
    assert format_time(time(7, 5)) == "07.05"
