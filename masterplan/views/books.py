"""Pages of editions, books and single sheets: freezing, asking, waiting, calling off, taking."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.actions import documents
from masterplan.actions.reviews import TransitionRefused
from masterplan.documents.blueprint import BOOKS
from masterplan.documents.queue import outlook
from masterplan.faults import faults_of
from masterplan.forms.editions import EditionCommentForm, EditionForm
from masterplan.models import Snapshot
from masterplan.reference import EditionScope, InitiativeStatus
from masterplan.views.book_mending import mendings
from masterplan.views.initiative_frame import Frame
from masterplan.views.job_pages import job_card
from masterplan.views.loading import (
    current_plan_or_404,
    get_book_job_or_404,
    get_edition_or_404,
    get_initiative_or_404,
    get_sheet_job_or_404,
)
from masterplan.workflow import EDITION_TRANSITIONS, available_edition_transitions, find, may_cancel
from smartcity.common.files import protected_download
from smartcity.common.htmx import render_page
from smartcity.common.jobs import JobState

PDF = "application/pdf"
S = InitiativeStatus


def book_file_name(snapshot: Snapshot, book: str) -> str:
    """`Buku-2_Kab-Semarang_edisi-3_2026-11-24.pdf`."""
    regency = snapshot.regency
    place = (
        f"{regency.get_kind_display()[:3] if regency.kind == 'kabupaten' else 'Kota'}-{regency.name.replace(' ', '-')}"
    )
    day = timezone.localdate(snapshot.taken_at)
    return f"{BOOKS[book].file_stem}_{place}_edisi-{snapshot.number}_{day:%Y-%m-%d}.pdf"


@require_safe
def edition_list(request: SignedIn, slug: str) -> HttpResponse:
    """All editions, the newest with its books, and what is being printed."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    plan = current_plan_or_404(regency)
    editions = list(plan.snapshots.defer("content").prefetch_related("book_jobs__file"))
    newest = editions[0] if editions else None
    context = {
        "plan": plan,
        "editions": editions,
        "newest": newest,
        "books": _books(newest) if newest else [],
        "running": [job for edition in editions for job in edition.book_jobs.all() if job.is_open],
        "may_issue": can(user, Permission.ISSUE_EDITION, regency),
        "may_request": can(user, Permission.REQUEST_BOOK, regency),
        "may_write": can(user, Permission.EDIT_SECTIONS, regency),
    }
    return render_page(request, "masterplan/edition/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_create(request: SignedIn, slug: str) -> HttpResponse:
    """Freeze the plan as a new edition."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.ISSUE_EDITION, regency)
    plan = current_plan_or_404(regency)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            snapshot = documents.take_snapshot(plan, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Edisi {snapshot.number} dibekukan. Anda dapat meminta bukunya sekarang.")
            return redirect("edition_detail", slug, snapshot.number)
    statuses = list(plan.initiatives.order_by().values_list("status", flat=True))
    counts = {
        EditionScope.SUBMITTED: sum(s in (S.SUBMITTED, S.IN_REVIEW, S.APPROVED) for s in statuses),
        EditionScope.APPROVED: statuses.count(S.APPROVED),
        "unsent": sum(s in (S.DRAFT, S.RETURNED) for s in statuses),
    }
    context = {"plan": plan, "form": form, "counts": counts}
    return render_page(request, "masterplan/edition/create.html", context)


@require_safe
def edition_detail(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """One edition: its state, its books, who froze it and what it holds."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    edition = get_edition_or_404(regency, number)
    initiatives = edition.content["initiatives"]
    moves = available_edition_transitions(edition, user)
    context = {
        "edition": edition,
        "books": _books(edition),
        "running": [job for job in edition.book_jobs.all() if job.is_open],
        "moves": moves,
        "obstacles": [sentence for move in moves if (sentence := move.guard(edition, user))],
        "initiatives": initiatives,
        "approved_count": sum(row["status"] == S.APPROVED for row in initiatives),
        "changes": edition.status_changes.all(),
        "may_request": can(user, Permission.REQUEST_BOOK, regency),
    }
    return render_page(request, "masterplan/edition/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_transition(request: SignedIn, slug: str, number: int, name: str) -> HttpResponse:
    """Ask, then move an edition along."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    move = find(EDITION_TRANSITIONS, name)
    if move is None:
        raise Http404
    require(user, move.permission, regency)
    edition = get_edition_or_404(regency, number)
    form = EditionCommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            documents.change_edition(edition, name=name, by=user, comment=form.cleaned_data["comment"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, move.done)
            return redirect("edition_detail", slug, number)
    context = {"edition": edition, "move": move, "form": form}
    return render_page(request, "masterplan/edition/transition.html", context)


@require_POST
def book_request(request: SignedIn, slug: str, number: int, book: str) -> HttpResponse:
    """Ask for a book of an edition; asking twice leads to the same page and the same file."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.REQUEST_BOOK, regency)
    if book not in BOOKS:
        raise Http404
    try:
        job = documents.request_book(get_edition_or_404(regency, number), book=book, by=user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("edition_detail", slug, number)
    return redirect("book_progress", slug, job.pk)


@require_safe
def book_progress(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """How far a book is; asks again by itself until it is there."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    job = get_book_job_or_404(regency, pk)
    kind = BOOKS[job.book]
    problems = mendings(job, user)
    card = job_card(job, f"Buku {kind.number} edisi {job.snapshot.number}", outlook(job) if job.is_open else None)
    if card["error"] and problems:
        card["error"] = f"Ada {len(problems)} hal yang perlu diperbaiki dulu; daftarnya di bawah."
    context = {
        "job": job,
        "kind": kind,
        "edition": job.snapshot,
        "card": card,
        "problems": problems,
        "may_request": can(user, Permission.REQUEST_BOOK, regency),
        "cancel_url": reverse("book_cancel", args=[slug, pk]) if may_cancel(job, user) else "",
    }
    return render_page(request, "masterplan/book/progress.html", context, partial="card")


@require_POST
def book_cancel(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Call off a book that waits or is being printed."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.DOWNLOAD_BOOK, regency)
    if not documents.cancel_book(get_book_job_or_404(regency, pk), by=request.user):
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
    # Noted first, so that no open file is left behind when that fails; and undone when the file cannot be handed out.
    with transaction.atomic():
        documents.record_download(job, by=user)
        return protected_download(request, job.file.storage_name, book_file_name(job.snapshot, job.book), PDF)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_preview(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative's own pages as printed: POST asks for them, GET shows the last ones."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_initiative_or_404(user, regency, pk)
    if request.method == "POST":
        documents.request_sheet(initiative, by=user)
        return redirect("sheet_preview", slug, pk)
    job = initiative.sheet_jobs.select_related("file").defer("content").first()
    context = {
        "initiative": initiative,
        "job": job,
        "card": job_card(job, f"Lembar {initiative.code}") if job else None,
        "is_stale": job is not None and initiative.updated_at > job.requested_at,
        "is_done": job is not None and job.state == JobState.DONE,
        "faults": faults_of(initiative, job.report.get("problems", []) if job else []),
        "may_edit": Frame(user, regency, initiative).may_edit,
    }
    return render_page(request, "masterplan/sheet/preview.html", context, partial="card")


@require_GET
def sheet_download(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    """Hand out one initiative's printed pages to whoever may see the initiative."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    job = get_sheet_job_or_404(user, regency, pk)
    name = f"Lembar_{job.initiative.code}_{timezone.localdate(job.requested_at):%Y-%m-%d}.pdf"
    return protected_download(
        request, job.file.storage_name if job.file else "", name, PDF, inline="lihat" in request.GET
    )


def _books(edition: Snapshot) -> list[dict[str, object]]:
    """Every kind of book with the job that prints it for the edition as it now stands, if there is one."""
    jobs = {job.book: job for job in edition.book_jobs.all() if job.draft_mark == edition.is_draft}
    return [{"key": key, "kind": kind, "job": jobs.get(key)} for key, kind in BOOKS.items()]
