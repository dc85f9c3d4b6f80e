"""Opens the finished book and looks: pages, links, tags, metadata, letters, and that every text given is in it.

Reading page contents is `extract`, walking the tags is `tag_check`. Nothing is mended here; what is wrong is named.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from smartcity.press.checking.extract import PageText, TextReader
from smartcity.press.checking.reading import KnownPages
from smartcity.press.checking.squeeze import squeeze
from smartcity.press.checking.tag_check import joint_problems, tag_problems

_URI_SCHEMES = ("https://", "mailto:")
# How far before the last text found the search for the next one begins, in letters.
_NEARBY = 20_000
# The fewest letters of a text that stand on a page where it begins or ends, in the narrowest column, and on a page that
# it runs through.
_TWO_LINES, _FULL_PAGE = 6, 120
_PDF_UA = re.compile(rb"<pdfuaid:part>1</pdfuaid:part>")
_PDF_A = re.compile(rb"<pdfaid:part\b[^>]*>2</pdfaid:part>\s*<pdfaid:conformance\b[^>]*>A</pdfaid:conformance>")


@dataclass(frozen=True)
class Defect:
    """Something wrong in the book: `where` a page, tag or path in the content; `sentence` for a person, in Indonesian.

    `kind`: pages, metadata, links, tags, letters or text; for the last, `text` is what is not there.
    """

    kind: str
    where: str
    sentence: str
    text: str = ""


@dataclass(frozen=True)
class Expectation:
    """What the book must hold: number of pages, title, texts by their path in the content; all or an excerpt.

    `archive`: it must also say that it is PDF/A, and which colours it means.
    Pages that are `known` from their parts are not read again but known again.
    """

    pages: int
    title: str
    texts: Sequence[tuple[str, str]] = ()
    whole: bool = True
    archive: bool = False
    known: KnownPages | None = None


def check_book(path: Path, expected: Expectation) -> list[Defect]:
    """Everything that is wrong with the book at `path`; an empty list when nothing is."""
    with pikepdf.open(path) as book:
        findings = list(_page_count(book, expected.pages))
        findings += _metadata(book, expected)
        findings += _links(book)
        pages = _known_pages(book, expected.known)
        if pages is not None and expected.known is not None:
            words = [page.text for page in pages]
            problems = joint_problems(book, [part.meta for part in expected.known.parts], whole=expected.whole)
        else:
            reader = TextReader()
            pages = [reader.read(page) for page in book.pages]
            words = [squeeze(page.text) for page in pages]
            problems = tag_problems(book, pages, whole=expected.whole)
        findings += [Defect("tags", where, sentence) for where, sentence in problems]
        findings += _letters(pages)
    findings += [
        Defect("text", name, f"Teks pada {name} tidak lengkap di dalam buku: “{text[:60]}”.", text)
        for name, text in _lost(words, expected.texts)
    ]
    return findings


def _known_pages(book: pikepdf.Pdf, known: KnownPages | None) -> list[PageText] | None:
    """All pages when each of them is known again; else none, and everything is read."""
    if known is None or not known.all_read:
        return None
    reader = TextReader()
    pages = []
    for number, page in enumerate(book.pages):
        found = known.read(number, page, reader)
        if found is None or found.untagged:
            return None
        pages.append(found)
    return pages


def _page_count(book: pikepdf.Pdf, expected: int) -> Iterator[Defect]:
    if len(book.pages) != expected:
        yield Defect("pages", "buku", f"Buku berisi {len(book.pages)} halaman, seharusnya {expected}.")


def _metadata(book: pikepdf.Pdf, expected: Expectation) -> Iterator[Defect]:
    root = book.Root
    xmp = root.Metadata.read_bytes() if "/Metadata" in root else b""
    told = {
        "Bahasa dokumen": str(root.get("/Lang", "")) == "id",
        "Judul dokumen": str(book.docinfo.get("/Title", "")) == expected.title,
        "Tampilan judul": bool(_dig(root, "/ViewerPreferences", "/DisplayDocTitle")),
        "Tanda dokumen bertag": bool(_dig(root, "/MarkInfo", "/Marked")),
        "Tanda PDF/UA": bool(_PDF_UA.search(xmp)),
        "Daftar isi samping": int(_dig(root, "/Outlines", "/Count") or 0) > 0,
        "Nomor halaman": "/PageLabels" in root,
        "Tanda PDF/A": bool(_PDF_A.search(xmp)) is expected.archive,
        "Profil warna": ("/OutputIntents" in root) is expected.archive,
    }
    for what, is_right in told.items():
        if not is_right:
            yield Defect("metadata", what, f"{what} tidak ada atau keliru.")


def _dig(item: Any, *path: str) -> Any:
    for key in path:
        if key not in item:
            return None
        item = item[key]
    return item


def _links(book: pikepdf.Pdf) -> Iterator[Defect]:
    page_numbers = {page.obj.objgen: number for number, page in enumerate(book.pages, 1)}
    names = _destinations(book)
    for number, page in enumerate(book.pages, 1):
        for link in page.obj.get("/Annots", []):
            target = link.get("/Dest")
            if target is not None:
                place = names.get(str(target))
                right = place is not None and place[0].objgen in page_numbers
            else:
                target = _dig(link, "/A", "/URI")
                right = str(target).startswith(_URI_SCHEMES)
            if not right:
                yield Defect("links", f"halaman {number}", f"Tautan ke “{target}” di halaman {number} tidak sampai.")
    for name, place in names.items():
        if place[0].objgen not in page_numbers:
            yield Defect("links", name, f"Tujuan tautan “{name}” tidak ada di dalam buku.")


def _destinations(book: pikepdf.Pdf) -> Mapping[str, pikepdf.Object]:
    pairs = list(_dig(book.Root, "/Names", "/Dests", "/Names") or [])
    return {str(name): place for name, place in zip(pairs[::2], pairs[1::2], strict=True)}


def _letters(pages: Sequence[PageText]) -> Iterator[Defect]:
    for number, page in enumerate(pages, 1):
        where = f"halaman {number}"
        if page.missing:
            yield Defect("letters", where, f"{page.missing} huruf di halaman {number} tidak ada bentuk cetaknya.")
        if page.unmapped:
            sentence = f"{page.unmapped} huruf di halaman {number} tidak dapat disalin atau dicari."
            yield Defect("letters", where, sentence)
        if page.unreadable:
            yield Defect("letters", where, f"Sebagian isi halaman {number} tidak dapat diperiksa.")


def lost_texts(pages: Sequence[str], texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The (name, text) pairs that are not in the pages.

    A text may go on over pages, then with other matter in between (the rest of a table row, a repeated table head);
    each of its pieces must be on the page after the one before. Line breaks do not matter.
    """
    return _lost([squeeze(page) for page in pages], texts)


def _lost(pages: Sequence[str], texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same for squeezed pages."""
    whole = "".join(pages)
    lost, found, last = [], set(), 0
    for name, text in texts:
        wanted = squeeze(text)
        if wanted in found:
            continue
        # Texts come about in the order of the pages: looking on from the last one spares a search through the book.
        place = whole.find(wanted, last)
        place = whole.find(wanted) if place < 0 else place
        if place >= 0:
            found.add(wanted)
            last = max(0, place - _NEARBY)
        elif any(_continues(wanted, pages[first:]) for first in range(len(pages))):
            found.add(wanted)
        else:
            lost.append((name, text))
    return lost


def _continues(text: str, pages: Sequence[str]) -> bool:
    """Whether `text` begins on the first of `pages` and goes on over the next ones to its end.

    A page never takes fewer than two lines of it, and one that it runs through takes many: letters that happen to stand
    somewhere in a long book do not add up to a text that was lost.
    """
    rest = len(text) - _longest_beginning(text, pages[0])
    if len(text) - rest < _TWO_LINES:
        return False
    for page in pages[1:]:
        ending = _longest_ending(text, page)
        if ending >= max(rest, _TWO_LINES):
            return True
        piece = _longest_beginning(text[len(text) - rest :], page)
        if piece < _FULL_PAGE:
            return False
        rest -= piece
    return False


def _longest_beginning(text: str, page: str) -> int:
    return _longest(len(text), lambda size: text[:size] in page)


def _longest_ending(text: str, page: str) -> int:
    return _longest(len(text), lambda size: text[len(text) - size :] in page)


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest size up to `most` that `fits`; whatever fits, fits shorter too."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
