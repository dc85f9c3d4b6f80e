"""Moves answers to other years: activities, targets and money of a model or an earlier plan into the years of this one.

Pure: plain registry values in, plain registry values out. What falls outside the plan is left open for people to fill.
"""

import calendar
from datetime import date

from masterplan.registry import Content


def month_start(year: int, month: int) -> str:
    """The first day of a month as the registry writes dates."""
    return date(year, month, 1).isoformat()


def month_end(year: int, month: int) -> str:
    """The last day of a month as the registry writes dates."""
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def shift_day(day: str | None, shift: int, years: range) -> str | None:
    """An ISO day `shift` years on, or None when it is empty or leaves `years`; 29 February becomes the 28th."""
    if not day:
        return None
    old = date.fromisoformat(day)
    if old.year + shift not in years:
        return None
    last = calendar.monthrange(old.year + shift, old.month)[1]
    whole = old.day == calendar.monthrange(old.year, old.month)[1]
    return old.replace(year=old.year + shift, day=last if whole else min(old.day, last)).isoformat()


def shift_year(year: int | None, shift: int, years: range) -> int | None:
    """A year `shift` on, or None when it is empty or leaves `years`."""
    return year + shift if year is not None and year + shift in years else None


def shift_activities(rows: list[Content], shift: int, years: range) -> list[Content]:
    """Activities with both days moved; one that would only keep one of them is left open."""
    moved = []
    for row in rows:
        start, end = (shift_day(row[key], shift, years) for key in ("start", "end"))
        if not (start and end) and row["start"] and row["end"]:
            start = end = None
        moved.append(row | {"start": start, "end": end})
    return moved


def shift_by_year(values: Content, shift: int, years: range) -> Content:
    """Targets or amounts by year, moved; those that leave `years` are left out."""
    moved = {int(year) + shift: value for year, value in values.items()}
    return {str(year): value for year, value in sorted(moved.items()) if year in years}
