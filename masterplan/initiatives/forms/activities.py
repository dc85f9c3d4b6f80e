"""The activities of an initiative as rows with a first and a last month, and the small schedule drawn from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string

from masterplan.editing.forms.rows import RowForm, RowSet, limit_of, needed
from masterplan.models import Activity
from masterplan.registry import Content
from smartcity.common.forms import LineField, MonthField, span_text, value_of
from smartcity.common.timeline import MONTHS, Timeline, moment


class ActivityForm(RowForm):
    """A step with its months."""

    key_missing = "Tulis nama kegiatan, misalnya Pemasangan kode QR di tiga loket."

    name = LineField(label="Kegiatan", limit=limit_of(Activity, "name"), required=False)
    start = MonthField(label="Bulan mulai", required=False)
    end = MonthField(label="Bulan selesai", end=True, required=False)
    output = LineField(label="Keluaran", limit=limit_of(Activity, "output"), required=False)

    def __init__(self, *args: Any, years: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, years=years, **kwargs)
        self.years = tuple(years)
        needed(self, "name", "start", "end")

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
        days = {key: self.answer(key) for key in ("start", "end")}
        return super().value() | {key: day.isoformat() if day else None for key, day in days.items()}


@dataclass(frozen=True)
class Bar:
    """An activity in the schedule: its name, its months in words, and its bar in months from the first January."""

    name: str
    words: str
    start: float | None
    length: float | None


@dataclass(frozen=True)
class Schedule:
    """What `schedule.html` draws: the years, and a bar for each activity that has a name or a month."""

    years: tuple[int, ...]
    bars: list[Bar]

    @property
    def months(self) -> int:
        """How many months the drawing is wide."""
        return len(self.years) * MONTHS

    @property
    def year_lines(self) -> range:
        """Where one year ends and the next begins."""
        return range(MONTHS, self.months, MONTHS)

    @property
    def is_empty(self) -> bool:
        """Whether there is no bar to look at."""
        return all(bar.start is None for bar in self.bars)


class ActivityRows(RowSet):
    """The table of activities."""

    title = "Kegiatan"
    template_name = "masterplan/initiatives/initiative/rows_activities.html"

    @classmethod
    def initial_of(cls, row: Content) -> Content:
        """Dates from their ISO text."""
        return row | {key: date.fromisoformat(row[key]) if row[key] else None for key in ("start", "end")}

    @property
    def schedule(self) -> Schedule:
        """The activities as bars over the years of the plan, in the state the form is in, understood or not."""
        years = tuple(self.empty_form.years)
        return Schedule(years, [bar for form in self.in_order if (bar := _bar(form, years))])

    def fragments(self) -> dict[str, str]:
        """The schedule, unless the activities were not sent along."""
        if self.is_bound and not self.management_form.is_valid():
            return {}
        html = render_to_string("masterplan/initiatives/initiative/schedule.html", {"schedule": self.schedule})
        return {f"{self.prefix}-schedule": html}


def _bar(form: forms.Form, years: tuple[int, ...]) -> Bar | None:
    name = str(form["name"].value() or "").strip()
    start, end = value_of(form["start"]), value_of(form["end"])
    if not (name or start or end):
        return None
    timeline = Timeline(years, 0, len(years) * MONTHS) if years else None
    shown = timeline.within(moment(start), moment(end, end=True)) if timeline and start and end else None
    words = span_text(start, end)
    if timeline is None or shown is None:
        outside = start and end and end >= start and years
        words += f", di luar {years[0]}\u2013{years[-1]}" if outside else ""
        return Bar(name, words, None, None)
    begin, finish = (round(timeline.at(when), 2) for when in shown)
    return Bar(name, words, begin, round(finish - begin, 2))
