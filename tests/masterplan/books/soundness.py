"""What a machine can see of how a whole book reads, from the file alone: links, printed page numbers, headings left alone.

Each check gives sentences about what is wrong; none when nothing is. Whether a file is valid is for the validators.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pikepdf

from smartcity.press.checking.extract import TextReader
from smartcity.press.parts import Part
from tests.masterplan.books.reading import Book, Passage, read

# Whose lines end with the page they lead to, and whose rows end with a cell for it.
LISTING = ("print/contents.html", "print/tables.html", "print/opener.html", "print/commitments.html")
INDEXES = ("print/agencies.html", "print/index.html")
_LABEL = re.compile(r"(\d+|[ivxlc]+)$")
_AFTER = re.compile(r"\s*(?:\([^\d)]+\))?\s*\(?(\d+)\)?")
_FIGURES = re.compile(r"[\d.,-]*\d[\d.,-]*")
_HALF_A_CODE = re.compile(r"[A-Z]{2}-")
_OUTSIDE = ("https:", "mailto:")


def faults(path: Path, parts: Sequence[Part], code: str) -> list[str]:
    """All that is wrong with the book at `path`, made of `parts`, whose footers name `code`."""
    book = read(path)
    return [
        *dead_links(book),
        *wrong_lines(book, parts),
        *wrong_index_entries(book, parts),
        *left_out(book, parts),
        *wrong_footers(book, path, code),
        *left_alone(book),
        *broken_numbers(book),
        *broken_codes(book),
    ]


def span(book: Book, parts: Sequence[Part], key: str) -> tuple[int, int]:
    """First page of a part, and of what comes after it."""
    place = next(place for place, part in enumerate(parts) if part.key == key)
    anchors = [each[0].anchor for part in parts[place:] if (each := part.headings or part.captions)]
    return book.pages[anchors[0]], min(
        (book.pages[anchor] for anchor in anchors[1:] if anchor in book.pages), default=len(book.labels)
    )


def wholes(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts with those that only go on with what they began."""
    found: list[list[Part]] = []
    for part in parts:
        if not found or part.headings or part.captions:
            found.append([])
        found[-1].append(part)
    return found


def inside(book: Book) -> list[Passage]:
    """All links that do not leave the book."""
    return [passage for passage in book.passages if passage.target and not passage.target.startswith(_OUTSIDE)]


def dead_links(book: Book) -> Iterator[str]:
    """Links whose place is not in the book."""
    for passage in inside(book):
        if passage.target not in book.pages:
            yield f"page {passage.page + 1}: {passage.text!r} leads to {passage.target}, which is nowhere"


def wrong_lines(book: Book, parts: Sequence[Part]) -> Iterator[str]:
    """Lines of contents, lists, openers and the register that name another page than the one they lead to."""
    for part, *_ in wholes(parts):
        if part.template in LISTING:
            for passage in lines_of(book, parts, part):
                found = _LABEL.search(passage.text.strip())
                if not found or found[1] != book.label_of(passage.target):
                    yield f"{part.key}: {passage.text!r} leads to page {book.label_of(passage.target)}"


def lines_of(book: Book, parts: Sequence[Part], part: Part) -> list[Passage]:
    """The links of a part to places in the book."""
    found = (passage for passage in book.between(*span(book, parts, part.key)) if passage.target)
    return [passage for passage in found if not passage.target.startswith(_OUTSIDE)]


def wrong_index_entries(book: Book, parts: Sequence[Part]) -> Iterator[str]:
    """Entries of the indexes that name another page than that of the initiative, and indexes that lack one."""
    for part, *more in wholes(parts):
        if part.template in INDEXES:
            named: Counter[str] = Counter()
            for link, after in _links_and_what_follows(book.between(*span(book, parts, part.key))):
                number = _AFTER.match(after)
                if link.target.startswith("in-") and number:
                    named[link.target] += 1
                    if number[1] != book.label_of(link.target):
                        yield f"{part.key}: {link.text!r} is on page {book.label_of(link.target)}, not {number[1]}"
            wanted = Counter(entry for each in (part, *more) for entry in _entries(each))
            if named != wanted:
                yield f"{part.key}: other entries {dict((named - wanted) | (wanted - named))}"


def _links_and_what_follows(passages: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """Each link with the words up to the next one."""
    link: Passage | None = None
    words: list[str] = []
    for passage in passages:
        if passage.target:
            if link:
                yield link, "".join(words)
            link, words = passage, []
        else:
            words.append(passage.text)
    if link:
        yield link, "".join(words)


def _entries(part: Part) -> Iterator[str]:
    """The initiatives that an index names with a page, as often as it does."""
    for agency in part.context.get("agencies", ()):
        yield from (row["id"] for row in (*agency["leads"], *agency["supports"]))
    for group in part.context.get("groups", ()):
        yield from (row["anchor"] for row in group["rows"])


def left_out(book: Book, parts: Sequence[Part]) -> Iterator[str]:
    """Headings that the contents lack, and tables and figures that their lists lack."""
    named: dict[str, set[str]] = defaultdict(set)
    for part, *_ in wholes(parts):
        named[part.template] |= {line.target for line in lines_of(book, parts, part)}
    contents, lists = named["print/contents.html"], named["print/tables.html"]
    body = [part for part in parts if part.page not in ("cover", "front")]
    chapters = {heading.anchor for part in body for heading in part.headings if heading.level < 3}
    yield from (f"contents lack {anchor}" for anchor in sorted(chapters - contents))
    captions = {caption.anchor for part in parts for caption in part.captions}
    yield from (f"lists differ in {anchor}" for anchor in sorted(captions ^ lists))


def wrong_footers(book: Book, path: Path, code: str) -> Iterator[str]:
    """Pages whose foot names another page, or none."""
    total = sum(label.isdigit() for label in book.labels)
    with pikepdf.open(path) as pdf:
        reader = TextReader()
        for label, page in zip(book.labels, pdf.pages, strict=True):
            _, has_foot, said = reader.read(page).artifacts.partition(f"kode {code}")
            foot = re.match(rf"(\d+) dari {total}|[ivxlc]+", said)
            if has_foot and not (foot and (foot[1] or foot[0]) == label):
                yield f"page {label}: its foot says {said!r}"


def left_alone(book: Book) -> Iterator[str]:
    """Headings, captions and heads of tables at the foot of a page, away from what they head."""
    shown = (passage for passage in book.passages if passage.text.strip())
    pages = [list(group) for _, group in groupby(shown, key=lambda passage: passage.page)]
    for here, after in pairwise(pages):
        if _is_head(here[-1]) and not _starts_anew(after[0]) and not all(map(_is_head, here)):
            yield f"page {book.labels[here[-1].page]}: {here[-1].text!r} stands alone"


def _is_head(passage: Passage) -> bool:
    kinds = passage.within
    return bool({"/H1", "/H2", "/H3", "/H4", "/Caption", "/THead"} & {*kinds}) and "/Figure" not in kinds


def _starts_anew(passage: Passage) -> bool:
    """Whether a page begins with a heading, so that the one before may end as it likes."""
    return bool({"/H1", "/H2"} & {*passage.within})


def broken_numbers(book: Book) -> Iterator[str]:
    """Numbers in tables that go on in another line."""
    cells = (passage for passage in book.passages if passage.within[-1] in {"/TD", "/TH"})
    for _, group in groupby(cells, key=lambda passage: passage.element):
        lines = [passage for passage in group if passage.text.strip()]
        if len(lines) > 1 and all(_FIGURES.fullmatch(line.text.strip()) for line in lines):
            yield f"page {book.labels[lines[0].page]}: {' | '.join(line.text for line in lines)} is one number"


def broken_codes(book: Book) -> Iterator[str]:
    """Codes of initiatives that are broken at their hyphen."""
    for passage in book.passages:
        if _HALF_A_CODE.fullmatch(passage.text.strip()):
            yield f"page {book.labels[passage.page]}: {passage.text!r} goes on in another line"


def texts(passages: Iterable[Passage]) -> list[str]:
    """Their words."""
    return [passage.text for passage in passages]
