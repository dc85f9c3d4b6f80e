"""Pages of the regency's master plans: all periods, opening one, correcting one, opening it for the agencies."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, enter_regency
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.home.setup_steps import read_facts, setup_steps
from masterplan.master_plans import actions as master_plans
from masterplan.master_plans.forms import MasterPlanForm, OpeningForm
from masterplan.models import MasterPlan
from masterplan.pages.prerequisites import coordinators
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.pages import confirm, posted, submit


@require_safe
def master_plan_list(request: SignedIn, slug: str) -> HttpResponse:
    """The plans of all periods, the current one first, each with what it holds."""
    regency = enter_regency(request.user, slug, Permission.VIEW_REGENCY)
    rows = regency.master_plans.select_related("development_plan").annotate(
        initiative_count=Count("initiatives", distinct=True), edition_count=Count("snapshots", distinct=True)
    )
    plans = list(rows.order_by("-is_current", "-start_year"))
    for plan in plans:
        plan.regency = regency
    waiting = any(plan.is_current and not plan.is_open_for_filling for plan in plans)
    steps = setup_steps(read_facts(regency, plans[0])) if waiting else []
    context = {
        "plans": plans,
        "open_steps": [step for step in steps[:-1] if not step.is_done],
        "may_edit": can(request.user, Permission.EDIT_SECTIONS, regency),
        "who": coordinators(regency),
    }
    return render(request, "masterplan/master_plans/master_plan/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def master_plan_create(request: SignedIn, slug: str) -> HttpResponse:
    """Open the first plan, or the one for the next period."""
    regency = enter_regency(request.user, slug, Permission.EDIT_SECTIONS)
    current = regency.master_plans.filter(is_current=True).first()
    form = OpeningForm(regency, current, posted(request))
    answer = submit(
        request,
        form,
        lambda: master_plans.open_master_plan(regency, by=request.user, **form.values()),
        done=lambda plan: f"{plan.title} {plan.start_year}–{plan.end_year} dibuka.",
        to=reverse("master_plan_list", args=[slug]),
    )
    context = {"form": form, "current": current}
    return answer or render(request, "masterplan/master_plans/master_plan/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def master_plan_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Correct title, years, RPJMD and vision."""
    regency = enter_regency(request.user, slug, Permission.EDIT_SECTIONS)
    plan = _plan_or_404(regency, pk)
    form = MasterPlanForm.of(plan, posted(request))
    answer = submit(
        request,
        form,
        lambda: master_plans.change_master_plan(plan, by=request.user, **form.values()),
        done=lambda is_new: "Rencana induk disimpan." if is_new else "Tidak ada yang berubah.",
        to=reverse("master_plan_list", args=[slug]),
    )
    return answer or render(request, "masterplan/master_plans/master_plan/edit.html", {"form": form, "plan": plan})


@require_POST
def master_plan_open_filling(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Let the agencies begin initiatives; pressing twice opens once."""
    regency = enter_regency(request.user, slug, Permission.EDIT_SECTIONS)
    if master_plans.open_filling(_plan_or_404(regency, pk), by=request.user):
        messages.success(request, "Pengisian dibuka. Perangkat daerah dapat menambah inisiatif.")
    return redirect("master_plan_list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def master_plan_resume(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Go on with the plan of another period, after a page that says what this means."""
    regency = enter_regency(request.user, slug, Permission.EDIT_SECTIONS)
    plan = _plan_or_404(regency, pk)
    listed = reverse("master_plan_list", args=[slug])
    return confirm(
        request,
        lambda: master_plans.make_current(plan, by=request.user),
        done=lambda is_new: f"{plan.title} {plan.start_year}–{plan.end_year} kini berjalan." if is_new else "",
        to=listed,
        danger=False,
        question=f"Lanjutkan {plan.title} {plan.start_year}–{plan.end_year}?",
        consequence="Semua halaman menampilkan rencana ini. Rencana yang kini berjalan berhenti, inisiatif dan "
        "bukunya tetap tersimpan, dan dapat dilanjutkan lagi dari halaman yang sama.",
        confirm_label="Lanjutkan rencana ini",
        cancel_url=listed,
        items=trail(slug, "master_plan_list"),
    )


def _plan_or_404(regency: Regency, pk: int) -> MasterPlan:
    plan = regency.master_plans.select_related("development_plan").filter(pk__exact=pk).first()
    if plan is None:
        raise Http404
    plan.regency = regency
    return plan
