"""The page for the predecessor of a development plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.plans.actions import plans
from masterplan.plans.forms.plan_periods import PredecessorForm
from masterplan.plans.views.tree import plan_or_404
from smartcity.common.htmx import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def development_plan_predecessor(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Choose it, change it, or say that there is none."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    plan = plan_or_404(regency, pk)
    posted = request.method == "POST"
    form = PredecessorForm(plan, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            is_new = plans.set_predecessor(plan, by=request.user, predecessor=form.value())
        except ValidationError as error:
            form.add_error("predecessor", error)
        else:
            messages.success(request, "Dokumen pendahulu disimpan." if is_new else "Tidak ada yang berubah.")
            return redirect("development_plan_detail", slug, plan.pk)
    return render_page(request, "masterplan/plans/development_plan/predecessor.html", {"plan": plan, "form": form})
