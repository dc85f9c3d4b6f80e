"""What every form of the portal shares: the base form, and fields that read text, numbers and dates as people write.

Which questions a form asks is the business of the apps.
"""

import calendar
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict, flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from smartcity.common.interpretation import Choice, choices, echo
from smartcity.common.numbers import (
    format_date,
    format_money,
    format_month,
    format_number,
    parse_date,
    parse_money,
    parse_number,
    parse_target,
    parse_year,
)
from smartcity.common.reading import Ambiguous, Unreadable, tidy
from smartcity.common.rich_text.limits import check_marks
from smartcity.common.text import clean_text
from smartcity.common.times import format_time, parse_time

ErrorLink = tuple[str, str]

_EMPTY = "Isian ini masih kosong."
_NOT_CHOSEN = "Belum dipilih: pilih salah satu."
_NO_SUCH_CHOICE = "Pilihan ini tidak ada. Muat ulang halaman, lalu pilih lagi."


class PortalForm(forms.Form):
    """A form in the portal's words: errors say how to mend, crispy draws no form tag of its own.

    With `quiet` a bound form keeps what was typed and judges nothing: for a page that only grows by a row.
    """

    use_required_attribute = False
    # Whether its page knows the buttons that choose between the meanings of a text (name `use_reading`).
    offers_choices = False

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.quiet = quiet
        for field in self.fields.values():
            use_plain_messages(field)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy draws the form: its fields alone, inside a form tag and token of the page."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def full_clean(self) -> None:
        """Judge the form, or with `quiet` only keep it."""
        if self.quiet:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    @property
    def error_links(self) -> list[ErrorLink]:
        """For the error summary: the id of each control in the wrong, and what to do about it."""
        links: list[ErrorLink] = [("", str(error)) for error in self.non_field_errors()]
        for bound in self:
            links += [(first_control(bound), f"{bound.label}: {error}") for error in bound.errors]
        return links

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """The errors by the id of their control, in the words that stand beside it; "" for the form as a whole."""
        whole = [str(error) for error in self.non_field_errors()]
        errors = {"": whole} if whole else {}
        return errors | {first_control(bound): [str(error) for error in bound.errors] for bound in self if bound.errors}


def use_plain_messages(field: forms.Field) -> None:
    """Give a field the portal's messages where it still has Django's."""
    chosen = isinstance(field, forms.ChoiceField)
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _NOT_CHOSEN if chosen else _EMPTY
    if chosen:
        field.error_messages |= {"invalid_choice": _NO_SUCH_CHOICE, "invalid_list": _NO_SUCH_CHOICE}


def first_control(bound: forms.BoundField) -> str:
    """The id of the control that takes the focus."""
    many = isinstance(bound.field.widget, forms.RadioSelect)
    return f"{bound.auto_id}_0" if many else bound.id_for_label or bound.auto_id


def echo_of(bound: forms.BoundField) -> str:
    """What the text in a control was understood as, where that says more than the text; "" otherwise."""
    say = getattr(bound.field, "echo", None)
    value = bound.value() if say else None
    return say(value) if say and isinstance(value, str) else ""


def value_of(bound: forms.BoundField) -> Any:
    """What the text in a control was understood as, whether the form was judged or not; None for nothing readable."""
    text = bound.value()
    if not isinstance(bound.field, ReadField) or not isinstance(text, str):
        return None
    try:
        return bound.field.to_python(text)
    except Unreadable:
        return None


def control_of(bound: forms.BoundField, understood: str = "") -> SafeString:
    """The control of a cell in a grid, described by its errors and, when `understood` says something, by its echo."""
    places = [("_error", bound.errors), ("_echo", understood)]
    described = " ".join(f"{bound.auto_id}{suffix}" for suffix, found in places if found)
    return bound.as_widget(attrs={"aria-describedby": described} if described else None)


def choices_of(bound: forms.BoundField) -> list[Choice]:
    """The meanings to choose from where the text in a control can mean several things."""
    form = bound.form
    doubts = form.errors.as_data().get(bound.name, []) if getattr(form, "offers_choices", False) else []
    return [choice for error in doubts if isinstance(error, Ambiguous) for choice in choices(error)]


class TextInput(forms.TextInput):
    """An input of one line, drawn without a template: a table of sixty rows has hundreds of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The `<input>` with the attributes that Django's own would have."""
        shown = self.format_value(value)
        own = {"type": self.input_type, "name": name} | ({} if shown is None else {"value": shown})
        return format_html("<input{}>", flatatt(own | self.build_attrs(self.attrs, attrs)))


class TextField(forms.CharField):
    """Text of several lines, tidied and held to `limit` characters, which the browser must not cut without a word."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(strip=False, **kwargs)
        self.limit = limit
        if isinstance(self.widget, forms.Textarea):
            self.widget.attrs["data-limit"] = limit  # for the counter; nothing is cut in the browser

    def to_python(self, value: Any) -> str:
        """The tidied text; raises Unreadable with the limit when it is too long."""
        return clean_text(super().to_python(value) or "", self.limit)


class RichField(TextField):
    """Text with light marks. The limit counts the text as it is stored, its marks included."""

    has_marks = True

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(limit=limit, **kwargs)
        self.widget.attrs["data-rich"] = ""

    def to_python(self, value: Any) -> str:
        """The tidied text; raises Unreadable with the limit when it is too long or has too much of some mark."""
        text = super().to_python(value)
        check_marks(text)
        return text


class LineField(TextField):
    """Text of one line: whatever white space was pasted becomes single spaces."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off"}))
        super().__init__(limit=limit, **kwargs)

    def to_python(self, value: Any) -> str:
        """The tidied line; raises Unreadable with the limit when it is too long."""
        return super().to_python(" ".join(str(value or "").split()))


class ReadField(forms.CharField):
    """A value typed as text: `read` understands it (or raises Unreadable), `write` spells a stored value.

    `say` puts into words what was understood; it is `write` when not given.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        say: Callable[[Any], str] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)
        self.read, self.write, self.say = read, write, say or write

    def echo(self, text: str) -> str:
        """What `text` was understood as, where that says more."""
        return echo(text, self.read, self.say)

    def to_python(self, value: Any) -> Any:
        """The value understood, or None where nothing is written."""
        text = super().to_python(value)
        return self.read(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """What stands in the control: typed text stays as it was typed."""
        return value if value is None or isinstance(value, str) else self.write(value)


class NumberField(ReadField):
    """A number with decimal comma."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=parse_number, write=format_number, **_numeric(kwargs, "w-12"))


class MoneyField(ReadField):
    """Whole rupiah, also written as `450 jt` or `1,25 miliar`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=parse_money, write=format_number, say=format_money, **_numeric(kwargs, ""))


class YearField(ReadField):
    """A year of four digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=parse_year, write=str, **_numeric(kwargs, "w-8"))


class DayField(ReadField):
    """A day, in any notation that is used here."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off", "class": "w-20"}))
        super().__init__(read=parse_date, write=format_date, **kwargs)


class HourField(ReadField):
    """A time of day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off", "class": "w-8"}))
        super().__init__(read=parse_time, write=format_time, **kwargs)


class MonthField(ReadField):
    """A month, kept as its first day, with `end` as its last; a day within a month is kept as that day."""

    def __init__(self, *, end: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off"}))
        super().__init__(
            read=lambda text: parse_date(text, end=end), write=lambda day: month_text(day, end=end), **kwargs
        )


class TargetField(forms.CharField):
    """A target as it is written: a number, a range, a bound or a grade. The text is kept, once it can be understood.

    "-" and the like mean that there is none; with `keep_none` such a text is kept too, as a baseline is.
    """

    def __init__(self, *, limit: int, keep_none: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)
        self.limit, self.keep_none = limit, keep_none

    def to_python(self, value: Any) -> str:
        """The text; raises Unreadable or Ambiguous, and says the limit when it is too long."""
        text = clean_text(tidy(super().to_python(value) or ""), self.limit)
        return text if parse_target(text) is not None or self.keep_none else ""

    def echo(self, text: str) -> str:
        """What `text` was understood as, where that says more."""
        return echo(text, parse_target, lambda target: target.words)


def month_text(day: date, *, end: bool = False) -> str:
    """`Januari 2022` for the first (with `end` the last) day of a month, else the whole date."""
    whole = day.day == (calendar.monthrange(day.year, day.month)[1] if end else 1)
    return format_month(day) if whole else format_date(day)


def span_text(start: date | None, end: date | None) -> str:
    """Two months in words: `Januari 2022 sampai Juni 2022`, one of both as such, or what is known of them."""
    first, last = start and month_text(start), end and month_text(end, end=True)
    if not (first and last):
        return f"mulai {first}" if first else f"sampai {last}" if last else ""
    return first if first == last else f"{first} sampai {last}"


def _numeric(kwargs: dict[str, Any], width: str) -> dict[str, Any]:
    attrs = {"autocomplete": "off", "inputmode": "decimal", "class": f"num {width}".strip()}
    return {"widget": TextInput(attrs=attrs)} | kwargs
