"""One chapter as a PDF: the parts of its book, numbered by itself, valid, and with no link that leads nowhere."""

from collections.abc import Callable
from pathlib import Path

import page
import pikepdf
import pytest

from masterplan.books.blueprint import BOOKS, book_parts, places_of
from masterplan.books.chapter_list import Chapter, chapter_of, chapters_of
from masterplan.books.formats.word.lines import PageNumbers
from masterplan.books.produce import BuildReport
from masterplan.books.render import render_part
from smartcity.press.checking.check import Expectation, check_book
from smartcity.press.errors import BookError
from smartcity.press.parts import REFERENCE_PREFIX
from tests.masterplan.books import real_book, soundness
from tests.masterplan.books.plan_content import generate
from tests.masterplan.books.reading import Book, read

CONTENT = real_book.plain(3)
# With an opener and many sheets, of wide pages, and two whose parts print page numbers of other chapters.
ANCHORS = ["bagian-rencana-aksi", "bagian-lampiran-keselarasan", "bagian-lampiran-indeks", "bagian-lampiran-komitmen"]
TITLE = "Buku 2 · " + CONTENT["plan"]["title"]

Made = tuple[Path, BuildReport, Chapter]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the whole book, and the cache that it left."""
    folder = tmp_path_factory.mktemp("bab")
    real_book.make(CONTENT, folder)
    return folder


@pytest.fixture(scope="module")
def made(whole: Path) -> Callable[[str], Made]:
    """The chapter at an anchor, made once."""
    known: dict[str, Made] = {}

    def make(anchor: str) -> Made:
        if anchor not in known:
            out = whole / f"{anchor}.pdf"
            report = real_book.make(CONTENT, whole, chapter=anchor, out=out)
            known[anchor] = out, report, chapter_of(real_book.parts(CONTENT), anchor)
        return known[anchor]

    return make


def shown(book: Book) -> str:
    return "".join(passage.text for passage in book.passages)


@pytest.mark.parametrize("book", BOOKS)
def test_what_can_be_asked_for_is_what_there_is(book: str) -> None:
    content = generate(4)
    for previous in (None, generate(3)):
        listed = [place.heading for place in places_of(content, book, previous)]
        assert listed == [chapter.heading for chapter in chapters_of(book_parts(content, book, previous=previous))]
        assert listed == [place.heading for place in places_of(content, book, None if previous is None else {})]


@pytest.mark.parametrize("anchor", ANCHORS)
def test_a_chapter_is_valid_and_sound(made: Callable[[str], Made], anchor: str) -> None:
    path, report, chapter = made(anchor)
    assert [f"{each.rule_id}: {each.message}" for each in page.validate_pdf(path, profile="ua1").failures] == []
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == f"{chapter.title} · {TITLE}"
        assert len(pdf.pages) == report.pages
    expected = Expectation(report.pages or 0, f"{chapter.title} · {TITLE}")
    assert [finding.sentence for finding in check_book(path, expected)] == [], "read anew, without the parts"
    assert report.problems == ()
    book = read(path)
    assert book.labels == [str(number) for number in range(1, len(book.labels) + 1)]
    found = [
        *soundness.dead_links(book),
        *soundness.wrong_footers(book, path, real_book.CODE),
        *soundness.left_alone(book),
    ]
    assert found == []


@pytest.mark.parametrize("anchor", ANCHORS)
def test_it_says_what_the_book_says_there_and_loses_only_links_out_of_it(
    made: Callable[[str], Made], whole: Path, anchor: str
) -> None:
    path, report, chapter = made(anchor)
    own, book = read(path), read(whole / "jilid.pdf")
    first, end = book.pages[anchor], book.pages[anchor] + len(own.labels)
    there = book.between(first, end)
    is_late = any(part.late for part in chapter.parts)
    if not is_late:
        assert shown(own) == "".join(passage.text for passage in there)
    links = [passage.target for passage in there if passage.target]
    inside = [target for target in links if target.startswith("https:") or first <= book.pages[target] < end]
    assert [passage.target for passage in own.passages if passage.target] == inside
    assert len(inside) < len(links), "there was something to lose"
    # Only what prints page numbers is rendered again; all else is the part of the book.
    assert report.parts_rendered <= sum(part.late for part in chapter.parts)


def test_an_opener_and_its_sections_agree_on_their_pages(made: Callable[[str], Made]) -> None:
    path, _, chapter = made("bagian-rencana-aksi")
    book = read(path)
    assert book.pages["bagian-rencana-aksi"] == 0
    assert [*soundness.wrong_lines(book, chapter.parts)] == []
    assert len(soundness.lines_of(book, chapter.parts, chapter.parts[0])) >= 6
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [chapter.title]
        assert outline.root[0].children


def test_pages_of_other_chapters_are_not_guessed(made: Callable[[str], Made]) -> None:
    path, _, chapter = made("bagian-lampiran-indeks")
    html = "".join(
        render_part(part, content=CONTENT, pages=PageNumbers(frozenset(), "x"), total_pages=1) for part in chapter.parts
    )
    assert f"{REFERENCE_PREFIX}in-BR-" in html, "the index names initiatives"
    assert not [passage for passage in read(path).passages if passage.target.startswith("in-")]


def test_cold_and_warm_give_the_same_bytes(made: Callable[[str], Made], whole: Path, tmp_path: Path) -> None:
    anchor = "bagian-lampiran-indeks"
    path, report, _ = made(anchor)
    out = tmp_path / "dingin.pdf"
    cold = real_book.make(CONTENT, whole, chapter=anchor, out=out, cache_dir=tmp_path / "cache")
    assert cold.parts_rendered > report.parts_rendered or report.parts_rendered == cold.parts
    assert out.read_bytes() == path.read_bytes()


def test_the_worst_that_may_be_written_is_valid_too(tmp_path: Path) -> None:
    out = tmp_path / "buruk.pdf"
    real_book.make(real_book.hostile(), tmp_path, chapter="bagian-visi", out=out)
    assert [f"{each.rule_id}: {each.message}" for each in page.validate_pdf(out, profile="ua1").failures] == []


def test_a_chapter_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="Bab ini tidak ada"):
        real_book.make(CONTENT, tmp_path, chapter="bagian-tidak-ada")
