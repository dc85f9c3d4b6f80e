"""Positions of days and months on a drawing that covers whole years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = 12


def moment(day: date, *, end: bool = False) -> float:
    """A day as a year with its fraction, to the month: the beginning of its month, with `end` the end of it."""
    return day.year + (day.month - (0 if end else 1)) / MONTHS


@dataclass(frozen=True)
class Timeline:
    """A strip of `width` units from `left`, over all of `years` (in order, without gaps, at least one)."""

    years: Sequence[int]
    left: float
    width: float

    @property
    def column(self) -> float:
        """How wide a year is."""
        return self.width / len(self.years)

    def at(self, when: float) -> float:
        """Where a moment stands."""
        return self.left + (when - self.years[0]) * self.column

    def within(self, begin: float, finish: float) -> tuple[float, float] | None:
        """The part of a period that lies within the years, None when nothing does."""
        begin, finish = max(begin, self.years[0]), min(finish, self.years[-1] + 1)
        return (begin, finish) if finish > begin else None
