"""The page on which a person says what one row of an uploaded plan is, and what stands above it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.corrections import Correction, keys_of, parents_for, row_at
from masterplan.plans.importing.forms import RowCorrectionForm
from masterplan.plans.importing.views.imports import import_or_404
from masterplan.reference import Level
from smartcity.common.htmx import render_page

UNDO = "batalkan"


@require_http_methods(["GET", "HEAD", "POST"])
def plan_import_correct(request: SignedIn, slug: str, pk: int, table: int, row: int, column: int) -> HttpResponse:
    """Correct a row, or take its correction back; the file is read again. `table` is the place among its tables."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    _, job = import_or_404(request, slug, pk)
    if not job.is_read:
        return redirect("plan_import_detail", slug, pk)
    sheets = [each["sheet"] for each in job.tables]
    found = row_at(job.result, job.answers, sheets[table], row, column) if table < len(sheets) else None
    if found is None:
        raise Http404
    answered = keys_of(job.answers, found.sheet, row, column)
    correction = Correction.of(job.answers[answered[0]]) if answered else Correction()
    parents = parents_for(job.result, sheets, found)
    data = request.POST if request.method == "POST" else None
    form = RowCorrectionForm(data, initial=correction._asdict(), kind=job.plan.kind, parents=parents)
    if data is not None and (UNDO in data or form.is_valid()):
        values = {"what": "", "parent": ""} if UNDO in data else form.cleaned_data
        try:
            imports.correct_row(job, by=request.user, sheet=found.sheet, row=row, column=column, **values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{job.get_absolute_url()}#pohon")
    context = {
        "plan": job.plan, "job": job, "form": form, "row": found, "is_corrected": any(correction),
        "label": Level(found.level).label if found.level else "",
    }  # fmt: skip
    return render_page(request, "masterplan/plans/plan_import/correct.html", context)
