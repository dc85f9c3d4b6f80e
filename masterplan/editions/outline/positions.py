"""Every place of a book by its key, with where it stands, so that two outlines can be compared. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from masterplan.editions.outline.tree import OutlineNode


@dataclass(frozen=True)
class OutlinePosition:
    """A place that a book includes: its node, the chapter it is in, and where it stands.

    `chapter` is the key of the chapter, one for all annexes of a book, and `heading` what it is called; `parent` is the
    key of the place above it, or the book's for a chapter or annex; `order` counts from 1.
    """

    node: OutlineNode
    book: str
    chapter: str
    heading: str
    parent: str
    parent_title: str
    order: int

    @property
    def words(self) -> str:
        """Where it stands, as people say it."""
        return f"{self.parent_title}, urutan ke-{self.order}"


def positions(nodes: Sequence[OutlineNode], *, book: str, title: str, annexes: str) -> dict[str, OutlinePosition]:
    """The places of a book (`title` is its name) by key, in its order; `annexes` begins the keys of annexes."""
    found: dict[str, OutlinePosition] = {}
    for order, node in enumerate(nodes, 1):
        is_annex = node.key.startswith(annexes)
        chapter, name = (book + annexes, "Lampiran") if is_annex else (node.key, node.title)
        top = OutlinePosition(node, book, chapter, f"{title}, {name}", book, title, order)
        found |= {place.node.key: place for place in _below(top)}
    return found


def _below(place: OutlinePosition) -> Iterator[OutlinePosition]:
    yield place
    for order, node in enumerate(place.node.children, 1):
        yield from _below(replace(place, node=node, parent=place.node.key, parent_title=place.node.title, order=order))


def moved(before: Mapping[str, OutlinePosition], after: Mapping[str, OutlinePosition]) -> set[str]:
    """Keys of places that stand below another place, or before or behind others than they did.

    What only counts differently because something came or went beside it has not moved.
    """
    common = [key for key in after if key in before]
    found = {key for key in common if before[key].parent != after[key].parent}
    stayed = [key for key in common if key not in found]
    for parent, keys in groupby(sorted(stayed, key=lambda key: after[key].parent), key=lambda key: after[key].parent):
        now = list(keys)
        was = [key for key in before if key in now and before[key].parent == parent]
        blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        kept = {key for block in blocks for key in now[block.b : block.b + block.size]}
        found |= set(now) - kept
    return found
