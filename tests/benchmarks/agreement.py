"""Are two PDFs the same book? Pages, words on each, where each link leads, and the tags that say something."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from smartcity.press.checking.check import squeeze
from smartcity.press.checking.extract import TextReader

_ROLES = frozenset(
    f"/{role}" for role in ("H1", "H2", "H3", "H4", "Table", "TR", "TH", "TD", "Caption", "L", "LI", "Figure")
)
_NUMBERS = re.compile(r"[\divxlc.]+")


@dataclass(frozen=True)
class Reading:
    """What a reader finds: words by page, (page, target) of each link, number of tags by role."""

    words: list[str]
    links: set[tuple[int, str]]
    roles: Counter[str]


def read(path: Path) -> Reading:
    """Everything that is compared, of one file."""
    with pikepdf.open(path) as book:
        reader = TextReader()
        words = [_without_numbers(squeeze(reader.read(page).text)) for page in book.pages]
        return Reading(words, set(_links(book)), Counter(_roles(book)))


def differences(one: Reading, other: Reading) -> list[str]:
    """Sentences about what is not the same; none when the files are the same book."""
    found = []
    if len(one.words) != len(other.words):
        found.append(f"{len(one.words)} pages and {len(other.words)}")
    pages = [number for number, pair in enumerate(zip(one.words, other.words, strict=False), 1) if pair[0] != pair[1]]
    if pages:
        found.append(f"other words on pages {pages[:10]}")
    if one.links != other.links:
        found.append(f"other links: {sorted(one.links ^ other.links)[:6]}")
    if one.roles != other.roles:
        found.append(f"other tags: {dict(one.roles)} and {dict(other.roles)}")
    return found


def _without_numbers(words: str) -> str:
    """Numbers of pages are those of the paper in one file and those printed in the other."""
    return _NUMBERS.sub("", words)


def _links(book: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    numbers = {page.obj.objgen: number for number, page in enumerate(book.pages)}
    places = {name: numbers[_place(value)[0].objgen] for name, value in _names(book.Root.Names.Dests)}
    for number, page in enumerate(book.pages):
        for link in page.obj.get("/Annots", []):
            action = link.get("/A", {})
            if "/URI" in action:
                yield number, str(action.URI)
            else:
                target = link.get("/Dest", action.get("/D"))
                yield number, f"page {places[str(target)]}"


def _names(node: Any) -> Iterator[tuple[str, Any]]:
    pairs = list(node.get("/Names", []))
    yield from zip(map(str, pairs[::2]), pairs[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _names(kid)


def _place(value: Any) -> Any:
    return value.D if isinstance(value, pikepdf.Dictionary) else value


def _roles(book: pikepdf.Pdf) -> Iterator[str]:
    stack = [book.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        kids = element.get("/K", [])
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                stack.append(kid)
                if str(kid.S) in _ROLES and not _is_decoration(kid):
                    yield str(kid.S)


def _is_decoration(element: Any) -> bool:
    return bool(element.S == "/Figure" and not str(element.get("/Alt", "")).strip("\u2063 "))
