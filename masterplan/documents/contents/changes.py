"""The annex that tells what changed since the edition before: what it comes to, then change by change."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from masterplan.documents.comparison import Group, compare
from masterplan.documents.contents.lookup import Lookup, Row
from masterplan.documents.contents.places import Place
from masterplan.documents.contents.sheet import day_in_full
from masterplan.documents.outline import chapter_titles
from masterplan.documents.parts import Part

# Changes of one part: more would take a render child too long, less would leave pages half empty.
_MOST = 150


def changes(plan: Lookup, place: Place) -> list[Part]:
    """What is different from the edition before (`plan.previous`), as an annex."""
    previous: Row = plan.previous or {}
    comparison = compare(previous, plan.content, chapters=chapter_titles(plan.content))
    edition = previous["edition"]
    first, *others = _portions(comparison.groups)
    own = {
        "section": place,
        "previous": {"number": edition["number"], "date": day_in_full(edition["date"])},
        "comparison": comparison,
        "budget_caption": place.captions.table("Anggaran seluruh inisiatif menurut tahun"),
        "groups": _shown(first),
    }
    head = Part(
        key=place.heading.anchor,
        template="print/changes.html",
        context=own,
        chapter=place.running,
        headings=(place.heading,),
        captions=place.captions.taken(),
    )
    rest = (
        Part(
            f"{place.heading.anchor}-{number}",
            "print/changes_more.html",
            {"groups": _shown(portion)},
            chapter=place.running,
        )
        for number, portion in enumerate(others, 2)
    )
    return [head, *rest]


def _portions(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in their order, as many together as make one part; at least one portion."""
    portions: list[list[Group]] = [[]]
    for group in groups:
        if portions[-1] and sum(each.count for each in (*portions[-1], group)) > _MOST:
            portions.append([])
        portions[-1].append(group)
    return portions


def _shown(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Groups that follow each other under the same title stand under one heading."""
    return [
        {"title": title, "items": [item for group in found for item in group.items]}
        for title, found in groupby(groups, key=lambda group: group.title)
    ]
