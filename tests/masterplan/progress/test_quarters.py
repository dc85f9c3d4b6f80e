"""Quarters in order, across years."""

from datetime import date

from masterplan.progress.quarters import Quarter, span


def test_days_names_and_neighbours():
    third = Quarter.of(date(2026, 8, 17))
    assert (third.label, third.slug, third.start, third.end) == (
        "Triwulan III 2026", "2026-3", date(2026, 7, 1), date(2026, 9, 30),
    )  # fmt: skip
    assert Quarter(2026, 4).end == date(2026, 12, 31)
    assert (Quarter(2026, 4).shifted(1), Quarter(2026, 1).shifted(-2)) == (Quarter(2027, 1), Quarter(2025, 3))


def test_every_day_of_a_year_lies_in_its_quarter():
    for ordinal in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        quarter = Quarter.of(day)
        assert quarter.start <= day <= quarter.end
        assert Quarter.at(quarter.place) == Quarter.parse(quarter.slug) == quarter


def test_only_the_own_spelling_is_read():
    assert [Quarter.parse(text) for text in ("2026-5", "2026-0", "26-1", "2026-1 ", "", "2026-1-1")] == [None] * 6


def test_a_span_has_both_ends():
    assert [each.slug for each in span(Quarter(2025, 4), Quarter(2026, 2))] == ["2025-4", "2026-1", "2026-2"]
    assert span(Quarter(2026, 2), Quarter(2026, 1)) == []
