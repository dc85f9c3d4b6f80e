"""Pages of editions: freezing one, reading it, moving it along. Comparing two is in `edition_comparison`."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.blueprint import BOOKS
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.views.formats import format_files
from masterplan.books.views.state import TroubledBook, book_state, current_books, named_problems
from masterplan.editions import actions as editions
from masterplan.editions.forms import AdoptForm, EditionCommentForm, EditionForm, UnlockForm
from masterplan.models import BookJob, MasterPlan, Snapshot
from masterplan.pages.loading import current_plan_or_404, get_edition_or_404
from masterplan.reference import EDITABLE_STATUSES, SENT_STATUSES, EditionScope, InitiativeStatus
from masterplan.workflow import EDITION_TRANSITIONS, TransitionRefused, available_edition_transitions, find
from smartcity.common.htmx import render_page

_FORMS = {"adopt": AdoptForm, "unlock": UnlockForm}
# Before these somebody should know what is wrong with the books.
_DECISIONS = frozenset({"review", "adopt"})
# So many initiatives are listed at once; more are opened dimension by dimension.
_FEW = 40
_QUESTIONS = {"adopt": "Tetapkan edisi {}?", "unlock": "Buka kunci rencana induk?"}


@require_safe
def edition_list(request: SignedIn, slug: str) -> HttpResponse:
    """All editions, the newest with its books, what is being printed, and what changed since one last read."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    plan = current_plan_or_404(regency)
    found = list(plan.snapshots.defer("content").prefetch_related("book_jobs__file"))
    newest = found[0] if found else None
    context = {
        "plan": plan,
        "editions": found,
        "newest": newest,
        "books": books_of(newest) if newest else [],
        "running": [job for edition in found for job in edition.book_jobs.all() if job.is_open],
        "last_read": last_read(plan, user, other_than=newest) if newest else None,
        "may_issue": can(user, Permission.ISSUE_EDITION, regency),
        "may_request": can(user, Permission.REQUEST_BOOK, regency),
        "may_write": can(user, Permission.EDIT_SECTIONS, regency),
    }
    return render_page(request, "masterplan/books/edition/list.html", context)


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
            snapshot = editions.take_snapshot(plan, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Edisi {snapshot.number} dibekukan. Anda dapat meminta bukunya sekarang.")
            return redirect("edition_detail", slug, snapshot.number)
    statuses = list(plan.initiatives.order_by().values_list("status", flat=True))
    counts = {
        EditionScope.SUBMITTED: sum(status in SENT_STATUSES for status in statuses),
        EditionScope.APPROVED: statuses.count(InitiativeStatus.APPROVED),
        "unsent": sum(status in EDITABLE_STATUSES for status in statuses),
    }
    context = {"plan": plan, "form": form, "counts": counts}
    return render_page(request, "masterplan/books/edition/create.html", context)


@require_safe
def edition_detail(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """One edition: its state and decree, its books, who froze it and why, what it holds and what changed."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    edition = get_edition_or_404(regency, number)
    initiatives = edition.content["initiatives"]
    moves = available_edition_transitions(edition, user)
    before = edition.predecessor
    context = {
        "plan": edition.master_plan,
        "edition": edition,
        "books": books_of(edition),
        "format_files": format_files(edition),
        "running": [job for job in edition.book_jobs.all() if job.is_open],
        "moves": moves,
        "obstacles": [sentence for move in moves if (sentence := move.guard(edition, user))],
        "initiatives": initiatives,
        "groups": _by_dimension(edition.content),
        "few": len(initiatives) <= _FEW,
        "approved_count": sum(row["status"] == InitiativeStatus.APPROVED for row in initiatives),
        "changes": edition.status_changes.all(),
        "before": before,
        "last_read": last_read(edition.master_plan, user, other_than=edition),
        **_state_of_books(edition, user),
    }
    return render_page(request, "masterplan/books/edition/detail.html", context)


def _by_dimension(content: dict[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The initiatives of an edition below the dimensions that have any, as they were frozen."""
    groups = [
        (each, [row for row in content["initiatives"] if row["dimension"] == each["code"]])
        for each in content["dimensions"]
    ]
    return [(dimension, rows) for dimension, rows in groups if rows]


@require_http_methods(["GET", "HEAD", "POST"])
def edition_transition(request: SignedIn, slug: str, number: int, name: str) -> HttpResponse:
    """Ask, then move an edition along; adopting asks for the decree, unlocking for the reason."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    move = find(EDITION_TRANSITIONS, name)
    if move is None:
        raise Http404
    require(user, move.permission, regency)
    edition = get_edition_or_404(regency, number)
    form = _FORMS.get(name, EditionCommentForm)(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            comment = form.cleaned_data["comment"]
            editions.change_edition(edition, name=name, by=user, comment=comment, decree=form.decree())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, move.done)
            return redirect("edition_detail", slug, number)
    question = _QUESTIONS.get(name, f"{move.label}: edisi {{}}?").format(number)
    context = {"edition": edition, "plan": edition.master_plan, "move": move, "form": form, "question": question}
    context |= _state_of_books(edition, user) if name in _DECISIONS else {"books_missing": False, "troubled": []}
    return render_page(request, "masterplan/books/edition/transition.html", context)


@require_POST
def edition_read(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Note that this person has read an edition: its page says so by itself, or by a button without JavaScript."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    edition = get_edition_or_404(regency, number)
    editions.note_reading(edition, by=user)
    if request.headers.get("HX-Request"):
        return render_page(request, "masterplan/books/edition/read.html", {"edition": edition, "noted": True})
    messages.success(request, f"Tercatat: Anda sudah membaca edisi {number}.")
    return redirect("edition_detail", slug, number)


def last_read(plan: MasterPlan, user: User, *, other_than: Snapshot) -> Any:
    """The edition besides `other_than` that this person read last, with `read_at`; None where there is none."""
    rows = plan.snapshots.defer("content").filter(readings__user=user).exclude(pk=other_than.pk)
    return rows.annotate(read_at=F("readings__at")).order_by("-read_at").first()


def books_of(edition: Snapshot) -> list[dict[str, object]]:
    """Every kind of book with what was asked of it for the edition as it now stands, and the variants that were not."""
    current = current_books(edition)
    troubled = book_state(current).by_job
    return [
        {"key": key, "kind": kind, **_prints([job for job in current if job.book == key], troubled)}
        for key, kind in BOOKS.items()
    ]


def _prints(jobs: list[BookJob], troubled: Mapping[int, TroubledBook]) -> dict[str, object]:
    by_format = {job.variant: job for job in jobs}
    asked = [
        {"paper_format": each, "job": job, "trouble": troubled.get(job.pk)}
        for key, each in PAPER_FORMATS.items()
        if (job := by_format.get(key))
    ]
    return {"prints": asked, "paper_formats": [each for key, each in PAPER_FORMATS.items() if key not in by_format]}


def _state_of_books(edition: Snapshot, user: User) -> dict[str, object]:
    """The context of edition/book_state.html."""
    state = book_state(current_books(edition))
    return {
        "books_missing": state.is_missing,
        "troubled": named_problems(state, edition, user),
        "may_request": can(user, Permission.REQUEST_BOOK, edition.regency),
    }
