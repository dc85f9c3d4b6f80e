"""One quarterly report: writing it by button and while one types, handing it in, its evidence."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import get_regency_or_404, own_agency_ids, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.files import MOST_FILES
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.editing.views.uploaded_files import Result, endings_of, errors_of, limits_of, take_each, takes_files
from masterplan.editing.views.written import WrittenPage, written_page
from masterplan.models import Initiative, ProgressEvidence, ProgressReport, calendar_of
from masterplan.monitoring import actions
from masterplan.monitoring.forms import form_of
from masterplan.monitoring.rows import standing_of
from masterplan.pages.loading import get_bare_initiative_or_404, get_progress_evidence_or_404
from masterplan.pages.rows import ask_before
from masterplan.progress.quarters import Quarter
from masterplan.reference import InitiativeStatus
from masterplan.templatetags.crumb_tags import Step, trail
from smartcity.common.forms import ErrorLink
from smartcity.common.storage.file_kinds import KINDS
from smartcity.common.storage.files import protected_download
from smartcity.common.storage.uploads import BoundedUploads

_LIMITS = limits_of("PDF, Word, Excel, PNG, atau JPEG", "satu laporan")


@require_http_methods(["GET", "HEAD", "POST"])
def progress_edit(request: SignedIn, slug: str, pk: int, quarter: str) -> HttpResponse:
    """The questions of one report."""
    report = _own_report(request, slug, pk, quarter)
    form, url = form_of(report), reverse("progress_edit", args=[slug, pk, quarter])
    detail_url = reverse("progress_detail", args=[slug, pk])
    delivered = report.reported_at is not None
    place = WrittenPage(
        template="masterplan/monitoring/progress/edit.html",
        name=f"{report.master_plan_id}:progress:{pk}:{quarter}",
        url=url,
        autosave_url=reverse("progress_autosave", args=[slug, pk, quarter]),
        back_url=detail_url,
        next_url=detail_url if delivered else reverse("progress_deliver", args=[slug, pk, quarter]),
        save_label="Simpan perbaikan" if delivered else "Simpan dan periksa",
        context={
            "initiative": report.initiative,
            "report": report,
            "standing": standing_of(
                report, report.quarter, calendar=calendar_of(report.master_plan), today=timezone.localdate()
            ),
            "on_behalf": report.initiative.lead_agency_id not in own_agency_ids(request.user, report.regency),
            "files": list(report.evidence.all()) if report.pk else [],
            "evidence_url": reverse("progress_evidence_list", args=[slug, pk, quarter]),
            "items": _crumbs(slug, report),
        },
    )
    return written_page(request, _edited(request, report), partial(form, report), place)


@require_POST
def progress_autosave(request: SignedIn, slug: str, pk: int, quarter: str) -> JsonResponse:
    """Saving a report while one types."""
    report = _own_report(request, slug, pk, quarter)
    return autosave(request, _edited(request, report), partial(form_of(report), report))


@require_http_methods(["GET", "HEAD", "POST"])
def progress_deliver(request: SignedIn, slug: str, pk: int, quarter: str) -> HttpResponse:
    """The whole report once more with what it lacks; POST hands it in."""
    report = _own_report(request, slug, pk, quarter)
    edit_url = reverse("progress_edit", args=[slug, pk, quarter])
    if report.pk is None:
        return redirect(edit_url)
    if request.method == "POST":
        try:
            actions.deliver(report, by=request.user)
        except ValidationError:
            return redirect("progress_deliver", slug, pk, quarter)  # what is in the way stands on the page
        messages.success(request, f"Laporan {report.quarter.label} untuk {report.initiative.code} dikirim.")
        return redirect("progress_detail", slug, pk)
    is_over = timezone.localdate() >= report.quarter.end
    context = {
        "initiative": report.initiative,
        "report": report,
        "lacks": actions.missing(report),
        "too_early": "" if is_over else actions.too_early(report.quarter),
        "edit_url": edit_url,
        "items": _crumbs(slug, report),
    }
    return render(request, "masterplan/monitoring/progress/deliver.html", context)


# Evidence -------------------------------------------------------------------------------------------------------------


@takes_files
def progress_evidence_list(
    request: SignedIn, slug: str, pk: int, quarter: str, *, bounded: BoundedUploads
) -> HttpResponse:
    """The evidence of a report; POST takes new files in. One that is refused stops no other."""
    report = _own_report(request, slug, pk, quarter)
    results: list[Result] = []
    errors: list[ErrorLink] = []
    if request.method == "POST":

        def take(name: str, data: bytes) -> str:
            taken = actions.add_evidence(report, by=request.user, name=name, data=data)
            known = f"Berkas yang sama sudah ada dengan judul “{taken.row}”, jadi tidak disimpan dua kali."
            return "" if taken.is_new else known

        results = take_each(request, bounded, take)
        errors = errors_of(results)
        if not errors and not any(result["note"] for result in results):
            messages.success(request, f"{len(results)} berkas tersimpan.")
            return redirect("progress_evidence_list", slug, pk, quarter)
        report = _own_report(request, slug, pk, quarter)
    files = list(report.evidence.all()) if report.pk else []
    context = {
        "report": report,
        "files": files,
        "used": f"{len(files)} dari {MOST_FILES} berkas",
        "limits": _LIMITS,
        "endings": endings_of(),
        "results": results,
        "errors": errors,
        "edit_url": reverse("progress_edit", args=[slug, pk, quarter]),
        "items": _crumbs(slug, report, deeper=True),
    }
    return render(request, "masterplan/monitoring/progress_evidence/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_evidence_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, saying what is lost, then take the file away."""
    evidence = get_progress_evidence_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    report = evidence.report
    require(request.user, Permission.EDIT_INITIATIVE, report.regency, report.initiative.lead_agency_id)
    list_url = reverse("progress_evidence_list", args=[slug, report.initiative_id, report.quarter.slug])
    if request.method == "POST":
        try:
            actions.remove_evidence(evidence, by=request.user)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, f"Berkas “{evidence}” dihapus dari laporan.")
        return redirect(list_url)
    return ask_before(
        request,
        question="Hapus berkas ini?",
        consequence=f"{evidence}\n{evidence.original_name} ({evidence.facts})",
        warnings=["Berkas ini tidak dapat dikembalikan dari portal; unggah lagi bila diperlukan."],
        confirm_label="Hapus berkas",
        cancel_url=list_url,
        items=_crumbs(slug, report, deeper=True),
    )


@require_GET
def progress_evidence_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """The file as it is kept; it is saved, never opened inside the portal."""
    evidence: ProgressEvidence = get_progress_evidence_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    kind = KINDS[evidence.file.kind]
    return protected_download(request, evidence.file.stored.name or "", evidence.original_name, kind.content_type)


# What all of them begin with ------------------------------------------------------------------------------------------


def _own_report(request: SignedIn, slug: str, pk: int, quarter: str) -> ProgressReport:
    """The report of the address, new when nobody has begun it; 404 where there is nothing to report on."""
    regency: Regency = get_regency_or_404(request.user, slug)
    initiative: Initiative = get_bare_initiative_or_404(request.user, regency, pk)
    require(request.user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    asked = Quarter.parse(quarter)
    if asked is None or initiative.status != InitiativeStatus.APPROVED or not actions.reports_on(initiative, asked):
        raise Http404
    prefetch_related_objects([initiative], "indicators__targets", "budgets")
    place = {"year": asked.year, "number": asked.number}
    report = initiative.progress_reports.complete().filter(**place).first() or ProgressReport(**place)
    report.initiative, report.master_plan = initiative, initiative.master_plan
    return report


def _edited(request: SignedIn, report: ProgressReport) -> EditedRow:
    return EditedRow(request.user, report.regency, report, actions.REPORT, form_of(report).labels())


def _crumbs(slug: str, report: ProgressReport, *, deeper: bool = False) -> list[Step]:
    initiative = report.initiative
    detail_url = reverse("progress_detail", args=[slug, initiative.pk])
    items = trail(slug, "progress_list", (str(initiative), detail_url))
    edit_url = reverse("progress_edit", args=[slug, initiative.pk, report.quarter.slug])
    return [*items, (report.quarter.label, edit_url)] if deeper else items
