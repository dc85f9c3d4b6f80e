"""The printed papers of a stage: asking for the minutes or the attendance list, waiting, taking the file."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.chapters.papers.workshop_papers import TITLES
from masterplan.books.job_cards import job_card
from masterplan.pages.loading import get_workshop_or_404
from masterplan.reference_bimtek import PaperKind
from masterplan.workshops.actions.papers import needed_to_print, request_paper
from smartcity.common.htmx import render_page
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import protected_download

_KINDS = {slug: PaperKind(kind) for kind, slug in TITLES.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_paper(request: SignedIn, slug: str, pk: int, paper: str) -> HttpResponse:
    """The newest print of a paper: POST asks for it as the stage now is, GET shows it or how far it is."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    kind = _kind_or_404(paper)
    require(user, needed_to_read(kind), regency)
    workshop = get_workshop_or_404(regency, pk)
    if request.method == "POST":
        require(user, needed_to_print(kind), regency)
        request_paper(workshop, by=user, kind=kind)
        return redirect("workshop_paper", slug, pk, paper)
    job = workshop.papers.select_related("file").defer("content").filter(kind=kind).first()
    is_done = job is not None and job.state == JobState.DONE
    context = {
        "workshop": workshop,
        "paper": paper,
        "label": kind.label,
        "job": job,
        "is_done": is_done,
        "card": job_card(job, str(kind.label)) if job else None,
        "may_print": can(user, needed_to_print(kind), regency),
    }
    return render_page(request, "masterplan/workshops/workshop/paper.html", context, partial="card")


def needed_to_read(kind: str) -> Permission:
    """What somebody needs to have a printed paper: the minutes are for everybody of the regency."""
    return Permission.SEE_ATTENDEES if kind == PaperKind.ATTENDANCE else Permission.VIEW_REGENCY


def _kind_or_404(paper: str) -> PaperKind:
    if paper not in _KINDS:
        raise Http404
    return _KINDS[paper]


@require_GET
def workshop_paper_download(request: SignedIn, slug: str, pk: int, paper: str) -> HttpResponseBase:
    """The newest finished print of a paper; with `lihat` inside the page."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    kind = _kind_or_404(paper)
    require(user, needed_to_read(kind), regency)
    workshop = get_workshop_or_404(regency, pk)
    done = workshop.papers.select_related("file").defer("content").filter(kind=kind, state=JobState.DONE)
    job = done.first()
    if job is None or job.file is None:
        raise Http404
    stage = slugify(workshop.stage) or workshop.pk
    name = f"{paper}-bimtek-tahap-{stage}_{job.requested_at:%Y-%m-%d}.pdf"
    return protected_download(request, job.file.storage_name, name, "application/pdf", inline="lihat" in request.GET)
