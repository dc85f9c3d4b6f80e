"""What changed in a plan between two editions: chapter by chapter, item by item, answer by answer.

Pure functions over the contents of two snapshots; the page and the annex of the book show the same. Which parts are
compared is declared in `blocks` and in the snapshot schema.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby

from masterplan.editions import money as sums
from masterplan.editions.comparison.blocks import (
    ANALYSES,
    BLOCKS,
    INITIATIVES,
    MONITORING,
    PLACE,
    PLAN,
    PROGRAMS,
    SECTIONS,
    Block,
)
from masterplan.editions.comparison.differences import ChangedAnswer, ChangeKind, NumberChange, change_of, money
from masterplan.editions.comparison.editions import Editions
from masterplan.editions.frozen import with_every_answer
from masterplan.editions.numbering import section_anchor
from masterplan.editions.schema import Row
from masterplan.reference import BookName

# The order in which the kinds are told; texts and analyses stand together under their chapter.
_ORDER = {PLAN: 0, SECTIONS: 1, ANALYSES: 1, INITIATIVES: 2, MONITORING: 3, PROGRAMS: 4, PLACE: 5}
_OTHERS = {
    PLAN: "Rencana induk dan profil daerah",
    SECTIONS: "Naskah dan kerangka buku",
    ANALYSES: "Analisis",
    MONITORING: "Pemantauan pelaksanaan",
    PROGRAMS: "RPJMD dan Renstra",
    PLACE: "Perangkat daerah dan kecamatan",
}


@dataclass(frozen=True)
class ChangedItem:
    """A thing that is different: a section, an initiative, a program.

    `anchor` is its place in the newer book, `place` that of a section, which is named by its number.
    """

    anchor: str
    code: str
    title: str
    change: ChangeKind
    answers: tuple[ChangedAnswer, ...] = ()
    place: str = ""
    # Of an initiative: the dimensions and lead agencies it has had, what it costs, and who leads it.
    dimensions: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    lead: str = ""
    budget: NumberChange | None = None

    @property
    def count(self) -> int:
        """How many changes it comes to."""
        return sum(len(answer.rows) for answer in self.answers) or 1


@dataclass(frozen=True)
class ChangeGroup:
    """Things of one kind that are different, under one heading. `kind` is one of those of `subjects`."""

    kind: str
    title: str
    items: tuple[ChangedItem, ...]

    @property
    def count(self) -> int:
        """How many changes they come to."""
        return sum(item.count for item in self.items)


@dataclass(frozen=True)
class EditionComparison:
    """All that is different, in the order of the book, and what it comes to."""

    groups: tuple[ChangeGroup, ...]
    # Money by year of all initiatives, every year of either edition, and at last all years together.
    budget: tuple[NumberChange, ...]
    unchanged: int

    @cached_property
    def initiatives(self) -> tuple[ChangedItem, ...]:
        """The initiatives that are different."""
        return tuple(chain.from_iterable(group.items for group in self.groups if group.kind == INITIATIVES))

    def number_of(self, change: str) -> int:
        """How many initiatives were added, removed or changed."""
        return sum(item.change == change for item in self.initiatives)

    @property
    def added(self) -> int:
        """Initiatives only the newer edition has."""
        return self.number_of(ChangeKind.ADDED)

    @property
    def removed(self) -> int:
        """Initiatives only the older edition has."""
        return self.number_of(ChangeKind.REMOVED)

    @property
    def changed(self) -> int:
        """Initiatives in both that are not the same."""
        return self.number_of(ChangeKind.CHANGED)

    @property
    def others(self) -> list[tuple[str, int]]:
        """How many other things are different, by what they are."""
        return [
            (words, sum(len(group.items) for group in self.groups if group.kind == kind))
            for kind, words in _OTHERS.items()
        ]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(group.count for group in self.groups)

    def narrowed(self, *, dimension: str = "", agency: str = "") -> tuple[ChangeGroup, ...]:
        """The groups; with a filter only the initiatives of that dimension and lead agency, in either edition."""
        if not dimension and not agency:
            return self.groups
        found = (
            replace(group, items=tuple(item for item in group.items if _fits(item, dimension, agency)))
            for group in self.groups
            if group.kind == INITIATIVES
        )
        return tuple(group for group in found if group.items)


def _fits(item: ChangedItem, dimension: str, agency: str) -> bool:
    return (not dimension or dimension in item.dimensions) and (not agency or agency in item.agencies)


def compare(before: Row, after: Row) -> EditionComparison:
    """What is different in `after`; both are contents of snapshots of one plan."""
    editions = Editions(with_every_answer(before), with_every_answer(after))
    heading_of, headings = _headings(editions)
    found: list[tuple[str, str, ChangedItem]] = []
    unchanged = 0
    for block in BLOCKS:
        for old, new in block.pairs(editions):
            item = _item(block, old, new, editions)
            if item and (heading := heading_of(block, new or old or {})):
                found.append((block.kind, heading, item))
            unchanged += item is None and block.kind == INITIATIVES
    order = {heading: place for place, heading in enumerate(headings)}
    found.sort(key=lambda line: (_ORDER[line[0]], order.get(line[1], 0)))
    groups = (
        ChangeGroup(kind, heading, tuple(item for _, _, item in lines))
        for (kind, heading), lines in groupby(found, key=lambda line: line[:2])
    )
    return EditionComparison(tuple(groups), _budget(editions), unchanged)


def _headings(editions: Editions) -> tuple[Callable[[Block, Row], str], list[str]]:
    """Under which heading a row of a block is told, "" for what stands in neither outline; and their order."""
    was, now = editions.places
    places = was | now
    chapters = {place.chapter: place.heading for place in (*was.values(), *now.values())}
    by_book = [
        place.chapter for book in BookName for each in (now, was) for place in each.values() if place.book == book
    ]
    before, after = editions.names
    dimensions = {**before["dimensions"], **after["dimensions"]}

    def heading_of(block: Block, row: Row) -> str:
        if block.kind == INITIATIVES:
            return dimensions.get(row["dimension"], str(row["dimension"]))
        home = places.get(block.home.format_map(row))
        return block.heading or (chapters[home.chapter] if home else "")

    return heading_of, [*(chapters[key] for key in dict.fromkeys(by_book)), *dimensions.values()]


def _item(block: Block, old: Row | None, new: Row | None, editions: Editions) -> ChangedItem | None:
    """What is different in one row, None when nothing is."""
    if block.lasting:
        old, new = old or {}, new or {}
    change = change_of(old, new)
    if block.brief and change is not ChangeKind.CHANGED:
        answers: tuple[ChangedAnswer, ...] = ()
    else:
        answers = block.rows.answers(old, new, editions)
    if change is ChangeKind.CHANGED and not answers:
        return None
    shown = new or old or {}
    item = ChangedItem(
        anchor=shown["id"] if block.anchored and new else "",
        code=shown["code"] if block.coded else "",
        title=block.rows.title(shown),
        change=change,
        answers=answers,
        place=section_anchor(shown["key"]) if block.kind == SECTIONS and new else "",
    )
    return _initiative(item, old, new, editions) if block.kind == INITIATIVES else item


def _initiative(item: ChangedItem, old: Row | None, new: Row | None, editions: Editions) -> ChangedItem:
    """An initiative with what is said of it besides its answers."""
    there = [row for row in (old, new) if row]
    before, after = editions.names
    return replace(
        item,
        dimensions=frozenset(row["dimension"] for row in there),
        agencies=frozenset(row["lead_agency"] for row in there),
        lead={**before["agencies"], **after["agencies"]}.get(there[-1]["lead_agency"], ""),
        budget=money(sums.total([old]) if old else None, sums.total([new]) if new else None),
    )


def _budget(editions: Editions) -> tuple[NumberChange, ...]:
    old, new = (sums.yearly(content["initiatives"]) for content in (editions.before, editions.after))
    years = [money(old.get(year), new.get(year), str(year)) for year in sorted({*old, *new})]
    return (*years, money(sum(old.values()), sum(new.values()), "Seluruhnya"))
