"""Numbers, money, dates and ages as they are written on pages and in books."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest

from smartcity.common.formatting import (
    format_age,
    format_date,
    format_delay,
    format_millions,
    format_moment,
    format_money,
    format_month,
    format_number,
    format_span,
    spell_out,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (D(0), None, "0"),
        (1234567, None, "1.234.567"),
        (D("1234.50"), None, "1.234,5"),
        (D("-0.5"), None, "-0,5"),
        (D("1E+3"), None, "1.000"),
        (D("1.125"), None, "1,1250"),
        (D("0.125"), None, "0,125"),
        (D("1234.125"), None, "1.234,125"),
        (D("83.349"), 1, "83,3"),
        (D("83.35"), 1, "83,4"),
        (D("-0.04"), 1, "0"),
        (D("2.00"), 2, "2"),
    ],
)
def test_format_number(value, places, expected):
    assert format_number(value, places) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (15, "lima belas"),
        (21, "dua puluh satu"),
        (110, "seratus sepuluh"),
        (1500, "seribu lima ratus"),
        (125_750, "seratus dua puluh lima ribu tujuh ratus lima puluh"),
        (2_001_000_000, "dua miliar satu juta"),
        (D("1.25"), "satu koma dua lima"),
        (D("-99.05"), "minus sembilan puluh sembilan koma nol lima"),
        (D("5.0"), "lima"),
    ],
)
def test_spell_out(value, words):
    assert spell_out(value) == words


@pytest.mark.parametrize(("amount", "expected"), [(0, "Rp0"), (1234567, "Rp1.234.567"), (-1500, "-Rp1.500")])
def test_format_money(amount, expected):
    assert format_money(amount) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0"),
        (1_470_000_000, "1.470"),
        (12_500_000, "12,5"),
        (1_234_567, "1,23"),
        (5_000, "0,01"),
        (4_999, "< 0,01"),
        (-4_999, "> -0,01"),
    ],
)
def test_format_millions(amount, expected):
    assert format_millions(amount) == expected


def test_dates_have_indonesian_months_in_any_language():
    assert format_date(date(2021, 9, 6)) == "6 September 2021"
    assert [format_month(date(2024, month, 1)) for month in (1, 2, 3, 5, 8, 10, 12)] == [
        "Januari 2024",
        "Februari 2024",
        "Maret 2024",
        "Mei 2024",
        "Agustus 2024",
        "Oktober 2024",
        "Desember 2024",
    ]


def test_moment_is_told_in_local_time(settings):
    settings.TIME_ZONE = "Asia/Jakarta"

    assert format_moment(datetime(2021, 9, 5, 18, 42, tzinfo=UTC)) == "6 September 2021 pukul 01.42"


def test_naive_moment_is_refused():
    with pytest.raises(ValueError, match="naive"):
        format_moment(datetime(2021, 9, 6, 10, 42))


NOW = datetime(2021, 9, 20, 3, 0, tzinfo=UTC)  # 10.00 in Jakarta


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(seconds=-50), "baru saja"),
        (timedelta(seconds=59), "baru saja"),
        (timedelta(seconds=60), "1 menit lalu"),
        (timedelta(minutes=12), "12 menit lalu"),
        (timedelta(minutes=59, seconds=59), "59 menit lalu"),
        (timedelta(hours=3), "3 jam lalu"),
        (timedelta(hours=23), "23 jam lalu"),
        (timedelta(hours=24), "kemarin"),
        (timedelta(hours=33), "kemarin"),
        (timedelta(hours=35), "2 hari lalu"),
        (timedelta(days=3), "3 hari lalu"),
        (timedelta(days=30), "30 hari lalu"),
        (timedelta(days=31), "20 Agustus 2021"),
        (timedelta(days=-3), "23 September 2021"),
    ],
)
def test_age(settings, age, expected):
    settings.TIME_ZONE = "Asia/Jakarta"

    assert format_age(NOW - age, now=NOW) == expected


def test_age_instead_of_a_date_where_that_is_asked_for():
    assert format_age(NOW - timedelta(days=82), now=NOW, longest=365) == "82 hari lalu"
    assert format_age(NOW - timedelta(days=366), now=NOW, longest=365) == "19 September 2020"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "1 hari"),
        (93, "93 hari"),
        (94, "lebih dari 3 bulan"),
        (366, "lebih dari 11 bulan"),
        (367, "lebih dari 1 tahun"),
        (1880, "lebih dari 5 tahun"),
    ],
)
def test_a_delay_is_told_in_days_months_or_years(days, expected):
    assert format_delay(days) == expected


def test_more_than_so_many_months_or_years_is_never_too_much():
    starts = [date(year, month, 1) for year in (2020, 2021, 2023) for month in range(1, 13)]
    for start in starts:
        for days in range(94, 1200):
            number, unit = format_delay(days).removeprefix("lebih dari ").split()
            months = start.year * 12 + start.month - 1 + int(number) * (12 if unit == "tahun" else 1)
            assert date(months // 12, months % 12 + 1, 1) < start + timedelta(days=days)


def test_age_is_measured_from_the_present_by_default(time_machine):
    time_machine.move_to(NOW, tick=False)

    assert format_age(NOW - timedelta(minutes=5)) == "5 menit lalu"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (2, "sekitar 10 detik"),
        (34, "sekitar 30 detik"),
        (54.9, "sekitar 50 detik"),
        (55, "sekitar 1 menit"),
        (118, "sekitar 2 menit"),
        (3299, "sekitar 55 menit"),
        (3300, "sekitar 1 jam"),
        (9000, "sekitar 2 jam"),
    ],
)
def test_span(seconds, expected):
    assert format_span(seconds) == expected
