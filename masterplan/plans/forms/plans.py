"""The forms of one node of a development plan: its columns, its indicators as rows, its ceilings as a row of money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from masterplan.editing.forms.rows import RowSet
from masterplan.editing.forms.targets import TargetRow, target_field
from masterplan.models import TEXT_LIMIT, PlanElement
from masterplan.plans.actions.plans import (
    CODE_LIMIT,
    NAME_LIMIT,
    VALUE_LIMIT,
    allowed_levels,
    carried_out_candidates,
    possible_parents,
    replaced_candidates,
)
from masterplan.reference import Direction, Level
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink, LineField, MoneyField, PortalForm, TextField, TextInput, value_of

ROWS, MONEY = "indikator", "pagu"
MAX_INDICATORS = 20
LEVELS_WITH_INDICATORS = frozenset({Level.GOAL, Level.OBJECTIVE, Level.PROGRAM, Level.ACTIVITY, Level.SUB_ACTIVITY})
Choices = list[tuple[str, Any]]


def _id(text: str) -> int | None:
    return int(text) if text else None


class ElementForm(PortalForm):
    """The node itself. Questions that a node of this level does not have are left out."""

    level = forms.ChoiceField(label="Jenjang")
    parent = forms.ChoiceField(label="Berada di bawah", required=False)
    code = LineField(
        label="Kode",
        help_text="Nomor urut atau kode nomenklatur, seperti tertulis dalam dokumen.",
        limit=CODE_LIMIT,
        required=False,
    )
    text = TextField(label="Uraian", help_text="Bunyi lengkap seperti dalam dokumen.", limit=TEXT_LIMIT)
    agency = forms.ChoiceField(label="Perangkat daerah penanggung jawab", required=False)
    carries_out = forms.ChoiceField(
        label="Melaksanakan program RPJMD",
        help_text="Program RPJMD yang dijalankan program Renstra ini.",
        required=False,
    )
    replaces = forms.ChoiceField(
        label="Menggantikan",
        help_text="Padanannya pada periode sebelumnya, bila kodenya berubah.",
        required=False,
    )
    is_sample = forms.BooleanField(
        label="Isi ini masih contoh", help_text="Hapus centang bila sudah sesuai dokumen resmi.", required=False
    )

    def __init__(self, element: PlanElement, agencies: Choices, data: Mapping[str, Any] | None, quiet: bool) -> None:
        super().__init__(data, initial=_initial(element), quiet=quiet)
        self.fields["code"].example = "2.11.11"  # type: ignore[attr-defined]
        self.fields["code"].widget.attrs["class"] = "w-20"
        self._offer("agency", "Belum ditentukan", agencies)
        self._offer("carries_out", "Belum ditentukan", _grouped(carried_out_candidates(element)))
        self._offer("replaces", "Tidak menggantikan", _grouped(replaced_candidates(element)))
        self._place(element)
        if not element.is_sample or element._state.adding:
            del self.fields["is_sample"]

    def _offer(self, name: str, nothing: str, choices: Choices) -> None:
        """Fill a list, or leave the question out where there is nothing to choose."""
        if choices:
            self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def _place(self, element: PlanElement) -> None:
        """A new node has its place by the address and asks its level; a stored one may be moved."""
        if element._state.adding:
            del self.fields["parent"]
            levels = allowed_levels(element.plan, element.parent)
            self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
            return
        del self.fields["level"]
        top = [("", "Paling atas")] if element.level in allowed_levels(element.plan, None) else []
        parents = [(str(parent.pk), _named(parent)) for parent in possible_parents(element)]
        self.fields["parent"].choices = [*top, *parents]  # type: ignore[attr-defined]
        self.fields["parent"].required, self.fields["parent"].needed = not top, True  # type: ignore[attr-defined]
        if not parents:
            del self.fields["parent"]

    def value(self) -> Content:
        """The answers as `save_element` takes them."""
        pointers = {"parent", "agency", "carries_out", "replaces"}
        return {key: _id(value) if key in pointers else value for key, value in self.cleaned_data.items()}


class PlanIndicatorForm(TargetRow):
    """What a node measures, with a target for each year of the plan."""

    target_limit = VALUE_LIMIT
    preset = ("id", "direction", "agency")
    key_missing = "Tulis nama indikator, misalnya Persentase sampah yang terkelola."

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    name = LineField(label="Indikator", limit=NAME_LIMIT, required=False)
    unit = LineField(label="Satuan", limit=VALUE_LIMIT, required=False)
    direction = forms.ChoiceField(
        label="Arah", choices=Direction.choices, widget=forms.Select(attrs={"data-direction": True})
    )
    baseline = target_field("Kondisi awal", VALUE_LIMIT, keep_none=True)
    end_condition = target_field("Kondisi akhir", VALUE_LIMIT, keep_none=True)
    agency = forms.ChoiceField(label="Penanggung jawab", required=False)

    def __init__(self, *args: Any, agencies: Choices, known: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = frozenset(known)
        self.fields["agency"].choices = [("", "Sama dengan unsurnya"), *agencies]  # type: ignore[attr-defined]
        for field in self.fields.values():
            # The table as a whole may stay empty, and says so once.
            field.needed = True  # type: ignore[attr-defined]

    def value(self) -> Content:
        """The row with its id; an id that is not of this node (any more) makes a new indicator."""
        cleaned = self.cleaned_data
        pk = cleaned.get("id", "")
        columns = ("name", "unit", "baseline", "end_condition", "direction")
        return {
            "id": int(pk) if pk.isascii() and pk.isdecimal() and int(pk) in self.known else None,
            **{name: cleaned.get(name) or "" for name in columns},
            "agency": _id(cleaned.get("agency", "")),
            "targets": {
                field.name.removeprefix("target_"): cleaned[field.name]
                for field in self.targets
                if cleaned.get(field.name)
            },
        }


class PlanIndicatorRows(RowSet):
    """The rows of indicators."""

    title = "Indikator"

    def clean(self) -> None:
        """A name stands in one row only."""
        seen: set[str] = set()
        for form in self.forms:
            name = "" if form.cleaned_data.get("DELETE") else form.cleaned_data.get("name", "")
            if name and name in seen:
                form.add_error("name", "Indikator ini sudah ada di baris lain. Gabungkan menjadi satu baris.")
            seen.add(name)


class CeilingForm(PortalForm):
    """The indicative ceiling, year by year."""

    offers_choices = True

    def __init__(self, years: Iterable[int], stored: Mapping[str, int], data: Any, quiet: bool) -> None:
        super().__init__(
            data, prefix=MONEY, initial={f"tahun_{year}": money for year, money in stored.items()}, quiet=quiet
        )
        for year in years:
            attrs = {"autocomplete": "off", "inputmode": "decimal", "class": "form-control num"}
            self.fields[f"tahun_{year}"] = MoneyField(label=str(year), required=False, widget=TextInput(attrs=attrs))

    @property
    def cells(self) -> list[forms.BoundField]:
        """The controls, a year each."""
        return [self[name] for name in self.fields]

    def value(self) -> dict[str, int]:
        """The amounts that were understood, by year, judged or not."""
        amounts = {cell.name.removeprefix("tahun_"): value_of(cell) for cell in self.cells}
        return {year: amount for year, amount in amounts.items() if amount is not None}

    @property
    def total(self) -> int:
        """All years together."""
        return sum(self.value().values())

    @property
    def error_links(self) -> list[ErrorLink]:
        """Each cell in the wrong, with its year."""
        return [(cell.auto_id, f"Pagu {cell.label}: {error}") for cell in self.cells for error in cell.errors]


@dataclass
class ElementForms:
    """All that is asked about a node; rows and money only where its level has them."""

    main: ElementForm
    indicators: PlanIndicatorRows | None
    ceilings: CeilingForm | None

    @property
    def all(self) -> list[Any]:
        """The forms there are."""
        return [form for form in (self.main, self.indicators, self.ceilings) if form is not None]

    def is_valid(self) -> bool:
        """Whether everything was judged and understood; judges all of it, so that all errors show at once."""
        verdicts = [form.is_valid() for form in self.all]
        return not self.main.quiet and all(verdicts)

    @property
    def error_links(self) -> list[ErrorLink]:
        """For the error summary."""
        return [link for form in self.all for link in form.error_links]

    def content(self) -> Content:
        """What was answered, as the actions take it."""
        found = self.main.value()
        if self.indicators is not None:
            found["indicators"] = self.indicators.value()
        if self.ceilings is not None:
            found["ceilings"] = self.ceilings.value()
        return found


def open_forms(element: PlanElement, stored: Content, data: Any = None, *, quiet: bool = False) -> ElementForms:
    """The forms for a node (a new one is not stored yet) with what is stored, or with what was sent in `data`."""
    agencies = _agency_choices(element, stored)
    new = element._state.adding
    levels = set(allowed_levels(element.plan, element.parent)) if new else {Level(element.level)}
    measured = bool(levels & LEVELS_WITH_INDICATORS or stored["indicators"])
    costed = any(PlanElement(level=level).bears_money for level in levels) or bool(stored["ceilings"])
    return ElementForms(
        main=ElementForm(element, agencies, data, quiet),
        indicators=_indicator_rows(element, stored, agencies, data, quiet) if measured else None,
        ceilings=CeilingForm(_years(element, stored["ceilings"]), stored["ceilings"], data, quiet) if costed else None,
    )


def _years(element: PlanElement, *stored: Iterable[str]) -> list[int]:
    """The years of the plan and any that something is stored for."""
    return sorted({*element.plan.years, *(int(year) for years in stored for year in years)})


def _indicator_rows(
    element: PlanElement, stored: Content, agencies: Choices, data: Any, quiet: bool
) -> PlanIndicatorRows:
    rows = stored["indicators"]
    made = forms.formset_factory(
        PlanIndicatorForm,
        formset=PlanIndicatorRows,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=MAX_INDICATORS,
        validate_max=True,
        absolute_max=2 * MAX_INDICATORS,
    )
    return made(  # type: ignore[return-value]
        data,
        prefix=ROWS,
        initial=[row | {f"target_{year}": text for year, text in row["targets"].items()} for row in rows],
        form_kwargs={
            "years": _years(element, *(row["targets"] for row in rows)),
            "quiet": quiet,
            "agencies": agencies,
            "known": {row["id"] for row in rows},
        },
        error_messages={
            "missing_management_form": "Sebagian isian tidak ikut terkirim. Muat ulang halaman, lalu isi lagi.",
            "too_many_forms": f"Paling banyak {MAX_INDICATORS} indikator pada satu unsur.",
        },
    )


def _agency_choices(element: PlanElement, stored: Content) -> Choices:
    """The agencies of today, and any that the node names though it has ended since."""
    named = {stored["agency"], *(row["agency"] for row in stored["indicators"])}
    today = timezone.localdate()
    return [
        (str(agency.pk), agency.name)
        for agency in element.plan.regency.agencies.all()
        if agency.pk in named or agency.exists_on(today)
    ]


def _initial(element: PlanElement) -> Content:
    pointers = {key: getattr(element, f"{key}_id") for key in ("parent", "agency", "carries_out", "replaces")}
    plain = {key: getattr(element, key) for key in ("level", "code", "text", "is_sample")}
    return plain | {key: str(pk) if pk else "" for key, pk in pointers.items()}


def _named(element: PlanElement) -> str:
    return f"{element.get_level_display()} {element}"


def _grouped(rows: Any) -> Choices:
    """Nodes to choose from, under the title of their plan."""
    groups: dict[str, Choices] = {}
    for element in rows.select_related("plan"):
        groups.setdefault(element.plan.title, []).append((str(element.pk), str(element)))
    return list(groups.items())
