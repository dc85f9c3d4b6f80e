"""Diskominfo's desk: the queue of initiatives to review, and the page on which one of them is read and decided."""

from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from agencies.access import can, get_regency_or_404, own_agency_ids, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import load_discussion
from masterplan.models import Initiative
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.models.thread import open_thread_count
from masterplan.pages.initiative_filter import REVIEWERS, for_reviewer
from masterplan.pages.loading import current_plan_or_404, get_initiative_to_review_or_404, visible_initiatives
from masterplan.reference import InitiativeStatus, LinkState
from masterplan.registry.completeness import completeness
from masterplan.review.actions.reviews import obstacle_to_assigning, reviewers_of
from masterplan.review.views import rows as review_rows
from masterplan.workflow import available_transitions, lacks_program, undecided_links
from smartcity.common.htmx import render_page
from smartcity.common.text import search_words

PER_PAGE = 25
S = InitiativeStatus
DECISIONS = frozenset({"start_review", "approve", "return"})

# The tabs of the queue: state, words, the moment since which it waits, the sentence for an empty queue.
TABS: tuple[tuple[str, str, str, str], ...] = (
    (S.SUBMITTED, "Menunggu tinjauan", "submitted_at", "Tidak ada yang menunggu"),
    (S.IN_REVIEW, "Sedang ditinjau", "submitted_at", "Tidak ada yang sedang ditinjau"),
    (S.RETURNED, "Dikembalikan", "returned_at", "Tidak ada yang dikembalikan"),
    (S.APPROVED, "Disetujui", "approved_at", "Belum ada yang disetujui"),
)


@require_safe
def review_queue(request: SignedIn, slug: str) -> HttpResponse:
    """The initiatives that wait for review, the oldest first, and those already decided."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    plan = current_plan_or_404(regency)
    require(user, Permission.REVIEW_INITIATIVE, regency)
    filters = _filters(request)
    status, label, since, empty = next((tab for tab in TABS if tab[0] == filters["keadaan"]), TABS[0])
    everything = visible_initiatives(user, plan).filter(status__in=[tab[0] for tab in TABS])
    known = list(everything.order_by("lead_agency__order").values_list("status", "lead_agency", "lead_agency__name"))
    counts = Counter(state for state, _, _ in known)
    agencies = {str(pk): name for _, pk, name in known}
    found = for_reviewer(_narrowed(everything.filter(status=status), filters, agencies), filters["peninjau"], user)
    open_threads = open_thread_count(own_agency_ids(user, regency))
    page = Paginator(_in_order(found, since, open_threads), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_queue_row(initiative, since) for initiative in page],
        "page": page,
        "label": label,
        "status": status,
        "empty": empty,
        "filters": filters,
        "is_narrowed": bool(filters["q"] or filters["opd"] or filters["peninjau"]),
        "total": counts[status],
        "pills": _pills(filters, status, counts),
        "agencies": list(agencies.items()),
        "reviewers": REVIEWERS.items() if len(reviewers_of(regency)) > 1 else (),
        "shows_completeness": status == S.RETURNED,
        "query": urlencode({key: value for key, value in filters.items() if value}) + "&",
    }
    return render_page(request, "masterplan/review/review/queue.html", context)


def _filters(request: SignedIn) -> dict[str, str]:
    return {key: search_words(request.GET.get(key, "")) for key in ("keadaan", "q", "opd", "peninjau")}


def _narrowed(rows: InitiativeQuerySet, filters: dict[str, str], agencies: dict[str, str]) -> InitiativeQuerySet:
    if filters["q"]:
        rows = rows.filter(Q(name__icontains=filters["q"]) | Q(code__icontains=filters["q"]))
    if filters["opd"]:
        rows = rows.filter(lead_agency=int(filters["opd"])) if filters["opd"] in agencies else rows.none()
    return rows


def _in_order(rows: InitiativeQuerySet, since: str, open_threads: Count) -> Any:
    """The longest waiting first; what is approved waits for nothing, so there the newest."""
    moment = F(since).desc() if since == "approved_at" else F(since).asc()
    rows = rows.complete() if since == "returned_at" else rows.for_list().select_related("reviewer")
    return rows.annotate(
        open_threads=open_threads,
        undecided=Count("links", filter=Q(links__state=LinkState.PROPOSED), distinct=True),
    ).order_by(moment, "code")


def _queue_row(initiative: Initiative, since: str) -> dict[str, Any]:
    """What was sent is complete, or it could not have been sent; only what was returned may have become less."""
    moment: datetime = getattr(initiative, since)
    percent = completeness(initiative) if initiative.status == S.RETURNED else None
    return {"initiative": initiative, "since": moment, "completeness": percent}


def _pills(filters: dict[str, str], current: str, counts: Counter[str]) -> list[dict[str, Any]]:
    kept = {key: value for key, value in filters.items() if value and key != "keadaan"}
    return [
        {
            "label": label,
            "url": "?" + urlencode({"keadaan": status} | kept),
            "count": counts[status],
            "current": status == current,
        }
        for status, label, _, _ in TABS
    ]


@require_safe
def initiative_review(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Every answer of an initiative with conversations and changes; for Diskominfo also the decision."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_initiative_to_review_or_404(user, regency, pk)
    require(user, Permission.VIEW_REGENCY, regency)
    lead = initiative.lead_agency_id
    opened = request.GET.get("catatan", "")
    talk = load_discussion(initiative, user, since=review_rows.compared_since(initiative), opened=opened)
    sections = review_rows.review_sections(initiative, talk)
    changed = review_rows.count_changed(sections)
    only_changed = bool(changed) and request.GET.get("berubah") == "1"
    may_decide = can(user, Permission.DECIDE_ALIGNMENT, regency) and not initiative.master_plan.is_locked
    moves = {move.name: move for move in available_transitions(initiative, user) if move.name in DECISIONS}
    approve = moves.get("approve")
    context = {
        "initiative": initiative,
        "sections": review_rows.only_changed(sections) if only_changed else sections,
        "changed": changed,
        "only_changed": only_changed,
        "open_threads": talk.open_count,
        "undecided": undecided_links(initiative),
        "links": [(link, review_rows.is_new(link, initiative)) for link in initiative.links.all()],
        "lacks_program": lacks_program(initiative),
        "may_comment": talk.may_comment,
        "may_review": can(user, Permission.REVIEW_INITIATIVE, regency),
        "may_assign_reviewer": _may_assign_reviewer(initiative, user),
        "may_decide_links": may_decide and initiative.status != S.APPROVED,
        "may_propose": may_decide and can(user, Permission.EDIT_INITIATIVE, regency, lead),
        "moves": moves,
        "obstacle": approve.guard(initiative, user) if approve else "",
        "events": review_rows.history_events(initiative.status_changes.all()),
    }
    return render_page(request, "masterplan/initiatives/initiative/review.html", context)


def _may_assign_reviewer(initiative: Initiative, user: User) -> bool:
    """Whether there is a reviewer to name, or one whose name can be taken away."""
    if not can(user, Permission.REVIEW_INITIATIVE, initiative.regency) or obstacle_to_assigning(initiative):
        return False
    return initiative.has_others_at_desk or initiative.reviewer is not None
