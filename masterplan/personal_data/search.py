"""Where somebody's name or address is still written: all columns of text of all tables, by name."""

import json
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, FileField, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

TEXTS = (CharField, TextField, JSONField, FileField)


def text_columns() -> Iterator["tuple[type[Model], Field[Any, Any]]"]:
    """Every column of every table that can hold words, those of libraries too; choices hold only ours."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXTS) and not field.choices:
                yield model, field


def spellings(words: Iterable[str]) -> list[str]:
    """`words`, and how JSON writes those with letters beyond ASCII."""
    return list(dict.fromkeys(spelt for word in words for spelt in (word, json.dumps(word)[1:-1])))


def contains_any(column: str, words: Iterable[str]) -> Q:
    """Rows in whose `column` one of `words` stands, in any case."""
    return reduce(or_, (Q(**{f"{column}__icontains": word}) for word in words), Q(pk__in=[]))


def where_written(words: Iterable[str]) -> dict[str, int]:
    """Column -> in how many rows one of `words` stands in it, in any case."""
    words = spellings(words)
    found: dict[str, int] = {}
    for model, field in text_columns():
        rows, column = model._base_manager.all(), field.name
        if isinstance(field, JSONField):
            rows, column = rows.annotate(as_text=Cast(field.name, TextField())), "as_text"
        if count := rows.filter(contains_any(column, words)).count():
            found[f"{model._meta.label}.{field.name}"] = count
    return found
