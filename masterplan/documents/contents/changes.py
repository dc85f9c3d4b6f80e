"""The annex that tells what changed since the edition before: what it comes to, then change by change."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from masterplan.documents.comparison import Group, compare
from masterplan.documents.contents.lookup import Lookup
from masterplan.documents.contents.numbering import Numbering
from masterplan.documents.contents.sheet import day_in_full
from masterplan.documents.parts import Heading, Part

_TITLE = "Perubahan sejak edisi sebelumnya"
# Changes of one part: more would take a render child too long, less would leave pages half empty.
_MOST = 150


def changes(
    plan: Lookup, previous: Mapping[str, Any], number: int, chapters: Mapping[str, str] | None = None
) -> list[Part]:
    """Annex `number`: what is different from `previous`, the content of the edition before.

    `chapters` gives the headings of narrative sections by the first word of their keys.
    """
    comparison = compare(previous, plan.content, chapters=chapters)
    heading = Heading(1, f"lampiran-{number}", f"Lampiran {number}", _TITLE)
    running = f"{heading.number} {heading.title}"
    captions = Numbering(f"L{number}")
    edition = previous["edition"]
    first, *others = _portions(comparison.groups)
    own = {
        "heading": heading,
        "previous": {"number": edition["number"], "date": day_in_full(edition["date"])},
        "comparison": comparison,
        "budget_caption": captions.table("Anggaran seluruh inisiatif menurut tahun"),
        "groups": _shown(first),
    }
    head = Part(
        key=heading.anchor,
        template="print/changes.html",
        context=own,
        chapter=running,
        headings=(heading,),
        captions=captions.taken(),
    )
    rest = (
        Part(f"{heading.anchor}-{place}", "print/changes_more.html", {"groups": _shown(portion)}, chapter=running)
        for place, portion in enumerate(others, 2)
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
