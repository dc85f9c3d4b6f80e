"""Tables of an initiative as rows of forms: partners, activities, indicators. The budget grid has its own module.

A row set reads and gives plain registry values; which page shows it, and saving, are not its business.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.http import QueryDict

from masterplan.models import ROW_LIMIT, TEXT_LIMIT, Activity, InitiativeIndicator, InitiativeTarget, Partner
from masterplan.reference import Direction, IndicatorKind, PartnerKind
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink, LineField, MonthField, PortalForm, TargetField, first_control

MAX_ROWS = ROW_LIMIT


def limit_of(model: type[Model], column: str) -> int:
    """How many characters a column holds."""
    return int(cast(Any, model._meta.get_field(column)).max_length or TEXT_LIMIT)


class RowForm(PortalForm):
    """One row. A row in which nothing was written is no row; what belongs together is checked in `clean`."""

    # Controls that always hold something, so that they alone do not make a row.
    preset: tuple[str, ...] = ()
    # The question without which a row says nothing, and what to say when only it is empty.
    key_field = "name"
    key_missing = ""

    def __init__(self, *args: Any, years: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.year_fields(years).items():
            self.fields[name] = field

    def year_fields(self, years: Iterable[int]) -> dict[str, forms.Field]:
        """Further questions, one a year."""
        return {}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in the row."""
        skip = {*self.preset, "ORDER", "DELETE"}
        return not any(self.is_written(name) for name in self.fields if name not in skip)

    def is_written(self, name: str) -> bool:
        """Whether something stands in a control, understood or not."""
        return name in self.errors or self.cleaned_data.get(name) not in (None, "")

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a row that has anything else."""
        if not self.is_blank and not self.is_written(self.key_field):
            self.add_error(self.key_field, self.key_missing)
        return self.cleaned_data

    def value(self) -> Content:
        """The row as the registry writes it."""
        return {name: self.cleaned_data.get(name) or "" for name in self.fields if name not in ("ORDER", "DELETE")}

    def typed(self) -> str:
        """What stands in the row, as one line."""
        skip = {*self.preset, "ORDER", "DELETE"}
        values = (str(self[name].value() or "").strip() for name in self.fields if name not in skip)
        return ", ".join(filter(None, values))


class PartnerForm(RowForm):
    """Who works along, and with what."""

    key_missing = "Tulis nama mitra, misalnya Bank pembangunan daerah."

    kind = forms.ChoiceField(label="Jenis mitra", choices=[("", "Pilih jenis"), *PartnerKind.choices], required=False)
    name = LineField(label="Nama mitra", limit=limit_of(Partner, "name"), required=False)
    contribution = LineField(label="Perannya", limit=limit_of(Partner, "contribution"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _needed(self, "kind", "name")

    def clean(self) -> dict[str, Any]:
        """A partner has a kind."""
        super().clean()
        if not self.is_blank and not self.is_written("kind"):
            self.add_error("kind", "Pilih jenis mitra.")
        return self.cleaned_data


class ActivityForm(RowForm):
    """A step with its months."""

    key_missing = "Tulis nama kegiatan, misalnya Pemasangan kode QR di tiga loket."

    name = LineField(label="Kegiatan", limit=limit_of(Activity, "name"), required=False)
    start = MonthField(label="Bulan mulai", required=False)
    end = MonthField(label="Bulan selesai", end=True, required=False)
    output = LineField(label="Keluaran", limit=limit_of(Activity, "output"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _needed(self, "name", "start", "end")

    def clean(self) -> dict[str, Any]:
        """An activity does not end before it begins."""
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            first = self.fields["start"].prepare_value(start)
            self.add_error("end", f"Selesai lebih awal dari mulai. Tulis {first} atau sesudahnya.")
        return self.cleaned_data

    def value(self) -> Content:
        """Dates as ISO text."""
        days = {key: self.cleaned_data.get(key) for key in ("start", "end")}
        return super().value() | {key: day.isoformat() if day else None for key, day in days.items()}


class IndicatorForm(RowForm):
    """What is measured, with a target a year."""

    preset = ("kind", "direction")
    key_missing = "Tulis nama indikator, misalnya Transaksi nontunai di loket."

    kind = forms.ChoiceField(label="Jenis", choices=IndicatorKind.choices)
    name = LineField(label="Indikator", limit=limit_of(InitiativeIndicator, "name"), required=False)
    unit = LineField(label="Satuan", limit=limit_of(InitiativeIndicator, "unit"), required=False)
    direction = forms.ChoiceField(label="Arah", choices=Direction.choices)
    baseline = TargetField(
        label="Kondisi awal", limit=limit_of(InitiativeIndicator, "baseline"), keep_none=True, required=False
    )
    end_condition = TargetField(
        label="Kondisi akhir", limit=limit_of(InitiativeIndicator, "end_condition"), keep_none=True, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _needed(self, *self.fields)

    def year_fields(self, years: Iterable[int]) -> dict[str, forms.Field]:
        """A target for each year."""
        limit = limit_of(InitiativeTarget, "text")
        return {f"target_{year}": TargetField(label=f"Target {year}", limit=limit, required=False) for year in years}

    @property
    def targets(self) -> list[forms.BoundField]:
        """The controls of the yearly targets."""
        return [self[name] for name in self.fields if name.startswith("target_")]

    def value(self) -> Content:
        """Targets by year; a year without one is left out."""
        row = super().value()
        targets = {name.removeprefix("target_"): row.pop(name) for name in list(row) if name.startswith("target_")}
        return row | {"targets": {year: text for year, text in targets.items() if text}}


def _needed(form: RowForm, *names: str) -> None:
    """Mark what may wait until sending, so that the page does not call it optional."""
    for name in names:
        if name in form.fields:
            form.fields[name].needed = True  # type: ignore[attr-defined]


class RowSet(forms.BaseFormSet):
    """The rows of one table."""

    title = "Baris"
    template_name = ""
    # Rows that stand ready in a table that is still empty.
    ready: tuple[Content, ...] = ({},)

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """What stands in the controls for a stored row."""
        return row

    @classmethod
    def years_of(cls, rows: list[Content]) -> set[int]:
        """Years that the stored rows speak of."""
        return set()

    @property
    def error_links(self) -> list[ErrorLink]:
        """For the error summary: each control in the wrong, with the number of its row."""
        links: list[ErrorLink] = [("", str(error)) for error in self.non_form_errors()]
        for number, form in enumerate(self.forms, 1):
            for bound in form:
                links += [(first_control(bound), self.say(number, bound, str(error))) for error in bound.errors]
        return links

    def say(self, number: int, bound: forms.BoundField, error: str) -> str:
        """An error with the place where it stands."""
        return f"{self.title} {number}, {bound.label}: {error}"

    def value(self) -> Any:
        """The rows in their order, without blank and removed ones."""
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE") and not form.is_blank]
        places = {form: number for number, form in enumerate(self.forms)}
        return [form.value() for form in sorted(kept, key=lambda form: (self._order(form), places[form]))]

    def _order(self, form: forms.Form) -> int:
        order = form.cleaned_data.get("ORDER")
        return len(self.forms) if order is None else order

    def typed(self) -> str:
        """What stands in all rows, a line each."""
        return "\n".join(filter(None, (form.typed() for form in self.forms)))


class PartnerRows(RowSet):
    """The table of partners."""

    title = "Mitra"
    template_name = "masterplan/initiative/rows_partners.html"


class ActivityRows(RowSet):
    """The table of activities."""

    title = "Kegiatan"
    template_name = "masterplan/initiative/rows_activities.html"

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """Dates from their ISO text."""
        return row | {key: date.fromisoformat(row[key]) if row[key] else None for key in ("start", "end")}


class IndicatorRows(RowSet):
    """The table of indicators; an empty one stands ready for an output and an outcome."""

    title = "Indikator"
    template_name = "masterplan/initiative/rows_indicators.html"
    ready = ({"kind": IndicatorKind.OUTPUT}, {"kind": IndicatorKind.OUTCOME})

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """A control for each year's target."""
        return row | {f"target_{year}": text for year, text in row.get("targets", {}).items()}

    @classmethod
    def years_of(cls, rows: list[Content]) -> set[int]:
        """Years with a target."""
        return {int(year) for row in rows for year in row["targets"]}


def _factory(form: type[RowForm], rows: type[RowSet], order: bool) -> type[RowSet]:
    made = forms.formset_factory(
        form,
        formset=rows,
        extra=0,
        can_order=order,
        can_delete=order,
        max_num=MAX_ROWS,
        validate_max=True,
        absolute_max=MAX_ROWS + 1,
    )
    return cast(type[RowSet], made)


def open_rows(
    form: type[RowForm],
    rows: type[RowSet],
    *,
    key: str,
    stored: list[Content],
    years: Iterable[int],
    data: Mapping[str, Any] | None = None,
    quiet: bool = False,
    order: bool = True,
) -> RowSet:
    """The rows of `stored` or of what was sent in `data`, for all years of the plan and those the rows speak of."""
    shown = sorted({*years, *rows.years_of(stored)})
    return _factory(form, rows, order)(
        data,
        prefix=key,
        initial=[rows.initial_of(row) for row in stored] or [dict(row) for row in rows.ready],
        form_kwargs={"years": shown, "quiet": quiet},
        error_messages={
            "missing_management_form": "Sebagian isian tidak ikut terkirim. Muat ulang halaman, lalu isi lagi.",
            "too_many_forms": f"Paling banyak {MAX_ROWS} baris. Gabungkan baris yang serupa.",
        },
    )


def grown(data: QueryDict, prefix: str) -> QueryDict:
    """What was sent, with one more row in the table `prefix`; for pages without JavaScript."""
    key = f"{prefix}-TOTAL_FORMS"
    count = data.get(key, "")
    if count.isdecimal() and int(count) < MAX_ROWS:
        data = data.copy()
        data[key] = str(int(count) + 1)
    return data
