"""What a reader must find in one book of a snapshot: each text in the book that is there for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from masterplan.books.chapters.blocks import ALL_CLAIMS, claims
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.printed import OUTLINE, Texts, printed_texts
from masterplan.books.chapters.summary import names_itself

_SECTIONS = "sections"


def texts_of_book(content: Mapping[str, Any], places: Sequence[Place], *, whole: bool) -> Texts:
    """What a book of these places must hold: the texts of its places, and the parts of the snapshot they are there for.

    Those are named by the blocks; a `whole` book also holds all parts of the snapshot that no block of another book
    claims.
    """
    claimed = {key for place in places for each in place.everywhere() for key in claims(each)}
    keys = claimed | (content.keys() - {OUTLINE, _SECTIONS, *ALL_CLAIMS} if whole else set())
    part: dict[str, Any] = {key: content[key] for key in content if key in keys}
    return printed_texts({**part, _SECTIONS: _texts(content[_SECTIONS], places)})


def _texts(sections: Mapping[str, Any], places: Iterable[Place]) -> dict[str, Any]:
    """Title, text and pictures of every place that has some; of those that open a chapter the lead.

    A designed page has no title of the outline.
    """
    found = {}
    for place in (each for chapter in places for each in chapter.everywhere()):
        if own := sections.get(place.key):
            shown = ("lead",) if place.opens else ("body", "pictures")
            title = () if names_itself(place) else ("title",)
            found[place.key] = {key: own[key] for key in (*title, *shown) if key in own}
    return found
