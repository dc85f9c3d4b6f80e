"""What became of a plan between two editions: chapter by chapter, initiative by initiative, answer by answer.

Pure, over the contents of two snapshots; the page and the annex of the book show the same. How the tables of an
initiative are compared is in `initiative_changes`, the smallest things in `differences`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter
from typing import Any

from masterplan.documents.contents import money as sums
from masterplan.documents.differences import (
    Answer,
    Data,
    Fate,
    Figure,
    Row,
    amounts,
    fate_of,
    matched,
    money,
    texts,
)
from masterplan.documents.initiative_changes import answers_of, indicator_rows, names_of

PLAN, SECTIONS, INITIATIVES, PROGRAMS, PLACE = "rencana", "naskah", "inisiatif", "program", "wilayah"


@dataclass(frozen=True)
class Item:
    """A thing that is different: a section, an initiative, a program. `anchor` is its place in the newer book."""

    anchor: str
    code: str
    title: str
    fate: Fate
    answers: tuple[Answer, ...] = ()
    # Of an initiative: the dimensions and lead agencies it has had, what it costs, and who leads it.
    dimensions: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    lead: str = ""
    budget: Figure | None = None

    @property
    def count(self) -> int:
        """How many changes it comes to."""
        return sum(len(answer.rows) for answer in self.answers) or 1


@dataclass(frozen=True)
class Group:
    """Things of one kind that are different, under one heading. `kind` is one of the words above."""

    kind: str
    title: str
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many changes they come to."""
        return sum(item.count for item in self.items)


@dataclass(frozen=True)
class Comparison:
    """All that is different, in the order of the book, and what it comes to."""

    groups: tuple[Group, ...]
    # Money by year of all initiatives, every year of either edition, and at last all years together.
    budget: tuple[Figure, ...]
    unchanged: int

    @cached_property
    def initiatives(self) -> tuple[Item, ...]:
        """The initiatives that are different."""
        return tuple(chain.from_iterable(group.items for group in self.groups if group.kind == INITIATIVES))

    def number_of(self, fate: str) -> int:
        """How many initiatives were added, removed or changed."""
        return sum(item.fate == fate for item in self.initiatives)

    @property
    def added(self) -> int:
        """Initiatives only the newer edition has."""
        return self.number_of(Fate.ADDED)

    @property
    def removed(self) -> int:
        """Initiatives only the older edition has."""
        return self.number_of(Fate.REMOVED)

    @property
    def changed(self) -> int:
        """Initiatives in both that are not the same."""
        return self.number_of(Fate.CHANGED)

    @property
    def sections(self) -> int:
        """Narrative sections that are different."""
        return sum(len(group.items) for group in self.groups if group.kind == SECTIONS)

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(group.count for group in self.groups)

    def narrowed(self, *, dimension: str = "", agency: str = "") -> tuple[Group, ...]:
        """The groups; with a filter only the initiatives of that dimension and lead agency, in either edition."""
        if not dimension and not agency:
            return self.groups
        found = (
            replace(group, items=tuple(item for item in group.items if _fits(item, dimension, agency)))
            for group in self.groups
            if group.kind == INITIATIVES
        )
        return tuple(group for group in found if group.items)


def _fits(item: Item, dimension: str, agency: str) -> bool:
    return (not dimension or dimension in item.dimensions) and (not agency or agency in item.agencies)


def compare(before: Data, after: Data, *, chapters: Mapping[str, str] | None = None) -> Comparison:
    """What is different in `after`; both are contents of snapshots of one plan.

    `chapters` gives a heading to the sections whose keys begin with a word; others stand under their first word.
    """
    pairs = list(matched(before["initiatives"], after["initiatives"], key=lambda row: row["code"]))
    items = [item for old, new in pairs if (item := _initiative(before, after, old, new))]
    groups = [
        _plan(before, after),
        *_sections(before, after, chapters or {}),
        *_by_dimension(before, after, items),
        *_programs(before, after),
        _places(before, after),
    ]
    return Comparison(
        groups=tuple(group for group in groups if group.items),
        budget=_budget(before, after),
        unchanged=len(pairs) - len(items),
    )


def _single(key: str, label: str, before: str, after: str) -> tuple[Answer, ...]:
    """An answer of one text, if it is different."""
    found = texts([("", before, after)])
    return (Answer(key, label, (Row("", Fate.CHANGED, found),)),) if found else ()


# The plan and its narrative ------------------------------------------------------------------------------------------


def _plan(before: Data, after: Data) -> Group:
    def answers(key: str, columns: Iterable[tuple[str, str]]) -> Iterable[Answer]:
        old, new = before[key], after[key]
        return chain.from_iterable(
            _single(f"{key}.{column}", label, str(old.get(column) or ""), str(new.get(column) or ""))
            for column, label in columns
        )

    found = (
        *answers(
            "plan",
            (("title", "Judul"), ("start_year", "Tahun awal"), ("end_year", "Tahun akhir"), ("vision", "Visi")),
        ),
        *answers(
            "development_plan",
            (("title", "RPJMD yang dijawab"), ("legal_basis", "Dasar hukum RPJMD"), ("vision", "Visi RPJMD")),
        ),
    )
    item = Item("", "", after["plan"]["title"], Fate.CHANGED, tuple(found))
    return Group(PLAN, "Rencana induk", (item,) if found else ())


def _sections(before: Data, after: Data, chapters: Mapping[str, str]) -> list[Group]:
    """The narrative by chapter, in the order of the newer edition."""
    old, new = before["sections"], after["sections"]
    grouped: dict[str, list[Item]] = {}
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        fate = fate_of(was, now)
        blank = {"title": "", "body": ""}
        was, now = was or blank, now or blank
        found = (
            *(_single("title", "Judul", was["title"], now["title"]) if fate is Fate.CHANGED else ()),
            *_single("body", "Naskah", was["body"], now["body"]),
            *_single("pictures", "Gambar", _pictures(was), _pictures(now)),
        )
        if found or fate is not Fate.CHANGED:
            item = Item("", "", now["title"] or was["title"], fate, found)
            grouped.setdefault(key.partition(".")[0], []).append(item)
    order = [*chapters, *(prefix for prefix in grouped if prefix not in chapters)]
    return [
        Group(SECTIONS, chapters.get(prefix, prefix), tuple(grouped[prefix])) for prefix in order if prefix in grouped
    ]


def _pictures(section: Data) -> str:
    """The pictures of a section in words, a line each."""
    return "\n".join(
        ". ".join(filter(None, (row["caption"], row["source"] and f"Sumber: {row['source']}")))
        for row in section.get("pictures", ())
    )


# Initiatives ---------------------------------------------------------------------------------------------------------


def _initiative(before: Data, after: Data, old: Data | None, new: Data | None) -> Item | None:
    """What is different in one initiative, None when nothing is."""
    fate = fate_of(old, new)
    found = answers_of(before, after, old, new) if old and new else ()
    if fate is Fate.CHANGED and not found:
        return None
    there = [row for row in (old, new) if row]
    shown, names = there[-1], names_of(before)["agencies"] | names_of(after)["agencies"]
    return Item(
        anchor=shown["id"] if new else "",
        code=shown["code"],
        title=shown["name"],
        fate=fate,
        answers=found,
        dimensions=frozenset(row["dimension"] for row in there),
        agencies=frozenset(row["lead_agency"] for row in there),
        lead=names.get(shown["lead_agency"], ""),
        budget=money(sums.total([old]) if old else None, sums.total([new]) if new else None),
    )


def _by_dimension(before: Data, after: Data, items: Sequence[Item]) -> list[Group]:
    """One group a dimension; an initiative that moved stands where it is now."""
    home = {row["code"]: row["dimension"] for row in (*before["initiatives"], *after["initiatives"])}
    names = {row["code"]: row["name"] for row in (*before["dimensions"], *after["dimensions"])}
    return [
        Group(INITIATIVES, name, tuple(item for item in items if home[item.code] == code))
        for code, name in names.items()
    ]


def _budget(before: Data, after: Data) -> tuple[Figure, ...]:
    old, new = sums.yearly(before["initiatives"]), sums.yearly(after["initiatives"])
    years = [money(old.get(year), new.get(year), str(year)) for year in sorted({*old, *new})]
    return (*years, money(sum(old.values()), sum(new.values()), "Seluruhnya"))


# What the plan rests on ----------------------------------------------------------------------------------------------


def _records(
    before: Sequence[Data], after: Sequence[Data], *, title: Callable[[Data], str], answers: Callable[[Data, Data], Any]
) -> tuple[Item, ...]:
    """Things with an id that are different."""
    items = []
    for old, new in matched(before, after, key=lambda row: row["id"]):
        found = tuple(answers(old, new)) if old and new else ()
        shown = new or old
        if shown is not None and (found or not (old and new)):
            items.append(Item("", shown.get("code", ""), title(shown), fate_of(old, new), found))
    return tuple(items)


def _programs(before: Data, after: Data) -> list[Group]:
    """Programs of the RPJMD and of the agencies' Renstra."""
    owners = (names_of(before)["agencies"], names_of(after)["agencies"])
    text = itemgetter("text")
    own = _records(*map(_rpjmd, (before, after)), title=text, answers=partial(_program, owners))
    renstra = _records(*map(_renstra, (before, after)), title=text, answers=partial(_columns, _RENSTRA))
    return [
        Group(PROGRAMS, "Program RPJMD", own),
        Group(PROGRAMS, "Program Renstra", renstra),
    ]


def _rpjmd(content: Data) -> list[Data]:
    return list(content["development_plan"]["programs"])


def _renstra(content: Data) -> list[Data]:
    return [program for plan in content["strategic_plans"] for program in plan["programs"]]


_RENSTRA = (("code", "Kode"), ("text", "Uraian"))
_PROGRAM = (*_RENSTRA, ("goal", "Tujuan"), ("objective", "Sasaran"))


def _columns(columns: Sequence[tuple[str, str]], old: Data, new: Data) -> tuple[Answer, ...]:
    return tuple(chain.from_iterable(_single(key, label, old.get(key, ""), new.get(key, "")) for key, label in columns))


def _program(owners: Sequence[Mapping[str, str]], old: Data, new: Data) -> Iterable[Answer]:
    yield from _columns(_PROGRAM, old, new)
    if old["agency_id"] != new["agency_id"]:
        names = [names.get(row["agency_id"] or "", "") for names, row in zip(owners, (old, new), strict=True)]
        yield from _single("agency_id", "Penanggung jawab", *names)
    if rows := indicator_rows(old["indicators"], new["indicators"], key=lambda row: row["id"]):
        yield Answer("indicators", "Indikator", rows)
    if figures := amounts(old["ceilings"], new["ceilings"]):
        yield Answer("ceilings", "Pagu indikatif", (Row("", Fate.CHANGED, figures=figures),))


def _places(before: Data, after: Data) -> Group:
    """Agencies and districts: renamed, joined, new."""
    agency = partial(_columns, (("name", "Nama"), ("short_name", "Nama singkat")))
    district = partial(_columns, (("name", "Nama"),))
    name = itemgetter("name")
    items = (
        *_records(before["agencies"], after["agencies"], title=name, answers=agency),
        *_records(before["districts"], after["districts"], title=name, answers=district),
    )
    return Group(PLACE, "Perangkat daerah dan kecamatan", items)
