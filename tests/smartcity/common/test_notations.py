"""The one table of notations, `notations.md`: every line is what somebody types and what must become of it."""

import re
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from smartcity.common.numbers import (
    Ambiguous,
    Target,
    Unreadable,
    parse_date,
    parse_money,
    parse_number,
    parse_target,
    parse_year,
)

TABLE = Path(__file__).with_name("notations.md")
NONE, GRADE = "tidak ada", "kata"
MONTHS = "Bulan"


def target(text, plain):
    """`70..75`, `90..`, `..5`, `75`, or a word for a grade."""
    if plain == GRADE:
        return Target(text, None, None)
    low, _, high = plain.partition("..")
    high = high if ".." in plain else low
    return Target(text, Decimal(low) if low else None, Decimal(high) if high else None)


def day(text, plain):
    return date.fromisoformat(plain)


def last_day(text):
    return parse_date(text, end=True)


# Per heading: the reader, and how its value stands in the table.
READERS = {
    "Angka": (parse_number, lambda text, plain: Decimal(plain)),
    "Uang": (parse_money, lambda text, plain: int(plain)),
    "Target": (parse_target, target),
    "Tanggal": (parse_date, day),
    MONTHS: (parse_date, day),
    "Tahun": (parse_year, lambda text, plain: int(plain)),
}


def typed(cell):
    """The text of a cell, with its special characters."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), cell.strip("`"))


def lines():
    """Heading, text, outcome and last column of every line."""
    heading = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        if line.startswith("| ") and not line.startswith("| ditulis"):
            cells = line.removeprefix("|").removesuffix("|").split(" | ")
            yield heading, typed(cells[0].removeprefix(" ")), cells[1], cells[2].strip()


LINES = list(lines())


def cases(outcome):
    return [(heading, text, last) for heading, text, found, last in LINES if found == outcome]


def test_the_table_is_as_long_as_promised():
    assert len(LINES) >= 300
    assert {heading for heading, *_ in LINES} == set(READERS)
    assert {outcome for _, _, outcome, _ in LINES} == {"terbaca", "ditanyakan", "ditolak"}
    assert len({(heading, text) for heading, text, *_ in LINES}) == len(LINES), "a notation stands twice"


@pytest.mark.parametrize(("heading", "text", "last"), cases("terbaca"))
def test_is_read(heading, text, last):
    parse, value = READERS[heading]
    readers = [parse, partial(parse_date, end=True)] if heading == MONTHS else [parse]
    for read, plain in zip(readers, last.split(" .. "), strict=True):
        expected = None if plain == NONE else value(text, plain)
        found = read(text)
        # A target keeps its text as it is written, but for spaces and digits of other scripts.
        if isinstance(expected, Target):
            found, expected = (found.low, found.high), (expected.low, expected.high)
        assert found == expected
        assert type(found) is type(expected)


@pytest.mark.parametrize(("heading", "text", "last"), cases("ditanyakan"))
def test_is_asked_about(heading, text, last):
    parse, value = READERS[heading]
    with pytest.raises(Ambiguous) as caught:
        parse(text)

    expected = [re.fullmatch(r"`(.+)` = (.+)", choice).groups() for choice in last.split(" atau ")]
    readings = caught.value.readings
    assert [tuple(reading) for reading in readings] == [(spelling, value(spelling, v)) for spelling, v in expected]
    assert (caught.value.spelling, caught.value.reading) == tuple(readings[0])
    assert text in caught.value.sentence
    for reading in readings:
        assert reading.spelling in caught.value.sentence
        assert parse(reading.spelling) == reading.value, "the spelling that is offered is not settled itself"


@pytest.mark.parametrize(("heading", "text", "last"), cases("ditolak"))
def test_is_refused_with_a_sentence_that_says_how_to_write_it(heading, text, last):
    parse, _ = READERS[heading]
    with pytest.raises(Unreadable) as caught:
        parse(text)

    assert type(caught.value) is Unreadable
    assert caught.value.messages == [caught.value.sentence], "a form shows something else"
    assert last.strip('"') in caught.value.sentence
    assert "Tulis" in caught.value.sentence
    assert any(char.isdigit() for char in caught.value.sentence), "no example"
    assert caught.value.sentence.endswith(".")
