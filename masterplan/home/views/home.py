"""The first page of a regency: what waits for this person, and how far everybody is."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import get_regency_or_404, is_regency_wide, main_membership
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.home.setup_steps import open_setup_steps, step_rows
from masterplan.home.views.agency_states import overview
from masterplan.home.views.roles import home_content
from masterplan.home.views.tasks import HomeContext
from masterplan.models import due_workshops
from masterplan.pages.prerequisites import coordinators
from smartcity.common.formatting import format_deadline, format_time_left


@require_safe
def regency_home(request: SignedIn, slug: str) -> HttpResponse:
    """The to-do list of the person's widest role."""
    regency = get_regency_or_404(request.user, slug)
    membership = main_membership(request.user, regency)
    if membership is None:
        raise Http404
    plan = _plan_with_deadline(regency, membership.agency_id)
    home = HomeContext(request.user, regency, plan, overview(regency, plan))
    steps = open_setup_steps(home)
    context = {
        "content": home_content(home, membership.spec),
        "steps": step_rows(home, steps),
        "steps_done": sum(step.is_done for step in steps),
        "waits_for": "" if steps else _waits_for(home),
        "deadline": _deadline(regency, plan),
        "plan": plan,
        "progress": home.overview.progress,
        "dimensions": home.overview.dimensions,
        "sees_all": plan is not None and is_regency_wide(request.user, Permission.VIEW_REGENCY, regency),
        "silent": home.overview.silent if home.may(Permission.REVIEW_INITIATIVE) else [],
    }
    return render(request, "masterplan/home/regency/home.html", context)


def _waits_for(home: HomeContext) -> str:
    """What has to come before anything can be filled in, and who does it; "" where nothing has to."""
    if home.plan is None:
        return f"Isian dibuka sesudah {coordinators(home.regency)} membuka rencana induk {home.regency.full_name}."
    return "" if not home.may(Permission.EDIT_INITIATIVE) or home.may_begin else home.plan.filling_sentence


def _plan_with_deadline(regency: Regency, agency_id: int | None) -> Any:
    """The current plan, if there is one yet, with the next day by which the agency must send (or the last one past)."""
    dated = due_workshops(regency, agency_id)
    coming, past = dated.filter(due__gte=timezone.now()).order_by("due"), dated.order_by("-due")
    plan = (
        regency.master_plans.filter(is_current=True)
        .select_related("progress_calendar")
        .annotate(deadline=_first(coming, past, "due"), stage=_first(coming, past, "stage"))
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
    moment = regency.local(plan.deadline)
    left = format_time_left(moment, timezone.now())
    return {"stage": plan.stage, "when": format_deadline(moment), "left": left}
