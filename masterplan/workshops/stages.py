"""A stage of the bimtek in words: which days, how far away, until when. Pages and papers say it alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils import timezone

from masterplan.models import Workshop, later_deadlines
from smartcity.common.formatting import format_age, format_days, format_days_left, format_deadline


@dataclass(frozen=True)
class Stage:
    """A workshop as it stands on a moment, for the people of these agencies (by id) or for everybody."""

    workshop: Workshop
    now: datetime
    agencies: Collection[int] = ()

    @property
    def zone(self) -> tzinfo:
        """Where the regency lies."""
        has_place = self.workshop.regency_id is not None
        return self.workshop.regency.zone if has_place else timezone.get_current_timezone()

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.astimezone(self.zone).date()

    @property
    def dates(self) -> str:
        """The days it takes: `6–7 September 2021`; "" while not set."""
        return format_days(self.workshop.start_date, self.workshop.end_date)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        last = self.workshop.end_date or self.workshop.start_date
        return last is not None and last < self.today

    @property
    def is_on(self) -> bool:
        """Whether it takes place today."""
        start, end = self.workshop.start_date, self.workshop.end_date or self.workshop.start_date
        return start is not None and end is not None and start <= self.today <= end

    @property
    def countdown(self) -> str:
        """How far away it is, in words."""
        start = self.workshop.start_date
        if self.is_on:
            return "berlangsung hari ini"
        if self.is_over or start is None:
            return "sudah berlalu" if self.is_over else ""
        return format_days_left((start - self.today).days)

    @property
    def icon(self) -> str:
        """The sign beside the countdown."""
        if self.is_on:
            return "record-circle"
        return "check-lg" if self.is_over else "calendar-event"

    @property
    def deadline(self) -> str:
        """`Jumat, 1 Oktober 2021 pukul 16.00 WIB`."""
        return format_deadline(self._deadline) if self._deadline else ""

    @property
    def deadline_note(self) -> str:
        """How much time is left until the deadline, or how long it has been."""
        if self._deadline is None:
            return ""
        days = (self._deadline.date() - self.today).days
        if self._deadline <= self.now:
            age = format_age(self._deadline, self.now)
            return f"lewat {age.removesuffix(' lalu')}" if age.endswith(" lalu") else "sudah lewat"
        return format_days_left(days)

    @property
    def _deadline(self) -> datetime | None:
        later = later_deadlines(self.workshop) if self.agencies else {}
        moment = max((later[agency] for agency in self.agencies if agency in later), default=self.workshop.deadline)
        return moment.astimezone(self.zone) if moment else None
