"""Numbers, rupiah and targets: a table of what people type, and round trips through the formatters."""

import time
from decimal import Decimal

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

D = Decimal
NBSP, NARROW = "\u00a0", "\u202f"

NUMBERS = [
    ("0", D(0)),
    ("7", D(7)),
    ("007", D(7)),
    ("1500", D(1500)),
    ("1.500", D(1500)),
    ("1.008.646", D(1008646)),
    ("1 008 646", D(1008646)),
    (f"1{NBSP}008{NBSP}646", D(1008646)),
    (f"1{NARROW}008{NARROW}646,5", D("1008646.5")),
    ("950,21", D("950.21")),
    ("1.019,27", D("1019.27")),
    ("1500,25", D("1500.25")),
    ("99,25", D("99.25")),
    ("99,25 %", D("99.25")),
    ("99,25%", D("99.25")),
    ("72,5 persen", D("72.5")),
    (" 72,5 ", D("72.5")),
    ("72,50", D("72.5")),
    ("0,125", D("0.125")),
    ("1.234,567", D("1234.567")),
    ("1234,567", D("1234.567")),
    ("1,2505", D("1.2505")),
    ("-5", D(-5)),
    ("- 5", D(-5)),
    ("\u22122,5", D("-2.5")),
    ("\u20135", D(-5)),
    ("-0", D(0)),
    ("+4,74", D("4.74")),
    ("1,2 juta", D(1200000)),
    ("450 ribu", D(450000)),
    ("3 jt", D(3000000)),
    ("2 miliar", D(2000000000)),
    ("１２", D(12)),
    ("１．５００，２５", D("1500.25")),
    ("٣٤", D(34)),
    ("٣٫٥", D("3.5")),
    ("꧑꧒", D(12)),
    ("999999999999999", D(999999999999999)),
    ("0,000001", D("0.000001")),
    *[
        (blank, None)
        for blank in (
            "",
            " ",
            "-",
            "--",
            "–",
            "—",
            "N/A",
            "n/a",
            "n.a.",
            "na",
            "tidak ada",
            "Tidak Ada",
            "belum ada",
            NBSP,
        )
    ],
]

NUMBERS_ASKED = [
    ("99.25", [("99,25", D("99.25"))]),
    ("99.25 %", [("99,25", D("99.25"))]),
    ("1.5", [("1,5", D("1.5"))]),
    ("1.5000", [("1,5", D("1.5"))]),
    ("0.500", [("0,5", D("0.5"))]),
    ("-1.5", [("-1,5", D("-1.5"))]),
    ("1,250", [("1,25", D("1.25")), ("1.250", D(1250))]),
    ("1,125", [("1,1250", D("1.125")), ("1.125", D(1125))]),
    ("123,456", [("123,4560", D("123.456")), ("123.456", D(123456))]),
    ("1,250,000", [("1.250.000", D(1250000))]),
    ("1,234.5", [("1.234,5", D("1234.5"))]),
    ("1.5 juta", [("1.500.000", D(1500000))]),
]

# A word that the sentence must hold: each refusal says something of its own.
NUMBERS_REFUSED = [
    ("1e12", "semua angkanya"),
    ("1,5E+6", "semua angkanya"),
    ("NaN", "Kosongkan"),
    ("inf", "Kosongkan"),
    ("-Infinity", "Kosongkan"),
    ("∞", "Kosongkan"),
    ("(500)", "tanda minus"),
    ("70-75", "satu angka saja"),
    ("70 – 75", "satu angka saja"),
    ("12 buah", "kolom satuan"),
    ("5 m", "kolom satuan"),
    ("5 t", "kolom satuan"),
    ("sepuluh", "koma desimal"),
    ("1.50.000", "koma desimal"),
    ("12.34.56", "koma desimal"),
    ("1.500,", "koma desimal"),
    (",5", "koma desimal"),
    ("1,2,3", "koma desimal"),
    ("1 5", "koma desimal"),
    ("--5", "koma desimal"),
    ("10²", "koma desimal"),
    ("½", "koma desimal"),
    ("1'250", "koma desimal"),
    ("=1+1", "koma desimal"),
    ("0x1F", "koma desimal"),
    ("1_000", "koma desimal"),
    ("%", "koma desimal"),
    ("juta", "koma desimal"),
    ("1000000000000000", "15 angka"),
    ("2000 triliun", "15 angka"),
    ("9" * 60, "15 angka"),
    ("0,1234567", "di belakang koma"),
    ("9" * 200, "terlalu panjang"),
]

MONEY = [
    ("0", 0),
    ("Rp0", 0),
    ("1.250.000.000", 1_250_000_000),
    ("1250000", 1_250_000),
    ("1,25 miliar", 1_250_000_000),
    ("1,25 Milyar", 1_250_000_000),
    ("450 jt", 450_000_000),
    ("450jt", 450_000_000),
    ("450 juta", 450_000_000),
    ("450 JT.", 450_000_000),
    ("2 M", 2_000_000_000),
    ("2M", 2_000_000_000),
    ("1,5 T", 1_500_000_000_000),
    ("1,5 triliun", 1_500_000_000_000),
    ("1.250 juta", 1_250_000_000),
    ("750 rb", 750_000),
    ("750k", 750_000),
    ("Rp 1.250.000,00", 1_250_000),
    ("Rp1.250.000,-", 1_250_000),
    ("Rp1.250.000,--", 1_250_000),
    ("Rp. 1.250.000.-", 1_250_000),
    ("rp1.250.000", 1_250_000),
    (f"Rp{NBSP}1.250.000", 1_250_000),
    ("Rp 1 250 000", 1_250_000),
    ("Rp 1,25 miliar", 1_250_000_000),
    ("IDR 1.250.000", 1_250_000),
    ("1.250.000 rupiah", 1_250_000),
    ("１.２５０.０００", 1_250_000),
    ("0,5 jt", 500_000),
    ("1,333333 miliar", 1_333_333_000),
    ("999.999.999.999.999", 999_999_999_999_999),
    *[(blank, None) for blank in ("", "-", "Rp -", "Rp", "N/A", "tidak ada")],
]

MONEY_ASKED = [
    ("1.5 M", [("Rp1.500.000.000", 1_500_000_000)]),
    ("1,250", [("Rp1.250", 1250)]),
    ("1,250,000", [("Rp1.250.000", 1_250_000)]),
    ("1,250,000.00", [("Rp1.250.000", 1_250_000)]),
    ("1250000.00", [("Rp1.250.000", 1_250_000)]),
    ("1,250 M", [("Rp1.250.000.000", 1_250_000_000), ("Rp1.250.000.000.000", 1_250_000_000_000)]),
]

MONEY_REFUSED = [
    ("(500)", "kurang dari nol"),
    ("-500", "kurang dari nol"),
    ("-Rp500", "kurang dari nol"),
    ("Rp -500", "kurang dari nol"),
    ("Rp(500)", "kurang dari nol"),
    ("12,5 %", "bukan persen"),
    ("1.250.000,50", "tanpa sen"),
    ("1.5", "tanpa sen"),
    ("0,1234567891 M", "tanpa sen"),
    ("1e12", "semua angkanya"),
    ("NaN", "Kosongkan"),
    ("∞", "Kosongkan"),
    ("$500", "jumlah rupiah"),
    ("500 USD", "jumlah rupiah"),
    ("100-200 juta", "jumlah rupiah"),
    ("1.250.000.00", "jumlah rupiah"),
    ("2 miliar 500 juta", "jumlah rupiah"),
    ("seratus juta", "jumlah rupiah"),
    ("1.000 T", "15 angka"),
    ("9999999999999999", "15 angka"),
    ("1" * 101, "terlalu panjang"),
]

TARGETS = [
    ("75", Target("75", D(75), D(75))),
    ("99,25 %", Target("99,25 %", D("99.25"), D("99.25"))),
    ("70-75", Target("70-75", D(70), D(75))),
    ("70 – 75", Target("70 – 75", D(70), D(75))),
    ("70—75", Target("70—75", D(70), D(75))),
    ("70 s.d. 75", Target("70 s.d. 75", D(70), D(75))),
    ("70 s/d 75", Target("70 s/d 75", D(70), D(75))),
    ("70 sd 75", Target("70 sd 75", D(70), D(75))),
    ("70 sampai 75", Target("70 sampai 75", D(70), D(75))),
    ("70 sampai dengan 75", Target("70 sampai dengan 75", D(70), D(75))),
    ("70% - 75%", Target("70% - 75%", D(70), D(75))),
    ("1.500-2.000", Target("1.500-2.000", D(1500), D(2000))),
    ("-5 - -3", Target("-5 - -3", D(-5), D(-3))),
    ("1 juta - 2 juta", Target("1 juta - 2 juta", D(1000000), D(2000000))),
    ("≥ 95", Target("≥ 95", D(95), None)),
    (">95", Target(">95", D(95), None)),
    ("minimal 95", Target("minimal 95", D(95), None)),
    ("< 5", Target("< 5", None, D(5))),
    ("Maksimal 5 %", Target("Maksimal 5 %", None, D(5))),
    ("WTP", Target("WTP", None, None)),
    ("Sangat Baik", Target("Sangat Baik", None, None)),
    *[(blank, None) for blank in ("", "-", "N/A", "n.a.", "tidak ada")],
]

TARGETS_ASKED = [
    ("99.25", [("99,25", Target("99,25", D("99.25"), D("99.25")))]),
    ("70.5-75", [("70,5-75", Target("70,5-75", D("70.5"), D(75)))]),
    ("minimal 99.5", [("minimal 99,5", Target("minimal 99,5", D("99.5"), None))]),
]

TARGETS_REFUSED = [
    ("75-70", "misalnya 70-75"),
    ("1-2 juta", "kedua angkanya lengkap"),
    ("3 dokumen", "kolom satuan"),
    ("minimal 95 buah lagi", "koma desimal"),
    ("1-2-3", "satu angka saja"),
    ("NaN", "Kosongkan"),
    ("x" * 101, "terlalu panjang"),
]

READ = [
    *[(parse_number, *case) for case in NUMBERS],
    *[(parse_money, *case) for case in MONEY],
    *[(parse_target, *case) for case in TARGETS],
]
ASKED = [
    *[(parse_number, *case) for case in NUMBERS_ASKED],
    *[(parse_money, *case) for case in MONEY_ASKED],
    *[(parse_target, *case) for case in TARGETS_ASKED],
]
REFUSED = [
    *[(parse_number, *case) for case in NUMBERS_REFUSED],
    *[(parse_money, *case) for case in MONEY_REFUSED],
    *[(parse_target, *case) for case in TARGETS_REFUSED],
]


@pytest.mark.parametrize(("parse", "text", "expected"), READ)
def test_is_read(parse, text, expected):
    found = parse(text)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("parse", "text", "readings"), ASKED)
def test_is_asked_about(parse, text, readings):
    with pytest.raises(Ambiguous) as caught:
        parse(text)

    assert [tuple(reading) for reading in caught.value.readings] == readings
    assert (caught.value.spelling, caught.value.reading) == readings[0]
    assert text in caught.value.sentence
    for spelling, value in readings:
        assert spelling in caught.value.sentence
        assert parse(spelling) == value


@pytest.mark.parametrize(("parse", "text", "words"), REFUSED)
def test_is_refused_with_a_sentence_that_says_how_to_write_it(parse, text, words):
    with pytest.raises(Unreadable) as caught:
        parse(text)

    assert type(caught.value) is Unreadable
    assert caught.value.messages == [caught.value.sentence], "a form shows something else"
    assert words in caught.value.sentence
    assert "Tulis" in caught.value.sentence
    assert any(char.isdigit() for char in caught.value.sentence), "no example"
    assert caught.value.sentence.endswith(".")


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
