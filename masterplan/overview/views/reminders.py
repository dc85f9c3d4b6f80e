"""Reminders to copy: one message for each agency that is still awaited, and one for the group of all."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.overview.progress import ORDERS, AgencyProgress
from masterplan.overview.reminders import MESSAGE_LIMIT, group_message, message, state_in_words
from masterplan.overview.views.frame import OverviewContext, days_in_words, open_overview


@require_safe
def regency_reminders(request: SignedIn, slug: str) -> HttpResponse:
    """The agencies whose turn it is, most behind first; `opd` opens the message of one of them."""
    overview = open_overview(request, slug, measures=False)
    require(request.user, Permission.REVIEW_INITIATIVE, overview.regency)
    awaited = sorted((row for row in overview.agencies if row.owes), key=ORDERS["tertinggal"][1])
    link = settings.BASE_URL + reverse("regency_home", args=[slug])
    stage = overview.stage.workshop
    with timezone.override(overview.regency.zone):
        context = {
            "rows": [_row(overview, row, link) for row in awaited],
            "chosen": request.GET.get("opd", ""),
            "total": len(overview.agencies),
            "stage": stage,
            "kept_stage": overview.kept_stage,
            "workshops": overview.workshops,
            "limit": MESSAGE_LIMIT,
            "group": group_message(awaited, overview.regency, stage, link=link, now=overview.now) if awaited else "",
        }
        return render(request, "masterplan/overview/regency/reminders.html", context)


def _row(overview: OverviewContext, row: AgencyProgress, link: str) -> dict[str, Any]:
    return {
        "agency": row.agency,
        "key": str(row.agency.pk),
        "text": message(row, overview.regency, overview.stage.workshop, link=link, now=overview.now),
        "state": state_in_words(row),
        "due": days_in_words(row),
        "is_late": row.is_late,
    }
