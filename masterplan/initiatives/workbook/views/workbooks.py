"""Pages of Excel in and out, and the Word form. What a workbook would change is shown by `workbook_preview`."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.initiatives.workbook import export, word
from masterplan.initiatives.workbook.actions import imports
from masterplan.initiatives.workbook.views.preview import preview_context
from masterplan.models import WorkbookImport
from masterplan.pages.loading import (
    current_plan_or_404,
    get_initiative_or_404,
    get_workbook_import_or_404,
    load_visible_complete,
)
from smartcity.common.htmx import render_page
from smartcity.common.storage.files import protected_download
from smartcity.common.text import whole_number
from smartcity.common.workbooks.download import EXCEL, file_name, workbook_response
from smartcity.common.workbooks.forms import WorkbookForm


@require_safe
def workbook_export(request: SignedIn, slug: str) -> HttpResponse:
    """All initiatives the person may know of, or with `opd` those of one agency, as one Excel file."""
    regency = get_regency_or_404(request.user, slug)
    agency = None
    if chosen := whole_number(request.GET.get("opd")):
        agency = regency.agencies.filter(pk__exact=chosen).first()
        if agency is None:
            raise Http404
    plan, rows = load_visible_complete(request.user, regency, agency)
    data = export.export_workbook(plan, rows, agency.name if agency else regency.full_name)
    return workbook_response(
        request, data, file_name("Inisiatif", agency.short_name if agency else regency.full_name, "xlsx")
    )


@require_safe
def initiative_workbook(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative as an Excel file."""
    regency = get_regency_or_404(request.user, slug)
    initiative = get_initiative_or_404(request.user, regency, pk)
    data = export.export_workbook(initiative.master_plan, [initiative], f"{initiative.code} {initiative.name}")
    return workbook_response(request, data, file_name("Inisiatif", initiative.code, "xlsx"))


@require_safe
def initiative_word(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative as a Word form for a meeting."""
    regency = get_regency_or_404(request.user, slug)
    initiative = get_initiative_or_404(request.user, regency, pk)
    return workbook_response(request, word.word_form(initiative), file_name("Formulir", initiative.code, "docx"))


@require_http_methods(["GET", "HEAD", "POST"])
def workbook_import(request: SignedIn, slug: str) -> HttpResponse:
    """Upload a workbook; a worker reads it, and nothing is stored before the person agrees."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    posted = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if posted else WorkbookForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = imports.upload_workbook(plan, by=request.user, data=file.read(), filename=file.name)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("workbook_detail", slug, job.pk)
    earlier = plan.workbook_imports.filter(requested_by=request.user).defer("result")[:10]
    context = {"form": form, "earlier": list(earlier), "plan": plan}
    return render_page(request, "masterplan/initiatives/workbook/import.html", context)


@require_safe
def workbook_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """How far an upload is, then what it would change, then what was stored."""
    regency, job = _open(request, slug, pk)
    context = preview_context(regency, job, request.GET.get("page"))
    return render_page(request, "masterplan/initiatives/workbook/detail.html", context, partial="card")


@require_POST
def workbook_confirm(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Store what the page showed; pressing twice stores it once."""
    _, job = _open(request, slug, pk)
    try:
        imports.confirm_import(job, by=request.user, chosen=request.POST.getlist("pakai"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("workbook_detail", slug, pk)


@require_GET
def workbook_marked(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The coloured copy, in which every cell in the wrong carries a comment."""
    _, job = _open(request, slug, pk)
    if not job.marked.name:
        raise Http404
    name = f"{job.filename.rpartition('.')[0] or job.filename}-bertanda.xlsx"
    return protected_download(request, job.marked.name, name, EXCEL)


def _open(request: SignedIn, slug: str, pk: int) -> tuple[Regency, WorkbookImport]:
    """The upload of the address, which only who sent it may see."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    return regency, get_workbook_import_or_404(request.user, regency, pk)
