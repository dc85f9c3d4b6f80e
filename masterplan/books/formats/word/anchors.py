"""Anchors of the book as bookmarks of Word, and links that lead to them or out into the web."""

import re
from collections.abc import Iterable
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from masterplan.books.formats.word.xml import make
from smartcity.press.parts import REFERENCE_PREFIX

# Word knows bookmarks by forty letters, digits and underlines, whatever their case.
_LONGEST = 40
_OUTSIDE = ("https://", "mailto:")


class Anchors:
    """The anchors that are in this file. A link to any other is only its words. `seal` begins each mark of a page."""

    def __init__(self, document_part: Any, anchors: Iterable[str], seal: str) -> None:
        self._part, self.seal = document_part, seal
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        taken: set[str] = set()
        for anchor in anchors:
            if anchor not in self._names:
                name = _name(anchor)
                if name.lower() in taken:
                    number = str(len(taken))
                    name = f"{name[: _LONGEST - len(number) - 1]}_{number}"
                taken.add(name.lower())
                self._names[anchor] = name

    def name(self, anchor: str) -> str:
        """The bookmark's name, "" for an anchor that is not here."""
        return self._names.get(anchor, "")

    def bookmark(self, anchor: str) -> tuple[Any, Any]:
        """Start and end of the bookmark; (None, None) the second time, for a place is only one."""
        name = self._names.get(anchor)
        if name is None or anchor in self._numbers:
            return None, None
        number = self._numbers[anchor] = len(self._numbers) + 1
        return make("bookmarkStart", id=number, name=name), make("bookmarkEnd", id=number)

    def link(self, href: str) -> Any:
        """The element around a link's words; None for an address that a reader of this file cannot go to."""
        if href.startswith(REFERENCE_PREFIX):
            name = self._names.get(href.removeprefix(REFERENCE_PREFIX))
            return make("hyperlink", anchor=name, history=1) if name else None
        if not href.startswith(_OUTSIDE):
            return None
        link = make("hyperlink", history=1)
        link.set(qn("r:id"), self._part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link


def _name(anchor: str) -> str:
    plain = re.sub(r"\W", "_", anchor, flags=re.ASCII)
    return (plain if plain[:1].isalpha() else f"a_{plain}")[:_LONGEST]
