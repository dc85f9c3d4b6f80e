"""When an agency will have sent everything if it goes on as in the last days. Pure; says nothing on too little.

Counting few things over few days gives no date: the answer is a span in words, and always with what it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW = 14  # days looked at, the one that is running included
FEWEST = 3  # things done in these days, on more than one day
_FAR = 60  # days beyond which nobody can tell
# The wordings cover their rounding: a week is said of what takes five to ten days.
_SPANS = ((4, "beberapa hari lagi"), (10, "sekitar sepekan lagi"))
# Nearer to the deadline than this share of the time left, either way, no side is taken.
_UNSURE = 0.3


@dataclass(frozen=True)
class Forecast:
    """`days` is the plain quotient, for comparisons alone; people read `span`, `basis` and `against`."""

    days: float
    done: int
    remaining: int

    @property
    def span(self) -> str:
        """`sekitar sepekan lagi`, `sekitar 3 pekan lagi`, `lebih dari dua bulan lagi`."""
        if self.days > _FAR:
            return "lebih dari dua bulan lagi"
        weeks = f"sekitar {max(2, round(self.days / 7))} pekan lagi"
        return next((words for most, words in _SPANS if self.days <= most), weeks)

    def basis(self, done: str, remaining: str) -> str:
        """What it rests on: `3 inisiatif terkirim dalam 14 hari terakhir, 2 belum`."""
        return f"{self.done} {done} dalam {WINDOW} hari terakhir, {self.remaining} {remaining}"

    def against(self, days_left: int | None) -> str:
        """How that lies to the deadline: before, about at, or after it; "" without one or when it is past."""
        if days_left is None or days_left < 1:
            return ""
        ratio = self.days / days_left
        if ratio < 1 - _UNSURE:
            return "kemungkinan sebelum batas kirim"
        return "kemungkinan sesudah batas kirim" if ratio > 1 + _UNSURE else "di sekitar batas kirim"


def forecast(done_on: Sequence[date], remaining: int, today: date) -> Forecast | None:
    """When `remaining` things will be done as fast as those of `done_on`; None where these are too few to tell."""
    first = today - timedelta(days=WINDOW - 1)
    recent = [day for day in done_on if first <= day <= today]
    if not remaining or len(recent) < FEWEST or len(set(recent)) < 2:
        return None
    return Forecast(remaining * WINDOW / len(recent), len(recent), remaining)
