"""What an entry of the registry is: a field, its kind, a section of the form. The entries live in `sections`.

Knows no tables, so that the books, which are made of snapshots alone, may ask here too.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from masterplan.reference import TEXT_LIMIT, Phase

Content = dict[str, Any]


class Kind(StrEnum):
    """How a field is entered, compared and shown."""

    LINE = "line"
    TEXT = "text"
    RICH = "rich"
    CHOICE = "choice"
    YEAR = "year"
    YES_NO = "yes_no"
    SUB_DIMENSION = "sub_dimension"
    AGENCY = "agency"
    AGENCIES = "agencies"
    DISTRICTS = "districts"
    PARTNERS = "partners"
    ACTIVITIES = "activities"
    INDICATORS = "indicators"
    BUDGETS = "budgets"
    LINKS = "links"
    WORKSHEET = "worksheet"
    EVIDENCE = "evidence"


# Kinds that are text in a column of the initiative.
TEXTS = frozenset({Kind.LINE, Kind.TEXT, Kind.RICH})
# Kinds that need nothing but a column of the initiative: a new field of these is an entry, a column and a migration.
# Each other kind is read, written and printed by code of its own and is in the registry once.
SIMPLE = TEXTS | {Kind.CHOICE, Kind.YEAR, Kind.YES_NO}

# Answers that are stored by actions of their own, not by `initiatives.actions.initiatives.save`.
STORED_APART = frozenset({Kind.LINKS, Kind.EVIDENCE})


class SheetGroup(StrEnum):
    """Where an answer stands on the sheet of its initiative in Buku 2.

    In OWN it has a place that the sheet lays out by hand: heading, facts, summary, or a table. In each of the other
    groups stand answers of the `SIMPLE` kinds one after the other, each under its title, where they are filled in.
    """

    OWN = "own"
    PURPOSE = "purpose"
    BENEFITS = "benefits"
    MONEY = "money"
    RISK = "risk"


@dataclass(frozen=True)
class Column:
    """One column of a table, or one aspect of the worksheet, in words for who fills it in for the first time."""

    key: str
    label: str
    help: str
    example: str


@dataclass(frozen=True)
class Field:
    """One question of the form. `key` is its name in form, workbook, snapshot, history and API alike.

    What is asked: `limit` counts the stored text, the marks of a rich one included. `weight` is its share in
    completeness; `required` means: before sending; `always_needed`: from the start, so that it is never empty;
    `phase` is the workshop by which it is due; `columns` say what belongs in each column of a table.

    What becomes of the answer: `printed_in` is the group of the sheet, or `not_printed` the reason why no book prints
    it. `printed_as` is its title there where that is not the label; `print_rank` sorts a group, those of one rank stand
    in the order of the form. A `listed` answer is also shown outside its sheet. `not_compared` is the reason why the
    comparison of two editions passes it over. `personal`: whether its text may speak of people; every text says so.
    """

    key: str
    label: str
    help: str
    example: str = ""
    kind: Kind = Kind.TEXT
    required: bool = True
    limit: int = TEXT_LIMIT
    weight: int = 1
    phase: Phase = Phase.FORMS
    choices: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    columns: tuple[Column, ...] = ()
    always_needed: bool = False
    printed_in: SheetGroup | None = None
    printed_as: str = ""
    print_rank: int = 0
    not_printed: str = ""
    listed: bool = False
    not_compared: str = ""
    personal: bool | None = None

    @property
    def sentence(self) -> str:
        """What to say when the field is still empty."""
        return self.missing or f"{self.label} masih kosong: tuliskan satu atau dua kalimat."

    @property
    def title(self) -> str:
        """What it is called on the sheet."""
        return self.printed_as or self.label

    @property
    def empty(self) -> Any:
        """The plain value of an answer that nobody gave."""
        if self.kind in TEXTS or self.kind is Kind.CHOICE:
            return ""
        if self.kind is Kind.YES_NO:
            return False
        return None if self.kind in _NONE_WHEN_EMPTY else []


_NONE_WHEN_EMPTY = frozenset({Kind.YEAR, Kind.SUB_DIMENSION, Kind.AGENCY, Kind.WORKSHEET})


@dataclass(frozen=True)
class FormSection:
    """A short page of the form."""

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...]

    def only(self, keys: Collection[str]) -> "FormSection":
        """The same page with some of its questions."""
        return replace(self, fields=tuple(field for field in self.fields if field.key in keys))

    @property
    def is_optional(self) -> bool:
        """Whether nothing here is needed for sending: such a page is offered, and counted nowhere."""
        return not any(field.required for field in self.fields)
