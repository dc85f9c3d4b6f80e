"""How the initiatives are distributed, and the forecast of when they will have been sent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.views.requests import SignedIn
from masterplan.overview.distribution import DistributionShare, distribution_of
from masterplan.overview.forecast import Forecast
from masterplan.overview.submissions import agency_forecasts, regency_forecast, submission_days
from masterplan.overview.views.frame import OverviewContext, open_overview

_SENT, _LEFT = "inisiatif terkirim", "belum"


@require_safe
def regency_coverage(request: SignedIn, slug: str) -> HttpResponse:
    """Missions, dimensions, districts and money; for whoever knows of drafts also the forecast."""
    overview = open_overview(request, slug, measures=False)
    found = distribution_of(overview.plan, overview.initiatives)
    context = {
        "distribution": found,
        "most": {
            "missions": _most(found.missions),
            "dimensions": _most(found.dimensions),
            "districts": _most(found.districts),
        },
        "bare_missions": sum(not row.count for row in found.missions),
        "bare_dimensions": sum(not row.count for row in found.dimensions),
        "bare_districts": sum(not row.count for row in found.districts),
        "outlook": _outlook(overview) if overview.sees_drafts else None,
        "hides_drafts": not overview.sees_drafts,
    }
    with timezone.override(overview.regency.zone):
        return render(request, "masterplan/overview/regency/coverage.html", context)


def _most(rows: list[DistributionShare]) -> int:
    """What the longest bar stands for."""
    return max((row.count for row in rows), default=0) or 1


def _outlook(overview: OverviewContext) -> dict[str, Any]:
    """The forecasts in words, and for how many agencies there is none."""
    today = overview.regency.local(overview.now).date()
    sent = submission_days(overview.regency, overview.initiatives, overview.now)
    told = agency_forecasts(overview.agencies, sent, today)
    days_left = min((row.days_left for row in overview.agencies if row.days_left is not None), default=None)
    return {
        "regency": _told(regency_forecast(overview.agencies, sent, today), days_left),
        "agencies": [(row.agency, _told(found, row.days_left)) for row, found in told if found],
        "untold": sum(found is None for _, found in told),
    }


def _told(found: Forecast | None, days_left: int | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {"span": found.span, "basis": found.basis(_SENT, _LEFT), "against": found.against(days_left)}
