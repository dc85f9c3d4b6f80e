"""What an entry of the registry is: a field, its kind, a section of the form. The entries live in `sections`."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from masterplan.models import TEXT_LIMIT
from masterplan.reference import Phase

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


# Answers that are stored by actions of their own, not by `actions.initiatives.save`.
STORED_APART = frozenset({Kind.LINKS, Kind.EVIDENCE})


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

    `limit` counts the stored text, the marks of a rich one included. `weight` is its share in completeness; `required`
    means: before sending; `phase` is the workshop by which it is due; `columns` say what belongs in each column of a
    table.
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

    @property
    def sentence(self) -> str:
        """What to say when the field is still empty."""
        return self.missing or f"{self.label} masih kosong: tuliskan satu atau dua kalimat."


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
