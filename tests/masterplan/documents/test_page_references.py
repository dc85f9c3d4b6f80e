"""Every link of the book leads somewhere, and every printed page number is the label of the page it speaks of.

Read from the file alone, by its tags: which words a link holds, what stands after it, where it leads, and which number
that page has for a viewer.
"""

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from masterplan.documents.parts import Part
from masterplan.documents.press.extract import TextReader
from masterplan.reference import USUAL_VARIANT
from tests.masterplan.documents import real_book
from tests.masterplan.documents.reading import Book, read

LABEL = re.compile(r"(\d+|[ivxlc]+)$")
INITIATIVES = 5


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("halaman")
    real_book.make(real_book.plain(INITIATIVES), folder)
    return folder / f"{USUAL_VARIANT}.pdf"


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return read(path)


@pytest.fixture(scope="module")
def parts() -> tuple[Part, ...]:
    return real_book.parts(real_book.plain(INITIATIVES))


def span(book: Book, parts: tuple[Part, ...], key: str) -> tuple[int, int]:
    """First page of a part, and of what comes after it."""
    place = next(place for place, part in enumerate(parts) if part.key == key)
    later = (part.headings[0].anchor for part in parts[place + 1 :] if part.headings)
    return book.pages[parts[place].headings[0].anchor], min(
        (book.pages[anchor] for anchor in later), default=len(book.labels)
    )


def test_every_link_inside_the_book_has_its_place(book: Book) -> None:
    inside = [
        passage for passage in book.passages if passage.target and not passage.target.startswith(("https:", "mailto:"))
    ]
    assert len(inside) > 300
    assert {passage.target for passage in inside} <= set(book.pages)


LISTING = ("print/contents.html", "print/tables.html", "print/opener.html")


@pytest.mark.parametrize("number", range(8))
def test_lines_of_contents_lists_and_openers_name_the_page_they_lead_to(
    book: Book, parts: tuple[Part, ...], number: int
) -> None:
    with_numbers = [part for part in parts if part.template in LISTING]
    assert len(with_numbers) == 8, "contents, lists, and six openers"
    part = with_numbers[number]
    lines = [passage for passage in book.between(*span(book, parts, part.key)) if passage.target]
    assert lines
    assert [said(line.text) for line in lines] == [book.label_of(line.target) for line in lines]


def said(text: str) -> str:
    """The number at the end of a line."""
    found = LABEL.search(text.strip())
    return found[1] if found else f"no number in {text!r}"


def test_contents_and_lists_leave_nothing_out(book: Book, parts: tuple[Part, ...]) -> None:
    contents, lists = (part for part in parts if part.key in {"daftar-isi", "daftar-tabel"})
    listed = {passage.target for passage in book.between(*span(book, parts, contents.key)) if passage.target}
    chapters = {heading.anchor for part in parts[4:] for heading in part.headings if heading.level < 3}
    assert chapters <= listed
    shown = {passage.target for passage in book.between(*span(book, parts, lists.key)) if passage.target}
    assert shown == {caption.anchor for part in parts for caption in part.captions}


def test_the_index_names_the_page_of_each_initiative(book: Book, parts: tuple[Part, ...]) -> None:
    index = next(part for part in parts if part.template == "print/agencies.html")
    passages = book.between(*span(book, parts, index.key))
    checked = 0
    for link, after in pairwise(passages):
        number = re.match(r"\s*\(?(\d+)\)?", after.text)
        if link.target.startswith("in-") and not after.target and number:
            assert number[1] == book.label_of(link.target), link
            checked += 1
    agencies = index.context["agencies"]
    assert checked == sum(len(row["leads"]) + len(row["supports"]) for row in agencies)
    assert checked > INITIATIVES


def test_the_footer_names_the_page_it_stands_on(book: Book, path: Path) -> None:
    assert book.labels[:2] == ["Sampul", "i"]
    total = sum(label.isdigit() for label in book.labels)
    with pikepdf.open(path) as pdf:
        reader = TextReader()
        feet = [reader.read(page).furniture.partition(f"kode {real_book.CODE}")[2] for page in pdf.pages]
    said = [re.match(rf"(\d+) dari {total}|[ivxlc]+", foot) for foot in feet]
    printed = {place: found[1] or found[0] for place, found in enumerate(said) if found}
    assert printed == {place: book.labels[place] for place in printed}
    assert len(printed) == len(book.labels) - 7, "all but the cover and six openers"
