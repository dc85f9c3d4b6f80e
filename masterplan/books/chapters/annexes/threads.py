"""What was said of initiatives and sections before the edition was frozen, for the annex of the review."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.places import Place, number_places
from masterplan.books.chapters.portions import portions
from masterplan.editions.days import day_in_full
from masterplan.editions.numbering import Numbering
from masterplan.editions.outline import outline_of
from masterplan.editions.schema import FrozenThread, ListedInitiative, Row
from masterplan.reference import BookName

# The book that has the annex: only there something can be referred to by a link.
_HERE = BookName.MASTER_PLAN.value


# Letters of a contribution that take a line.
_LINE = 70


def tables(plan: Lookup, captions: Numbering) -> list[dict[str, Any]]:
    """A table for the initiatives and one for the sections, each conversation with its place, state and contributions.

    A long table is several, of which all but the first say that they go on (`goes_on`). Editions frozen before
    conversations were kept have none.
    """
    found = plan.content.get("threads", [])
    codes = {initiative["id"]: initiative for initiative in plan.initiatives}
    about = [_of_initiative(row, codes[row["id"]]) for row in found if row["id"] in codes]
    places = _places(plan, sorted({row["book"] for row in found if row["key"]}))
    order = list(places)
    sections = sorted(
        (row for row in found if row["key"]),
        key=lambda row: (row["book"], order.index(row["key"]) if row["key"] in places else len(order)),
    )
    written = [_of_section(plan, row, places.get(row["key"])) for row in sections]
    titles = (("Catatan pada isian inisiatif", about), ("Catatan pada naskah", written))
    return [
        {"caption": caption, "threads": some, "goes_on": number > 0}
        for caption, threads in [(captions.table(title), threads) for title, threads in titles if threads]
        for number, some in enumerate(portions(threads, weigh=_lines_of_thread))
    ]


def lines_of(table: Row) -> int:
    """About how many lines a table has."""
    return sum(map(_lines_of_thread, table["threads"]))


def _lines_of_thread(thread: Row) -> int:
    return 1 + sum(1 + len(comment["body"]) // _LINE for comment in thread["said"])


def _of_initiative(row: FrozenThread, initiative: ListedInitiative) -> dict[str, Any]:
    return {
        "anchor": initiative["id"],
        "words": f"{initiative['code']} {initiative['name']}",
        "asked": row["asked"],
        **_said(row),
    }


def _of_section(plan: Lookup, row: FrozenThread, place: Place | None) -> dict[str, Any]:
    """A section by the number it has in its book. An annex is named by its title alone: its number depends on which
    annexes have something to show.
    """
    title = place.heading.title if place else plan.section(row["key"])["title"]
    number = place.heading.number if place and not place.is_annex else ""
    words = " ".join(filter(None, [f"{row['book_label']},", number, title]))
    return {
        "anchor": place.heading.anchor if place and number and row["book"] == _HERE else "",
        "words": words,
        "asked": "" if place else "tidak dimuat dalam buku",
        **_said(row),
    }


def _said(row: FrozenThread) -> dict[str, Any]:
    said = [{**each, "day": day_in_full(each["date"])} for each in row["said"]]
    return {"state": "terbuka" if row["is_open"] else "selesai", "said": said}


def _places(plan: Lookup, books: Iterable[str]) -> Mapping[str, Place]:
    """The places that these books print, by key."""
    return {place.key: place for book in books for place in _everywhere(plan, book)}


def _everywhere(plan: Lookup, book: str) -> Iterator[Place]:
    for chapter in number_places(outline_of(plan.content, book), (), numbered=book != BookName.SUMMARY):
        yield from chapter.everywhere()
