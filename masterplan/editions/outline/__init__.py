"""The outline of each book: what a new plan opens with, and what a plan has made of it.

Nothing here knows how a place is printed (`books.chapters`) or edited (`masterplan.sections.actions.outline`).

To add a chapter, a section of one or an annex:

1. An `OutlineEntry` at its position in `book_1`, `book_2` or `book_3`. Keys consist of lower-case letters and hyphens:
   `chapter.section` for a section of a chapter, `lampiran.name` for an annex. A `body` has at least two sentences and
   fits any regency: no figures, no names. An entry that has only a `body` or a `lead` is complete.
2. If it prints data: a builder in a module of `books/chapters/`, a function of `(Lookup, Place)` that returns `Flow`s
   (which share pages with their neighbours) or `Part`s (which have pages of their own). `narrative.piece` makes a Flow
   with heading and text. Take the captions from `place.captions` before you make the piece, and send what grows with
   the plan through `portions.cut` or `cut_flow`. The rows are typed by `editions.schema`. `Lookup.initiatives` are rows
   for lists; answers that only a sheet prints, such as risks, are in `Lookup.in_full`.
3. Its template in `templates/print/`. A Part's extends `print/base.html`, like `evidence.html`; the name of a Flow's
   begins with `_`. The template loads `print_tags` and prints only what its context contains; text with marks goes
   through the filter `rich_prose`, other text through `prose`.
4. One line in `books.chapters.blocks.BLOCKS` (for a page of Buku 3 in `chapters.summary`) with key and builder. Add
   `when` if it may have nothing to show, `claims` if the book must hold a key of the snapshot because of it, and
   `defines` if other parts link to what it prints. A part stays in the cache as long as its rows and its template are
   the same; nothing needs to be declared.

`manage.py check` names an entry that prints nothing and a builder without an entry, mypy names a key that rows do not
have, and `manage.py build_book REGENCY buku-2 --fresh` prints the book and shows the exception of a builder or
template. Plans and editions that exist already print the new entry at once, last among its siblings and without its
`body`; a plan gets the text, and may move the entry, after somebody has added the missing entries in *Naskah*.
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
