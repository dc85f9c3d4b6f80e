"""The budget as a grid: a row per source of money, a column per year."""

from collections.abc import Iterable
from typing import Any

from django import forms

from masterplan.editing.forms.rows import RowForm, RowSet
from masterplan.reference import FundingSource
from masterplan.registry import Content
from smartcity.common.forms import MoneyField, TextInput, value_of


class BudgetForm(RowForm):
    """What one source gives, year by year."""

    preset = ("source",)
    key_field = "source"
    key_missing = "Pilih sumber dananya."

    source = forms.ChoiceField(
        label="Sumber dana", choices=[("", "Pilih sumber"), *FundingSource.choices], required=False
    )

    def year_fields(self, years: Iterable[int]) -> dict[str, forms.Field]:
        """An amount for each year."""
        attrs = {"autocomplete": "off", "inputmode": "decimal", "class": "form-control num"}
        return {
            f"amount_{year}": MoneyField(label=str(year), required=False, widget=TextInput(attrs=attrs))
            for year in years
        }

    @property
    def is_new(self) -> bool:
        """Whether the source is still to be chosen; that of a stored row is fixed."""
        return self.empty_permitted

    @property
    def cells(self) -> list[forms.BoundField]:
        """The controls of the yearly amounts."""
        return [self[name] for name in self.fields if name.startswith("amount_")]

    @property
    def source_label(self) -> str:
        """The source in words, "" while none is chosen."""
        return dict(FundingSource.choices).get(str(self["source"].value() or ""), "")

    @property
    def source_title(self) -> str:
        """The source as a heading, with a place to break at the stroke."""
        return self.source_label.replace("/", "/\u200b")

    @property
    def understood(self) -> dict[str, int]:
        """The amounts that were understood, by year, validated or not."""
        amounts = {cell.name.removeprefix("amount_"): value_of(cell) for cell in self.cells}
        return {year: amount for year, amount in amounts.items() if amount is not None}

    @property
    def total(self) -> int:
        """What the source gives in all years."""
        return sum(self.understood.values())

    def value(self) -> Content:
        """Amounts by year; a year without one is left out."""
        answers = {cell.name.removeprefix("amount_"): self.answer(cell.name) for cell in self.cells}
        return {
            "source": self.answer("source"),
            "amounts": {y: amount for y, amount in answers.items() if amount is not None},
        }


class BudgetRows(RowSet):
    """The grid."""

    title = "Sumber dana"
    template_name = "masterplan/initiatives/initiative/rows_budgets.html"
    ready = ({"source": FundingSource.APBD_REGENCY},)

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """A control for each year's amount."""
        return {"source": row["source"], **{f"amount_{year}": amount for year, amount in row["amounts"].items()}}

    @classmethod
    def years_of(cls, rows: list[Content]) -> set[int]:
        """Years with an amount."""
        return {int(year) for row in rows for year in row["amounts"]}

    def clean(self) -> None:
        """A source has one row only."""
        seen: set[str] = set()
        for form in self.forms:
            counts = not (form.is_removed or form.is_blank)
            source = form.cleaned_data.get("source", "") if counts else ""
            if source and source in seen:
                form.add_error("source", "Sumber dana ini sudah ada di baris lain. Gabungkan angkanya di satu baris.")
            seen.add(source)

    def say(self, number: int, bound: forms.BoundField, error: str) -> str:
        """An error with source and year."""
        form: Any = bound.form
        source = form.source_label or f"Baris {number}"
        return f"{source}: {error}" if bound.name == "source" else f"Anggaran {bound.label} dari {source}: {error}"

    @property
    def years(self) -> list[str]:
        """The columns."""
        return [cell.name.removeprefix("amount_") for cell in self.empty_form.cells]

    @property
    def year_totals(self) -> list[tuple[str, int]]:
        """What all sources come to, year by year."""
        amounts = [form.understood for form in self.in_order]
        return [(year, sum(row.get(year, 0) for row in amounts)) for year in self.years]

    @property
    def grand_total(self) -> int:
        """What all sources come to in all years."""
        return sum(amount for _, amount in self.year_totals)

    @property
    def extent(self) -> str:
        """Over how many years and sources the money is spread: `5 tahun, 3 sumber dana`; "" without any."""
        amounts = [row for form in self.in_order if (row := form.understood)]
        years = {year for row in amounts for year in row}
        return f"{len(years)} tahun, {len(amounts)} sumber dana" if amounts else ""

    def typed(self) -> str:
        """A line per source, with the amounts as they were typed."""
        lines = []
        for form in self.forms:
            cells = [f"{cell.label}: {cell.value()}" for cell in form.cells if cell.value() not in (None, "")]
            if cells:
                lines.append(f"{form.source_label or 'Sumber dana belum dipilih'}, {'; '.join(cells)}")
        return "\n".join(lines)
