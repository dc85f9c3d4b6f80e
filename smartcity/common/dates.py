"""Dates and years read as Indonesians write them. Writing them out lives in `formatting`."""

import calendar
import re
from datetime import date

from smartcity.common.formatting import MONTHS, format_date, format_month
from smartcity.common.reading import MAX_LENGTH, Ambiguous, Interpretation, Unreadable, is_blank, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2100

# Besides the first three letters of every Indonesian and English month name.
_SHORT_MONTHS = {
    "agt": 8,
    "agst": 8,
    "ags": 8,
    "sept": 9,
    "nop": 11,
    "nopember": 11,
    "peb": 2,
    "pebruari": 2,
    "january": 1,
    "february": 2,
    "march": 3,
    "may": 5,
    "june": 6,
    "july": 7,
    "aug": 8,
    "august": 8,
    "oct": 10,
    "october": 10,
    "dec": 12,
    "december": 12,
}
_MONTH_NUMBERS = (
    {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
    | {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
    | _SHORT_MONTHS
)
_BEFORE_DATE = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s?,?\s)?(?:(?:tanggal|tgl|bulan|bln)\.?\s)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?")
_DIGITS = re.compile(r"(?P<day>\d{1,2})(?P<gap>\s?[/.-]\s?|\s)(?P<month>\d{1,2})(?P=gap)(?P<year>\d{4}|\d{2})")
_MONTH = re.compile(r"(?P<day>)(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})[\s/.-]*)?(?P<month>[a-z]+)\.?[\s/.,-]*(?P<year>\d{4}|\d{2})", re.IGNORECASE)
_SAY_DATE = "Tulis tanggal, bulan, tahun, misalnya 31/12/2027 atau 31 Desember 2027."
_SAY_YEAR = "Tulis tahun dengan empat angka, misalnya 2027."


def parse_year(text: str) -> int | None:
    """The year in `text`, 1900 to 2100, or None where it says none. Raises Unreadable, or Ambiguous for two digits."""
    plain = tidy(text)
    if is_blank(plain):
        return None
    match = re.fullmatch(r"(?:(?:tahun|thn\.?|th\.?|t\.?a\.?)\s)?(\d{4}|\d{2})", plain, re.IGNORECASE)
    if not match:
        raise Unreadable(_SAY_YEAR)
    year = int(match[1])
    if len(match[1]) == 2:
        year += 2000
        raise Ambiguous(
            f"{plain} kami baca sebagai {year}. Betul? Kalau ya, tulis {year}.", Interpretation(str(year), year)
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"Tulis tahun antara {FIRST_YEAR} dan {LAST_YEAR}, misalnya 2027.")
    return year


def parse_date(text: str, end: bool = False) -> date | None:
    """The day in `text` (`31/12/2027`, `31 Des 2027`, `2027-12-31`), or None where it says none.

    A month alone (`Desember 2027`, `12/2027`) is its first day, with `end` its last. Raises Unreadable, naming a day
    that the calendar does not have, or Ambiguous for a two-digit year and for the American `12/31/2027`.
    """
    plain = tidy(text)
    if is_blank(plain):
        return None
    core = _BEFORE_DATE.sub("", plain, count=1)
    match = None
    if len(core) <= MAX_LENGTH:
        match = _ISO.fullmatch(core) or _DIGITS.fullmatch(core) or _MONTH.fullmatch(core) or _NAMED.fullmatch(core)
    if not match:
        raise Unreadable(_what_is_wrong(core))
    day = int(match["day"]) if match["day"] else None
    month = _MONTH_NUMBERS.get(match["month"].casefold()) if match["month"].isalpha() else int(match["month"])
    if month is None:
        raise Unreadable(f"Nama bulan {match['month']} tidak kami kenal. {_SAY_DATE}")
    year, settled = int(match["year"]), len(match["year"]) == 4
    if match["month"].isdigit() and day is not None and day <= 12 < month <= 31:
        day, month, settled = month, day, False
    return _resolve(plain, day, month, year if len(match["year"]) == 4 else 2000 + year, settled, end)


def _resolve(shown: str, day: int | None, month: int, year: int, settled: bool, end: bool) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"Tulis tahun antara {FIRST_YEAR} dan {LAST_YEAR}, misalnya 31/12/2027.")
    if not 1 <= month <= 12:
        raise Unreadable(f"Bulan {month} tidak ada. {_SAY_DATE}")
    last = calendar.monthrange(year, month)[1]
    whole_month = day is None
    day = (last if end else 1) if day is None else day
    if not 1 <= day <= last:
        name = MONTHS[month - 1]
        raise Unreadable(f"Tanggal {day} {name} {year} tidak ada: {name} {year} sampai tanggal {last}. {_SAY_DATE}")
    found = date(year, month, day)
    if settled:
        return found
    spelling = format_month(found) if whole_month else format_date(found)
    raise Ambiguous(
        f"{shown} kami baca sebagai {spelling}. Betul? Kalau ya, tulis {spelling}.", Interpretation(spelling, found)
    )


def _what_is_wrong(core: str) -> str:
    if re.fullmatch(r"\d{4}", core):
        return "Tulis juga bulannya, misalnya Desember 2027."
    if re.search(r"\d\s?(?:[-\u2013]|s\.?/?d\.?|sampai|hingga)\s?\d{1,2}\s[a-z]", core, re.IGNORECASE):
        return "Tulis satu tanggal saja, misalnya 31 Desember 2027."
    return _SAY_DATE
