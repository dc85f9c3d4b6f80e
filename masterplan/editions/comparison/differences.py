"""The smallest things that two editions are compared by: texts word by word, figures with their difference, rows of
tables and which of them belong together. What is compared with what is `comparison`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from masterplan.editions.schema import Row
from smartcity.common.formatting import format_money, format_number
from smartcity.common.numbers import exact_target
from smartcity.common.text import Change, word_diff

# Words that are left standing beside a change; more of what stayed the same helps nobody to find it.
_AROUND = 10
# The difference of two percentages is none of a whole.
_UNITS = {"persen": "poin persen", "%": "poin persen"}
# From here on two names are the same thing called differently.
_ALIKE = 0.6


class ChangeKind(StrEnum):
    """What became of a thing."""

    ADDED = "ditambahkan"
    REMOVED = "dihapus"
    CHANGED = "diubah"


@dataclass(frozen=True)
class Text:
    """A text in both editions; `label` says which column of a row it is, "" where the row has but one."""

    label: str
    before: str
    after: str

    @cached_property
    def words(self) -> tuple[tuple[Change, str], ...]:
        """What became of it word by word. Long passages that stayed are shortened to what stands beside a change."""
        found = word_diff(self.before, self.after)
        last = len(found) - 1
        return tuple(
            (change, _shortened(words, begins=place == 0, ends=place == last) if change == "same" else words)
            for place, (change, words) in enumerate(found)
        )


@dataclass(frozen=True)
class NumberChange:
    """A number of one year in both editions, and by how much it differs, as printed; "-" where there is none."""

    label: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class ChangedRow:
    """A row of a table, or an answer that has but one (`name` is "" then), and what is different in it."""

    name: str
    change: ChangeKind
    texts: tuple[Text, ...] = ()
    figures: tuple[NumberChange, ...] = ()


@dataclass(frozen=True)
class ChangedAnswer:
    """An answer with its rows that are different."""

    key: str
    label: str
    rows: tuple[ChangedRow, ...]


def _shortened(words: str, *, begins: bool, ends: bool) -> str:
    """The words next to the changes; the text begins or ends with this passage or goes on beyond it."""
    parts = words.split(" ")
    head, tail = (0 if begins else _AROUND), (0 if ends else _AROUND)
    if len(parts) <= head + tail + 3:
        return words
    return " ".join([*parts[:head], "…", *(parts[-tail:] if tail else ())])


# Texts and figures ---------------------------------------------------------------------------------------------------


def texts(pairs: Iterable[tuple[str, str, str]]) -> tuple[Text, ...]:
    """(label, before, after) as texts, without those that are the same."""
    return tuple(Text(label, before, after) for label, before, after in pairs if before != after)


def money(before: int | None, after: int | None, label: str = "") -> NumberChange:
    """Whole rupiah, and the difference in rupiah."""
    old, new = ("-" if each is None else format_money(each) for each in (before, after))
    return NumberChange(label, old, new, _signed((after or 0) - (before or 0)))


def _signed(gap: int) -> str:
    return f"{'+' if gap > 0 else ''}{format_money(gap)}" if gap else "tetap"


def amounts(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[NumberChange, ...]:
    """Money by year, of the years in which it differs."""
    years = sorted({*before, *after})
    return tuple(
        money(before.get(year), after.get(year), year) for year in years if before.get(year) != after.get(year)
    )


def measure(before: str, after: str, label: str = "", *, unit: str = "") -> NumberChange:
    """What is measured or aimed at; the difference, in `unit`, where both are single numbers."""
    return NumberChange(label, before or "-", after or "-", _gap(before, after, unit))


def targets(before: Mapping[str, str], after: Mapping[str, str], *, unit: str = "") -> tuple[NumberChange, ...]:
    """Targets by year, of the years in which they differ."""
    years = sorted({*before, *after})
    return tuple(
        measure(before.get(year, ""), after.get(year, ""), f"Target {year}", unit=unit)
        for year in years
        if before.get(year) != after.get(year)
    )


def stepped(before: str, after: str, scale: Sequence[str]) -> NumberChange:
    """Two judgements in the words of `scale`, best first, and by how many steps they differ."""
    difference = "-"
    if before in scale and after in scale:
        steps = scale.index(before) - scale.index(after)
        difference = f"{'naik' if steps > 0 else 'turun'} {abs(steps)} tingkat" if steps else "-"
    return NumberChange("", before or "-", after or "-", difference)


def _gap(before: str, after: str, unit: str) -> str:
    old, new = exact_target(before), exact_target(after)
    if old is None or new is None:
        return "-"
    if old == new:
        return "tetap"
    return f"{'+' if new > old else ''}{format_number(new - old)} {_UNITS.get(unit.lower(), unit)}".strip()


# Rows ----------------------------------------------------------------------------------------------------------------


def matched(
    before: Sequence[Row],
    after: Sequence[Row],
    *,
    key: Callable[[Row], Hashable],
    name: Callable[[Row], str] | None = None,
) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows that belong together, in the order of `after`, then what is gone.

    Rows meet by `key`, of several with one key the first meets the first; with `name`, a row that met none meets the
    most alike of those that are left, because people change a word in a name.
    """
    waiting: dict[Hashable, list[Row]] = defaultdict(list)
    for row in before:
        waiting[key(row)].append(row)
    partners: list[Row | None] = [waiting[key(row)].pop(0) if waiting[key(row)] else None for row in after]
    left = [row for row in before if any(row is each for each in waiting[key(row)])]
    if name:
        for place, row in enumerate(after):
            if partners[place] is None and (found := _most_alike(name(row), left, name)) is not None:
                partners[place] = found
                left = [each for each in left if each is not found]
    yield from zip(partners, after, strict=True)
    yield from ((row, None) for row in left)


def _most_alike(wanted: str, rows: Sequence[Row], name: Callable[[Row], str]) -> Row | None:
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    best, found = _ALIKE, None
    for row in rows:
        matcher.set_seq1(name(row))
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, row
    return found


def change_of(before: Row | None, after: Row | None) -> ChangeKind:
    """What became of a thing that stands in one of the editions or in both."""
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if after is None else ChangeKind.CHANGED
