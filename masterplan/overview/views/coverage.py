"""Over what the initiatives spread, and what can be expected of the days to come."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.views.requests import SignedIn
from masterplan.overview.forecast import Forecast
from masterplan.overview.sending import agency_forecasts, regency_forecast, sent_days
from masterplan.overview.spread import SpreadShare, spread
from masterplan.overview.views.frame import Overseer, open_overview

_SENT, _LEFT = "inisiatif terkirim", "belum"


@require_safe
def regency_coverage(request: SignedIn, slug: str) -> HttpResponse:
    """Missions, dimensions, districts and money; for whoever knows of drafts also the forecast."""
    seen = open_overview(request, slug, measures=False)
    found = spread(seen.plan, seen.initiatives)
    context = {
        "spread": found,
        "most": {
            "missions": _most(found.missions),
            "dimensions": _most(found.dimensions),
            "districts": _most(found.districts),
        },
        "bare_missions": sum(not row.count for row in found.missions),
        "bare_dimensions": sum(not row.count for row in found.dimensions),
        "bare_districts": sum(not row.count for row in found.districts),
        "outlook": _outlook(seen) if seen.sees_drafts else None,
        "hides_drafts": not seen.sees_drafts,
    }
    with timezone.override(seen.regency.zone):
        return render(request, "masterplan/overview/regency/coverage.html", context)


def _most(rows: list[SpreadShare]) -> int:
    """What the longest bar stands for."""
    return max((row.count for row in rows), default=0) or 1


def _outlook(seen: Overseer) -> dict[str, Any]:
    """The forecasts in words, and for how many agencies there is none."""
    today = seen.regency.local(seen.now).date()
    sent = sent_days(seen.regency, seen.initiatives, seen.now)
    told = agency_forecasts(seen.agencies, sent, today)
    days_left = min((row.days_left for row in seen.agencies if row.days_left is not None), default=None)
    return {
        "regency": _told(regency_forecast(seen.agencies, sent, today), days_left),
        "agencies": [(row.agency, _told(found, row.days_left)) for row, found in told if found],
        "untold": sum(found is None for _, found in told),
    }


def _told(found: Forecast | None, days_left: int | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {"span": found.span, "basis": found.basis(_SENT, _LEFT), "against": found.against(days_left)}
