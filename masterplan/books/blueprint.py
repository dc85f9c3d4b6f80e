"""Which parts a book has, and in which order: its outline, place by place, with front matter before and annexes behind.

What a place shows is `chapters.blocks`; how a part looks is `templates/print/`; how it is rendered is `render`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from masterplan.books.chapters import front, summary
from masterplan.books.chapters.blocks import PlaceBlock, block_of, defined_by, has_something
from masterplan.books.chapters.expected_texts import texts_of_book
from masterplan.books.chapters.lookup import Lookup, dimension_anchor, index, strategy_anchor
from masterplan.books.chapters.mentions import Known, with_references, words_of
from masterplan.books.chapters.narrative import text
from masterplan.books.chapters.places import Place, number_places
from masterplan.books.chapters.plan.sheet import sheet_part
from masterplan.books.chapters.portions import MOST_LINES
from masterplan.books.chapters.printed import Texts, printed_texts
from masterplan.books.part_errors import blamed_on
from masterplan.editions.outline import default_outline, outline_of
from masterplan.editions.outline.tree import merge
from masterplan.reference import BookName
from smartcity.press.parts import Caption, Decree, Flow, Heading, Part

# A text that opens a chapter is its lead up to so many letters.


@dataclass(frozen=True)
class BookKind:
    """One of the books that a plan is printed as."""

    number: int
    title: str
    file_stem: str
    numbered: bool = True


BOOKS = {
    BookName.ANALYSIS.value: BookKind(1, "Analisis Strategis Smart City Daerah", "Buku-1"),
    BookName.MASTER_PLAN.value: BookKind(2, "Master Plan Smart City Daerah", "Buku-2"),
    BookName.SUMMARY.value: BookKind(3, "Ringkasan Eksekutif", "Buku-3", numbered=False),
}


def book_parts(
    content: Mapping[str, Any],
    book: str = BookName.MASTER_PLAN,
    *,
    code: str = "",
    fingerprint: str = "",
    check_url: str = "",
    decree: Decree | None = None,
    previous: Mapping[str, Any] | None = None,
) -> tuple[Part, ...]:
    """All parts of a book in order.

    `code` and `fingerprint` are printed on the cover and in the imprint, `check_url` as a QR, `decree` in words;
    without them they have none of it. `previous` is the content of the edition since which an annex tells the changes;
    without it there is none. Raises KeyError for a book that is not in BOOKS.
    """
    kind = BOOKS[book]
    plan = index(content, previous, listed=True)
    places = places_of(content, book, previous)
    body = [part for place in places for part in _chapter(plan, place, kind)]
    headings = [heading for part in body for heading in part.headings]
    captions = [caption for part in body for caption in part.captions]
    parts = (
        front.cover(plan, kind, code, check_url, decree),
        front.imprint(plan, kind, code, fingerprint, check_url, decree),
        front.contents(headings),
        *front.lists(plan, captions),
        *body,
    )
    defined = defined_by(plan, places)
    labels, absent = _labels(headings, captions), _absent(plan, places, defined)
    known = Known(plan.initiatives)
    return tuple(with_references(part, labels, defined, absent, known) for part in parts)


def sheet_parts(content: Mapping[str, Any], initiative_id: str) -> tuple[Part, ...]:
    """The sheet of one initiative alone, for a preview. Raises KeyError when the snapshot has no such initiative."""
    for part in book_parts(content):
        if part.key == initiative_id:
            return (part,)
    # An initiative whose dimension the outline does not have, or has left out.
    plan = index(content)
    for initiative in plan.initiatives:
        if initiative["id"] == initiative_id:
            return (with_references(sheet_part(plan, initiative, ""), {}, set(), _absent(plan, (), set())),)
    raise KeyError(initiative_id)


def places_of(content: Mapping[str, Any], book: str, previous: Mapping[str, Any] | None = None) -> tuple[Place, ...]:
    """The chapters and annexes of `book` as this snapshot numbers them."""
    plan = index(content, previous)
    nodes = [node for node in outline_of(content, book) if has_something(plan, node.key)]
    return number_places(nodes, _codes(content), numbered=BOOKS[book].numbered)


def counted(content: Mapping[str, Any], book: str) -> dict[str, dict[str, Any]]:
    """By key of each place of `book`: `tables` and `figures` it prints, `initiatives` it names, whether it `is_empty`.

    What stands below a place is counted there, unless the place prints it itself.
    """
    plan = index(content)
    ids = {initiative["id"] for initiative in plan.initiatives}
    return {
        place.key: _count(plan, place, ids) for chapter in places_of(content, book) for place in chapter.everywhere()
    }


def _count(plan: Lookup, place: Place, ids: Set[str]) -> dict[str, Any]:
    block = block_of(place)
    pieces = list(_built(block, plan, place)) if block else []
    captions = [caption for piece in pieces for caption in piece.captions]
    kinds = Counter(caption.kind for caption in captions)
    named = ids & {word for piece in pieces for word in words_of(piece.context)}
    is_written = bool(place.lead if place.opens else place.body)
    is_shown = bool(captions or named) if block is None or block.claims else True
    return {
        "tables": kinds["table"],
        "figures": kinds["figure"],
        "initiatives": len(named),
        "is_empty": not (is_written or is_shown or place.children),
    }


def texts_of(content: Mapping[str, Any], book: str, decree: Decree | None = None) -> Texts:
    """The (path, text) pairs that `book` must hold: what cover and imprint say, and what its places are there for.

    Buku 2 holds the whole plan, unless a regency has left out a place that shows some of it.
    """
    places = places_of(content, book)
    said = front.said_in_front(content, decree)
    if _is_whole(content, book, places):
        return [*said, *texts_of_book(content, places, whole=True)]
    texts = [*said, *texts_of_book(content, places, whole=False)]
    shown = {each.key for place in places for each in place.everywhere()}
    return [*texts, *summary.promised(index(content), shown)] if book == BookName.SUMMARY else texts


def texts_where_shown(content: Mapping[str, Any], book: str) -> Texts:
    """The (path, text) pairs that `book` must hold if a page of it shows them: of a book that is not the whole plan
    every text of the snapshot, such as names of agencies and initiatives.
    """
    return [] if _is_whole(content, book, places_of(content, book)) else printed_texts(content)


def _is_whole(content: Mapping[str, Any], book: str, places: Sequence[Place]) -> bool:
    """Whether every place that shows some of the plan is in the book."""
    if book != BookName.MASTER_PLAN:
        return False
    shown = {each.key for place in places for each in place.everywhere()}
    plan = index(content)
    entries = merge([], default_outline(book, content["dimensions"]), {})
    defaults = number_places(entries, _codes(content), numbered=True)
    blocks = [each.key for place in defaults for each in place.everywhere() if block_of(each)]
    return not any(key not in shown and has_something(plan, key) for key in blocks)


def _codes(content: Mapping[str, Any]) -> list[str]:
    return [dimension["code"] for dimension in content["dimensions"]]


def _chapter(plan: Lookup, place: Place, kind: BookKind) -> Iterator[Part]:
    """A chapter with its opener, or an annex."""
    if place.is_annex:
        yield from _pages(place, _pieces(plan, place))
        return
    # Designed pages name themselves; only numbered sections are listed before their chapter.
    below = (each.heading for child in place.children for each in child.everywhere())
    sections = [heading for heading in below if kind.numbered]
    foreword, behind = ("", []) if place.opens else _foreword(place)
    yield front.opener(place.heading, place.lead, sections, foreword)
    yield from behind
    yield from _pages(place, (piece for child in place.children for piece in _pieces(plan, child)))


def _foreword(place: Place) -> tuple[str, list[Part]]:
    """Of a chapter with a text instead of a lead: what its opener prints, or a page behind it where it has pictures."""
    own = replace(place, children=()).with_figures(deep=False)
    if not own.figures:
        return own.body, []
    page = Part(
        key=f"{own.heading.anchor}-naskah",
        template="print/flow.html",
        context={"flows": (Flow("print/_body.html", {"section": own}),)},
        chapter=own.running,
        captions=own.captions.taken(),
        faults=_faults(own),
    )
    return "", [page]


def _pieces(plan: Lookup, place: Place) -> Iterator[Flow | Part]:
    """What a place and those below it print, in order."""
    block = block_of(place)
    takes_children = block is not None and block.takes_children
    if block is None or block.shows_text:
        place = place.with_figures(deep=takes_children)
    yield from _with_faults(place, _built(block, plan, place) if block else (text(place),))
    if not takes_children:
        for child in place.children:
            yield from _pieces(plan, child)


def _built(block: PlaceBlock, plan: Lookup, place: Place) -> Iterator[Flow | Part]:
    """What the builder of a place makes. Raises PartError for what the builder raises."""
    code = f"{block.build.__module__}.{block.build.__qualname__}"
    with blamed_on(place.running or place.heading.title, key=place.key, where=f"place {place.key}, builder {code}"):
        yield from block.build(plan, place)


def _with_faults(place: Place, pieces: Iterable[Flow | Part]) -> Iterator[Flow | Part]:
    """The pieces of a place; the first one tells what is to be mended in the pictures of its text."""
    faults = _faults(place)
    for number, piece in enumerate(pieces):
        yield replace(piece, faults=(*faults, *piece.faults)) if number == 0 and faults else piece


def _faults(place: Place) -> tuple[str, ...]:
    return tuple(fault for each in place.everywhere() for figure in each.figures for fault in figure.faults)


def _pages(place: Place, pieces: Iterable[Flow | Part]) -> Iterator[Part]:
    """Pieces that follow each other share their pages; whatever has pages of its own parts them, or is very long."""
    flows: list[Flow] = []
    for piece in pieces:
        if isinstance(piece, Flow):
            if sum(flow.lines for flow in (*flows, piece)) > MOST_LINES:
                yield from _shared(place, flows)
                flows = []
            flows.append(piece)
            continue
        yield from _shared(place, flows)
        flows = []
        yield piece
    yield from _shared(place, flows)


def _shared(place: Place, flows: Sequence[Flow]) -> Iterator[Part]:
    if flows:
        yield Part(
            key=flows[0].headings[0].anchor,
            template="print/flow.html",
            context={"flows": tuple(flows)},
            chapter=place.running,
            headings=tuple(heading for flow in flows for heading in flow.headings),
            captions=tuple(caption for flow in flows for caption in flow.captions),
            faults=tuple(fault for flow in flows for fault in flow.faults),
        )


def _labels(headings: Iterable[Heading], captions: Iterable[Caption]) -> dict[str, str]:
    """What a reference to each anchor reads as."""
    return {heading.anchor: heading.number for heading in headings if heading.number} | {
        caption.anchor: caption.label for caption in captions
    }


def _absent(plan: Lookup, places: Iterable[Place], defined: Set[str]) -> frozenset[str]:
    """Anchors that a fuller book of this snapshot would have; what refers to them here is not linked."""
    missions = {mission["id"] for mission in plan.content["development_plan"]["missions"]}
    initiatives = {initiative["id"] for initiative in plan.initiatives}
    ids = {*missions, *initiatives, *plan.programs, *plan.strategic_programs, *plan.agencies}
    ids.update(dimension_anchor(code) for code in plan.dimensions)
    ids.update(strategy_anchor(code) for code in plan.dimensions)
    ids.update(strategy_anchor(sub["key"]) for row in plan.dimensions.values() for sub in row["sub_dimensions"])
    own = {place.heading.anchor for chapter in places for place in chapter.everywhere()}
    return frozenset(ids - own - defined)
