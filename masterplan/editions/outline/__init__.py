"""The outline of each book: what a new plan opens with, and what a plan has made of it.

Nothing here knows how a place is printed (`books.chapters`) or edited (`masterplan.sections.actions.outline`).

To add a chapter, a section of one or an annex:

1. An `OutlineEntry` where it stands: `analysis` is Buku 1, `master_plan` Buku 2, `summary` Buku 3. Keys are made of
   small letters and hyphens, `chapter.section` for what stands in a chapter, `lampiran.name` for an annex. A `body`
   has two sentences or more and fits any regency: no figures, no names. A place with a `body` or a `lead` alone is
   complete: nothing else is needed.
2. For one that prints data a builder in a module of `books/chapters/`: `(Lookup, Place)` to the `Flow`s (which
   share their pages) or `Part`s (which have pages of their own) that it prints. `narrative.piece` makes a Flow with
   heading and text; captions come from `place.captions` before the piece is made, and what grows with the plan goes
   through `portions.cut` or `cut_flow`. The rows are typed by `editions.schema`. `Lookup.initiatives` are rows for
   lists; answers that only a sheet prints, such as risks, are in `Lookup.in_full`.
3. Its template in `templates/print/`, a Flow's with a name that begins with `_`. It begins with `{% load print_tags %}`
   and prints nothing that its context does not give it; text with marks goes through `rich_prose`, other text through
   `prose`.
4. One line in `books.chapters.blocks.BLOCKS` (a page of Buku 3: in `chapters.summary`): key and builder, `when` it
   may have nothing to show, `claims` where the book must hold a key of the snapshot because of it, `defines` where
   others link to what it prints. A part is kept for as long as its rows and its template stay the same; nothing is to
   be declared.

`manage.py check` names a place that prints nothing and a builder without a place, mypy a key that rows do not have, and
`manage.py build_book REGENCY buku-2 --fresh` prints the book, with the exception where a builder or template fails.
Plans and editions that are there print the place at once, last among its neighbours and without its `body`; a plan
gets the text, and may move the place, once somebody has added the missing places in *Naskah*.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from masterplan.editions.outline.book_1 import ANALYSIS_OUTLINE
from masterplan.editions.outline.book_2 import master_plan_outline
from masterplan.editions.outline.book_3 import SUMMARY_OUTLINE
from masterplan.editions.outline.entry import OutlineEntry
from masterplan.editions.outline.positions import OutlinePosition, moved, positions
from masterplan.editions.outline.tree import OutlineNode, merge, place_texts
from masterplan.editions.schema import FrozenDimension
from masterplan.reference import BookName

__all__ = [
    "ANNEX_PREFIX",
    "OutlineEntry",
    "OutlineNode",
    "OutlinePosition",
    "default_outline",
    "is_annex",
    "moved",
    "outline_of",
    "positions_of",
]

# Keys of annexes begin with it, those that a regency adds as well.
ANNEX_PREFIX = "lampiran."


def default_outline(book: str, dimensions: Sequence[FrozenDimension]) -> tuple[OutlineEntry, ...]:
    """Chapters and annexes that a new plan opens `book` with; `dimensions` are those of its snapshots."""
    if book == BookName.ANALYSIS:
        return ANALYSIS_OUTLINE
    return SUMMARY_OUTLINE if book == BookName.SUMMARY else master_plan_outline(dimensions)


def outline_of(content: Mapping[str, Any], book: str) -> tuple[OutlineNode, ...]:
    """The chapters and annexes of `book` that this snapshot includes, in order, with their texts.

    Places that came into being after the outline was last edited (a dimension that a regency added) stand last below
    the place that a new plan has them in.
    """
    defaults = default_outline(book, content["dimensions"])
    texts = content["sections"]
    if "outline" in content:
        return merge(content["outline"].get(book, []), defaults, texts)
    # Editions frozen before outlines were kept had texts of Buku 2 alone.
    return merge(place_texts(defaults, texts) if book == BookName.MASTER_PLAN else [], defaults, texts)


def positions_of(content: Mapping[str, Any]) -> dict[str, OutlinePosition]:
    """Every place of all books by key, as this snapshot includes and orders them."""
    found: dict[str, OutlinePosition] = {}
    for book in BookName:
        found |= positions(outline_of(content, book), book=book, title=str(book.label), annexes=ANNEX_PREFIX)
    return found


def is_annex(key: str) -> bool:
    """Whether a place without a parent is an annex, not a chapter."""
    return key.startswith(ANNEX_PREFIX)
