"""The page for bulk actions: choose one, see at which initiatives it is possible, confirm, read the outcome."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, own_agency_ids, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.forms.snippets import inserted
from masterplan.discussion.views.snippets import snippets_for
from masterplan.models import Initiative
from masterplan.models.thread import open_thread_count
from masterplan.pages.loading import current_plan_or_404, visible_initiatives
from masterplan.pages.selection import selected_initiatives, unknown_numbers
from masterplan.review.actions.desk import ACTS, MOST_AT_ONCE, REVIEWER, DeskContext, carry_out
from masterplan.review.actions.reviews import reviewers_of
from masterplan.review.forms.desk import ActForm, BulkActionForm


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_desk(request: SignedIn, slug: str) -> HttpResponse:
    """Move, assign or remind many at once. Everything up to the confirmation is a GET and changes nothing."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    plan = current_plan_or_404(regency)
    require(user, Permission.REVIEW_INITIATIVE, regency)
    asked = request.POST if request.method == "POST" else request.GET
    rows, left_out = selected_initiatives(user, plan, asked, MOST_AT_ONCE, complete=False)
    act = asked.get("lakukan", "")
    unknown = unknown_numbers(user, plan, asked, rows, left_out)
    context: dict[str, Any] = {"rows": rows, "left_out": left_out, "unknown": unknown, "most": MOST_AT_ONCE}
    if not rows:
        return _show(request, context | {"step": "nothing"})
    if act not in ACTS:
        context["form"] = _act_form(request, regency, rows, asked if "lanjut" in asked else None)
        return _show(request, context | {"step": "act"})
    snippets = snippets_for(user, regency)
    redrawn = inserted(request.POST, "comment", snippets) if request.method == "POST" else None
    data = (redrawn or request.POST) if request.method == "POST" else None
    form = BulkActionForm(act, reviewers_of(regency), data, quiet=redrawn is not None)
    context |= {"act": act, "label": ACTS[act], "form": form, "snippets": snippets if "comment" in form.fields else []}
    if redrawn is None and form.is_bound and form.is_valid():
        outcomes = carry_out(rows, form.bulk_action(), by=user)
        done = [each for each in outcomes if each.done]
        blocked = [each for each in outcomes if each.obstacle]
        return _show(request, context | {"step": "done", "form": None, "done": done, "blocked": blocked})
    desk = _desk(request, regency, rows)
    checked = [{"initiative": row, "obstacle": desk.obstacle(row, act)} for row in rows]
    return _show(
        request,
        context
        | {
            "step": "check",
            "ready": [row for row in checked if not row["obstacle"]],
            "blocked": [row for row in checked if row["obstacle"]],
        },
    )


def _show(request: SignedIn, context: dict[str, Any]) -> HttpResponse:
    return render(request, "masterplan/initiatives/initiative/desk.html", context)


def _desk(request: SignedIn, regency: Regency, rows: list[Initiative]) -> DeskContext:
    count = open_thread_count(own_agency_ids(request.user, regency), unassigned=True)
    counted = visible_initiatives(request.user, rows[0].master_plan).filter(pk__in=[row.pk for row in rows])
    unassigned = dict(counted.order_by().annotate(waiting=count).values_list("pk", "waiting"))
    return DeskContext.open(regency, request.user, unassigned)


def _act_form(request: SignedIn, regency: Regency, rows: list[Initiative], data: Any) -> ActForm:
    desk = _desk(request, regency, rows)
    offered = set(ACTS) if _has_choice_of_reviewer(regency, rows) else set(ACTS) - {REVIEWER}
    possible = {act: sum(not desk.obstacle(row, act) for row in rows) for act in ACTS if act in offered}
    return ActForm(data, possible=possible, of=len(rows))


def _has_choice_of_reviewer(regency: Regency, rows: list[Initiative]) -> bool:
    """Whether somebody else could be named, or a name taken away."""
    return any(row.reviewer_id for row in rows) or len(reviewers_of(regency)) > 1
