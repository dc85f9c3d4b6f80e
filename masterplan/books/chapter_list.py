"""The chapters of a book, found in its parts: each begins where a part carries a heading of the first level.

What stands before the first chapter (cover, imprint, contents) is no chapter. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from smartcity.press.errors import BookError
from smartcity.press.parts import Heading, Part

_BEFORE = ("cover", "front")
NO_CHAPTER = "Bab ini tidak ada dalam buku edisi ini. Pilih bab lain dari daftar."


@dataclass(frozen=True)
class Chapter:
    """A chapter or an annex with its parts."""

    heading: Heading
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """`BAB IV Rencana Aksi`."""
        return titled(self.heading)


def titled(heading: Heading) -> str:
    """A chapter as it is called: `BAB IV Rencana Aksi`."""
    return f"{heading.number} {heading.title}".strip()


def chapters_of(parts: Iterable[Part]) -> list[Chapter]:
    """All chapters in book order."""
    found: list[Chapter] = []
    for part in parts:
        if part.page in _BEFORE:
            continue
        first = next((heading for heading in part.headings if heading.level == 1), None)
        if first is not None:
            found.append(Chapter(first, (part,)))
        elif found:
            found[-1] = replace(found[-1], parts=(*found[-1].parts, part))
    return found


def chapter_of(parts: Iterable[Part], anchor: str) -> Chapter:
    """The chapter that begins at `anchor`. Raises BookError where the book has none."""
    found = next((chapter for chapter in chapters_of(parts) if chapter.heading.anchor == anchor), None)
    if found is None:
        raise BookError(NO_CHAPTER)
    return found
