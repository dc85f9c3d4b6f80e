"""Days of a snapshot as the books and the comparison print them."""

import calendar
from datetime import date

from smartcity.common.numbers import format_date, format_month


def activity_day(text: str | None, end: bool = False) -> str:
    """A month where the day is its first (or its last, for an end), else the full date; `-` for none."""
    if not text:
        return "-"
    day = date.fromisoformat(text)
    edge = calendar.monthrange(day.year, day.month)[1] if end else 1
    return format_month(day) if day.day == edge else format_date(day)


def day_in_full(text: str | None) -> str:
    """An ISO date as `6 September 2021`, `-` for none."""
    return format_date(date.fromisoformat(text)) if text else "-"
