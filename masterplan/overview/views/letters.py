"""Reminder letters as PDF: asking for them, seeing them come, and the file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.file_names import CONTENT_TYPES
from masterplan.books.job_cards import job_card
from masterplan.overview.actions.letters import request_letters
from masterplan.overview.forms.letters import LetterForm
from masterplan.overview.letters import letter
from masterplan.overview.progress import ORDERS, AgencyProgress
from masterplan.overview.views.frame import OverviewContext, open_overview
from masterplan.reference import BookFormat
from smartcity.common.htmx import render_page
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import protected_download

SHOWN = 5  # files that were made before


@require_http_methods(["GET", "HEAD", "POST"])
def regency_letters(request: SignedIn, slug: str) -> HttpResponse:
    """POST asks for the letters; GET shows the form, the newest job and what was made before."""
    overview = open_overview(request, slug, measures=request.method == "POST")
    require(request.user, Permission.REVIEW_INITIATIVE, overview.regency)
    awaited = sorted((row for row in overview.agencies if row.owes), key=ORDERS["opd"][1])
    data = request.POST if request.method == "POST" else None
    form = LetterForm(data, regency=overview.regency, awaited=awaited, agency=request.GET.get("opd", ""))
    if data is not None and form.is_valid():
        chosen = [row for row in awaited if form.cleaned_data["agency"] in ("", str(row.agency.pk))]
        try:
            _ask(request, overview, form, chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("regency_letters", slug)
    with timezone.override(overview.regency.zone):
        return render_page(
            request, "masterplan/overview/regency/letters.html", _context(overview, form, awaited), partial="card"
        )


def _ask(request: SignedIn, overview: OverviewContext, form: LetterForm, chosen: list[AgencyProgress]) -> None:
    link = settings.BASE_URL + reverse("regency_home", args=[overview.regency.slug])
    terms, workshop = form.terms, overview.stage.workshop
    with timezone.override(overview.regency.zone):
        letters = [letter(row, overview.plan, workshop, terms, link=link, now=overview.now) for row in chosen]
    to = chosen[0].agency.name if len(chosen) == 1 else f"{len(chosen)} perangkat daerah"
    request_letters(overview.plan, letters=letters, title=f"Surat pengingat untuk {to}", day=terms.day, by=request.user)
    messages.success(request, f"Surat untuk {to} sedang disusun.")


def _context(overview: OverviewContext, form: LetterForm, awaited: list[AgencyProgress]) -> dict[str, Any]:
    jobs = list(overview.regency.letter_jobs.select_related("file").defer("content")[: SHOWN + 1])
    job = jobs[0] if jobs else None
    return {
        "form": form,
        "awaited": len(awaited),
        "job": job,
        "card": job_card(job, job.title) if job else None,
        "is_done": job is not None and job.state == JobState.DONE,
        "earlier": [row for row in jobs[1:] if row.file is not None],
    }


@require_GET
def regency_letter_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the finished file."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.REVIEW_INITIATIVE, regency)
    rows = regency.letter_jobs.select_related("file").defer("content")
    job = get_object_or_404(rows, pk=pk, file__isnull=False)
    assert job.file is not None  # the query asks for it
    name = f"Surat-pengingat_{regency.slug}_{timezone.localdate(job.requested_at):%Y-%m-%d}_{job.pk}.pdf"
    content_type = CONTENT_TYPES[BookFormat.PDF]
    return protected_download(request, job.file.storage_name, name, content_type, inline="lihat" in request.GET)
