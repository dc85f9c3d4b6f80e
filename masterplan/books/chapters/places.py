"""Where each place of the outline stands in a book: its number, its anchor, its running head, who counts its captions.

What is printed there is decided by `blocks`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from masterplan.editions.figures import Figure, figures_of
from masterplan.editions.numbering import Numbering, roman, section_anchor
from masterplan.editions.outline import OutlineNode, is_annex
from masterplan.editions.schema import FrozenPicture
from smartcity.press.parts import Heading

# A dimension's code ends the keys of its own places, so that they bear its colour.
_OF_DIMENSION = ("visi.sasaran-", "strategi.", "rencana-aksi.tabel-")


@dataclass(frozen=True)
class Place:
    """One place of the outline, numbered. `captions` is shared by all places of a chapter; `children` in order.

    `order` counts it among those below the same place, from 1. `pictures` are those of its text; once they have their
    numbers they are `figures`.
    """

    key: str
    heading: Heading
    body: str
    lead: str
    wants_text: bool
    running: str
    captions: Numbering
    order: int = 1
    pictures: tuple[FrozenPicture, ...] = ()
    figures: tuple[Figure, ...] = ()
    children: "tuple[Place, ...]" = ()

    @property
    def is_annex(self) -> bool:
        """Whether it stands behind the chapters."""
        return is_annex(self.key)

    @property
    def opens(self) -> bool:
        """Whether it is a chapter with a page of its own that opens it, which has a lead instead of a text."""
        return self.heading.level == 1 and bool(self.heading.number) and not self.is_annex

    def with_figures(self, *, deep: bool) -> "Place":
        """This place with its pictures numbered next in its chapter; `deep`: those of the places below it as well.

        To be called once, in the order in which places are printed, before anything else in them is numbered.
        """
        figures = figures_of(self.body, self.pictures, self.captions)
        children = tuple(child.with_figures(deep=True) for child in self.children) if deep else self.children
        return replace(self, figures=figures, children=children)

    def everywhere(self) -> "Iterator[Place]":
        """This place and all below it."""
        yield self
        for child in self.children:
            yield from child.everywhere()


def number_places(nodes: Sequence[OutlineNode], codes: Sequence[str], *, numbered: bool) -> tuple[Place, ...]:
    """Places of the chapters and annexes of a book. `codes` are those of the dimensions.

    Chapters count in Roman capitals, what is in them by their Arabic number, annexes for themselves. In a book that is
    not `numbered` tables and figures count through.
    """
    places, chapters, annexes, throughout = [], 0, 0, Numbering("")
    for node in nodes:
        if not numbered:
            places.append(_place(node, "", throughout, node.title, codes, 1, ""))
        elif is_annex(node.key):
            annexes += 1
            number = f"Lampiran {annexes}"
            places.append(_place(node, number, Numbering(f"L{annexes}"), f"{number} {node.title}", codes, 1, ""))
        else:
            chapters += 1
            number = f"BAB {roman(chapters)}"
            running = f"{number} {node.title}"
            places.append(_place(node, number, Numbering(str(chapters)), running, codes, 1, str(chapters)))
    return tuple(places)


def _place(
    node: OutlineNode, number: str, captions: Numbering, running: str, codes: Sequence[str], level: int, prefix: str
) -> Place:
    numbers = [f"{prefix}.{order}" if prefix else "" for order in range(1, len(node.children) + 1)]
    children = tuple(
        replace(_place(child, own, captions, running, codes, min(level + 1, 3), own), order=order)
        for order, (child, own) in enumerate(zip(node.children, numbers, strict=True), 1)
    )
    return Place(
        key=node.key,
        heading=Heading(level, section_anchor(node.key), number, node.title, _dimension(node.key, codes)),
        body=node.body,
        lead=node.lead,
        wants_text=node.wants_text,
        running=running,
        captions=captions,
        pictures=node.pictures,
        children=children,
    )


def _dimension(key: str, codes: Sequence[str]) -> str:
    return next((code for code in codes for prefix in _OF_DIMENSION if key == f"{prefix}{code.lower()}"), "")
