"""Pages on which a development plan begins, and comes in from a workbook: file, columns, preview with doubts, done.

What the pages show is put together in `plan_import_preview`.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import PlanImport
from masterplan.plans.actions import plans
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.export import plan_workbook
from masterplan.plans.importing.forms import DevelopmentPlanForm, PlanFileForm, posted_tables
from masterplan.plans.importing.views.preview import mapping_context, page_to_answer, preview_context
from masterplan.plans.views.tree import plan_or_404
from smartcity.common.htmx import render_page
from smartcity.common.text import whole_number
from smartcity.common.workbooks.download import EXCEL, file_name

DOUBT, REMOVED = "ragu-", "hapus"


@require_http_methods(["GET", "HEAD", "POST"])
def development_plan_create(request: SignedIn, slug: str) -> HttpResponse:
    """A document without nodes, ready to be imported into."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    posted = request.method == "POST"
    form = DevelopmentPlanForm(request.POST if posted else None, regency=regency)
    if posted and form.is_valid():
        try:
            plan = plans.create_plan(regency, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            after = f" Pendahulunya {plan.predecessor.title}." if plan.predecessor else ""
            messages.success(request, f"{plan.title} ditambahkan sebagai rancangan.{after}")
            return redirect("plan_import_create", slug, plan.pk)
    return render_page(request, "masterplan/plans/development_plan/create.html", {"form": form})


@require_safe
def development_plan_workbook(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The whole plan as an Excel file that can be imported again."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    plan = plan_or_404(regency, pk)
    response = HttpResponse(plan_workbook(plan), content_type=EXCEL)
    name = file_name("Rencana", plan.title, "xlsx")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def plan_import_create(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Send a workbook for a plan; a worker looks for its tables, and nothing is stored before somebody agrees."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    plan = plan_or_404(regency, pk)
    posted = request.method == "POST"
    form = PlanFileForm(request.POST, request.FILES) if posted else PlanFileForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = imports.upload_plan(plan, by=request.user, data=file.read(), filename=file.name)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("plan_import_detail", slug, job.pk)
    earlier = plan.imports.defer("result", "tables", "answers")[:10]
    context = {"form": form, "plan": plan, "earlier": list(earlier)}
    return render_page(request, "masterplan/plans/plan_import/create.html", context)


@require_safe
def plan_import_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """How far an upload is, then what it would change and what is in doubt, then what was stored."""
    regency, job = import_or_404(request, slug, pk)
    if job.is_looked_at and "HX-Request" not in request.headers:
        return redirect("plan_import_map", slug, pk)
    context = preview_context(regency, job, request.GET)
    return render_page(request, "masterplan/plans/plan_import/detail.html", context, partial="card")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_import_map(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What each column is: as proposed, as remembered, and as the person says."""
    _, job = import_or_404(request, slug, pk)
    if not (job.is_looked_at or job.is_read):
        return redirect("plan_import_detail", slug, pk)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            imports.map_columns(job, by=request.user, tables=posted_tables(request.POST, job.tables))
        except ValidationError as error:
            errors = [("", sentence) for sentence in error.messages]
        else:
            return redirect("plan_import_detail", slug, pk)
    context = mapping_context(job, request.POST if request.method == "POST" else None) | {"errors": errors}
    return render_page(request, "masterplan/plans/plan_import/map.html", context)


@require_POST
def plan_import_answer(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Answer the doubts of a page, and have the file read again with the answers."""
    _, job = import_or_404(request, slug, pk)
    doubts = job.result.get("doubts", [])
    sent = {place: str(value) for place in range(len(doubts)) if (value := request.POST.get(f"{DOUBT}{place}"))}
    answers = {doubts[place]["key"]: value for place, value in sent.items()}
    done = _done(request, slug, job, lambda: imports.answer_questions(job, by=request.user, answers=answers))
    page = page_to_answer(doubts, sent)
    return redirect(f"{done.url}?ragu={page}#ragu") if page > 1 else done


@require_POST
def plan_import_confirm(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Store what the page showed; pressing twice stores it once."""
    _, job = import_or_404(request, slug, pk)
    removed = [whole_number(value) for value in request.POST.getlist(REMOVED)]
    return _done(request, slug, job, lambda: imports.confirm_plan_import(job, by=request.user, removed=removed))


def _done(request: SignedIn, slug: str, job: PlanImport, act: Any) -> HttpResponseRedirect:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("plan_import_detail", slug, job.pk)


def import_or_404(request: SignedIn, slug: str, pk: int) -> tuple[Regency, PlanImport]:
    """The upload of the address, for whoever may change the plans of the regency."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    plan = regency.development_plans.filter(imports__pk=pk).first()
    job = plan.imports.filter(pk__exact=pk).first() if plan else None
    if plan is None or job is None:
        raise Http404
    plan.regency, job.plan = regency, plan
    return regency, job
