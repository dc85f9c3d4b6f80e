"""Digests of rows and seals: the same content has the same digest on either database.

Reads; whoever can only write to the database cannot make a seal's value, because it needs SECRET_KEY.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from smartcity.models import AuditSeal

SIZE = hashlib.sha256().digest_size
_SALT = "smartcity.audit.seal"
_AT_ONCE = 100
# What a row is worth that holds something no column of its kind can hold.
_UNREADABLE = hashlib.sha256(b"unreadable").digest()
# What reading it then raises.
ILLEGIBLE = (ValueError, TypeError, ArithmeticError, AttributeError)


def columns_of(model: type[Model]) -> list[str]:
    """What is sealed of a row: every column."""
    return [field.attname for field in model._meta.concrete_fields]


def digests(model: type[Model], columns: list[str], which: Q, limit: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Ids and digests of rows in the order of their ids, read in pieces."""
    rows = model._base_manager.filter(which).order_by("pk")[:limit]
    done = -1
    try:
        for pk, *values in rows.values_list("pk", *columns).iterator(chunk_size=_AT_ONCE):
            yield pk, _digest(columns, values)
            done = pk
    except ILLEGIBLE:
        for pk in rows.values_list("pk", flat=True).iterator():
            if pk > done:
                yield pk, _digest_of(model, columns, pk)


def _digest_of(model: type[Model], columns: list[str], pk: int) -> bytes:
    """Of one row, where some row among others could not be read."""
    try:
        return _digest(columns, model._base_manager.values_list(*columns).get(pk=pk))
    except ILLEGIBLE:
        return _UNREADABLE


def _digest(columns: Iterable[str], values: Iterable[Any]) -> bytes:
    return hashlib.sha256(_canonical(dict(zip(columns, values, strict=True)))).digest()


def value_of(seal: AuditSeal, key: str | None = None) -> str:
    """The value of a seal over its content and the value before it. `key`: SECRET_KEY unless an older one is given."""
    names = ("number", "table", "columns", "after_id", "last_id", "rows", "open_gaps", "made_at", "previous")
    content: dict[str, Any] = {name: getattr(seal, name) for name in names}
    content["digests"] = hashlib.sha256(seal.digests).hexdigest()
    return salted_hmac(_SALT, _canonical(content), secret=key, algorithm="sha256").hexdigest()


def holds(seal: AuditSeal) -> bool:
    """Whether a seal is as it was made, with today's key or one of those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(value_of(seal, key), seal.value) for key in keys)


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), default=_spelled).encode()


def _spelled(value: Any) -> str:
    """A moment by its place in time, whatever zone the database wrote it in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no canonical spelling")


# Ids ------------------------------------------------------------------------------------------------------------------


def runs_of(ids: Iterable[int]) -> list[list[int]]:
    """Ascending ids as first and last of each unbroken run."""
    runs: list[list[int]] = []
    for pk in ids:
        if runs and pk == runs[-1][1] + 1:
            runs[-1][1] = pk
        else:
            runs.append([pk, pk])
    return runs


def ids_of(runs: Iterable[list[int]]) -> Iterator[int]:
    """The ids again."""
    for first, last in runs:
        yield from range(first, last + 1)
