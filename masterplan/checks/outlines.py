"""System checks of the outlines of the books: each place prints something, and each builder has a place."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from masterplan.books.chapters.blocks import BLOCKS, block_of
from masterplan.books.chapters.places import number_places
from masterplan.editions.outline import OutlineEntry, default_outline
from masterplan.editions.outline.tree import merge
from masterplan.editions.schema import FrozenDimension
from masterplan.reference import BookName

_HINT = "The recipe is in masterplan/editions/outline/__init__.py."
# Any dimension: the outline of Buku 2 has places for each.
_DIMENSION: FrozenDimension = {"code": "XX", "name": "Dimensi", "sub_dimensions": []}


@register()
def outlines_are_printed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The outlines that new plans get, against what is printed at their places."""
    return errors_in({book: default_outline(book, [_DIMENSION]) for book in BookName.values}, BLOCKS.keys())


def errors_in(outlines: Mapping[str, Sequence[OutlineEntry]], built: Collection[str]) -> list[CheckMessage]:
    """The errors of these outlines by book; the keys in `built` have a builder of their own."""
    entries = [(book, entry) for book, outline in outlines.items() for entry in _all(outline)]
    numbers = Counter(entry.key for _, entry in entries)
    dimensional = {key for outline in outlines.values() for key in _of_dimensions(outline)}
    found: list[CheckMessage] = [
        Error(f"{key}: {count} places of the outlines have this key.", hint=_HINT, id="masterplan.E020")
        for key, count in numbers.items()
        if count > 1
    ]
    found += [
        Error(
            f"{entry.key}: this place of {book} has no text, and nothing prints it.", hint=_HINT, id="masterplan.E021"
        )
        for book, entry in entries
        if not (entry.body or entry.lead or entry.children or entry.key in built or entry.key in dimensional)
    ]
    found += [
        Error(f"{key}: chapters.blocks prints it, but no outline has this place.", hint=_HINT, id="masterplan.E022")
        for key in built
        if key not in numbers
    ]
    return found


def _of_dimensions(outline: Sequence[OutlineEntry]) -> Iterator[str]:
    """Keys of places that are printed because they are a dimension's."""
    for chapter in number_places(merge([], outline, {}), [_DIMENSION["code"]], numbered=True):
        yield from (place.key for place in chapter.everywhere() if place.heading.dimension and block_of(place))


def _all(entries: Sequence[OutlineEntry]) -> Iterator[OutlineEntry]:
    for entry in entries:
        yield entry
        yield from _all(entry.children)
