"""The outline of each book: what a new plan opens with, and what a plan has made of it.

Nothing here knows how a place is printed (`contents`) or edited (`masterplan.actions.outline`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from masterplan.documents.outline.analysis import ANALYSIS_OUTLINE
from masterplan.documents.outline.entry import Entry
from masterplan.documents.outline.master_plan import master_plan_outline
from masterplan.documents.outline.placed import Placed, moved, placed
from masterplan.documents.outline.summary import SUMMARY_OUTLINE
from masterplan.documents.outline.tree import Node, merge, place_texts
from masterplan.documents.schema import FrozenDimension
from masterplan.reference import BookName

__all__ = ["ANNEX_PREFIX", "Entry", "Node", "Placed", "default_outline", "is_annex", "moved", "outline_of", "placed_of"]

# Keys of annexes begin with it, those that a regency adds as well.
ANNEX_PREFIX = "lampiran."


def default_outline(book: str, dimensions: Sequence[FrozenDimension]) -> tuple[Entry, ...]:
    """Chapters and annexes that a new plan opens `book` with; `dimensions` are those of its snapshots."""
    if book == BookName.ANALYSIS:
        return ANALYSIS_OUTLINE
    return SUMMARY_OUTLINE if book == BookName.SUMMARY else master_plan_outline(dimensions)


def outline_of(content: Mapping[str, Any], book: str) -> tuple[Node, ...]:
    """The chapters and annexes of `book` that this snapshot includes, in order, with their texts.

    Places that came into being after the outline was last edited (a dimension that a regency added) stand where a new
    plan has them.
    """
    defaults = default_outline(book, content["dimensions"])
    texts = content["sections"]
    if "outline" in content:
        return merge(content["outline"].get(book, []), defaults, texts)
    # Editions frozen before outlines were kept had texts of Buku 2 alone.
    return merge(place_texts(defaults, texts) if book == BookName.MASTER_PLAN else [], defaults, texts)


def placed_of(content: Mapping[str, Any]) -> dict[str, Placed]:
    """Every place of all books by key, as this snapshot includes and orders them."""
    found: dict[str, Placed] = {}
    for book in BookName:
        found |= placed(outline_of(content, book), book=book, title=str(book.label), annexes=ANNEX_PREFIX)
    return found


def is_annex(key: str) -> bool:
    """Whether a place without a parent is an annex, not a chapter."""
    return key.startswith(ANNEX_PREFIX)
