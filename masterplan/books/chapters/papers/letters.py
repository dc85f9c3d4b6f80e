"""Letters under the regency's letterhead, one part each: what they say is handed in, here it is set."""

from collections.abc import Iterator, Mapping
from typing import Any

from masterplan.books.chapters.annexes.signing import letterhead_of
from smartcity.press.parts import Heading, Part


def letter_parts(content: Mapping[str, Any], book: str = "") -> tuple[Part, ...]:
    """A part for each of the snapshot's letters, in their order."""
    return tuple(_part(content, letter) for letter in content["letters"])


def _part(content: Mapping[str, Any], letter: Mapping[str, Any]) -> Part:
    heading = Heading(1, letter["id"], "", letter["recipient"])
    context = {"letterhead": letterhead_of(content["regency"]), "letter": letter, "heading": heading}
    return Part(letter["id"], "print/letter.html", context, page="letter", headings=(heading,))


def letter_texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(path, text) of everything that must stand in print."""
    for letter in content["letters"]:
        for key, value in letter.items():
            if key == "id":
                continue
            lines = [value] if isinstance(value, str) else value
            yield from ((f"letters[{letter['id']}].{key}", line) for line in lines if line)
