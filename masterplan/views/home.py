"""The first page of a regency: what waits for this person, and how far everybody is."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import get_regency_or_404, main_membership
from agencies.models import Regency
from agencies.roles import Permission, Role
from agencies.views.requests import SignedIn
from masterplan.views.home_desks import desk_of
from masterplan.views.home_tasks import Scene
from masterplan.views.home_units import overview
from smartcity.common.formatting import format_days_left, format_weekday


@require_safe
def regency_home(request: SignedIn, slug: str) -> HttpResponse:
    """The to-do list of the person's widest role."""
    regency = get_regency_or_404(request.user, slug)
    membership = main_membership(request.user, regency)
    if membership is None:
        raise Http404
    plan = _plan_with_deadline(regency)
    scene = Scene(request.user, regency, plan, overview(regency, plan))
    role = Role(membership.role)
    context = {
        "desk": desk_of(scene, role),
        "deadline": _deadline(regency, plan),
        "plan": plan,
        "progress": scene.overview.progress,
        "dimensions": scene.overview.dimensions,
        "silent": scene.overview.silent if scene.may(Permission.REVIEW_INITIATIVE) else [],
    }
    return render(request, "masterplan/regency/home.html", context)


def _plan_with_deadline(regency: Regency) -> Any:
    """The current plan, if there is one yet, with the next day by which agencies must send (or the last one past)."""
    dated = regency.workshops.exclude(deadline=None)
    coming, past = dated.filter(deadline__gte=timezone.now()).order_by("deadline"), dated.order_by("-deadline")
    plan = (
        regency.master_plans.filter(is_current=True)
        .select_related("progress_calendar")
        .annotate(deadline=_first(coming, past, "deadline"), stage=_first(coming, past, "stage"))
        .first()
    )
    if plan is not None:
        plan.regency = regency
    return plan


def _first(rows: QuerySet[Any], otherwise: QuerySet[Any], column: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(column)[:1]), Subquery(otherwise.values(column)[:1]))


def _deadline(regency: Regency, plan: Any) -> dict[str, str] | None:
    """The deadline in words, in the regency's own time zone."""
    if plan is None or plan.deadline is None:
        return None
    zone = ZoneInfo(regency.time_zone)
    moment, now = plan.deadline.astimezone(zone), timezone.now().astimezone(zone)
    days = (moment.date() - now.date()).days
    left = "sudah lewat" if moment < now else format_days_left(days)
    return {"stage": plan.stage, "when": f"{format_weekday(moment)} pukul {moment:%H.%M %Z}", "left": left}
