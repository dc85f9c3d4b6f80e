"""Every link of the book leads somewhere, and every printed page number is the label of the page it speaks of.

Read from the file alone, by its tags (`soundness`); that these checks see what is wrong is shown here too.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from masterplan.reference import USUAL_PAPER_FORMAT
from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part
from tests.masterplan.books import real_book, soundness
from tests.masterplan.books.reading import Book, Passage, read

INITIATIVES = 5


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("halaman")
    real_book.make(real_book.plain(INITIATIVES), folder)
    return folder / f"{USUAL_PAPER_FORMAT}.pdf"


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return read(path)


@pytest.fixture(scope="module")
def parts() -> tuple[Part, ...]:
    return real_book.parts(real_book.plain(INITIATIVES))


def test_the_book_is_sound(path: Path, parts: tuple[Part, ...]) -> None:
    assert soundness.faults(path, parts, real_book.CODE) == []


def test_there_is_much_to_check(book: Book, parts: tuple[Part, ...]) -> None:
    assert len(soundness.inside(book)) > 300
    listing = [part for part in parts if part.template in soundness.LISTING]
    assert len(listing) == 9, "contents, lists, six openers, and the sheets to sign"
    assert all(soundness.lines_of(book, parts, part) for part in listing)
    assert sum(part.template in soundness.INDEXES for part in parts) == 3


def test_the_footer_names_the_page_it_stands_on(book: Book, path: Path) -> None:
    assert book.labels[:2] == ["Sampul", "i"]
    with pikepdf.open(path) as pdf:
        reader = TextReader()
        feet = [f"kode {real_book.CODE}" in reader.read(page).artifacts for page in pdf.pages]
    assert sum(feet) == len(book.labels) - 7, "all but the cover and six openers"


def moved(book: Book) -> Book:
    """Every page bears the label of the one before."""
    return replace(book, labels=["x", *book.labels[:-1]])


def without_places(book: Book) -> Book:
    return replace(book, pages={name: page for name, page in book.pages.items() if not name.startswith("in-")})


def with_last_lines(book: Book, *kinds: str) -> Book:
    """Every page ends with a line in such a tag, and none begins with a heading."""
    lines = [Passage(page, "Judul", "", kinds) for page in range(len(book.labels))]
    body = [Passage(page, "Isi", "", ("/Document", "/P")) for page in range(len(book.labels))]
    return replace(book, passages=[each for pair in zip(body, lines, strict=True) for each in pair])


@pytest.mark.parametrize(
    ("check", "spoilt"),
    [
        (lambda book, parts: soundness.wrong_lines(book, parts), moved),
        (lambda book, parts: soundness.wrong_index_entries(book, parts), moved),
        (lambda book, parts: soundness.dead_links(book), without_places),
        (lambda book, parts: soundness.left_alone(book), lambda book: with_last_lines(book, "/Document", "/H3")),
        (lambda book, parts: soundness.left_alone(book), lambda book: with_last_lines(book, "/Table", "/THead", "/TH")),
    ],
)
def test_the_checks_see_what_is_spoilt(
    book: Book, parts: tuple[Part, ...], check: Callable[..., object], spoilt: Callable[[Book], Book]
) -> None:
    pages = spoilt(book)
    assert list(check(pages, parts))  # type: ignore[call-overload]


def test_what_is_left_out_of_contents_and_lists_is_named(book: Book, parts: tuple[Part, ...]) -> None:
    shown = next(part for part in parts if part.captions)
    more = replace(
        shown,
        headings=(replace(parts[-1].headings[0], anchor="tidak-terdaftar", level=1),),
        captions=(replace(shown.captions[0], anchor="tanpa-baris"),),
    )
    found = list(soundness.left_out(book, (*parts, more)))
    assert found == ["contents lack tidak-terdaftar", "lists differ in tanpa-baris"]


def test_a_number_in_two_lines_is_named(book: Book) -> None:
    cell = [Passage(3, text, "", ("/Table", "/TD"), (7, 0)) for text in ("1.234.567,8", "9")]
    words = [Passage(3, text, "", ("/Table", "/TD"), (8, 0)) for text in ("12 titik", "9")]
    assert len(list(soundness.broken_numbers(replace(book, passages=[*cell, *words])))) == 1


def test_a_code_in_two_lines_is_named(book: Book) -> None:
    words = [Passage(3, text, "", ("/Table", "/TH")) for text in ("GO-", "160", "GO-16")]
    assert len(list(soundness.broken_codes(replace(book, passages=words)))) == 1


def test_a_foot_of_another_page_is_named(book: Book, path: Path) -> None:
    assert len(list(soundness.wrong_footers(moved(book), path, real_book.CODE))) > 20
