"""What the portal knows about a person, as plain data in the order of the inventory, with words for tables and columns.

Of secrets and of texts by other people it says only that they are stored.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone

from agencies.models import Regency, User

from . import acts
from .inventory import ELSEWHERE, PERSON_TABLES, PersonTable
from .person import DataSubject, kept_about
from .search import where_written

STORED = "tersimpan"


def export(person: DataSubject) -> dict[str, Any]:
    """Everything, ready for JSON."""
    return {
        "dibuat": _plain(timezone.now()),
        "alamat": list(person.addresses),
        "yang disimpan": [
            {
                "tabel": table_label(about.table),
                "untuk apa": about.purpose,
                "berapa lama": about.kept_until,
                "bila dihapus": about.effect.value,
                "baris": [_row(row, about) for row in rows.iterator()],
            }
            for about, rows in kept_about(person)
        ],
        "yang dilakukan": {
            "untuk apa": acts.PURPOSE,
            "bila dihapus": acts.ON_ERASURE,
            "baris": list(acts_of(person.account)) if person.account else [],
        },
        "nama atau alamat tertulis dalam": [
            {"tempat": place_label(place), "banyaknya": count} for place, count in where_written(person.words).items()
        ],
        "di luar tabel": ELSEWHERE,
    }


def acts_of(account: User) -> Iterator[dict[str, Any]]:
    """What the account did: what, when, where, and the words that were part of it."""
    regencies = _Regencies()
    for act in acts.ACTS:
        model = apps.get_model(act.table)
        for row in model._base_manager.filter(**{act.field: account}).order_by("pk").iterator():
            words = {_label(model, name): getattr(row, name) for name in act.words if getattr(row, name)}
            yield {
                "apa": act.description,
                "kapan": _plain(getattr(row, act.at)) if act.at else "",
                "wilayah": regencies.of(row),
                "tabel": table_label(act.table),
                "nomor": row.pk,
                **({"tulisan sendiri": words} if words else {}),
            }


def table_label(table: str) -> str:
    """`undangan (agencies.Invitation)`: as the inventory calls it, or as the table says."""
    return f"{_word(table)} ({table})"


def place_label(place: str) -> str:
    """The same for a column: `isi, tanggapan (masterplan.Comment.body)`."""
    table, _, column = place.rpartition(".")
    model = apps.get_model(table)
    return f"{_label(model, column)}, {_word(table)} ({place})"


def _word(table: str) -> str:
    known = next((about.label for about in PERSON_TABLES if about.table == table), None)
    return known or str(apps.get_model(table)._meta.verbose_name)


def _label(model: type[Model], column: str) -> str:
    return str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


def _row(row: Model, about: PersonTable) -> dict[str, Any]:
    row_words = {
        word: (STORED if getattr(row, column) else "") if column in about.undisclosed else _value(row, column)
        for column, word in about.column_words.items()
    }
    if isinstance(row, Session):
        content = row.get_decoded()
        for key, word in (("begun_at", "mulai"), ("seen_at", "terakhir dipakai")):
            moment = content.get(key)
            row_words[word] = _plain(
                datetime.fromtimestamp(moment, tz=timezone.get_current_timezone()) if moment else None
            )
    return row_words


def _value(row: Model, column: str) -> Any:
    field: Field[Any, Any] = row._meta.get_field(column)  # type: ignore[assignment]
    value = getattr(row, column)
    if isinstance(value, User):
        return f"akun {value.pk}"
    if isinstance(field, ForeignKey):
        return str(value) if value else ""
    return _plain(getattr(row, f"get_{column}_display")() if field.choices else value)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


class _Regencies:
    """Which regency a row belongs to, found by its foreign keys; each row on the way is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Any], str] = {}

    def of(self, row: Model) -> str:
        """Its full name, "" where it belongs to none."""
        key = (row._meta.label, row.pk)
        if key not in self._known:
            self._known[key] = ""  # a way that leads back here leads nowhere
            self._known[key] = row.full_name if isinstance(row, Regency) else self._through(row)
        return self._known[key]

    def _through(self, row: Model) -> str:
        for field in row._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is not User and getattr(row, field.attname):
                known = self._known.get((field.related_model._meta.label, getattr(row, field.attname)))
                if found := known or self.of(getattr(row, field.name)):
                    return found
        return ""
