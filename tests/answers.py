"""Answers to the questions of the registry, so that a new one needs no words in any test. Knows no tables."""

from collections.abc import Collection, Iterable
from typing import Any

from masterplan.registry import SIMPLE, TEXTS, Field, Kind

TEXT = "Warga mengisi satu formulir dan memantau prosesnya dari rumah."
YEAR = 2022


def answer_to(field: Field) -> Any:
    """An answer to a question of a simple kind."""
    by_kind = {Kind.CHOICE: lambda: field.choices[0][0], Kind.YEAR: lambda: YEAR, Kind.YES_NO: lambda: True}
    return TEXT[: field.limit] if field.kind in TEXTS else by_kind[field.kind]()


def answers_to(fields: Iterable[Field]) -> dict[str, Any]:
    """Answers to those of these questions that are of a simple kind and that an initiative does not begin with."""
    return {field.key: answer_to(field) for field in fields if field.kind in SIMPLE and not field.always_needed}


def frozen_answers_to(fields: Collection[Field]) -> dict[str, Any]:
    """The same as a snapshot holds them, choices with their labels."""
    labels = {f"{field.key}_label": field.choices[0][1] for field in fields if field.kind is Kind.CHOICE}
    return answers_to(fields) | labels
