"""The page of the bimtek: the stages, when and where, what they ask for and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import Workshop
from smartcity.common.formatting import MONTHS, format_age, format_date, format_days_left, format_weekday


@dataclass(frozen=True)
class Stage:
    """A workshop as it stands on a moment."""

    workshop: Workshop
    now: datetime

    @property
    def today(self) -> date:
        """The day it is."""
        return timezone.localdate(self.now)

    @property
    def dates(self) -> str:
        """The days it takes: `6–7 September 2021`; "" while not set."""
        start, end = self.workshop.start_date, self.workshop.end_date
        if start is None or end is None or start == end:
            only = start or end
            return format_date(only) if only else ""
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{end.day} {MONTHS[end.month - 1]} {end.year}"
        return f"{format_date(start)} sampai {format_date(end)}"

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
        local = self._deadline
        if local is None:
            return ""
        return f"{format_weekday(local)} pukul {local:%H.%M} {_zone(local)}"

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
        return timezone.localtime(self.workshop.deadline) if self.workshop.deadline else None


@require_safe
def workshop_list(request: SignedIn, slug: str) -> HttpResponse:
    """The stages in order, for everybody of the regency."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    now = timezone.now()
    stages = [Stage(workshop, now) for workshop in regency.workshops.all()]
    waiting = next((stage for stage in stages if not stage.is_over), None)
    context = {"stages": stages, "next": waiting}
    return render(request, "masterplan/workshop/list.html", context)


def _zone(moment: datetime) -> str:
    """The Indonesian name of the zone."""
    return {7: "WIB", 8: "WITA", 9: "WIT"}.get(int((moment.utcoffset() or timedelta()).total_seconds() // 3600), "")
