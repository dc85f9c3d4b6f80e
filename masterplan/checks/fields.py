"""What `check` says about the registry of an initiative's fields: an entry that has no place somewhere is refused.

The recipe for a field stands in `masterplan.registry`; each sentence here names the part of it that is missing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from masterplan.books.chapters.plan.sheet import LAID_OUT
from masterplan.models import Initiative
from masterplan.registry import CATALOGUE, SIMPLE, TEXTS, Field, FormSection, Kind, SheetGroup
from masterplan.registry.reading import READERS

_COLUMNS: dict[Kind, tuple["type[models.Field[Any, Any]]", ...]] = {
    **dict.fromkeys(TEXTS, (models.CharField, models.TextField)),
    Kind.CHOICE: (models.CharField,),
    Kind.YEAR: (models.IntegerField,),
    Kind.YES_NO: (models.BooleanField,),
}


@register()
def registry_is_whole(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every field of the registry has a column, words, a place in the book and what else it needs."""
    return errors_in(CATALOGUE.entries)


def errors_in(sections: Sequence[FormSection]) -> list[CheckMessage]:
    """The errors of these entries; each sentence begins with the key of the field."""
    fields = [field for section in sections for field in section.fields]
    found: list[CheckMessage] = [
        Error(f"{field.key}: {sentence}", hint="The recipe is in masterplan/registry/__init__.py.", id=code)
        for field in fields
        for code, check in _CHECKS.items()
        for sentence in check(field)
    ]
    for key, count in Counter(field.key for field in fields).items():
        if count > 1:
            found.append(Error(f"{key}: {count} entries have this key.", id="masterplan.E007"))
    for kind, count in Counter(field.kind for field in fields if field.kind not in SIMPLE).items():
        if count > 1:
            found.append(
                Error(f"{kind}: {count} entries are of this kind, which is stored once.", id="masterplan.E008")
            )
    return found


def _stored(field: Field) -> Iterator[str]:
    """An answer of a simple kind has a column that takes it, any other a reader of its table."""
    if field.kind not in SIMPLE:
        if field.kind not in READERS:
            yield f"nothing in registry/reading.py reads the kind {field.kind}."
        return
    try:
        column = Initiative._meta.get_field(field.key)
    except FieldDoesNotExist:
        yield "the model Initiative has no column of this name."
        return
    if not isinstance(column, _COLUMNS[field.kind]):
        yield f"the column is a {type(column).__name__}, which holds no answer of the kind {field.kind}."
        return
    if field.kind in TEXTS and column.max_length != field.limit:
        yield f"the form takes {field.limit} characters, the column {column.max_length}."
    if not field.always_needed and column.get_default() != field.empty:
        yield f"without an answer the column holds “{column.get_default()}” instead of “{field.empty}”."
    if not field.always_needed and not column.blank and field.kind is not Kind.YES_NO:
        yield "the column may not be blank, but a draft may be."


def _printed(field: Field) -> Iterator[str]:
    """An answer is printed somewhere, or the registry gives a reason."""
    if (field.printed_in is None) == (not field.not_printed):
        yield "give either printed_in, its group on the sheet, or not_printed, the reason why no book prints it."
    if field.printed_in is not None and field.printed_in not in set(SheetGroup):
        yield f"the sheet has no group {field.printed_in!r}."


def _laid_out(field: Field) -> Iterator[str]:
    """SheetGroup.OWN is for the answers that the sheet lays out by hand, the other groups for all others."""
    own = field.printed_in is SheetGroup.OWN
    if own and field.key not in LAID_OUT:
        yield "SheetGroup.OWN, but books/chapters/plan/sheet.py lays out no place for it; choose another group."
    if field.key in LAID_OUT and not own:
        yield "books/chapters/plan/sheet.py lays out a place for it, so printed_in is SheetGroup.OWN."
    if field.kind not in SIMPLE and field.printed_in in set(SheetGroup) - {SheetGroup.OWN}:
        yield f"an answer of the kind {field.kind} does not print by itself in the group {field.printed_in}."


def _choices(field: Field) -> Iterator[str]:
    """A choice has options, all with labels, the same as its column."""
    if (field.kind is Kind.CHOICE) != bool(field.choices):
        yield "choices belong to the kind CHOICE, and it needs some."
    if unlabelled := [value for value, label in field.choices if not label]:
        yield f"the choices {', '.join(map(str, unlabelled))} have no label."
    column = next((each for each in Initiative._meta.concrete_fields if each.name == field.key), None)
    if field.choices and column is not None and list(column.choices or ()) != list(field.choices):
        yield "the column offers other choices."


def _personal(field: Field) -> Iterator[str]:
    """A text, and nothing else, declares whether it may hold personal data."""
    if (field.kind in TEXTS) != (field.personal is not None):
        yield "personal says of a text, and of nothing else, whether it may speak of people."


def _labelled(field: Field) -> Iterator[str]:
    """Every field has a label and help; a reason is a sentence."""
    if not (field.label and field.help):
        yield "label and help are needed."
    for reason in (field.not_printed, field.not_compared):
        if reason and len(reason.split()) < 3:
            yield f"“{reason}” is no reason."


_CHECKS: dict[str, Callable[[Field], Iterator[str]]] = {
    "masterplan.E001": _stored,
    "masterplan.E002": _printed,
    "masterplan.E003": _laid_out,
    "masterplan.E004": _choices,
    "masterplan.E005": _personal,
    "masterplan.E006": _labelled,
}
