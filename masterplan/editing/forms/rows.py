"""Tables as rows of forms: what all of them share, and the partners, which have nothing more.

A row set reads and gives plain registry values. Activities, indicators and the budget grid have modules of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.http import QueryDict

from masterplan.models import ROW_LIMIT, TEXT_LIMIT, Partner
from masterplan.reference import PartnerKind
from masterplan.registry import Content
from smartcity.common.forms import ErrorLink, LineField, PortalForm, first_control

MAX_ROWS = ROW_LIMIT


def limit_of(model: type[Model], column: str) -> int:
    """How many characters a column holds."""
    return int(cast(Any, model._meta.get_field(column)).max_length or TEXT_LIMIT)


class RowForm(PortalForm):
    """One row. A row in which nothing was written is no row; what belongs together is checked in `clean`."""

    offers_choices = True
    # Controls that always hold something, so that they alone do not make a row.
    preset: tuple[str, ...] = ()
    # The question without which a row says nothing, and what to say when only it is empty.
    key_field = "name"
    key_missing = ""
    # The questions whose answer could not be read, and what is stored there instead, as a control holds it.
    unread: frozenset[str] = frozenset()
    former: Content = {}

    def __init__(self, *args: Any, years: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.year_fields(years).items():
            self.fields[name] = field

    def year_fields(self, years: Iterable[int]) -> dict[str, forms.Field]:
        """Further questions, one a year."""
        return {}

    @property
    def is_removed(self) -> bool:
        """Whether the row is marked for removal, validated or not."""
        return "DELETE" in self.fields and bool(self["DELETE"].value())

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in the row."""
        skip = {*self.preset, "ORDER", "DELETE"}
        return not any(self.is_written(name) for name in self.fields if name not in skip)

    def is_written(self, name: str) -> bool:
        """Whether a control has a value, understood or not."""
        return name in self.errors or self.cleaned_data.get(name) not in (None, "")

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a row that has anything else."""
        self.unread = frozenset(self.errors)  # what is added from here on contradicts other answers, and was read
        if not self.is_blank and not self.is_written(self.key_field):
            self.add_error(self.key_field, self.key_missing)
        return self.cleaned_data

    @property
    def key(self) -> str:
        """What identifies the row, "" when that is missing or could not be read."""
        return _folded(self.cleaned_data.get(self.key_field))

    @property
    def is_storable(self) -> bool:
        """Whether it can be stored with the former answers in place of those that could not be read."""
        is_choice = any(isinstance(self.fields[name], forms.ChoiceField) for name in self.unread)
        return not self.errors or bool(self.key and not is_choice and self.errors.keys() <= self.unread)

    def answer(self, name: str) -> Any:
        """What was understood, or the former answer where nothing was."""
        return self.former.get(name) if name in self.unread else self.cleaned_data.get(name)

    def value(self) -> Content:
        """The row as the registry writes it."""
        return {name: self.answer(name) or "" for name in self.fields if name not in ("ORDER", "DELETE")}

    def typed(self) -> str:
        """The row as it was typed, in one line."""
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
        needed(self, "kind", "name")

    def clean(self) -> dict[str, Any]:
        """A partner has a kind."""
        super().clean()
        if not self.is_blank and not self.is_written("kind"):
            self.add_error("kind", "Pilih jenis mitra.")
        return self.cleaned_data


def needed(form: RowForm, *names: str) -> None:
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
    # The rows as they are stored, in registry values.
    stored: Sequence[Content] = ()

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """The values of the controls for a stored row."""
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
            for bound in () if form.is_removed else form:
                links += [(first_control(bound), self.say(number, bound, str(error))) for error in bound.errors]
        return links

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """The errors by the id of their control, in the words shown beside it; "" for the table as a whole."""
        whole = [str(error) for error in self.non_form_errors()]
        errors = {"": whole} if whole else {}
        for form in self.forms:
            errors |= cast(PortalForm, form).control_errors
        return errors

    def say(self, number: int, bound: forms.BoundField, error: str) -> str:
        """An error with the place where it stands."""
        return f"{self.title} {number}, {bound.label}: {error}"

    @property
    def in_order(self) -> list[Any]:
        """The forms that are not removed, in their order, validated or not."""
        kept = [form for form in self.forms if not form.is_removed]
        places = {form: number for number, form in enumerate(self.forms)}
        return sorted(kept, key=lambda form: (self._order(form), places[form]))

    def _order(self, form: forms.Form) -> int:
        order = str(form["ORDER"].value() or "") if "ORDER" in form.fields else ""
        return int(order) if order.isdecimal() and len(order) < 6 else len(self.forms)

    @property
    def is_storable(self) -> bool:
        """Whether its value is known: all was understood, or it is clear what stays as it is stored."""
        return self._rows is not None

    def value(self) -> Any:
        """The rows in their order, without blank and removed ones; what was not understood is as it is stored.

        A row is known by its key (name, source): a cell that could not be read keeps what the stored row of that key
        holds, and a row that cannot be stored stays that row whole. Asked for only while `is_storable`.
        """
        return self._rows

    @cached_property
    def _rows(self) -> list[Content] | None:
        """None when a stored row is missing from what was sent, and a sent row that could be it was not understood."""
        if self.non_form_errors():
            return None
        key = self.form.key_field
        counts = Counter(_folded(row[key]) for row in self.stored)
        former = {name: row for row in self.stored if counts[name := _folded(row[key])] == 1}
        rows, is_one_unknown = [], False
        for form in (form for form in self.in_order if not form.is_blank):
            before = former.pop(form.key, None)
            if form.is_storable:
                form.former = self.initial_of(before) if before else {}
                rows.append(form.value())
            elif before:
                rows.append(before)
            else:
                is_one_unknown = True
        missing = counts - Counter(_folded(row[key]) for row in rows)
        return None if is_one_unknown and missing else rows

    @property
    def controls(self) -> Iterator[forms.BoundField]:
        """The controls of all rows."""
        for form in self.forms:
            yield from form

    def fragments(self) -> dict[str, str]:
        """Parts of the page that follow from the rows: HTML by the id of its element."""
        return {}

    def typed(self) -> str:
        """All rows as they were typed, a line each."""
        return "\n".join(filter(None, (form.typed() for form in self.forms)))


def _folded(key: Any) -> str:
    return str(key or "").casefold()


class PartnerRows(RowSet):
    """The table of partners."""

    title = "Mitra"
    template_name = "masterplan/initiatives/initiative/rows_partners.html"


def _factory(form: type[RowForm], rows: type[RowSet], order: bool) -> type[RowSet]:
    made = forms.formset_factory(
        form,
        formset=rows,
        extra=0,
        can_order=order,
        can_delete=True,
        max_num=MAX_ROWS,
        validate_max=True,
        absolute_max=2 * MAX_ROWS,  # rows that were removed on the page come along until it is left
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
    initial = [rows.initial_of(row) for row in stored] or [dict(row) for row in rows.ready]
    opened = _factory(form, rows, order)(
        data,
        prefix=key,
        # What is sent is validated by itself: a row that was added on the page and has been saved since equals what is
        # stored in its place, and Django would take an added row that equals its initial value for an empty one.
        initial=initial if data is None or quiet else None,
        form_kwargs={"years": shown, "quiet": quiet},
        error_messages={
            "missing_management_form": "Sebagian isian tidak ikut terkirim. Muat ulang halaman, lalu isi lagi.",
            "too_many_forms": f"Paling banyak {MAX_ROWS} baris. Gabungkan baris yang serupa.",
        },
    )
    opened.stored = stored
    return opened


def data_to_redraw(data: QueryDict) -> QueryDict | None:
    """What the page is drawn again with when the button that was pressed saves nothing; None when it saves.

    For pages without JavaScript: `add_row` names a table that gets one more row, `use_reading` is "name=spelling".
    """
    if "add_row" in data:
        return with_added_row(data, data.get("add_row", ""))
    return with_spelling(data, data.get("use_reading", "")) if "use_reading" in data else None


def with_added_row(data: QueryDict, prefix: str) -> QueryDict:
    """What was sent, with one more row in the table `prefix`, up to the limit."""
    key = f"{prefix}-TOTAL_FORMS"
    count = data.get(key, "")
    if count.isdecimal() and int(count) < MAX_ROWS:
        data = data.copy()
        data[key] = str(int(count) + 1)
    return data


def with_spelling(data: QueryDict, choice: str) -> QueryDict:
    """What was sent, with the chosen spelling in its control."""
    name, found, spelling = choice.partition("=")
    if found and name in data:
        data = data.copy()
        data[name] = spelling
    return data
