"""Reads a finished book as a screen reader does: in the order of its tags, with the links that words belong to.

For the tests, and on purpose not by the code that checks books in earnest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from smartcity.press.typefaces.glyph_text import read_unicode_cmap

Faces = dict[tuple[int, int], dict[bytes, str]]


@dataclass
class Passage:
    """Words in reading order on one page; `target` is the destination of the link they belong to, else empty.

    `within` are the kinds of the tags around them, from the outermost, `element` tells the innermost from others.
    """

    page: int
    text: str
    target: str = ""
    within: tuple[str, ...] = ()
    element: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Book:
    """The passages of a finished book, the page of each destination, and the label of each page."""

    passages: list[Passage]
    pages: dict[str, int]
    labels: list[str]

    def between(self, first: int, end: int) -> list[Passage]:
        return [passage for passage in self.passages if first <= passage.page < end]

    def label_of(self, anchor: str) -> str:
        return self.labels[self.pages[anchor]]


def read(path: Path) -> Book:
    """All that the book at `path` says."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = list(pdf.Root.Names.Dests.Names)
        pages = {str(name): numbers[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
        faces: Faces = {}
        words = [words_by_number(page, faces) for page in pdf.pages]
        passages = list(walk(pdf.Root.StructTreeRoot.K[0], numbers, words))
        return Book(joined(passages), pages, [page.label for page in pdf.pages])


def words_by_number(page: pikepdf.Page, faces: Faces) -> dict[int, str]:
    """The text of each marked piece of a page; `faces` keeps what fonts have been read."""
    texts: dict[int, list[str]] = {}
    marks: list[tuple[int | None, bool]] = []
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        kind = str(operator)
        if kind == "Tf":
            font = page.obj.Resources.Font[str(operands[0])]
            if font.objgen not in faces:
                faces[font.objgen] = read_unicode_cmap(font.ToUnicode.read_bytes())
            letters = faces[font.objgen]
        elif kind in {"BDC", "BMC"}:
            facts = operands[1] if len(operands) > 1 else {}
            number = int(facts["/MCID"]) if "/MCID" in facts else (marks[-1][0] if marks else None)
            if "/ActualText" in facts and number is not None:
                texts.setdefault(number, []).append(str(facts["/ActualText"]))
            marks.append((number, "/ActualText" in facts))
        elif kind == "EMC":
            marks.pop()
        elif kind == "TJ" and marks and marks[-1][0] is not None and not any(actual for _, actual in marks):
            codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)).hex().encode()
            shown = "".join(letters[codes[start : start + 4]] for start in range(0, len(codes), 4))
            texts.setdefault(marks[-1][0], []).append(shown)
    return {number: "".join(pieces) for number, pieces in texts.items()}


def walk(
    element: Any,
    numbers: dict[Any, int],
    words: list[dict[int, str]],
    target: str = "",
    on: int = 0,
    around: tuple[str, ...] = (),
) -> Iterator[Passage]:
    """All passages below an element, in reading order, line by line."""
    within = (*around, str(element.S))
    on = numbers[element.Pg.objgen] if "/Pg" in element else on
    kids = list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
    if element.S == "/Link":
        annotation = next(kid.Obj for kid in kids if not isinstance(kid, int) and kid.get("/Type") == "/OBJR")
        target = str(annotation.get("/Dest", "")) or str(annotation.A.URI)
    for kid in kids:
        if isinstance(kid, int):
            yield Passage(on, words[on].get(kid, ""), target, within, element.objgen)
        elif kid.get("/Type") != "/OBJR":
            yield from walk(kid, numbers, words, target, on, within)


def joined(passages: list[Passage]) -> list[Passage]:
    """A link that is broken over lines is one."""
    found: list[Passage] = []
    for passage in passages:
        if found and passage.target and passage.target == found[-1].target:
            found[-1].text += passage.text
        else:
            found.append(passage)
    return found
