"""How one answer, and one row of a table, is compared between two editions: by words, by figures, by what it names.

Which questions a thing answers is told in `initiative_changes` and `subjects`; the smallest things are `differences`.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from masterplan.editions.comparison.differences import (
    Answer,
    ChangedRow,
    ChangeKind,
    Data,
    NumberChange,
    amounts,
    fate_of,
    matched,
    measure,
    money,
    stepped,
    targets,
    texts,
)
from masterplan.editions.outline import Placed, placed_of
from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import RichBlock, plain

Names = Mapping[str, Mapping[str, str]]
Rows = tuple[ChangedRow, ...]


@dataclass(frozen=True)
class Editions:
    """The contents of two snapshots of one plan, and the words of each for its ids."""

    before: Data
    after: Data

    @cached_property
    def names(self) -> tuple[Names, Names]:
        """Names by kind and id, of the older edition and of the newer."""
        return _names(self.before), _names(self.after)

    @cached_property
    def places(self) -> tuple[dict[str, Placed], dict[str, Placed]]:
        """The places of all books of each edition."""
        return placed_of(self.before), placed_of(self.after)


_LOOKS = "Hanya bentuk tulisannya yang berubah: cetak tebal, daftar, tabel, atau tautan."
# What is different in one answer of two rows.
Compare = Callable[[str, Data, Data, Editions], Rows]


def _names(content: Data) -> dict[str, dict[str, str]]:
    rpjmd = content["development_plan"]
    return {
        "agencies": {row["id"]: row["name"] for row in content["agencies"]},
        "districts": {row["id"]: row["name"] for row in content["districts"]},
        "dimensions": {row["code"]: row["name"] for row in content["dimensions"]},
        "sub_dimensions": {
            sub["key"]: f"{dimension['name']}, {sub['name']}"
            for dimension in content["dimensions"]
            for sub in dimension["sub_dimensions"]
        },
        "missions": {row["id"]: f"Misi {row['code']}" for row in rpjmd["missions"]},
        "programs": {row["id"]: f"{row['code']} {row['text']}".strip() for row in rpjmd["programs"]},
        "initiatives": {row["id"]: f"{row['code']} {row['name']}" for row in content["initiatives"]},
    }


# Single answers ------------------------------------------------------------------------------------------------------


def said(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """An answer word by word; a choice, by its label, as a whole."""
    before, after = _words(key, old), _words(key, new)
    is_choice = any(f"{key}_label" in row for row in (old, new))
    return _replaced(before, after) if is_choice else _told(before, after)


def marked(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """A text with light marks as it is read; where only its marks are others, that much is said."""
    before, after = (row.get(key) or "" for row in (old, new))
    return _told(_read(before), _read(after)) or ((ChangedRow(_LOOKS, ChangeKind.CHANGED),) if before != after else ())


def told_as(tell: Callable[[Any], str]) -> Compare:
    """An answer as `tell` writes it, as a whole."""

    def compared(key: str, old: Data, new: Data, editions: Editions) -> Rows:
        return _replaced(*(tell(row[key]) if row.get(key) else "" for row in (old, new)))

    return compared


def named(kind: str) -> Compare:
    """One id, told by its name in each edition."""

    def compared(key: str, old: Data, new: Data, editions: Editions) -> Rows:
        ids = [row.get(key) or "" for row in (old, new)]
        return _replaced(*(names[kind].get(each, each) for names, each in zip(editions.names, ids, strict=True)))

    return compared


def several(kind: str) -> Compare:
    """Several ids: which came in, which left."""

    def compared(key: str, old: Data, new: Data, editions: Editions) -> Rows:
        ids = [row.get(key) or () for row in (old, new)]
        before, after = (
            {each: names[kind].get(each, each) for each in row} for names, row in zip(editions.names, ids, strict=True)
        )
        return _came_and_left(before, after)

    return compared


def members(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """What an answer lists by what it is known by and called: which came in, which left."""
    return _came_and_left(old.get(key) or {}, new.get(key) or {})


def _came_and_left(before: Mapping[str, str], after: Mapping[str, str]) -> Rows:
    return (
        *(ChangedRow(words, ChangeKind.ADDED) for key, words in after.items() if key not in before),
        *(ChangedRow(words, ChangeKind.REMOVED) for key, words in before.items() if key not in after),
    )


def instead(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """An answer that is told as a whole, where single words would say nothing."""
    return _replaced(_words(key, old), _words(key, new))


def judged(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """A judgement of readiness, in steps of the regency's scale where both editions have the same."""
    scales = [(content.get("readiness") or {}).get("scale", []) for content in (editions.before, editions.after)]
    scale = scales[1] if scales[0] in ([], scales[1]) else []
    return _figures(stepped(_words(key, old), _words(key, new), scale))


def counted(unit: str = "") -> Compare:
    """A whole number, or a text that may be one, with its difference; of another `unit` where the rows say so."""

    def compared(key: str, old: Data, new: Data, editions: Editions) -> Rows:
        return _figures(measure(_words(key, old), _words(key, new), unit=unit or _unit(old, new)))

    return compared


def yearly_targets(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """Targets by year, in the unit of their row."""
    return _figures(*targets(old.get(key) or {}, new.get(key) or {}, unit=_unit(old, new)))


def yearly_money(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """Rupiah by year."""
    return _figures(*amounts(old.get(key) or {}, new.get(key) or {}))


def rupiah(key: str, old: Data, new: Data, editions: Editions) -> Rows:
    """One sum of money."""
    before, after = old.get(key), new.get(key)
    return _figures(money(before, after)) if before != after else ()


def _unit(old: Data, new: Data) -> str:
    """The unit that both rows count in; a difference of two units has none."""
    units = {row["unit"] for row in (old, new) if row.get("unit")}
    return units.pop() if len(units) == 1 else ""


def _words(key: str, row: Data) -> str:
    """An answer as people read it."""
    value = row.get(f"{key}_label", row.get(key))
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return "" if value is None else str(value)


def _told(before: str, after: str) -> Rows:
    words = texts([("", before, after)])
    return (ChangedRow("", ChangeKind.CHANGED, words),) if words else ()


def _replaced(before: str, after: str) -> Rows:
    """One instead of the other; where there is but one, it came or went."""
    return (
        _figures(NumberChange("", before, after, "-")) if before and after and before != after else _told(before, after)
    )


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


def _figures(*figures: NumberChange) -> Rows:
    return (ChangedRow("", ChangeKind.CHANGED, figures=figures),) if figures else ()


# Things and tables ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What is asked, in the words of the form, and how two answers to it are compared."""

    label: str
    compared: Compare = said


@dataclass(frozen=True)
class Things:
    """Rows of one kind: the questions they answer, what each is known by (`key`) and called (`name`).

    `silent` gives the keys that are not compared, each with its reason; whatever else stands in a row is. `titled` are
    the keys that make the name, which need not be told of a row that came or went. With `renamed` a row may have got
    another name. As a `Compare` it tells of a table that is an answer itself.
    """

    questions: Mapping[str, Question]
    key: Callable[[Data], Hashable]
    name: Callable[[Data], str]
    silent: Mapping[str, str] = field(default_factory=dict)
    titled: Collection[str] = ("name",)
    renamed: bool = False

    def pairs(self, before: Sequence[Data], after: Sequence[Data]) -> Iterator[tuple[Data | None, Data | None]]:
        """Rows that belong together."""
        return matched(before, after, key=self.key, name=self.name if self.renamed else None)

    def answers(self, was: Data | None, now: Data | None, editions: Editions) -> tuple[Answer, ...]:
        """What is different in a row, question by question, then what nobody has words for by its key."""
        old, new = was or {}, now or {}
        passed = {*self.silent, *(() if old and new else self.titled)}
        found = []
        for key in (*self.questions, *(key for key in {**old, **new} if key not in self.questions)):
            if key in passed or old.get(key) == new.get(key) or _is_label(key, old, new):
                continue
            question = self.questions.get(key) or Question(key)
            if rows := question.compared(key, old, new, editions):
                found.append(Answer(key, question.label, rows))
        return tuple(found)

    def row(self, was: Data | None, now: Data | None, editions: Editions) -> ChangedRow:
        """What is different in a row of a table, its answers side by side."""
        answers = self.answers(was, now, editions)
        parts = [(answer.label, row) for answer in answers for row in answer.rows]
        return ChangedRow(
            self.name(now or was or {}),
            fate_of(was, now),
            tuple(replace(text, label=text.label or label) for label, row in parts for text in row.texts),
            tuple(replace(figure, label=figure.label or label) for label, row in parts for figure in row.figures),
        )

    def __call__(self, key: str, old: Data, new: Data, editions: Editions) -> Rows:
        """The rows of the table `key` that are different."""
        pairs = self.pairs(old.get(key) or (), new.get(key) or ())
        rows = (self.row(was, now, editions) for was, now in pairs if was != now)
        return tuple(row for row in rows if row.texts or row.figures or row.fate is not ChangeKind.CHANGED)


def _is_label(key: str, *rows: Data) -> bool:
    """Whether this only says another answer in words."""
    return key.endswith("_label") and any(key.removesuffix("_label") in row for row in rows)


def asked(labels: Mapping[str, str], **compared: Compare) -> dict[str, Question]:
    """Questions with these labels; those not `compared` otherwise are told in words."""
    return {key: Question(label, compared.get(key, said)) for key, label in labels.items()}


def in_words(labels: Mapping[str, str]) -> Callable[[Any], str]:
    """A choice by its label, for rows that have none beside it."""
    return lambda value: str(labels.get(value, value))


def cell(key: str) -> Callable[[Data], str]:
    """The text of a row's `key`."""
    return lambda row: row.get(key) or ""
