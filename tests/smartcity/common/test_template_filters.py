"""The built-in template filters, through real templates."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template


def render(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ value|rupiah }}", 1234567, "Rp1.234.567"),
        ("{{ value|rupiah }}", Decimal(1234567), "Rp1.234.567"),
        ("{{ value|rupiah }}", 0, "Rp0"),
        ("{{ value|jutaan }}", 1_470_000_000, "1.470"),
        ("{{ value|angka }}", Decimal("1234.50"), "1.234,5"),
        ("{{ value|angka }}", 1500, "1.500"),
        ("{{ value|angka:1 }}", 83.349, "83,3"),
        ("{{ value|angka }}", "70-75", "70-75"),
        ("{{ value|tanggal }}", date(2021, 9, 6), "6 September 2021"),
        ("{{ value|tanggal }}", "2021-09-06", "6 September 2021"),
        ("{{ value|tanggal }}", datetime(2021, 9, 5, 18, 0, tzinfo=UTC), "6 September 2021"),
        ("{{ value|bulan }}", date(2021, 9, 6), "September 2021"),
        ("{{ value|bulan }}", "2021-09-06", "September 2021"),
        ("{{ value|waktu }}", datetime(2021, 9, 6, 3, 42, tzinfo=UTC), "6 September 2021 pukul 10.42"),
    ],
)
def test_values_are_written_the_indonesian_way(settings, source, value, expected):
    settings.TIME_ZONE = "Asia/Jakarta"

    assert render(source, value=value) == expected


def test_umur_is_measured_from_now(time_machine):
    now = datetime(2021, 9, 20, 3, 0, tzinfo=UTC)
    time_machine.move_to(now, tick=False)

    assert render("{{ value|umur }}", value=now - timedelta(days=3)) == "3 hari lalu"


@pytest.mark.parametrize(
    "name", ["rupiah", "jutaan", "angka", "tanggal", "bulan", "waktu", "umur", "paragraf", "naskah"]
)
@pytest.mark.parametrize("value", [None, ""])
def test_empty_value_is_empty_text_and_takes_a_default(name, value):
    assert render("{{ value|" + name + " }}", value=value) == ""
    assert render("{{ value|" + name + '|default:"-" }}', value=value) == "-"


def test_paragraf_makes_paragraphs_and_lists():
    body = "Satu.\nDua.\n\n- a\n- b\n\n1. x\n3. y"

    assert render("{{ body|paragraf }}", body=body) == (
        '<p class="lines">Satu.\nDua.</p><ul><li>a</li><li>b</li></ul>'
        '<ul class="typed-numbers"><li>1. x</li><li>3. y</li></ul>'
    )


@pytest.mark.parametrize("body", ["<script>x</script>", "- <b>x</b>", "1. <img src=x>", "a\n<i>b</i>", "\"&'"])
def test_paragraf_escapes(body):
    rendered = render("{{ body|paragraf }}", body=body)

    for tag in ("<script", "<b>", "<img", "<i>", '"&'):
        assert tag not in rendered


def test_word_diff_marks_and_escapes():
    assert render("{{ old|word_diff:new }}", old="target <70> persen", new="target 75 & persen") == (
        "target <del>&lt;70&gt;</del><ins>75 &amp;</ins> persen"
    )


def test_word_diff_takes_missing_texts():
    assert render("{{ old|word_diff:new }}", old=None, new="baru") == "<ins>baru</ins>"
