"""Indicators as rows with a grid of targets: what an initiative measures, and what it shares with those of a plan."""

from typing import Any

from django import forms
from django.template.loader import render_to_string

from masterplan.editing.forms.rows import RowSet, limit_of, needed
from masterplan.editing.forms.targets import TargetRow, target_field
from masterplan.models import InitiativeIndicator
from masterplan.reference import Direction, IndicatorKind
from masterplan.registry import Content
from smartcity.common.forms import LineField


class IndicatorForm(TargetRow):
    """What is measured, with a target a year."""

    preset = ("kind", "direction")
    key_missing = "Tulis nama indikator, misalnya Transaksi nontunai di loket."

    kind = forms.ChoiceField(label="Jenis", choices=IndicatorKind.choices)
    name = LineField(label="Indikator", limit=limit_of(InitiativeIndicator, "name"), required=False)
    unit = LineField(label="Satuan", limit=limit_of(InitiativeIndicator, "unit"), required=False)
    direction = forms.ChoiceField(
        label="Arah", choices=Direction.choices, widget=forms.Select(attrs={"data-direction": True})
    )
    baseline = target_field("Kondisi awal", limit_of(InitiativeIndicator, "baseline"), keep_none=True)
    end_condition = target_field("Kondisi akhir", limit_of(InitiativeIndicator, "end_condition"), keep_none=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, *self.fields)

    def value(self) -> Content:
        """Targets by year; a year without one is left out."""
        row = super().value()
        targets = {name.removeprefix("target_"): row.pop(name) for name in list(row) if name.startswith("target_")}
        return row | {"targets": {year: text for year, text in targets.items() if text}}


class IndicatorRows(RowSet):
    """The table of indicators; an empty one stands ready for an output and an outcome."""

    title = "Indikator"
    template_name = "masterplan/initiatives/initiative/rows_indicators.html"
    ready = ({"kind": IndicatorKind.OUTPUT}, {"kind": IndicatorKind.OUTCOME})

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """A control for each year's target."""
        return row | {f"target_{year}": text for year, text in row.get("targets", {}).items()}

    @classmethod
    def years_of(cls, rows: list[Content]) -> set[int]:
        """Years with a target."""
        return {int(year) for row in rows for year in row["targets"]}

    def fragments(self) -> dict[str, str]:
        """The note of every row, also where there is none (any more)."""
        return {
            form.note_id: render_to_string("masterplan/initiatives/initiative/row_note.html", {"note": form.note})
            if form.note
            else ""
            for form in self.forms
        }
