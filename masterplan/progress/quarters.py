"""Quarters of a year, by which progress is reported: their days, their names, their order."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NUMERALS = ("I", "II", "III", "IV")
_SPELLING = re.compile(r"(\d{4})-([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter | None":
        """From its spelling in an address (`2026-3`); None for anything else."""
        found = _SPELLING.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def at(cls, place: int) -> "Quarter":
        """The quarter of that `place`."""
        return cls((place - 1) // 4, (place - 1) % 4 + 1)

    @property
    def place(self) -> int:
        """A number that counts on from quarter to quarter, across years."""
        return self.year * 4 + self.number

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.shifted(1).start - timedelta(days=1)

    @property
    def numeral(self) -> str:
        """`III`."""
        return _NUMERALS[self.number - 1]

    @property
    def label(self) -> str:
        """`Triwulan III 2026`."""
        return f"Triwulan {self.numeral} {self.year}"

    @property
    def slug(self) -> str:
        """Its spelling in an address."""
        return f"{self.year}-{self.number}"

    def shifted(self, by: int) -> "Quarter":
        """The quarter so many places later, or earlier for a negative number."""
        return Quarter.at(self.place + by)


def span(first: Quarter, last: Quarter) -> list[Quarter]:
    """All quarters from `first` to `last`, both included; none when `last` is the earlier one."""
    return [Quarter.at(place) for place in range(first.place, last.place + 1)]
