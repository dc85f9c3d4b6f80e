"""The one source of the form's sections, and views on it that are always in step: by section, by key, by place.

The entries are written in `sections`; reading an initiative by them is `reading`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from .field import Field, FormSection
from .sections import ENTRIES

V = TypeVar("V")


class Catalogue:
    """The sections of the form. Everything that shows, reads or checks an answer looks here each time."""

    def __init__(self, entries: tuple[FormSection, ...]) -> None:
        self.entries = entries

    @property
    def entries(self) -> tuple[FormSection, ...]:
        """The sections in the order of the form."""
        return self._entries

    @entries.setter
    def entries(self, entries: tuple[FormSection, ...]) -> None:
        self._entries = entries
        self.fields = {field.key: field for section in entries for field in section.fields}
        self.sections = {section.key: section for section in entries}
        self.section_of = {field.key: section for section in entries for field in section.fields}


CATALOGUE = Catalogue(ENTRIES)


class _Sections(Sequence[FormSection]):
    """The sections as a sequence."""

    @overload
    def __getitem__(self, place: int) -> FormSection: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[FormSection, ...]: ...
    def __getitem__(self, place: int | slice) -> FormSection | tuple[FormSection, ...]:
        return CATALOGUE.entries[place]

    def __len__(self) -> int:
        return len(CATALOGUE.entries)


class _View(Mapping[str, V]):
    """One of the catalogue's dictionaries, whichever it holds now."""

    def __init__(self, current: Callable[[], dict[str, V]]) -> None:
        self._current = current

    def __getitem__(self, key: str) -> V:
        return self._current()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __len__(self) -> int:
        return len(self._current())


SECTIONS: Sequence[FormSection] = _Sections()
FIELDS: Mapping[str, Field] = _View(lambda: CATALOGUE.fields)
SECTION_BY_KEY: Mapping[str, FormSection] = _View(lambda: CATALOGUE.sections)
SECTION_OF_FIELD: Mapping[str, FormSection] = _View(lambda: CATALOGUE.section_of)
