"""The grammar of light marks: the table of cases that binds server and browser, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from django.utils.html import format_html
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smartcity.common.rich_text.marks import address, normal, parse, plain_lines
from smartcity.common.rich_text.markup import rich_html
from smartcity.common.text import clean_text

CASES = json.loads((Path(__file__).parent / "marks_cases.json").read_text(encoding="utf-8"))

_SIGNS = (
    "**", "*", "\\", "[", "]", "(", ")", "|", "\n", "\n\n", " ", "a", "b c", "- ", "1. ", "2) ", "* ", "https://x.id",
    "](https://a.id)", "[x](https://a.id/c)", "|---|", "---", "mailto:a@b.id", "12. ", "\u00a0",
)  # fmt: skip
# Texts made of what could be a mark, with any other letters between.
TEXTS = st.lists(st.sampled_from(_SIGNS) | st.characters(codec="utf-8"), max_size=25).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_the_table_of_cases(case):
    assert normal(case["text"]) == case["normal"]
    assert rich_html(case["text"]) == case["html"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"**tebal**{'x' * 16}", f"<strong>tebal</strong><wbr>{'x' * 16}"),
        (f"**tebal** {'x' * 16}", f"<strong>tebal</strong> {'x' * 16}"),
        (f"kata **{'.gf' * 7}**", f"kata <wbr><strong>{'.gf' * 7}</strong>"),
        ("**seabcdefgh**ij**seabcdefgh**.", "<strong>seabcdefgh</strong>ij<wbr><strong>seabcdefgh</strong><wbr>."),
        ("satu **Program**, dua **kota**nya.", "satu <strong>Program</strong>, dua <strong>kota</strong>nya."),
    ],
)
def test_a_long_word_may_be_broken_where_its_marks_change(text, html):
    assert rich_html(text) == f"<p>{html}</p>"


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_one_spelling_means_the_same_and_is_stable(typed):
    text = clean_text(typed, 10_000)

    assert parse(normal(text)) == parse(text)
    assert normal(normal(text)) == normal(text)


@settings(deadline=None)
@given(TEXTS)
def test_nothing_typed_is_lost(typed):
    text = clean_text(typed, 10_000)
    assume("](" not in text)  # of a link its words are shown
    shown = "".join(plain_lines(parse(text)))
    letters = sorted(char for char in text if char.isalpha())

    assert sorted(char for char in shown if char.isalpha()) == letters


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (" HTTPS://Contoh.go.id/a b ", "https://Contoh.go.id/a%20b"),
        ("https://a.id/(x)|[y]", "https://a.id/%28x%29%7C%5By%5D"),
        ("https://a.id/%20é", "https://a.id/%20%C3%A9"),
        ("mailto:a@b.id", "mailto:a@b.id"),
        ("https://", ""),
        ("javascript:alert(1)", ""),
        ("http://a.id", ""),
        ("//a.id", ""),
        ("data:text/html,x", ""),
        ("https:a.id", ""),
        ("https://a.id/" + "x" * 500, ""),
    ],
)
def test_addresses(href, expected):
    assert address(href) == expected


def test_what_follows_a_block_stands_behind_it_whole() -> None:
    text = "Satu [a](rujuk:x) dan [b](rujuk:y).\n\n- [c](rujuk:z)\n- d\n\nAkhir."
    html = rich_html(text, follow=lambda targets: format_html("<hr class='{}'>", " ".join(targets)) if targets else "")
    assert html == ("<p>Satu a dan b.</p><hr class='x y'><ul><li>c</li><li>d</li></ul><hr class='z'><p>Akhir.</p>")


@pytest.mark.parametrize(
    ("words", "number", "shown"),
    [("Gambar", "Gambar 2.1", "Gambar 2.1"), ("gambar", "Gambar 2.1", "Gambar 2.1"), ("peta", "Gambar 2.1", "peta (Gambar 2.1)"),
     ("lihat 1.1", "1.1", "lihat 1.1"), ("Gambar", "", "Gambar")],
)  # fmt: skip
def test_a_reference_says_its_number_once(words: str, number: str, shown: str) -> None:
    html = rich_html(f"[{words}](rujuk:x)", refer=lambda target: ("https://a.test/", number))
    assert html == f'<p><a href="https://a.test/">{shown}</a></p>'
