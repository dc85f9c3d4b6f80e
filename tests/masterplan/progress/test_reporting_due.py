"""Due, late, silent, repeated: at the day on which each begins."""

from datetime import date

import pytest

from masterplan.progress.quarters import Quarter, span
from masterplan.progress.reporting_due import (
    Calendar,
    ReportContent,
    ReportState,
    repetition_warning,
    report_status,
    silence_warning,
)

THIRD = Quarter(2026, 3)
CALENDAR = Calendar(days=15)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 9, 30), ReportState.OPEN, 15),
        (date(2026, 10, 1), ReportState.DUE, 14),
        (date(2026, 10, 15), ReportState.DUE, 0),
        (date(2026, 10, 16), ReportState.LATE, 1),
    ],
)
def test_a_missing_report(today, state, days):
    found = report_status(THIRD, delivered=None, today=today, calendar=CALENDAR)
    assert (found.state, found.days) == (state, days)
    assert found.is_missing is (state is not ReportState.OPEN)


@pytest.mark.parametrize(
    ("delivered", "state", "days"),
    [(date(2026, 10, 15), ReportState.REPORTED, 0), (date(2026, 10, 18), ReportState.REPORTED_LATE, 3)],
)
def test_a_report_keeps_how_late_it_came(delivered, state, days):
    found = report_status(THIRD, delivered=delivered, today=date(2027, 5, 1), calendar=CALENDAR)
    assert (found.state, found.days) == (state, days)


def test_a_longer_term_forgives():
    calendar = Calendar(days=30)
    assert report_status(THIRD, delivered=None, today=date(2026, 10, 30), calendar=calendar).state is ReportState.DUE


def test_reports_are_asked_for_from_the_approval_or_the_day_the_regency_says():
    years = {"start_year": 2024, "end_year": 2026, "today": date(2027, 3, 1)}
    approved = date(2025, 5, 20)
    assert Calendar().quarters(approved=approved, **years) == span(Quarter(2025, 2), Quarter(2026, 4))
    early = Calendar(first=Quarter(2022, 1))
    assert early.quarters(approved=approved, **years) == span(Quarter(2024, 1), Quarter(2026, 4))
    assert early.quarters(approved=approved, **years | {"today": date(2024, 2, 1)}) == [Quarter(2024, 1)]
    assert early.quarters(approved=approved, **years | {"today": date(2023, 2, 1)}) == []


def test_silence_begins_with_the_second_missing_quarter():
    owed = span(Quarter(2026, 1), THIRD)
    assert silence_warning(THIRD, owed=owed, newest=Quarter(2026, 2)) == ""
    assert "sejak Triwulan I 2026; 2 triwulan" in silence_warning(THIRD, owed=owed, newest=Quarter(2026, 1))
    assert silence_warning(THIRD, owed=owed, newest=None).startswith("Belum pernah melapor; 3 triwulan")
    assert silence_warning(Quarter(2026, 1), owed=owed, newest=None) == "", "one missing report is only late"


def test_the_same_words_again_are_told_of():
    before = ReportContent("Uji coba di  tiga desa", {"a": "12"})
    assert repetition_warning(ReportContent("uji coba di tiga desa", {"a": "12"}), before)
    assert repetition_warning(ReportContent("uji coba di tiga desa", {"a": "13"}), before) == ""
    assert repetition_warning(ReportContent("uji coba di empat desa", {"a": "12"}), before) == ""
    assert repetition_warning(ReportContent("uji coba di tiga desa", {"a": "12"}, is_finished=True), before) == ""
    assert repetition_warning(ReportContent("", {}), ReportContent("", {})) == repetition_warning(before, None) == ""
