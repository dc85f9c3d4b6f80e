"""What can be told of the days to come, and when nothing can."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterplan.overview.forecast import FEWEST, WINDOW, forecast

TODAY = date(2026, 9, 30)


def ago(*days):
    return [TODAY - timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("done", "remaining"),
    [
        ((), 5),
        ((1, 2), 5),
        ((1, 1, 1, 1), 5),  # one day of zeal tells of no rate
        ((1, 2, 3), 0),
        ((14, 15, 20), 5),  # too long ago
        ((-1, -2, -3), 5),  # not yet
    ],
)
def test_too_little_gives_no_forecast(done, remaining):
    assert forecast(ago(*done), remaining, TODAY) is None


@pytest.mark.parametrize(
    ("done", "remaining", "span"),
    [
        ((0, 1, 2, 3, 4, 5, 6), 1, "beberapa hari lagi"),
        ((1, 5, 13), 2, "sekitar sepekan lagi"),
        ((*range(14), 0), 11, "sekitar 2 pekan lagi"),
        ((1, 5, 9), 4, "sekitar 3 pekan lagi"),
        ((1, 5, 9), 13, "lebih dari dua bulan lagi"),
    ],
)
def test_a_span_in_words_with_its_basis(done, remaining, span):
    found = forecast(ago(*done), remaining, TODAY)
    assert found is not None
    assert found.span == span
    assert found.basis("inisiatif terkirim", "belum") == (
        f"{len(done)} inisiatif terkirim dalam 14 hari terakhir, {remaining} belum"
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (40, "kemungkinan sebelum batas kirim"),
        (19, "di sekitar batas kirim"),
        (9, "kemungkinan sesudah batas kirim"),
        (0, ""),
        (-3, ""),
        (None, ""),
    ],
)
def test_it_takes_a_side_only_far_from_the_deadline(left, words):
    found = forecast(ago(1, 5, 9), 4, TODAY)  # about nineteen days
    assert found is not None
    assert found.against(left) == words


@given(st.lists(st.integers(0, 40)), st.integers(0, 300))
def test_it_never_knows_a_day(days, remaining):
    found = forecast(ago(*days), remaining, TODAY)
    if found is None:
        return
    recent = [day for day in days if day < WINDOW]
    assert (len(recent) >= FEWEST, found.done, found.days > 0) == (True, len(recent), True)
    assert not any(word in found.span for word in ("tanggal", "2026", ","))
    assert found.span.startswith(("beberapa", "sekitar", "lebih dari"))
    assert found.span != "sekitar 1 pekan lagi"
