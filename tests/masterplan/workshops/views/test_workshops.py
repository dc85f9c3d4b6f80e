"""The bimtek: when, where, what is asked for and until when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.models import Workshop
from masterplan.workshops.stages import Stage
from tests.masterplan.page_text import text_of

JAKARTA = ZoneInfo("Asia/Jakarta")


def address(regency):
    return reverse("workshop_list", args=[regency.slug])


def make_workshop(regency, stage="I", **fields) -> Workshop:
    values = {
        "title": f"Bimbingan teknis tahap {stage}",
        "start_date": date(2021, 9, 6),
        "end_date": date(2021, 9, 7),
        "place": "Gedung Dharma Satya, Ungaran",
        "is_hybrid": True,
        "agenda": "Kesiapan daerah dan SWOT.",
        "expected_output": "- Draf Buku 1",
        "deadline": datetime(2021, 10, 1, 16, 0, tzinfo=JAKARTA),
        "source": "Berita pembukaan bimbingan teknis",
    }
    return Workshop.objects.create(regency=regency, stage=stage, **(values | fields))


def stage_on(moment, **fields) -> Stage:
    return Stage(Workshop(stage="I", **fields), datetime(*moment, tzinfo=JAKARTA))


def test_a_stage_says_when_where_and_until_when(client_of, expert, regency):
    make_workshop(regency, is_sample=True)

    text = text_of(client_of(expert).get(address(regency)))

    assert "6–7 September 2021" in text
    assert "Gedung Dharma Satya, Ungaran, juga diikuti secara daring" in text
    assert "<li>Draf Buku 1</li>" in text
    assert "Jumat, 1 Oktober 2021 pukul 16.00 WIB" in text
    assert "Sumber: Berita pembukaan bimbingan teknis" in text
    assert ">contoh</span>" in text


def test_what_is_not_set_yet_says_so(client_of, expert, regency):
    make_workshop(regency, start_date=None, end_date=None, place="", deadline=None, agenda="", source="")

    text = text_of(client_of(expert).get(address(regency)))

    assert text.count("Belum ditetapkan") == 2
    assert "Tidak ada</dd>" in text
    assert "Sumber:" not in text


def test_the_next_stage_stands_at_the_top(client_of, expert, regency):
    today, now = timezone.localdate(), timezone.now()
    make_workshop(regency)
    begins = today + timedelta(12)
    make_workshop(regency, "II", start_date=begins, end_date=begins, deadline=now + timedelta(9), order=1)

    response = client_of(expert).get(address(regency))

    text = text_of(response)
    assert "Berikutnya<b>Tahap II</b>, 12 hari lagi" in text
    assert "sudah berlalu" in text
    assert "(9 hari lagi)" in text


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2021, 9, 6), date(2021, 9, 7), "6–7 September 2021"),
        (date(2021, 9, 30), date(2021, 10, 1), "30 September 2021 sampai 1 Oktober 2021"),
        (date(2021, 9, 6), date(2021, 9, 6), "6 September 2021"),
        (date(2021, 9, 6), None, "6 September 2021"),
        (None, date(2021, 9, 7), "7 September 2021"),
        (None, None, ""),
    ],
)
def test_the_days_in_words(start, end, expected):
    assert stage_on((2021, 9, 1), start_date=start, end_date=end).dates == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2021, 8, 27), "10 hari lagi"),
        ((2021, 9, 5, 23, 59), "besok"),
        ((2021, 9, 6), "berlangsung hari ini"),
        ((2021, 9, 7, 23, 59), "berlangsung hari ini"),
        ((2021, 9, 8), "sudah berlalu"),
    ],
)
def test_how_far_away_a_stage_is(moment, expected):
    assert stage_on(moment, start_date=date(2021, 9, 6), end_date=date(2021, 9, 7)).countdown == expected


def test_a_stage_without_days_has_no_countdown():
    stage = stage_on((2021, 9, 1))

    assert (stage.countdown, stage.is_over, stage.is_on, stage.deadline, stage.deadline_note) == (
        "",
        False,
        False,
        "",
        "",
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2021, 9, 22, 10), "9 hari lagi"),
        ((2021, 9, 30, 23), "besok"),
        ((2021, 10, 1, 15, 59), "hari ini"),
        ((2021, 10, 1, 16, 30), "lewat 30 menit"),
        ((2021, 10, 4, 9), "lewat 3 hari"),
        ((2022, 1, 1), "sudah lewat"),
    ],
)
def test_how_long_until_the_deadline(moment, expected):
    deadline = datetime(2021, 10, 1, 16, 0, tzinfo=JAKARTA)

    assert stage_on(moment, deadline=deadline).deadline_note == expected
