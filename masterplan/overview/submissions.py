"""What was sent in the last days, agency by agency, and what follows from it. One query.

An initiative that is sent again after it was returned counts again: that too is work the agency finishes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from agencies.models import Regency
from masterplan.models import StatusChange
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.overview.forecast import WINDOW, Forecast, forecast
from masterplan.overview.progress import AgencyProgress
from masterplan.reference import InitiativeStatus

S = InitiativeStatus


def submission_days(regency: Regency, initiatives: InitiativeQuerySet, now: datetime) -> dict[int, list[date]]:
    """The days of the last WINDOW days on which something of `initiatives` was sent, by the leading agency."""
    changes = StatusChange.objects.filter(
        initiative__in=initiatives, transition="submit", at__gt=now - timedelta(days=WINDOW + 1)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for agency, at in changes.order_by("at").values_list("initiative__lead_agency", "at"):
        found[agency].append(regency.local(at).date())
    return found


def agency_forecasts(
    rows: Iterable[AgencyProgress], sent: dict[int, list[date]], today: date
) -> list[tuple[AgencyProgress, Forecast | None]]:
    """Of each agency that still has something to send: when it will have sent all it began, if that can be told."""
    return [
        (row, forecast(sent.get(row.agency.pk, []), row.counts[S.DRAFT] + row.counts[S.RETURNED], today))
        for row in rows
        if row.owes
    ]


def regency_forecast(rows: Iterable[AgencyProgress], sent: dict[int, list[date]], today: date) -> Forecast | None:
    """The same for what all agencies have begun together."""
    remaining = sum(row.counts[S.DRAFT] + row.counts[S.RETURNED] for row in rows)
    return forecast([day for days in sent.values() for day in days], remaining, today)
