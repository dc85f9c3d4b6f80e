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
from masterplan.overview.views.frame import Overseer, days_in_words, open_overview


@require_safe
def regency_reminders(request: SignedIn, slug: str) -> HttpResponse:
    """The agencies whose turn it is, most behind first; `opd` opens the message of one of them."""
    seen = open_overview(request, slug, measures=False)
    require(request.user, Permission.REVIEW_INITIATIVE, seen.regency)
    awaited = sorted((row for row in seen.agencies if row.owes), key=ORDERS["tertinggal"][1])
    link = settings.BASE_URL + reverse("regency_home", args=[slug])
    stage = seen.stage.workshop
    with timezone.override(seen.regency.zone):
        context = {
            "rows": [_row(seen, row, link) for row in awaited],
            "chosen": request.GET.get("opd", ""),
            "total": len(seen.agencies),
            "stage": stage,
            "kept_stage": seen.kept_stage,
            "workshops": seen.workshops,
            "limit": MESSAGE_LIMIT,
            "group": group_message(awaited, seen.regency, stage, link=link, now=seen.now) if awaited else "",
        }
        return render(request, "masterplan/overview/regency/reminders.html", context)


def _row(seen: Overseer, row: AgencyProgress, link: str) -> dict[str, Any]:
    return {
        "agency": row.agency,
        "key": str(row.agency.pk),
        "text": message(row, seen.regency, seen.stage.workshop, link=link, now=seen.now),
        "state": state_in_words(row),
        "due": days_in_words(row),
        "is_late": row.is_late,
    }
