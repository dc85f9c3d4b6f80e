"""The columns of written rows: how an answer is read as a plain value, validated, and written."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from smartcity.common.rich_text.limits import check_marks
from smartcity.common.text import clean_text

FOREIGN = "Pilihan ini tidak ada di wilayah Anda. Muat ulang halaman, lalu pilih lagi."
_EMPTY = "Isian ini tidak boleh kosong."


@dataclass(frozen=True)
class WrittenColumn:
    """One answer of a row.

    `clean` gives the value as it is stored, and raises ValidationError for a value that cannot be stored.
    """

    read: Callable[[Any], Any]
    clean: Callable[[Any, Any], Any]
    write: Callable[[Any, Any], None]


def attribute(name: str, clean: Callable[[Any, Any], Any]) -> WrittenColumn:
    """An answer that is an attribute of the row."""
    return WrittenColumn(lambda row: getattr(row, name), clean, lambda row, value: setattr(row, name, value))


def text(name: str, limit: int, *, needed: bool = False, line: bool = False, rich: bool = False) -> WrittenColumn:
    """A text of at most `limit` characters: `needed` not empty, `line` in one line, `rich` with light marks."""

    def clean(row: Any, value: Any) -> str:
        plain = clean_text(" ".join(str(value).split()) if line else str(value), limit)
        if needed and not plain:
            raise ValidationError(_EMPTY)
        if rich:
            check_marks(plain)
        return plain

    return attribute(name, clean)


def choice(name: str, allowed: Callable[[Any], Collection[str]], *, needed: bool = True) -> WrittenColumn:
    """One of the codes or words that `allowed` gives for a row; "" too where it is not needed.

    What a row already holds may stay, also when it is no longer on offer.
    """

    def clean(row: Any, value: Any) -> str:
        if value in allowed(row) or value == getattr(row, name) or (not needed and value == ""):
            return str(value)
        raise ValidationError(FOREIGN)

    return attribute(name, clean)


def reference(name: str, allowed: Callable[[Any], QuerySet[Any]], *, needed: bool = True) -> WrittenColumn:
    """The id of one row among those that `allowed` gives; None too where it is not needed."""

    def clean(row: Any, value: Any) -> int | None:
        if value is None and not needed:
            return None
        if value is None or not allowed(row).filter(pk=value).exists():
            raise ValidationError(FOREIGN)
        return int(value)

    return attribute(f"{name}_id", clean)


def references(name: str, allowed: Callable[[Any], QuerySet[Any]]) -> WrittenColumn:
    """The ids of several rows among those that `allowed` gives, in order."""

    def clean(row: Any, value: Any) -> list[int]:
        wanted = sorted({int(pk) for pk in value})
        if allowed(row).filter(pk__in=wanted).count() != len(wanted):
            raise ValidationError(FOREIGN)
        return wanted

    def read(row: Any) -> list[int]:
        return sorted(each.pk for each in getattr(row, name).all()) if row.pk else []

    return WrittenColumn(read, clean, lambda row, value: getattr(row, name).set(value))
