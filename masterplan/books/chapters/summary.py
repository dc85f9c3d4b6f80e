"""The places of Buku 3: the pages of `executive`, under the title and the anchor that the outline gives them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from masterplan.books.chapters import executive
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.places import Place
from masterplan.editions.outline.book_3 import SUMMARY_OUTLINE
from smartcity.press.parts import Heading, Part

_TITLES = {entry.key: entry.title for chapter in SUMMARY_OUTLINE for entry in chapter.children}


@dataclass(frozen=True)
class _PlacePage:
    """How a place is printed: `build` gets the plan, the running head, and where captions are `numbered` their first
    number; `promised` is the name under which `promised_texts` knows the texts of the snapshot that it shows.
    """

    build: Callable[..., list[Part]]
    numbered: bool = True
    promised: str = ""


_PAGES: Mapping[str, _PlacePage] = {
    "ringkasan.sekilas": _PlacePage(executive.overview, numbered=False, promised="overview"),
    "ringkasan.dimensi": _PlacePage(executive.dimensions, numbered=False, promised="dimensions"),
    "ringkasan.komitmen": _PlacePage(executive.commitment, numbered=False),
    "ringkasan.profil": _PlacePage(executive.profile, promised="profile"),
    "ringkasan.visi": _PlacePage(executive.vision, promised="vision"),
    "ringkasan.radar": _PlacePage(executive.radar),
    "ringkasan.peta-jalan": _PlacePage(executive.roadmap),
    "ringkasan.anggaran": _PlacePage(executive.budget),
    "ringkasan.kecamatan": _PlacePage(executive.districts, promised="districts"),
    "ringkasan.quick-win": _PlacePage(executive.quick_wins, promised="quick_wins"),
}
KEYS = tuple(_PAGES)


def pages(plan: Lookup, place: Place) -> Iterator[Part]:
    """The pages of one place; the first one bears its anchor, and its title where a regency has changed that."""
    page = _PAGES[place.key]
    first = (str(place.order),) if page.numbered else ()
    for number, part in enumerate(page.build(plan, place.running, *first)):
        yield _named(part, place) if number == 0 else part


def names_itself(place: Place) -> bool:
    """Whether the page of `place` has a title of its own, because the regency left the one of the outline as it was."""
    return place.key in KEYS and place.heading.title == _TITLES[place.key]


def promised(plan: Lookup, keys: Iterable[str]) -> list[tuple[str, str]]:
    """The (path, text) pairs that the pages of these places show."""
    names = {_PAGES[key].promised for key in keys if key in _PAGES}
    return executive.promised_texts(plan.content, names - {""})


def _named(part: Part, place: Place) -> Part:
    first, *others = part.headings
    title = first.title if names_itself(place) else place.heading.title
    heading = Heading(first.level, place.heading.anchor, "", title, first.dimension)
    return replace(part, headings=(heading, *others), context={**part.context, "heading": heading})
