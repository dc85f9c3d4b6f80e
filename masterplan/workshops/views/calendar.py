"""The bimtek as a calendar file: one stage or the whole round, an entry for each day."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from agencies.access import enter_regency
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import AgendaItem, Workshop
from masterplan.pages.loading import get_workshop_or_404
from smartcity.common.icalendar import CONTENT_TYPE, Event, write_calendar
from smartcity.common.times import format_time


@require_safe
def workshop_calendar(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The days of one stage."""
    regency = enter_regency(request.user, slug, Permission.VIEW_REGENCY)
    workshop = get_workshop_or_404(regency, pk)
    return _file(regency, f"Bimtek tahap {workshop.stage}, {regency}", [workshop], f"bimtek-{workshop.pk}.ics")


@require_safe
def workshop_round_calendar(request: SignedIn, slug: str) -> HttpResponse:
    """The days of all stages."""
    regency = enter_regency(request.user, slug, Permission.VIEW_REGENCY)
    workshops = regency.workshops.prefetch_related("agenda_items")
    return _file(regency, f"Bimtek smart city, {regency}", workshops, f"bimtek-{slug}.ics")


def _file(regency: Regency, name: str, workshops: Iterable[Workshop], filename: str) -> HttpResponse:
    events = [event for workshop in workshops for event in events_of(workshop)]
    data = write_calendar(name, regency.zone, events)
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def events_of(workshop: Workshop) -> Iterator[Event]:
    """An entry for each day of a stage, from the first item of its agenda to the last; the whole day without any."""
    zone = workshop.regency.zone
    page = settings.BASE_URL + reverse("workshop_detail", args=[workshop.regency.slug, workshop.pk])
    days = workshop.days
    for number, day in enumerate(days, 1):
        items = [item for item in workshop.agenda_items.all() if item.day == number]
        count = f", hari ke-{number}" if len(days) > 1 else ""
        yield Event(
            uid=f"bimtek-{workshop.pk}-{number}@{urlsplit(settings.BASE_URL).hostname}",
            sequence=workshop.sequence,
            changed_at=workshop.changed_at,
            summary=f"Bimtek tahap {workshop.stage}{count}",
            day=day,
            start=datetime.combine(day, min(item.start for item in items), zone) if items else None,
            end=datetime.combine(day, max(item.end for item in items), zone) if items else None,
            location=workshop.place,
            description="\n".join(filter(None, (workshop.title, workshop.online_link, *map(_line, items)))),
            url=page,
        )


def _line(item: AgendaItem) -> str:
    return f"{format_time(item.start)}–{format_time(item.end)} {item.topic}"
