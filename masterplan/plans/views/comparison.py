"""Two periods of an RPJMD held against each other, program by program. Pure: reads what the view has loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from masterplan.models import DevelopmentPlan, PlanElement
from masterplan.reference import Level


class ProgramChange(StrEnum):
    """What became of a program; the value stands in the address."""

    NEW = "baru"
    CHANGED = "berubah"
    SAME = "tetap"
    GONE = "hilang"


LABELS: dict[ProgramChange, str] = {
    ProgramChange.NEW: "Baru",
    ProgramChange.CHANGED: "Berubah",
    ProgramChange.SAME: "Tetap",
    ProgramChange.GONE: "Tidak dilanjutkan",
}


class ComparedIndicator(NamedTuple):
    """An indicator in one period; `note` says that the other period does not have it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Side:
    """A program in one period. `before` is its text in the other one, where that was different."""

    element: PlanElement
    measures: tuple[ComparedIndicator, ...]
    before: str = ""

    @property
    def money(self) -> int | None:
        """The ceilings of all years together, or None where none is written."""
        amounts = [ceiling.amount for ceiling in self.element.ceilings.all()]
        return sum(amounts) if amounts else None


@dataclass(frozen=True)
class Pair:
    """A program and its predecessor; one of them may be missing."""

    old: Side | None
    new: Side | None
    change: ProgramChange

    @property
    def label(self) -> str:
        """What became of it, in words."""
        return LABELS[self.change]


def compare(old: DevelopmentPlan, new: DevelopmentPlan, decided: Sequence[tuple[int, int]] = ()) -> list[Pair]:
    """The programs of both, in the order of their codes.

    A program meets the one of which it was `decided` (old and new id) that it goes on from, else the one it names as
    replaced, else the one of its own code that no other program replaces. Olds that go on in the same new one meet it
    each.
    """
    before_of = {after: before for before, after in reversed(decided)}
    after_of = dict(reversed(decided))
    before = {element.pk: element for element in old.elements.all() if element.level == Level.PROGRAM}
    after = [element for element in new.elements.all() if element.level == Level.PROGRAM]
    named = {element.replaces_id for element in after} | set(after_of)
    by_code = {element.code: element for element in before.values() if element.code and element.pk not in named}
    pairs, met = [], set()
    for element in after:
        wanted = before_of.get(element.pk) or element.replaces_id or 0
        match = before.get(wanted) or by_code.pop(element.code, None)
        pairs.append(_pair(match, element))
        met.add(match.pk if match else None)
    by_pk = {element.pk: element for element in after}
    pairs += [_pair(element, by_pk.get(after_of.get(pk, 0))) for pk, element in before.items() if pk not in met]
    return sorted(pairs, key=_place)


def _place(pair: Pair) -> tuple[str, int]:
    side = pair.new or pair.old
    return (side.element.sort_key, side.element.pk) if side else ("", 0)


def _pair(old: PlanElement | None, new: PlanElement | None) -> Pair:
    if old is None or new is None:
        return Pair(_alone(old), _alone(new), ProgramChange.NEW if old is None else ProgramChange.GONE)
    gone, added = _names(old) - _names(new), _names(new) - _names(old)
    same = old.text == new.text and old.agency_id == new.agency_id and not gone and not added
    return Pair(
        Side(old, _measures(old, gone, "tidak dilanjutkan")),
        Side(new, _measures(new, added, "baru"), before=old.text if old.text != new.text else ""),
        ProgramChange.SAME if same else ProgramChange.CHANGED,
    )


def _alone(element: PlanElement | None) -> Side | None:
    return Side(element, _measures(element, set(), "")) if element else None


def _names(element: PlanElement) -> set[str]:
    return {indicator.name for indicator in element.indicators.all()}


def _measures(element: PlanElement, unmatched: set[str], note: str) -> tuple[ComparedIndicator, ...]:
    """What each indicator goes from and to."""
    return tuple(
        ComparedIndicator(
            row.name,
            f"{row.baseline or '-'} menjadi {row.end_condition or '-'} {row.unit}".strip(),
            note if row.name in unmatched else "",
        )
        for row in element.indicators.all()
    )
