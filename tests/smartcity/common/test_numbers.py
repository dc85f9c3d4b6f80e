"""Numbers, rupiah and targets: limits, and round trips through the formatters. What people type is in notations.md."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.numbers import (
    Ambiguous,
    Target,
    Unreadable,
    format_money,
    format_number,
    parse_date,
    parse_money,
    parse_number,
    parse_target,
    parse_year,
)


@pytest.mark.parametrize(
    ("parse", "text", "words"),
    [
        (parse_number, "9" * 60, "15 angka"),
        (parse_number, "9" * 200, "terlalu panjang"),
        (parse_money, "1" * 101, "terlalu panjang"),
        (parse_target, "x" * 101, "terlalu panjang"),
        (parse_date, "1" * 200, "31/12/2027"),
    ],
)
def test_what_is_too_long_is_refused_by_name(parse, text, words):
    assert words in refusal_of(parse, text).sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("70-75", "70 sampai 75"),
        ("70 s.d. 75%", "70 sampai 75"),
        ("\u2265 90", "minimal 90"),
        ("maks. 5", "maksimal 5"),
        ("< 5", "kurang dari 5"),
        ("di atas 1500", "lebih dari 1.500"),
        ("72,50 %", "72,5"),
        ("WTP", "WTP"),
    ],
)
def test_a_target_says_what_was_understood(text, words):
    assert parse_target(text).words == words


@pytest.mark.parametrize(
    ("text", "unit", "rupiah"),
    [("1.250,5", 1_000_000, 1_250_500_000), ("Rp 900", 1_000, 900_000), ("-", 1_000, None), ("750", 1, 750)],
)
def test_money_is_counted_in_the_unit_of_its_table(text, unit, rupiah):
    assert parse_money(text, unit) == rupiah


def test_money_that_is_no_whole_rupiah_in_its_unit_is_refused():
    assert parse_money("0,001", 1_000) == 1
    assert "tanpa sen" in refusal_of(lambda text: parse_money(text, 1_000), "0,0001").sentence


@pytest.mark.parametrize("parse", [parse_number, parse_money, parse_target, parse_date, parse_year])
@pytest.mark.parametrize("page", ["1" * 5_000_000, "1 " * 2_500_000, "1" + " " * 5_000_000 + "2"])
def test_a_pasted_page_is_refused_at_once(parse, page):
    started = time.perf_counter()
    with pytest.raises(Unreadable):
        parse(page)

    assert time.perf_counter() - started < 1


def test_white_space_around_a_value_does_not_count():
    assert parse_number(" " * 1000 + "1.500" + "\n" * 1000) == 1500


def test_settled_numbers_have_one_spelling_in_storage():
    assert [str(parse_number(text)) for text in ("1,2 juta", "72,50", "-0", "1.500")] == [
        "1200000",
        "72.5",
        "0",
        "1500",
    ]


# Round trips ----------------------------------------------------------------------------------------------------------

decimals = st.decimals(min_value=-(10**14), max_value=10**14, allow_nan=False, allow_infinity=False, places=6).flatmap(
    lambda value: st.integers(0, 6).map(lambda places: round(value, places))
)


@given(decimals)
def test_number_is_read_back_as_it_was_formatted(value):
    assert parse_number(format_number(value)) == value


@given(st.integers(0, 10**15 - 1))
def test_money_is_read_back_as_it_was_formatted(amount):
    assert parse_money(format_money(amount)) == amount


@given(decimals, decimals)
def test_range_is_read_back_as_it_was_formatted(one, other):
    low, high = sorted([one, other])
    text = f"{format_number(low)} – {format_number(high)}"

    assert parse_target(text) == Target(text, low, high)


@given(
    st.sampled_from([parse_number, parse_money, parse_target, parse_date, parse_year]),
    st.text(max_size=40) | st.text("0123456789.,-–/() %RpMTjtae", max_size=20),
)
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(parse, text):
    refusal = refusal_of(parse, text)

    assert refusal is None or refusal.sentence.endswith(".")
    if isinstance(refusal, Ambiguous):
        assert parse(refusal.spelling) == refusal.reading


def refusal_of(parse, text):
    try:
        parse(text)
    except Unreadable as refusal:
        return refusal
    return None
