"""Messages: what they say, and that they never grow longer than people read."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from agencies.models import Agency, Regency
from masterplan.models import Workshop
from masterplan.overview.progress import AgencyProgress
from masterplan.overview.reminders import MESSAGE_LIMIT, group_message, message

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
DUE = datetime(2026, 9, 10, 7, 0, tzinfo=UTC)
LINK = "https://rencana.contoh.test/wilayah/kabupaten-contoh/"
REGENCY = Regency(name="Contoh", slug="kabupaten-contoh", time_zone="Asia/Makassar")
SECOND = Workshop(stage="II", deadline=DUE)


def row(name="Dinas Pariwisata", short_name="DINPAR", counts=None, **more):
    counts = {"draft": 2, "returned": 1, "approved": 1} if counts is None else counts
    given = {"due": DUE, "days_left": 9, "open_threads": 3} | more
    return AgencyProgress(Agency(name=name, short_name=short_name), counts=Counter(counts), **given)


def test_an_agency_reads_what_is_missing_until_when_and_where():
    assert message(row(), REGENCY, SECOND, link=LINK, now=NOW).split("\n\n") == [
        "Yth. Dinas Pariwisata,",
        "Kami mengingatkan isian inisiatif smart city Kabupaten Contoh Tahap II. "
        "Mohon dikirim paling lambat Kamis, 10 September 2026 pukul 15.00 WITA (9 hari lagi).",
        "Keadaan 1 September 2026: 2 draf belum dikirim, 1 perlu perbaikan, 3 catatan terbuka.",
        f"Lanjutkan di {LINK}",
        "Bila ada kendala, sekretariat siap membantu. Terima kasih.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": {}, "open_threads": 0}, "belum ada inisiatif yang diisi."),
        ({"is_past": True, "days_left": -3}, "Batas kirimnya sudah lewat Kamis, 10 September 2026 pukul 15.00 WITA."),
        ({"due": None, "days_left": None}, "Mohon segera dikirim."),
    ],
)
def test_it_fits_where_the_agency_stands(changes, sentence):
    assert sentence in message(row(**changes), REGENCY, SECOND, link=LINK, now=NOW)


def test_the_longest_names_leave_room_for_deadline_and_link():
    long = Regency(name="N" * 80, slug="x", time_zone="Asia/Jayapura")
    link = "https://" + "a" * 150 + "/"
    for name in ("P" * 40, "P" * 160):
        text = message(row(name, "S" * 40), long, Workshop(stage="T" * 20), link=link, now=NOW)
        assert len(text) <= MESSAGE_LIMIT
        assert "10 September 2026 pukul 16.00 WIT" in text
        assert link in text


@pytest.mark.parametrize(("count", "length"), [(1, 6), (3, 6), (60, 12), (60, 40), (400, 40)])
def test_the_group_reads_as_many_names_as_there_is_room_for(count, length):
    rows = [row(short_name=f"{number:0{length}}") for number in range(count)]
    text = group_message(rows, REGENCY, SECOND, link=LINK, now=NOW)

    assert len(text) <= MESSAGE_LIMIT
    assert f"({count}): {0:0{length}}" in text
    assert LINK in text
    named = sum(f"{number:0{length}}" in text for number in range(count))
    assert named == count or f"dan {count - named} lainnya" in text
    if named < count:
        assert len(text) > MESSAGE_LIMIT - length - 10
