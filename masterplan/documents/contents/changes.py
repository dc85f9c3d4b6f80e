"""The annex that tells what changed since the edition before: what it comes to, then change by change."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from masterplan.documents.comparison import INITIATIVES, Comparison, Group, compare
from masterplan.documents.contents.lookup import Lookup
from masterplan.documents.contents.numbering import Numbering
from masterplan.documents.contents.sheet import day_in_full
from masterplan.documents.parts import Heading, Part

_TITLE = "Perubahan sejak edisi sebelumnya"


def changes(
    plan: Lookup, previous: Mapping[str, Any], number: int, chapters: Mapping[str, str] | None = None
) -> list[Part]:
    """Annex `number`: what is different from `previous`, the content of the edition before.

    A part for the narrative and all that is no initiative, then one for each dimension, so that none becomes too long
    to render. `chapters` gives the headings of narrative sections by the first word of their keys.
    """
    comparison = compare(previous, plan.content, chapters=chapters)
    heading = Heading(1, f"lampiran-{number}", f"Lampiran {number}", _TITLE)
    running = f"{heading.number} {heading.title}"
    captions = Numbering(f"L{number}")
    edition = previous["edition"]
    own = {
        "heading": heading,
        "previous": {"number": edition["number"], "date": day_in_full(edition["date"])},
        "comparison": comparison,
        "budget_caption": captions.table("Anggaran seluruh inisiatif menurut tahun"),
        "groups": _shown(group for group in comparison.groups if group.kind != INITIATIVES),
    }
    first = Part(
        key=heading.anchor,
        template="print/changes.html",
        context=own,
        chapter=running,
        headings=(heading,),
        captions=captions.taken(),
    )
    return [first, *_dimensions(comparison, heading, running)]


def _dimensions(comparison: Comparison, heading: Heading, running: str) -> list[Part]:
    return [
        Part(
            key=f"{heading.anchor}-{place}",
            template="print/changes_more.html",
            context={"groups": _shown([group])},
            chapter=running,
        )
        for place, group in enumerate(comparison.groups)
        if group.kind == INITIATIVES
    ]


def _shown(groups: Any) -> list[dict[str, Any]]:
    """Groups of one kind under one heading where they go by the same title."""
    return [
        {"title": title, "items": [item for group in found for item in group.items]}
        for title, found in groupby(groups, key=_title)
    ]


def _title(group: Group) -> str:
    return group.title
