"""Marks in the types of a snapshot that say how two editions are compared. `editions.comparison` is the only reader.

A value that is compared has a label: `name: Annotated[str, "Nama"]`. How it is compared follows from its type (words,
yes or no, yearly targets, yearly money, rows of a table) unless a mark beside the label says otherwise. A value that is
not compared gives the reason: `id: Annotated[str, NotCompared("…")]`. Labels of an initiative's answers are those of
the registry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# A row of a snapshot whose keys are not known at this place.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class NotCompared:
    """The value is left out of the comparison, for this reason."""

    reason: str


@dataclass(frozen=True)
class Rows:
    """How a row of a list is recognised in the other edition, and what it is called.

    `key` names the values that identify it, separated by spaces; there is only one row where it is "". `title` is a
    format string over the row, or a function of it; `titled` names the values that the title tells, which are not
    repeated for a row that was added or removed. With `alike`, a format string, a row that has no counterpart by its
    key is matched with the most similar one that is left.
    """

    key: str = ""
    title: str | Callable[[Row], str] = "{name}"
    titled: str = "name"
    alike: str = ""


@dataclass(frozen=True)
class Number:
    """A whole number, or a text that may be one, with its difference in `unit`, or else in the unit of its row."""

    unit: str = ""


@dataclass(frozen=True)
class Names:
    """One id, or several, of things of this `kind`, by their names in each edition."""

    kind: str


@dataclass(frozen=True)
class As:
    """The value as this function writes it, replaced as a whole."""

    written: Callable[[Any], str]


@dataclass(frozen=True)
class Money:
    """Whole rupiah with their difference."""


@dataclass(frozen=True)
class RichText:
    """Text with light marks, compared as it is read."""


@dataclass(frozen=True)
class ScaleStep:
    """A word of the readiness scale, with the steps between two of them."""


def by_label(choices: Any) -> As:
    """A choice by its label, for values that have none beside them."""
    labels = dict(choices.choices)
    return As(lambda value: str(labels.get(value, value)))
