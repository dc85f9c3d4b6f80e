"""Dates and years: a table of what people type, and round trips through the formatters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.numbers import Ambiguous, Unreadable, format_date, format_month, parse_date, parse_year

NBSP = "\u00a0"

DATES = [
    ("31/12/2027", date(2027, 12, 31)),
    ("31-12-2027", date(2027, 12, 31)),
    ("31.12.2027", date(2027, 12, 31)),
    ("31 12 2027", date(2027, 12, 31)),
    ("31 / 12 / 2027", date(2027, 12, 31)),
    ("3/4/2022", date(2022, 4, 3)),
    ("31 Des 2027", date(2027, 12, 31)),
    ("31 des. 2027", date(2027, 12, 31)),
    ("31-Des-2027", date(2027, 12, 31)),
    ("31 Desember 2027", date(2027, 12, 31)),
    ("31 DESEMBER 2027", date(2027, 12, 31)),
    ("6 Agt 2021", date(2021, 8, 6)),
    ("6 Agustus 2021", date(2021, 8, 6)),
    ("6 Nopember 2021", date(2021, 11, 6)),
    ("6 Peb 2021", date(2021, 2, 6)),
    ("6 May 2021", date(2021, 5, 6)),
    ("Senin, 6 September 2021", date(2021, 9, 6)),
    ("Jum'at 10 September 2021", date(2021, 9, 10)),
    ("29 Februari 2024", date(2024, 2, 29)),
    ("2027-12-31", date(2027, 12, 31)),
    ("2027/12/31", date(2027, 12, 31)),
    (f"31{NBSP}Desember{NBSP}2027", date(2027, 12, 31)),
    ("３１/１２/２０２７", date(2027, 12, 31)),
    *[(blank, None) for blank in ("", "-", "N/A", "tidak ada")],
]

# The same text as the start and as the end of a period.
MONTHS = [
    ("Desember 2027", date(2027, 12, 1), date(2027, 12, 31)),
    ("Des 2027", date(2027, 12, 1), date(2027, 12, 31)),
    ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ("12/2027", date(2027, 12, 1), date(2027, 12, 31)),
    ("2-2023", date(2023, 2, 1), date(2023, 2, 28)),
    ("2027-06", date(2027, 6, 1), date(2027, 6, 30)),
]

DATES_ASKED = [
    ("31/12/27", [("31 Desember 2027", date(2027, 12, 31))]),
    ("31 Des 27", [("31 Desember 2027", date(2027, 12, 31))]),
    ("Des 27", [("Desember 2027", date(2027, 12, 1))]),
    ("12/31/2027", [("31 Desember 2027", date(2027, 12, 31))]),
]

DATES_REFUSED = [
    ("30 Februari 2027", "Februari 2027 sampai tanggal 28"),
    ("29/2/2023", "sampai tanggal 28"),
    ("31/4/2027", "April 2027 sampai tanggal 30"),
    ("0/1/2027", "Tanggal 0"),
    ("1/13/1899", "antara 1900 dan 2100"),
    ("31/31/2027", "Bulan 31 tidak ada"),
    ("13/2027", "Bulan 13 tidak ada"),
    ("31 Foo 2027", "Foo tidak kami kenal"),
    ("2027", "bulannya"),
    ("6-7 September 2021", "satu tanggal saja"),
    ("6 s.d. 7 September 2021", "satu tanggal saja"),
    ("besok", "31/12/2027"),
    ("31/12", "31/12/2027"),
    ("31/12-2027", "31/12/2027"),
    ("1/1/20277", "31/12/2027"),
    ("1" * 200, "31/12/2027"),
]

YEARS = [("2022", 2022), (" 2022 ", 2022), ("tahun 2022", 2022), ("２０２２", 2022), ("", None), ("-", None)]
YEARS_ASKED = [("22", [("2022", 2022)])]
YEARS_REFUSED = [
    ("2.022", "empat angka"),
    ("20222", "empat angka"),
    ("dua ribu", "empat angka"),
    ("1899", "antara"),
    ("2101", "antara"),
]

READ = [*[(parse_date, *case) for case in DATES], *[(parse_year, *case) for case in YEARS]]
ASKED = [*[(parse_date, *case) for case in DATES_ASKED], *[(parse_year, *case) for case in YEARS_ASKED]]
REFUSED = [*[(parse_date, *case) for case in DATES_REFUSED], *[(parse_year, *case) for case in YEARS_REFUSED]]


@pytest.mark.parametrize(("parse", "text", "expected"), READ)
def test_is_read(parse, text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize(("parse", "text", "readings"), ASKED)
def test_is_asked_about(parse, text, readings):
    with pytest.raises(Ambiguous) as caught:
        parse(text)

    assert [tuple(reading) for reading in caught.value.readings] == readings
    assert text in caught.value.sentence
    assert parse(caught.value.spelling) == caught.value.reading


@pytest.mark.parametrize(("parse", "text", "words"), REFUSED)
def test_is_refused_with_a_sentence_that_says_how_to_write_it(parse, text, words):
    with pytest.raises(Unreadable) as caught:
        parse(text)

    assert type(caught.value) is Unreadable
    assert words in caught.value.sentence
    assert "Tulis" in caught.value.sentence
    assert "2027" in caught.value.sentence, "no example"


@pytest.mark.parametrize(("text", "start", "end"), MONTHS)
def test_month_alone_is_its_first_or_last_day(text, start, end):
    assert parse_date(text) == start
    assert parse_date(text, end=True) == end


def test_end_leaves_a_full_date_alone():
    assert parse_date("6 September 2021", end=True) == date(2021, 9, 6)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_date_is_read_back_as_it_was_formatted(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(format_month(day)) == day.replace(day=1)
