"""Values as Indonesians write them: numbers, rupiah, dates, times and ages. Reading lives in `numbers` and `dates`.

Names of months and days are written here and not taken from the locale, so that a book says the same on every machine.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
_MILLION = 1_000_000
_SMALLEST_MILLIONS = Decimal("0.01")
_DAYS_TOLD_AS_AGE = 30
_DAYS_TOLD_AS_DELAY = 93


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """`1.234,5`; at most `places` decimals (rounded half up), all of them when None, never trailing zeros.

    The one exception is a value such as 1.125: it is written `1,1250`, because `1,125` may be an English thousand.
    """
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{abs(number):f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3 and 0 < int(whole) < 1000:
        decimals += "0"
    sign = "-" if number < 0 and (int(whole) or decimals) else ""
    return sign + f"{int(whole):,}".replace(",", ".") + ("," + decimals if decimals else "")


def spell_out(value: Decimal | int) -> str:
    """The number in words: `seribu lima ratus`, `satu koma dua lima`; below 10^15, decimals digit by digit."""
    whole, _, decimals = f"{abs(Decimal(value)):f}".partition(".")
    words = ["minus"] if value < 0 else []
    words += _spell_whole(int(whole)) or [_DIGITS[0]]
    if decimals.rstrip("0"):
        words += ["koma", *(_DIGITS[int(digit)] for digit in decimals.rstrip("0"))]
    return " ".join(words)


def _spell_whole(number: int) -> list[str]:
    """The words for a whole number, none for 0."""
    if 10 <= number < 20:
        return {10: ["sepuluh"], 11: ["sebelas"]}.get(number, [_DIGITS[number % 10], "belas"])
    if number < 10:
        return [_DIGITS[number]] if number else []
    scale, name = next((scale, name) for scale, name in _SCALES if number >= scale)
    count, rest = divmod(number, scale)
    head = [f"se{name}"] if count == 1 and scale in (100, 1000) else [*_spell_whole(count), name]
    return head + _spell_whole(rest)


def format_money(amount: int) -> str:
    """Whole rupiah as `Rp1.234.567`."""
    return ("-" if amount < 0 else "") + "Rp" + format_number(abs(amount))


def format_millions(amount: int) -> str:
    """Whole rupiah in millions, for tables that say so in the caption: `1.470`, `12,5`; 0 only for nothing."""
    millions = Decimal(amount) / _MILLION
    if 0 < abs(millions) < _SMALLEST_MILLIONS / 2:
        return "< 0,01" if amount > 0 else "> -0,01"
    return format_number(millions, places=2)


def format_size(size: int) -> str:
    """Bytes as people say them, with the units of the browser's file manager: `840 KB`, `1,2 MB`."""
    if size < 1024 * 1024:
        return f"{format_number(max(min(size, 1), round(size / 1024)))} KB"
    return f"{format_number(Decimal(size) / (1024 * 1024), places=1)} MB"


def format_date(day: date) -> str:
    """`6 September 2021`. For a datetime with a zone use `format_moment`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_weekday(day: date) -> str:
    """`Senin, 6 September 2021`."""
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


def format_days(start: date | None, end: date | None) -> str:
    """`6–7 September 2021`, across months both in full; "" for none."""
    if start is None or end is None or start == end:
        only = start or end
        return format_date(only) if only else ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {MONTHS[end.month - 1]} {end.year}"
    return f"{format_date(start)} sampai {format_date(end)}"


def format_days_left(days: int) -> str:
    """How far a day ahead is: `hari ini`, `besok`, `12 hari lagi`."""
    return {0: "hari ini", 1: "besok"}.get(days, f"{days} hari lagi")


def format_time_left(due: datetime, now: datetime) -> str:
    """How long is left until `due`, in days of the zone of `due`: `hari ini`, `12 hari lagi`, `sudah lewat`."""
    if due < now:
        return "sudah lewat"
    return format_days_left((due.date() - now.astimezone(due.tzinfo).date()).days)


def format_delay(days: int) -> str:
    """How long past a day is, as people would say it: `12 hari`, `lebih dari 3 bulan`, `lebih dari 5 tahun`."""
    if days <= _DAYS_TOLD_AS_DELAY:
        return f"{days} hari"
    # A little less than it may be, so that "more than" is true of every month and year.
    years, months = (days - 1) // 366, (days - 1) // 31
    return f"lebih dari {years} tahun" if years else f"lebih dari {min(months, 11)} bulan"


def format_month(day: date) -> str:
    """`September 2021`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime) -> str:
    """`6 September 2021 pukul 10.42` in the current time zone. Raises ValueError for a naive datetime."""
    local = timezone.localtime(moment)
    return f"{format_date(local)} pukul {local:%H.%M}"


def format_clock(local: datetime) -> str:
    """`pukul 16.00 WITA`, for a moment that stands in the zone of its place."""
    return f"pukul {local:%H.%M %Z}"


def format_deadline(local: datetime) -> str:
    """`Senin, 6 September 2021 pukul 16.00 WITA`, for a moment that stands in the zone of its place."""
    return f"{format_weekday(local)} {format_clock(local)}"


def format_age(moment: datetime, now: datetime | None = None, *, longest: int = _DAYS_TOLD_AS_AGE) -> str:
    """`baru saja`, `12 menit lalu`, `3 jam lalu`, `kemarin`, `3 hari lalu`; in the future, or after a month, the date.

    `longest` are the days that are told as an age, where they are not a month's: narrow columns lack room for a date.
    Days are calendar days in the current time zone. Raises ValueError for a naive datetime.
    """
    local, local_now = timezone.localtime(moment), timezone.localtime(now or timezone.now())
    seconds = int((local_now - local).total_seconds())
    days = (local_now.date() - local.date()).days
    if seconds < -60 or days > longest:
        return format_date(local)
    if seconds < 60:
        return "baru saja"
    if seconds < 3600:
        return f"{seconds // 60} menit lalu"
    if seconds < 86400:
        return f"{seconds // 3600} jam lalu"
    return "kemarin" if days == 1 else f"{days} hari lalu"


def format_span(seconds: float) -> str:
    """About how long: `sekitar 20 detik`, `sekitar 2 menit`, `sekitar 3 jam`. Never less than ten seconds."""
    if seconds < 55:
        return f"sekitar {max(1, round(seconds / 10)) * 10} detik"
    if seconds < 55 * 60:
        return f"sekitar {max(1, round(seconds / 60))} menit"
    return f"sekitar {max(1, round(seconds / 3600))} jam"
