"""The places of Buku 3: the pages of `executive`, under the title and the anchor that the outline gives them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from masterplan.documents.contents import executive
from masterplan.documents.contents.lookup import Lookup
from masterplan.documents.contents.places import Place
from masterplan.documents.outline.summary import SUMMARY_OUTLINE
from masterplan.documents.parts import Heading, Part

Build = Callable[[Lookup, Place], Iterator[Part]]

_TITLES = {entry.key: entry.title for chapter in SUMMARY_OUTLINE for entry in chapter.children}
# Pages without tables or figures of their own, and those whose captions begin with a number.
_PLAIN: Mapping[str, Callable[[Lookup, str], list[Part]]] = {
    "ringkasan.sekilas": executive.overview,
    "ringkasan.dimensi": executive.dimensions,
    "ringkasan.komitmen": executive.commitment,
}
_NUMBERED: Mapping[str, Callable[[Lookup, str, str], list[Part]]] = {
    "ringkasan.profil": executive.profile,
    "ringkasan.visi": executive.vision,
    "ringkasan.radar": executive.radar,
    "ringkasan.peta-jalan": executive.roadmap,
    "ringkasan.anggaran": executive.budget,
    "ringkasan.kecamatan": executive.districts,
    "ringkasan.quick-win": executive.quick_wins,
}
KEYS = (*_PLAIN, *_NUMBERED)
# Texts of the snapshot that a page shows, by the names under which `promised_texts` knows the pages.
_PROMISED = {
    "ringkasan.profil": "profile",
    "ringkasan.visi": "vision",
    "ringkasan.sekilas": "overview",
    "ringkasan.dimensi": "dimensions",
    "ringkasan.kecamatan": "districts",
    "ringkasan.quick-win": "quick_wins",
}


def pages(plan: Lookup, place: Place) -> Iterator[Part]:
    """The pages of one place; the first one bears its anchor, and its title where a regency has changed that."""
    key = place.key
    parts = _PLAIN[key](plan, place.running) if key in _PLAIN else _NUMBERED[key](plan, place.running, str(place.order))
    for number, part in enumerate(parts):
        yield _named(part, place) if number == 0 else part


def names_itself(place: Place) -> bool:
    """Whether the page of `place` has a title of its own, because the regency left the one of the outline as it was."""
    return place.key in KEYS and place.heading.title == _TITLES[place.key]


def promised(plan: Lookup, keys: Iterable[str]) -> list[tuple[str, str]]:
    """The (path, text) pairs that the pages of these places show."""
    return executive.promised_texts(plan.content, {_PROMISED[key] for key in keys if key in _PROMISED})


def _named(part: Part, place: Place) -> Part:
    first, *others = part.headings
    title = first.title if names_itself(place) else place.heading.title
    heading = Heading(first.level, place.heading.anchor, "", title, first.dimension)
    return replace(part, headings=(heading, *others), context={**part.context, "heading": heading})
