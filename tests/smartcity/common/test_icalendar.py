"""Calendar files as programs read them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.icalendar import Event, escape, fold, write_calendar

JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
ONE = Event(
    uid="bimtek-4-1@contoh.test",
    sequence=3,
    changed_at=datetime(2021, 9, 1, 2, 30, tzinfo=UTC),
    summary="Bimtek tahap I, hari ke-1",
    day=date(2021, 9, 6),
    start=datetime(2021, 9, 6, 8, 0, tzinfo=JAKARTA),
    end=datetime(2021, 9, 6, 15, 30, tzinfo=JAKARTA),
    location="Gedung Dharma Satya; Ungaran",
    description="Baris satu\nBaris dua, lanjut \\ akhir",
    url="https://contoh.test/x/",
)


def unfolded(data: bytes) -> list[str]:
    """The lines as a reader sees them (RFC 5545, 3.1)."""
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_an_event_with_times_stands_in_the_zone_of_the_regency():
    lines = unfolded(write_calendar("Bimtek", JAKARTA, [ONE]))

    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal Rencana Induk Smart City//Bimtek//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Bimtek",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Jakarta",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "TZNAME:WIB",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:bimtek-4-1@contoh.test",
        "SEQUENCE:3",
        "DTSTAMP:20210901T023000Z",
        "LAST-MODIFIED:20210901T023000Z",
        "DTSTART;TZID=Asia/Jakarta:20210906T080000",
        "DTEND;TZID=Asia/Jakarta:20210906T153000",
        "SUMMARY:Bimtek tahap I\\, hari ke-1",
        "LOCATION:Gedung Dharma Satya\\; Ungaran",
        "DESCRIPTION:Baris satu\\nBaris dua\\, lanjut \\\\ akhir",
        "URL:https://contoh.test/x/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_another_zone_has_another_offset():
    lines = unfolded(write_calendar("Bimtek", JAYAPURA, [ONE]))

    assert "TZOFFSETTO:+0900" in lines
    assert "DTSTART;TZID=Asia/Jayapura:20210906T100000" in lines  # the same moment


def test_a_day_without_times_is_a_whole_day():
    event = Event("a@b", 0, ONE.changed_at, "Bimtek", date(2021, 12, 31))

    lines = unfolded(write_calendar("Bimtek", JAKARTA, [event]))

    assert "DTSTART;VALUE=DATE:20211231" in lines
    assert "DTEND;VALUE=DATE:20220101" in lines
    assert "BEGIN:VTIMEZONE" not in lines


@given(st.text(max_size=400))
def test_no_text_makes_a_line_of_its_own_or_too_long_a_line(text):
    event = Event("a@b", 0, ONE.changed_at, text, date(2021, 9, 6), location=text, description=text)

    data = write_calendar(text, JAKARTA, [event])

    plain = [line for line in data.split(b"\r\n") if line]
    assert max(map(len, plain)) <= 75
    assert all(byte >= 0x20 for line in plain for byte in line)
    starts = [line.partition(":")[0] for line in unfolded(data)]
    assert starts.count("SUMMARY") == 1
    assert set(starts) <= {
        *("BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "UID", "SEQUENCE", "DTSTAMP"),
        *("LAST-MODIFIED", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "LOCATION", "DESCRIPTION"),
        *("STATUS", "END"),
    }


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300))
def test_folding_loses_nothing(text):
    first, *more = fold(text)

    assert first + "".join(piece[1:] for piece in more) == text
    assert all(piece.startswith(" ") for piece in more)


@pytest.mark.parametrize(
    ("text", "expected"), [("a\r\nb", "a\\nb"), ("a\rb", "a\\nb"), ("a\x00b\x07", "ab"), ("a\u2028b", "ab")]
)
def test_line_ends_and_control_characters(text, expected):
    assert escape(text) == expected
