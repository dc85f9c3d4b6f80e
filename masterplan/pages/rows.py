"""What pages about one row of a plan share: who may enter, the row or 404, the question before it is taken away."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.access import get_regency_or_404, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import MasterPlan
from masterplan.pages.loading import current_plan_or_404

STEPS = {"naik": -1, "turun": 1}


def enter(request: SignedIn, slug: str, permission: Permission = Permission.EDIT_SECTIONS) -> tuple[MasterPlan, User]:
    """The current plan of the regency in the address, and who asks.

    Raises Http404 for outsiders and for a regency without a plan, PermissionDenied without `permission`.
    """
    regency = get_regency_or_404(request.user, slug)
    require(request.user, permission, regency)
    return current_plan_or_404(regency), request.user


def row_or_404(plan: MasterPlan, rows: QuerySet[Any], pk: int) -> Any:
    """One row of the plan."""
    row = get_object_or_404(rows, pk=pk)
    row.master_plan = plan
    return row


def ask_before(request: SignedIn, **context: Any) -> HttpResponse:
    """The page that asks before something is taken away; `context` is that of its template."""
    return render(request, "components/confirm.html", {"danger": True, **context})
