"""Cleaning, blocks and word-by-word comparison of plain text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.common.reading import Unreadable
from smartcity.common.text import TextBlock, blocks, clean_text, is_quoted_from, whole_number, word_diff


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Halo  ", "Halo"),
        ("satu\r\ndua\rtiga", "satu\ndua\ntiga"),
        ("satu\x0bdua\x0ctiga", "satu\ndua\ntiga"),
        ("satu\u2028dua\u2029tiga\x85empat", "satu\ndua\ntiga\nempat"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("a\tb", "a\tb"),
        ("\ufeffHalo\ufffe\ud800", "Halo"),
        ("peme\u00adrintah", "pemerintah"),
        ("\uf0b7 satu\n\uf0a7 dua", "\u2022 satu\n\u2022 dua"),
        ("cafe\u0301", "café"),
        ("keluarga 👨\u200d👩\u200d👧", "keluarga 👨\u200d👩\u200d👧"),
        ("ꦗꦮ سلام", "ꦗꦮ سلام"),
        ("\x00 \x0b", ""),
    ],
)
def test_clean_text(text, expected):
    assert clean_text(text, limit=100) == expected


def test_text_at_the_limit_passes_and_is_measured_after_cleaning():
    assert clean_text("  " + "a\x00" * 10, limit=10) == "a" * 10


def test_text_over_the_limit_is_refused_with_limit_length_and_surplus():
    with pytest.raises(Unreadable) as caught:
        clean_text("a" * 5230, limit=5000)

    assert (
        str(caught.value)
        == caught.value.sentence
        == "Teks ini 5.230 karakter, batasnya 5.000. Ringkas sedikitnya 230 karakter."
    )


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_storable_stable_and_keeps_letters(text):
    cleaned = clean_text(text, limit=1000)

    assert clean_text(cleaned, limit=1000) == cleaned
    assert "\x00" not in cleaned.encode().decode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert sum(char.isalnum() for char in cleaned) == sum(char.isalnum() for char in unicodedata.normalize("NFC", text))


def paragraph(*lines):
    return TextBlock("paragraph", lines)


def bullets(*items):
    return TextBlock("bullets", items)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("Satu baris.", [paragraph("Satu baris.")]),
        ("Satu.\n\nDua.\nMasih dua.", [paragraph("Satu."), paragraph("Dua.", "Masih dua.")]),
        ("Tujuan:\n- satu\n- dua\nPenutup.", [paragraph("Tujuan:"), bullets("satu", "dua"), paragraph("Penutup.")]),
        ("- satu\n\n- dua", [bullets("satu", "dua")]),
        ("\u2022 satu\n* dua\n\u2013 tiga", [bullets("satu", "dua", "tiga")]),
        ("1. satu\n2) dua", [TextBlock("numbers", ("satu", "dua"), (1, 2))]),
        ("3. satu\n\n7. dua", [TextBlock("numbers", ("satu", "dua"), (3, 7))]),
        ("- satu\n1. dua", [bullets("satu"), TextBlock("numbers", ("dua",), (1,))]),
        ("-5 derajat", [paragraph("-5 derajat")]),
        ("1.500 orang", [paragraph("1.500 orang")]),
        ("2022. Tahun pertama", [paragraph("2022. Tahun pertama")]),
        ("-", [paragraph("-")]),
    ],
)
def test_blocks(text, expected):
    assert blocks(text) == expected


@given(st.text("ab1.-* \n\u2022", max_size=80))
def test_blocks_keep_every_letter_and_number(text):
    kept = []
    for block in blocks(text):
        numbers = block.numbers or ("",) * len(block.lines)
        kept += [f"{number}{line}" for number, line in zip(numbers, block.lines, strict=True)]

    assert [char for char in "".join(kept) if char in "ab"] == [char for char in text if char in "ab"]
    assert "".join(kept).count("1") == text.count("1")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("sama saja", "sama saja", [("same", "sama saja")]),
        ("", "baru", [("ins", "baru")]),
        ("lama", "", [("del", "lama")]),
        ("Kota yang ramah", "Kota yang sangat ramah", [("same", "Kota yang "), ("ins", "sangat "), ("same", "ramah")]),
        (
            "target 70 persen",
            "target 75 persen",
            [("same", "target "), ("del", "70"), ("ins", "75"), ("same", " persen")],
        ),
        ("satu dua", "satu dua tiga", [("same", "satu dua"), ("ins", " tiga")]),
    ],
)
def test_word_diff(old, new, expected):
    assert word_diff(old, new) == expected


prose = st.lists(st.sampled_from(["kota", "desa", "dan", "70", " ", "\n", "\t "]), max_size=30).map("".join)


@given(prose, prose)
def test_word_diff_gives_both_texts_back(old, new):
    found = word_diff(old, new)

    assert "".join(words for change, words in found if change in {"same", "del"}) == old
    assert "".join(words for change, words in found if change in {"same", "ins"}) == new


def test_word_diff_of_very_long_texts_stays_quick():
    old, new = "dan kota " * 20_000, "dan desa " * 20_000

    started = time.perf_counter()
    found = word_diff(old, new)

    assert found == [("del", old), ("ins", new)]
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("angin kencang", "Risiko: Angin  kencang,\ndan hujan."),
        ("dari ponsel", "Membayar **dari ponsel** atau di loket."),
        ("lihat peta di situs", "Silakan [lihat peta](https://contoh.test/a_b) di situs dinas."),
        ("“tiga titik”", 'Mulai dari "tiga titik".'),
        ("", "Apa pun."),
    ],
)
def test_a_quote_stands_whatever_is_between_its_words(quote, text):
    assert is_quoted_from(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"), [("angin kencang", "Angin sangat kencang."), ("hujan", ""), ("situs", "[peta](https://situs)")]
)
def test_other_words_are_another_quote(quote, text):
    assert not is_quoted_from(quote, text)


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", 0),
        ("-1", 0),
        ("1.5", 0),
        (" 3", 0),
        ("\u0663", 0),
        ("²", 0),
        ("tiga", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_a_count_in_an_address_is_plain_digits_or_nothing(sent, number):
    assert whole_number(sent) == number
