"""Rows of one type compared value by value, with the tables in them. What is compared is read from the snapshot schema.

A key that the schema does not have, such as one of a later release, is compared all the same, under its key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import NoneType
from typing import Annotated, Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

from masterplan.editions.comparison.differences import ChangedAnswer, ChangedRow, ChangeKind, change_of, matched
from masterplan.editions.comparison.editions import Editions
from masterplan.editions.comparison.values import differences
from masterplan.editions.schema import FrozenInitiative, Row
from masterplan.editions.schema.compared import NotCompared, Number, RichText, Rows
from masterplan.registry import FIELDS, Kind

_SINGLE = Rows(title=lambda row: "")
_OF_KIND = {Kind.RICH: RichText(), Kind.YEAR: Number("tahun")}


@dataclass(frozen=True)
class ComparedValue:
    """A value of a row as the schema declares it: its label, its mark, the type of the rows in it (None for others)."""

    label: str = ""
    mark: Any = None
    row_type: type | None = None
    is_list: bool = False


@dataclass(frozen=True)
class RowType:
    """Rows of one TypedDict `kind`, and how they are recognised and called. `apart` are keys compared elsewhere."""

    kind: type
    rows: Rows = _SINGLE
    apart: frozenset[str] = field(default_factory=frozenset)

    def title(self, row: Row) -> str:
        """What a row is called."""
        return _written(self.rows.title, row)

    def pairs(self, before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
        """Rows that belong together."""
        keys, alike = self.rows.key.split(), self.rows.alike
        name = (lambda row: _written(alike, row)) if alike else None
        return matched(before, after, key=lambda row: tuple(row[key] for key in keys), name=name)

    def answers(self, was: Row | None, now: Row | None, editions: Editions) -> tuple[ChangedAnswer, ...]:
        """What is different in a row, in the order of the schema, then by key what the schema does not have."""
        old, new, values = was or {}, now or {}, compared_values(self.kind)
        left_out = self.apart | (set() if old and new else {*self.rows.titled.split()})
        found = []
        for key in (*values, *(key for key in {**old, **new} if key not in values)):
            value = values.get(key, ComparedValue())
            same = old.get(key) == new.get(key)
            if same or key in left_out or isinstance(value.mark, NotCompared) or _is_label(key, old, new):
                continue
            if rows := _differences(value, key, old, new, editions):
                found.append(ChangedAnswer(key, value.label or key, rows))
        return tuple(found)

    def changed_row(self, was: Row | None, now: Row | None, editions: Editions) -> ChangedRow:
        """What is different in a row of a table, its answers side by side."""
        parts = [(answer.label, row) for answer in self.answers(was, now, editions) for row in answer.rows]
        return ChangedRow(
            self.title(now or was or {}),
            change_of(was, now),
            tuple(replace(text, label=text.label or label) for label, row in parts for text in row.texts),
            tuple(replace(figure, label=figure.label or label) for label, row in parts for figure in row.figures),
        )

    def changed_rows(self, before: Sequence[Row], after: Sequence[Row], editions: Editions) -> tuple[ChangedRow, ...]:
        """The rows of a table that are different."""
        pairs = self.pairs(before, after)
        rows = (self.changed_row(was, now, editions) for was, now in pairs if was != now)
        return tuple(row for row in rows if row.texts or row.figures or row.change is not ChangeKind.CHANGED)


@cache
def compared_values(kind: type) -> dict[str, ComparedValue]:
    """The values of the rows of a TypedDict by key. Those of an initiative begin with the fields of the registry."""
    found = {key: _value(hint) for key, hint in get_type_hints(kind, include_extras=True).items()}
    if kind is not FrozenInitiative:
        return found
    answers: dict[str, ComparedValue] = {}
    for key, asked in FIELDS.items():
        own = found.get(key, ComparedValue())
        mark = NotCompared(asked.not_compared) if asked.not_compared else own.mark or _OF_KIND.get(asked.kind)
        answers[key] = replace(own, label=asked.label, mark=mark)
    return answers | {key: value for key, value in found.items() if key not in answers}


def row_type_at(root: type, path: str) -> RowType:
    """The rows at a path of keys in a TypedDict, such as `regency.facts`."""
    kind, mark = root, None
    for key in path.split("."):
        value = compared_values(kind)[key]
        if value.row_type is None:
            raise KeyError(f"No rows at {path} in {root.__name__}.")
        kind, mark = value.row_type, value.mark
    return RowType(kind, mark or _SINGLE)


def _value(hint: Any) -> ComparedValue:
    marks: tuple[Any, ...] = ()
    while get_origin(hint) in (NotRequired, Annotated):
        hint, *more = get_args(hint)
        marks += tuple(more)
    label = next((mark for mark in marks if isinstance(mark, str)), "")
    kinds = [each for each in get_args(hint) if each is not NoneType] or [hint]
    row_type = kinds[0] if len(kinds) == 1 and is_typeddict(kinds[0]) else None
    mark = next((mark for mark in marks if not isinstance(mark, str)), None)
    return ComparedValue(label, mark, row_type, is_list=get_origin(hint) is list)


def _differences(value: ComparedValue, key: str, old: Row, new: Row, editions: Editions) -> tuple[ChangedRow, ...]:
    if value.row_type is None:
        return differences(value.mark, key, old, new, editions)
    kind = RowType(value.row_type, value.mark or _SINGLE)
    if value.is_list:
        return kind.changed_rows(old.get(key) or (), new.get(key) or (), editions)
    return _record(kind, old.get(key), new.get(key), editions)


def _record(kind: RowType, was: Row | None, now: Row | None, editions: Editions) -> tuple[ChangedRow, ...]:
    """A row that is a value of another one: its own values as one row, then the rows of the tables in it.

    Of one that was added or removed as a whole only its own values are told.
    """
    tables = {key for key, value in compared_values(kind.kind).items() if value.is_list and value.row_type}
    own = replace(kind, apart=frozenset(tables)).changed_row(was, now, editions)
    if own.change is not ChangeKind.CHANGED:
        return (own,)
    answers = kind.answers(was, now, editions)
    rows = tuple(row for answer in answers if answer.key in tables for row in answer.rows)
    return (own, *rows) if own.texts or own.figures else rows


def _written(form: Any, row: Row) -> str:
    return str(form(row) if callable(form) else form.format_map(row))


def _is_label(key: str, *rows: Row) -> bool:
    """Whether this only says another value in words."""
    return key.endswith("_label") and any(key.removesuffix("_label") in row for row in rows)
