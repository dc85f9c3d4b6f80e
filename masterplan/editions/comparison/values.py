"""What is different in one value of two rows, in words, figures or names. The marks are those of `schema.compared`."""

from collections.abc import Iterator, Mapping
from typing import Any

from masterplan.editions.comparison.differences import (
    ChangedRow,
    ChangeKind,
    NumberChange,
    amounts,
    measure,
    money,
    stepped,
    targets,
    texts,
)
from masterplan.editions.comparison.editions import Editions
from masterplan.editions.schema import Row
from masterplan.editions.schema.compared import As, Money, Names, Number, RichText, ScaleStep
from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import RichBlock, plain

Rows = tuple[ChangedRow, ...]

_ONLY_MARKS = "Hanya bentuk tulisannya yang berubah: cetak tebal, daftar, tabel, atau tautan."


def differences(mark: Any, key: str, old: Row, new: Row, editions: Editions) -> Rows:
    """What is different in the value `key` of two rows; `mark` is that of the schema, or None for one without."""
    before, after = old.get(key), new.get(key)
    match mark:
        case RichText():
            return _rich_text(before or "", after or "")
        case As(written=written):
            return _replaced(*(written(value) if value else "" for value in (before, after)))
        case Names(kind=kind):
            return _named(kind, before, after, editions)
        case Number(unit=unit):
            return _figures(measure(_words(key, old), _words(key, new), unit=unit or _unit(old, new)))
        case ScaleStep():
            return _figures(stepped(_words(key, old), _words(key, new), editions.scale))
        case Money():
            return _figures(money(before, after))
    if isinstance(before or after, Mapping):
        return _by_year(before or {}, after or {}, unit=_unit(old, new))
    is_choice = any(f"{key}_label" in row for row in (old, new))
    return (_replaced if is_choice else _words_changed)(_words(key, old), _words(key, new))


def _rich_text(before: str, after: str) -> Rows:
    """A text with light marks as it is read; where only its marks are others, that much is said."""
    words = _words_changed(_read(before), _read(after))
    return words or ((ChangedRow(_ONLY_MARKS, ChangeKind.CHANGED),) if before != after else ())


def _named(kind: str, before: Any, after: Any, editions: Editions) -> Rows:
    """One id, replaced by another; of several, which came in and which left. A mapping has its names itself."""
    if isinstance(before or after, str):
        values = zip(editions.names, (before or "", after or ""), strict=True)
        return _replaced(*(names[kind].get(value, value) for names, value in values))
    old, new = (
        value if isinstance(value, Mapping) else {each: names[kind].get(each, each) for each in value or ()}
        for names, value in zip(editions.names, (before, after), strict=True)
    )
    return (
        *(ChangedRow(name, ChangeKind.ADDED) for key, name in new.items() if key not in old),
        *(ChangedRow(name, ChangeKind.REMOVED) for key, name in old.items() if key not in new),
    )


def _by_year(before: Mapping[str, Any], after: Mapping[str, Any], unit: str) -> Rows:
    """Rupiah by year, or targets in the unit of their row."""
    is_money = any(isinstance(value, int) for value in (*before.values(), *after.values()))
    return _figures(*(amounts(before, after) if is_money else targets(before, after, unit=unit)))


def _unit(old: Row, new: Row) -> str:
    """The unit that both rows count in; a difference of two units has none."""
    units = {row["unit"] for row in (old, new) if row.get("unit")}
    return units.pop() if len(units) == 1 else ""


def _words(key: str, row: Row) -> str:
    """A value as people read it."""
    value = row.get(f"{key}_label", row.get(key))
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _words_changed(before: str, after: str) -> Rows:
    words = texts([("", before, after)])
    return (ChangedRow("", ChangeKind.CHANGED, words),) if words else ()


def _replaced(before: str, after: str) -> Rows:
    """One instead of the other; where there is but one, it came or went."""
    if before and after and before != after:
        return _figures(NumberChange("", before, after, "-"))
    return _words_changed(before, after)


def _figures(*figures: NumberChange) -> Rows:
    return (ChangedRow("", ChangeKind.CHANGED, figures=figures),) if figures else ()


def _read(text: str) -> str:
    """A text without its marks, lists and tables as they would be typed."""
    return "\n\n".join("\n".join(_lines(block)) for block in document(text))


def _lines(block: RichBlock) -> Iterator[str]:
    if block.kind == "table":
        yield from (" | ".join(map(plain, row)) for row in block.rows)
        return
    for place, line in enumerate(block.lines):
        sign = {"bullets": "\u2022 ", "numbers": f"{block.numbers[place] if block.numbers else place + 1}. "}
        yield sign.get(block.kind, "") + plain(line)
