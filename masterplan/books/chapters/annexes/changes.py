"""The annex that tells what changed since the edition before: what it comes to, then change by change."""

from collections.abc import Iterable
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import place_part
from masterplan.books.chapters.places import Place
from masterplan.editions.comparison.compare import ChangedItem, ChangeGroup, compare
from masterplan.editions.days import day_in_full
from smartcity.press.parts import Part

# Changes of one part: more would take a render child too long, less would leave pages half empty.
_MOST = 150
# So much text counts as one more change.
_LETTERS = 400


def changes(plan: Lookup, place: Place) -> list[Part]:
    """What is different from the edition before (`plan.previous`), as an annex."""
    previous = plan.previous
    if previous is None:
        raise ValueError("The annex of changes is printed only with an edition before.")
    comparison = compare(previous, plan.content)
    edition = previous["edition"]
    first, *others = _portions(comparison.groups)
    own = {
        "previous": {"number": edition["number"], "date": day_in_full(edition["date"])},
        "comparison": comparison,
        "budget_caption": place.captions.table("Anggaran seluruh inisiatif menurut tahun"),
        "groups": first,
    }
    head = place_part(place, "print/changes.html", own)
    rest = (
        Part(
            f"{place.heading.anchor}-{number}",
            "print/changes_more.html",
            {"groups": portion},
            chapter=place.running,
        )
        for number, portion in enumerate(others, 2)
    )
    return [head, *rest]


def _portions(groups: Iterable[ChangeGroup]) -> list[list[dict[str, Any]]]:
    """The groups in their order, as much together as makes one part; at least one portion.

    Groups that follow each other under the same title stand under one heading; what goes on in another part has none.
    """
    portions: list[list[dict[str, Any]]] = [[]]
    room, last = _MOST, ""
    for title, item in ((group.title, item) for group in groups for item in group.items):
        weight = _weight(item)
        if weight > room and portions[-1]:
            portions.append([])
            room = _MOST
        if title != last or not portions[-1]:
            portions[-1].append({"title": "" if title == last else title, "items": []})
        portions[-1][-1]["items"].append(item)
        room, last = room - weight, title
    return portions


def _weight(item: ChangedItem) -> int:
    """How much of a part an item takes: its changes, and its texts by their length."""
    rows = (row for answer in item.answers for row in answer.rows)
    letters = sum(len(text.before) + len(text.after) for row in rows for text in row.texts)
    return item.count + letters // _LETTERS
