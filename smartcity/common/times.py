"""Times of day read and written as Indonesians write them: `08.00`, `pukul 8.30`, `13:15`. Days live in `dates`."""

import re
from datetime import time

from smartcity.common.reading import Unreadable, is_blank, tidy

_TIME = re.compile(r"(?:pukul\s|pkl\.?\s|jam\s)?(\d{1,2})(?:\s?[.:]\s?(\d{2}))?(?:\s?(?:wib|wita|wit))?", re.IGNORECASE)
_SAY = "Tulis jam dan menit, misalnya 08.30 atau 13.00."


def parse_time(text: str) -> time | None:
    """The time of day in `text`, None where it says none. Raises Unreadable."""
    plain = tidy(text)
    if is_blank(plain):
        return None
    match = _TIME.fullmatch(plain)
    if not match:
        raise Unreadable(_SAY)
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise Unreadable(f"Pukul {plain} tidak ada: jam sampai 23, menit sampai 59. {_SAY}")
    return time(hour, minute)


def format_time(value: time) -> str:
    """`08.30`."""
    return f"{value:%H.%M}"
