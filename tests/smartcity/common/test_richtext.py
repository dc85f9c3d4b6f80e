"""What comes from the clipboard becomes text with marks: what each program produces, and what is too much or hostile."""

import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.clipboard import from_html, from_plain
from smartcity.common.rich_text.limits import too_much
from smartcity.common.rich_text.marks import normal, parse
from smartcity.common.rich_text.markup import rich_html
from smartcity.common.text import clean_text
from tests.smartcity.common.test_marks import TEXTS

CLIPBOARD = Path(__file__).parent / "clipboard"
COPIES = sorted(path for path in CLIPBOARD.iterdir() if path.suffix in (".html", ".txt"))


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.name)
def test_what_a_program_puts_on_the_clipboard(copy):
    read = from_html if copy.suffix == ".html" else from_plain

    assert read(copy.read_text(encoding="utf-8")) == copy.with_suffix(".marks").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu<br>Dua</p><div>Tiga</div>", "Satu\nDua\n\nTiga"),
        ("<b>Satu </b>dua<strong> tiga</strong>", "**Satu** dua **tiga**"),
        ("<b>a<b>b</b></b><b style='font-weight:400'>c</b>", "**ab**c"),
        ('<a href="https://a.id">satu <b>dua</b></a>', "[satu](https://a.id) **[dua](https://a.id)**"),
        ('<a href="mailto:a@b.id">surel</a>', "[surel](mailto:a@b.id)"),
        ("<ol><li>a<ol><li>b</ol><li>c</ol>", "1. a\n\n- b\n\n2. c"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ul><li><p>a</p><p>b</p><li></ul>", "- a b"),
        ("<table><tr><td>satu</table>", "satu"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", "| a | b c |"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "| a | b |\n|  | c |"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>- a</p><p>3. b</p>", "- a\n\n3. b"),
        ("C:\\data dan \\\\server", "C:\\data dan \\\\server"),
        ("a\x00\x0bb", "a b"),
        ("", ""),
        ("<p><span></span></p>", ""),
    ],
)
def test_html_as_marks(html, text):
    assert from_html(html) == text


HOSTILE = {
    "deep": ("<div>" * 1000 + "x", "bersarang 1.000 tingkat, batasnya 100"),
    "tags": ("<b>" * 50_000 + "x", "50.000 unsur, batasnya 20.000"),
    "attributes": ("<p " + " ".join(f"a{n}" for n in range(60_000)) + ">x", "60.000 atribut, batasnya 60"),
    "columns": ("<table><tr><td colspan=100000>x</table>", "100.000 kolom, batasnya 8"),
    "rows": ("<table>" + "<tr><td>a</td><td>b</td></tr>" * 3000 + "</table>", "lebih dari 60 baris"),
    "links": ("".join(f'<a href="https://a.id/{n}">x</a> ' for n in range(9_900)), "9.900 tautan, batasnya 50"),
    "size": ("x" * 2 * 1024 * 1024, "2.048 KB, batasnya 1.024 KB"),
    "letters": ("<p>" + "x" * 100_000, "100.000 karakter, batasnya 60.000"),
    "cell": (f"<table><tr><td>a<td>{'x' * 301}</table>", "301 karakter, batasnya 300"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_too_much_is_refused_with_the_limit_and_soon(name):
    html, words = HOSTILE[name]
    start = time.process_time()

    with pytest.raises(Unreadable, match=words):
        from_html(html)

    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "html",
    ["<p>" * 19_000, "<" * 19_000, "<a " + "x" * 900_000, "<b '" + "x'" * 400_000, "[a](" * 15_000, "\\" * 59_000],
)
def test_what_is_odd_is_read_soon(html):
    start = time.process_time()

    from_html(html)

    assert time.process_time() - start < 10


def test_long_plain_text_is_refused():
    with pytest.raises(Unreadable, match="batasnya 60"):
        from_plain("x" * 60_001)


@settings(deadline=None)
@given(TEXTS)
def test_html_of_a_text_gives_the_text_back(typed):
    text = clean_text(typed, 10_000)
    assume(not too_much(parse(text)))
    html = rich_html(text)

    assert from_html(html) == normal(text)
    assert rich_html(from_html(html)) == html
