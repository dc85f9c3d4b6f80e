"""Writes calendar files (RFC 5545): events with stable ids, in a zone without summer time. Reads none.

Lines end in CRLF and are folded at 75 bytes between characters; texts are escaped, and what cannot be printed is left
out, so that no text can add a property of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_LONGEST_LINE = 75
_PRODUCT = "-//Portal Rencana Induk Smart City//Bimtek//ID"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Event:
    """One entry of a calendar, from `start` to `end` (both with a zone), or the whole `day` where no time is known.

    `uid` stays the same for the life of what it stands for; `sequence` grows with each change.
    """

    uid: str
    sequence: int
    changed_at: datetime
    summary: str
    day: date
    start: datetime | None = None
    end: datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""


def write_calendar(name: str, zone: ZoneInfo, events: Iterable[Event]) -> bytes:
    """The file of one calendar, in UTF-8. Without events it is still a calendar."""
    rows = list(events)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escape(name)}")
    if any(event.start for event in rows):
        lines += _zone(zone, min(event.day for event in rows))
    for event in rows:
        lines += _event(event, zone)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def escape(text: str) -> str:
    """A text as the value of a property."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in plain if letter == "\n" or letter.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes; all but the first begin with the blank that says they go on."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LONGEST_LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece


def _zone(zone: ZoneInfo, day: date) -> list[str]:
    """The zone as it stands on `day`: the zones of Indonesia know no summer time."""
    noon = datetime.combine(day, datetime.min.time(), zone) + timedelta(hours=12)
    offset = noon.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    spelled = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone.key}",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{spelled}",
        f"TZOFFSETTO:{spelled}",
        f"TZNAME:{escape(noon.tzname() or spelled)}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _event(event: Event, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    changed = event.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    if event.start and event.end:
        yield f"DTSTART;TZID={zone.key}:{event.start.astimezone(zone):%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={zone.key}:{event.end.astimezone(zone):%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escape(event.summary)}"
    for name, text in (("LOCATION", event.location), ("DESCRIPTION", event.description)):
        if text:
            yield f"{name}:{escape(text)}"
    if event.url:
        yield f"URL:{''.join(event.url.split())}"
    yield "STATUS:CONFIRMED"
    yield "END:VEVENT"
