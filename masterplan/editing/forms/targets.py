"""Targets by year as fields of a form: those of initiatives and of development plans alike."""

from collections.abc import Iterable
from itertools import pairwise

from django import forms

from masterplan.editing.forms.rows import RowForm, limit_of
from masterplan.models import InitiativeTarget
from masterplan.reference import Direction
from smartcity.common.forms import TargetField, TextInput
from smartcity.common.numbers import Target, Unreadable, parse_target

_CELL = {"autocomplete": "off", "class": "form-control num"}


def target_field(label: str, limit: int, *, keep_none: bool = False) -> TargetField:
    """A cell of the grid of targets."""
    return TargetField(
        label=label, limit=limit, keep_none=keep_none, required=False, widget=TextInput(attrs=dict(_CELL))
    )


class TargetRow(RowForm):
    """A row with a target a year between a baseline and an end condition, and the direction they should go."""

    target_limit = limit_of(InitiativeTarget, "text")

    def year_fields(self, years: Iterable[int]) -> dict[str, forms.Field]:
        """A target for each year."""
        return {f"target_{year}": target_field(f"Target {year}", self.target_limit) for year in years}

    @property
    def targets(self) -> list[forms.BoundField]:
        """The controls of the yearly targets."""
        return [self[name] for name in self.fields if name.startswith("target_")]

    @property
    def cells(self) -> list[forms.BoundField]:
        """The controls of the grid, from where it begins to where it leads."""
        return [self["baseline"], *self.targets, self["end_condition"]]

    @property
    def note_id(self) -> str:
        """The id of the place where the note stands."""
        return f"{self.prefix}-note"

    @property
    def note(self) -> str:
        """What to look at again when targets go against the direction, or a word stands among numbers; "" otherwise."""
        if self.is_removed:
            return ""
        read = [(str(cell.label), _target(str(cell.value() or ""))) for cell in self.cells]
        found = [(label, target) for label, target in read if target]
        known = [(label, target) for label, target in found if (target.low, target.high) != (None, None)]
        words = [(label, target) for label, target in found if (target.low, target.high) == (None, None)]
        direction = str(self["direction"].value() or "")
        return against(direction, known) or (_among_numbers(direction, words) if known else "")


def _target(text: str) -> Target | None:
    try:
        return parse_target(text)
    except Unreadable:
        return None


def _among_numbers(direction: str, words: list[tuple[str, Target]]) -> str:
    """The question about the first of `words` (label and text) that stands among numbers which rise or fall, or ""."""
    if not words or direction not in (Direction.UP, Direction.DOWN):
        return ""
    label, target = words[0]
    return (
        f"{label} ({target.text}) bukan angka, sedangkan isian lain di baris ini angka. Betul begitu? "
        "Kalau tidak, tulis angkanya, atau tulis - kalau belum ada datanya."
    )


def against(direction: str, targets: list[tuple[str, Target]]) -> str:
    """The first place where `targets` (label and number, in order) go against `direction`, as a sentence, or ""."""
    for (before_label, before), (label, target) in pairwise(targets):
        falls = before.low is not None and target.high is not None and target.high < before.low
        rises = before.high is not None and target.low is not None and target.low > before.high
        seen, place = f"{label} ({target.text})", f"{before_label} ({before.text})"
        if falls and direction == Direction.UP:
            return f"Arahnya naik, tetapi {seen} lebih rendah dari {place}. Periksa angkanya atau arahnya."
        if rises and direction == Direction.DOWN:
            return f"Arahnya turun, tetapi {seen} lebih tinggi dari {place}. Periksa angkanya atau arahnya."
        if (falls or rises) and direction == Direction.STABLE:
            return f"Arahnya tetap, tetapi {seen} berbeda dari {place}. Periksa angkanya atau arahnya."
    return ""
