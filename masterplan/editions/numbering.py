"""Numbers and anchors of chapters, sections, tables and figures. Which ones a book has is decided in `blueprint`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from smartcity.press.parts import Caption

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """A positive number below 40 in Roman capitals."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def anchor(*words: str) -> str:
    """An id from words: `anchor("bagian", "visi.visi-misi")` is `bagian-visi-visi-misi`."""
    plain = "-".join(words).lower()
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in plain)


def section_anchor(key: str) -> str:
    """Where a place of the outline begins."""
    return anchor("bagian", key)


@dataclass
class Numbering:
    """Counts the tables and figures of one chapter, annex or initiative (`prefix` 4, L1, BR-07), or of a book ("")."""

    prefix: str
    tables: int = 0
    figures: int = 0
    captions: list[Caption] = field(default_factory=list)

    def table(self, title: str, name: str = "") -> Caption:
        """The caption of the next table; with a `name` others can refer to it without knowing its number."""
        self.tables += 1
        place = anchor("tabel", name) if name else anchor("tabel", self.prefix, str(self.tables))
        return self._caption(Caption("table", place, self._label("Tabel", self.tables), title))

    def figure(self, title: str, name: str = "") -> Caption:
        """The caption of the next figure; `name` as of a table."""
        self.figures += 1
        place = anchor("gambar", name) if name else anchor("gambar", self.prefix, str(self.figures))
        return self._caption(Caption("figure", place, self._label("Gambar", self.figures), title))

    def taken(self) -> tuple[Caption, ...]:
        """The captions counted since the last call: those of one part."""
        captions, self.captions = tuple(self.captions), []
        return captions

    def _label(self, word: str, number: int) -> str:
        return f"{word} {self.prefix}.{number}" if self.prefix else f"{word} {number}"

    def _caption(self, caption: Caption) -> Caption:
        self.captions.append(caption)
        return caption


def year_groups(years: Iterable[int], size: int = 6) -> list[list[int]]:
    """Years in rows of at most `size`, so that a long plan continues in a second table instead of being squeezed."""
    ordered = sorted(set(years))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)] or [[]]


def span(first: int | None, last: int | None) -> str:
    """`2022–2026`, `2022` or `-`."""
    if first is None and last is None:
        return "-"
    if first == last or last is None or first is None:
        return str(first if first is not None else last)
    return f"{first}\u2013{last}"
