"""The vocabulary shared by everything that makes a book: parts, headings, captions and cross-references.

Pure data. How a part is chosen lives in `blueprint`, how it becomes HTML in `render`, and PDF in `fragments` and
`assemble`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

# A cross-reference is written as a link to this prefix plus an anchor id, also inside one part. The host cannot exist
# (RFC 2606), so a link that assembly forgot to turn into a destination is recognised and fails the book.
REFERENCE_PREFIX = "https://rujukan.invalid/"


@dataclass(frozen=True)
class Decree:
    """The decision that adopted an edition: known after its content was frozen, so it comes beside that."""

    number: str
    day: date


# A designed page is a text page whose head is art: its first page has no running head. A letter belongs to no book and
# carries nothing but itself.
PageKind = Literal["cover", "opener", "front", "text", "wide", "wide-a3", "designed", "letter"]


@dataclass(frozen=True)
class Heading:
    """One line of the table of contents; `level` 1 is a chapter, 2 a section, 3 an initiative."""

    level: int
    anchor: str
    number: str
    title: str
    dimension: str = ""


@dataclass(frozen=True)
class Caption:
    """One line of the list of tables or figures."""

    kind: Literal["table", "figure"]
    anchor: str
    label: str
    title: str


@dataclass(frozen=True)
class Flow:
    """A piece of text, tables and figures that shares its pages with its neighbours.

    `template` is included into a page; `context` is what it needs, `headings` and `captions` what it prints, `lines`
    how long its table is where that grows with the plan, `faults` what a person should mend in it.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    captions: tuple[Caption, ...] = ()
    lines: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A piece of a book that is rendered, cached and put in place on its own.

    `key` is unique within a book and stable between editions. `late` parts print page numbers of other parts and are
    rendered after them. `chapter` is the running head; `tab` the dimension code of the thumb tab; `white` leaves out
    filled grounds; `faults` say what a person should mend although it can be printed.
    """

    key: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    page: PageKind = "text"
    chapter: str = ""
    tab: str = ""
    late: bool = False
    white: bool = False
    headings: tuple[Heading, ...] = ()
    captions: tuple[Caption, ...] = ()
    faults: tuple[str, ...] = ()
