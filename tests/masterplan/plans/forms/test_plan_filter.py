"""What the tree is narrowed to, and how found words are marked."""

import pytest

from masterplan.plans.forms.plan_filter import TreeFilter, marked


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, TreeFilter()),
        ({"cari": "  bank   sampah\x00 "}, TreeFilter(search="bank sampah")),
        ({"cari": "x" * 200}, TreeFilter(search="x" * 100)),
        ({"jenjang": "program", "opd": "7", "misi": "3"}, TreeFilter(level="program", agency="7", mission="3")),
        ({"jenjang": "x", "opd": "7a", "misi": "-3", "cabang": "9" * 20}, TreeFilter()),
        ({"opd": "\u0667", "buka": "ya"}, TreeFilter()),
        ({"buka": "semua"}, TreeFilter(opened="semua")),
    ],
)
def test_the_address_is_understood(query, expected):
    assert TreeFilter.read(query) == expected


def test_the_address_can_be_written_again():
    wanted = TreeFilter.read({"cari": "air & api", "opd": "7", "buka": "semua", "cabang": "4"})

    assert wanted.query(opened="") == "cari=air+%26+api&opd=7"
    assert wanted.query() == "cari=air+%26+api&opd=7&buka=semua"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Bank Sampah", ("sampah",), "Bank <mark>Sampah</mark>"),
        ("a < b", ("<",), "a <mark>&lt;</mark> b"),
        ("2.11.11", (".",), "2<mark>.</mark>11<mark>.</mark>11"),
        ("persampahan sampah", ("sampah", "persampahan"), "<mark>persampahan</mark> <mark>sampah</mark>"),
        ("<script>", (), "&lt;script&gt;"),
    ],
)
def test_found_words_are_marked(text, words, expected):
    assert marked(text, words) == expected
