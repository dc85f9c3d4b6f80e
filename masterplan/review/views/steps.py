"""Pages on which an initiative is checked and moved from state to state. The rules are in `masterplan.workflow`."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, require
from agencies.models import Agency
from agencies.roles import AGENCY_ROLES, Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.forms.snippets import INSERT, inserted
from masterplan.discussion.views.snippets import snippets_for
from masterplan.library import not_adapted
from masterplan.models import Initiative
from masterplan.pages.due_dates import DueDates
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.print_warnings import PrintWarning, unfilled_placeholders
from masterplan.registry import FIELDS, SECTIONS
from masterplan.registry.completeness import missing_for_submission
from masterplan.review.actions.reviews import transition
from masterplan.review.forms.steps import StepForm
from masterplan.workflow import INITIATIVE_TRANSITIONS, Transition, TransitionRefused, find, is_permitted

# What each step asks before it is taken, and what follows from it.
QUESTIONS: dict[str, tuple[str, str]] = {
    "submit": (
        "Kirim inisiatif ini untuk ditinjau?",
        "Isiannya terkunci selama ditinjau. Diskominfo mendapat pemberitahuan.",
    ),
    "start_review": (
        "Mulai meninjau inisiatif ini?",
        "Perangkat daerah melihat bahwa inisiatifnya sedang ditinjau.",
    ),
    "return": (
        "Kembalikan inisiatif ini dengan catatan?",
        "Perangkat daerah dapat mengubah isiannya lagi dan mendapat pemberitahuan.",
    ),
    "approve": (
        "Setujui inisiatif ini?",
        "Inisiatif masuk ke edisi buku yang memuat inisiatif yang disetujui. Perangkat daerah mendapat pemberitahuan.",
    ),
    "withdraw": ("Tarik inisiatif ini?", "Anda dapat mengirimnya lagi nanti. Isiannya tetap tersimpan."),
    "reopen": ("Buka lagi inisiatif ini sebagai draf?", "Isiannya dapat diubah dan dikirim untuk ditinjau."),
}
# Steps taken at the reviewer's desk, with the page that comes next there.
_REVIEWERS_NEXT = {"start_review": "initiative_review", "return": "review_queue", "approve": "review_queue"}


@require_safe
def initiative_check(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """All answers before sending, with what is still missing and where to add it."""
    frame = open_frame(request, slug, pk)
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    if not frame.is_open:
        return redirect("initiative_detail", slug, pk)
    may_submit = can(frame.user, Permission.SUBMIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    missing = missing_for_submission(frame.initiative)
    context = frame.context(
        sections=SECTIONS,
        missing=missing,
        due=DueDates(frame.regency, frame.initiative.lead_agency_id).grouped(missing),
        not_adapted=_not_adapted(frame.initiative),
        unfilled=unfilled_placeholders(frame.initiative),
        may_submit=may_submit,
        senders=may_submit or _has_senders(frame.initiative.lead_agency),
        address=request.build_absolute_uri(),
    )
    return render(request, "masterplan/initiatives/initiative/check.html", context)


def _not_adapted(initiative: Initiative) -> list[PrintWarning]:
    """Answers that are still word for word a model's. A note and no obstacle: only people know whether they fit."""
    keys = not_adapted(initiative)
    return [PrintWarning(field.label, key) for key, field in FIELDS.items() if key in keys]


def _has_senders(agency: Agency) -> bool:
    """Whether somebody of the agency can send."""
    active = agency.memberships.active_on(timezone.localdate())
    return any(Permission.SUBMIT_INITIATIVE in row.permissions for row in active if row.role in AGENCY_ROLES)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_transition(request: SignedIn, slug: str, pk: int, name: str) -> HttpResponse:
    """Ask before a step, then take it."""
    frame = open_frame(request, slug, pk)
    move = find(INITIATIVE_TRANSITIONS, name)
    if move is None:
        raise Http404
    require(frame.user, move.permission, frame.regency, frame.initiative.lead_agency_id)
    if request.method == "POST":
        return _take(request, frame, move)
    if not is_permitted(move, frame.initiative, frame.user):
        state = f"Langkah ini tidak berlaku: inisiatif ini sekarang {frame.initiative.get_status_display().lower()}."
        messages.warning(request, frame.initiative.master_plan.lock_sentence or state)
        return redirect("initiative_detail", slug, pk)
    return _ask(request, frame, move, StepForm(move.needs_comment))


def _ask(
    request: SignedIn, frame: Frame, move: Transition[Initiative], form: StepForm, refusal: str = ""
) -> HttpResponse:
    question, consequence = QUESTIONS[move.name]
    snippets = snippets_for(frame.user, frame.regency) if move.needs_comment else []
    context: dict[str, Any] = frame.context(
        move=move, question=question, consequence=consequence, form=form, refusal=refusal, snippets=snippets
    )
    if move.name == "submit":
        context["missing"] = missing_for_submission(frame.initiative)
    return render(request, "masterplan/initiatives/initiative/transition.html", context)


def _take(request: SignedIn, frame: Frame, move: Transition[Initiative]) -> HttpResponse:
    if move.needs_comment and INSERT in request.POST:
        data = inserted(request.POST, "comment", snippets_for(frame.user, frame.regency))
        return _ask(request, frame, move, StepForm(move.needs_comment, data, quiet=True))
    form = StepForm(move.needs_comment, request.POST)
    if not form.is_valid():
        return _ask(request, frame, move, form)
    comment = form.cleaned_data.get("comment", "")
    try:
        transition(frame.initiative, name=move.name, by=frame.user, comment=comment)
    except TransitionRefused as refused:
        return _ask(request, frame, move, form, str(refused))
    messages.success(request, move.done)
    target = _REVIEWERS_NEXT.get(move.name, "initiative_detail")
    arguments = [frame.regency.slug] if target == "review_queue" else [frame.regency.slug, frame.initiative.pk]
    return redirect(target, *arguments)
