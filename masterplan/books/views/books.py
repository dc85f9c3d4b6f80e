"""Pages of books and single sheets: asking, waiting, calling off, taking."""

import logging
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books import actions as books
from masterplan.books.blueprint import BOOKS
from masterplan.books.file_names import CONTENT_TYPES, file_name
from masterplan.books.job_cards import job_card
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.queue import outlook
from masterplan.books.views.problems import linked_problems
from masterplan.pages.initiative_frame import Frame
from masterplan.pages.loading import (
    get_book_job_or_404,
    get_edition_or_404,
    get_initiative_or_404,
    get_sheet_job_or_404,
)
from masterplan.print_warnings import print_warnings
from masterplan.reference import USUAL_PAPER_FORMAT, BookFormat
from masterplan.workflow import asking_permission, may_cancel
from smartcity.common.htmx import render_page
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import is_intact, protected_download

logger = logging.getLogger(__name__)


@require_POST
def book_request(request: SignedIn, slug: str, number: int, book: str) -> HttpResponse:
    """Ask for a book of an edition in one variant; asking twice leads to the same page and the same file."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.REQUEST_BOOK, regency)
    if book not in BOOKS:
        raise Http404
    edition = get_edition_or_404(regency, number)
    try:
        job = books.request_book(edition, book=book, by=user, variant=request.POST.get("ragam", USUAL_PAPER_FORMAT))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("edition_detail", slug, number)
    return redirect("book_progress", slug, job.pk)


@require_safe
def book_progress(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """How far a book or another file is; asks again by itself until it is there."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    job = get_book_job_or_404(regency, pk)
    problems = linked_problems(job, user)
    card = job_card(job, str(job), outlook(job) if job.is_open else None)
    if card["error"] and problems:
        card["error"] = f"Ada {len(problems)} hal yang perlu diperbaiki dulu; daftarnya di bawah."
    context = {
        "job": job,
        "kind": BOOKS.get(job.book),
        "paper_format": PAPER_FORMATS[job.variant],
        "edition": job.snapshot,
        "card": card,
        "problems": problems,
        "may_request": can(user, asking_permission(job.format, job.portion), regency),
        "cancel_url": reverse("book_cancel", args=[slug, pk]) if may_cancel(job, user) else "",
    }
    return render_page(request, "masterplan/books/book/progress.html", context, partial="card")


@require_POST
def book_cancel(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Call off a book that waits or is being printed."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.DOWNLOAD_BOOK, regency)
    if not books.cancel_book(get_book_job_or_404(regency, pk), by=request.user):
        messages.info(request, "Buku ini sudah tidak dikerjakan lagi, jadi tidak ada yang dibatalkan.")
    return redirect("book_progress", slug, pk)


@require_GET
def book_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the finished file and note who took it."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    job = get_book_job_or_404(regency, pk)
    if job.file is None:
        raise Http404
    if not is_intact(job.file.storage_name, job.file.sha256):
        logger.error("book file %s is lost or damaged", job.file.sha256)
        context = {"job": job, "edition": job.snapshot}
        return render(request, "masterplan/books/book/download.html", context, status=HTTPStatus.GONE)
    # Noted first, so that no open file is left behind when that fails; and undone when the file cannot be handed out.
    with transaction.atomic():
        books.record_download(job, by=user)
        content_type = CONTENT_TYPES[BookFormat(job.format)]
        return protected_download(request, job.file.storage_name, file_name(job), content_type)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_preview(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative's own pages as printed: POST asks for them, GET shows the last ones."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_initiative_or_404(user, regency, pk)
    if request.method == "POST":
        books.request_sheet(initiative, by=user)
        return redirect("sheet_preview", slug, pk)
    job = initiative.sheet_jobs.select_related("file").defer("content").first()
    context = {
        "initiative": initiative,
        "job": job,
        "card": job_card(job, f"Lembar {initiative.code}") if job else None,
        "is_stale": job is not None and initiative.updated_at > job.requested_at,
        "is_done": job is not None and job.state == JobState.DONE,
        "warnings": print_warnings(initiative, job.report.get("problems", []) if job else []),
        "may_edit": Frame(user, regency, initiative).may_edit,
    }
    return render_page(request, "masterplan/initiatives/sheet/preview.html", context, partial="card")


@require_GET
def sheet_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Hand out one initiative's printed pages to whoever may see the initiative."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    job = get_sheet_job_or_404(user, regency, pk)
    name = f"Lembar_{job.initiative.code}_{timezone.localdate(job.requested_at):%Y-%m-%d}.pdf"
    stored = job.file.storage_name if job.file else ""
    return protected_download(request, stored, name, CONTENT_TYPES[BookFormat.PDF], inline="lihat" in request.GET)
