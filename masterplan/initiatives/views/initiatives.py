"""The list of initiatives, and one of them. Filling in is in `initiative_forms`, the past in `initiative_history`."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import can, get_regency_or_404, main_membership, own_agency_ids
from agencies.roles import AGENCY_ROLES, Permission
from agencies.views.requests import SignedIn
from masterplan.library import find as find_model
from masterplan.models import Initiative, StatusChange
from masterplan.models.thread import readable
from masterplan.pages.due_dates import DueDates
from masterplan.pages.initiative_filter import ALL_AGENCIES, ORDERS, InitiativeFilter
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.pages.loading import copy_sources, current_plan_or_404, dimension_names, visible_initiatives
from masterplan.reference import InitiativeStatus
from masterplan.registry import FIELDS, SECTION_OF_FIELD, SECTIONS
from masterplan.registry.completeness import SectionState, section_states
from masterplan.workflow import available_transitions

PER_PAGE = 30


@require_safe
def initiative_list(request: SignedIn, slug: str) -> HttpResponse:
    """The regency's initiatives that the person may know of; staff of an agency begin with their own."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    membership = main_membership(request.user, regency)
    own = str(membership.agency_id) if membership and membership.role in AGENCY_ROLES else ""
    search = InitiativeFilter.read(request.GET, default_agency=own)
    visible = visible_initiatives(request.user, plan)
    narrowed = search.narrow(visible)
    page = Paginator(search.in_order(narrowed.for_list()), PER_PAGE).get_page(request.GET.get("page"))
    agencies = list(regency.agencies.all())
    context = {
        "page": page,
        "search": search,
        "pills": _status_pills(narrowed, search),
        "dimensions": dimension_names(plan),
        "agencies": agencies,
        "agency": next((agency for agency in agencies if str(agency.pk) == search.agency), None),
        "own": own,
        "all_agencies": ALL_AGENCIES,
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "total": 0 if page.paginator.count else visible.count(),
        "may_review": can(request.user, Permission.REVIEW_INITIATIVE, regency),
        "may_add": can(request.user, Permission.EDIT_INITIATIVE, regency) and not plan.is_locked,
        "plan": plan,
        "query": f"{search.query()}&",
    }
    return render(request, "masterplan/initiatives/initiative/list.html", context)


def _status_pills(narrowed: Any, search: InitiativeFilter) -> list[dict[str, Any]]:
    counts = dict(narrowed.order_by().values_list("status").annotate(Count("pk")))
    pills = [("", "Semua", sum(counts.values()))]
    pills += [(status.value, status.label, counts.get(status, 0)) for status in InitiativeStatus]
    return [
        {"label": label, "url": f"?{search.query(status=status)}", "count": count, "current": status == search.status}
        for status, label, count in pills
        if count or status in ("", search.status)
    ]


@require_safe
def initiative_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative: a list of sections for whoever fills it in, all answers for everybody else."""
    frame = open_frame(request, slug, pk)
    initiative = frame.initiative
    moves = {move.name: move for move in available_transitions(initiative, frame.user)}
    dates = DueDates(frame.regency, frame.initiative.lead_agency_id)
    context = frame.context(
        sections=SECTIONS,
        deadline=dates.next(),
        editor=frame.initiative.updated_as,
        moves=[moves[name] for name in ("withdraw", "reopen") if name in moves],
        may_review=can(frame.user, Permission.REVIEW_INITIATIVE, frame.regency),
        returned=_last_return(initiative),
        origin=_origin(frame),
    )
    if frame.may_edit:
        states = section_states(initiative)
        context["done"] = sum(state.is_done for state in states)
        context["tasks"] = _tasks(frame, states, dates)
        context["extras"] = _extras(frame)
    return render(request, "masterplan/initiatives/initiative/detail.html", context)


def _tasks(frame: Frame, states: Iterable[SectionState], dates: DueDates) -> list[dict[str, Any]]:
    """The rows of the section list."""
    mine = readable(own_agency_ids(frame.user, frame.regency))
    open_threads = frame.initiative.threads.filter(mine, resolved_at=None).values_list("field", flat=True)
    notes = Counter(SECTION_OF_FIELD[field].key for field in open_threads if field in SECTION_OF_FIELD)
    return [
        {
            "url": reverse("initiative_edit", args=[frame.regency.slug, frame.initiative.pk, state.section.key]),
            "title": state.section.title,
            **_state(state, notes[state.section.key], _due(state, dates)),
        }
        for state in states
    ]


def _extras(frame: Frame) -> list[dict[str, str]]:
    """Rows of the pages that may stay empty, which count for nothing."""
    return [
        {
            "url": reverse("initiative_edit", args=[frame.regency.slug, frame.initiative.pk, section.key]),
            "title": section.title,
            "why": section.intro,
            "done": "Boleh kosong",
        }
        for section in SECTIONS
        if section.is_optional
    ]


def _due(state: SectionState, dates: DueDates) -> str:
    """When the first of the answers that are missing here is due."""
    phases = [FIELDS[gap.field].phase for gap in state.missing]
    return f"Jatuh tempo: {dates.words(min(phases))}." if phases else ""


def _state(state: SectionState, notes: int, due: str) -> dict[str, str]:
    """How far a section is, in the words of a row."""
    row = {"status": "not_started", "label": "Belum mulai", "why": f"{state.section.intro} {due}", "done": ""}
    if notes:
        return row | {"status": "returned", "label": "Perlu perbaikan", "why": f"{notes} catatan belum selesai"}
    if state.is_done:
        return row | {"done": "Selesai", "why": ""}
    if state.touched:
        return row | {
            "status": "started",
            "label": "Sedang diisi",
            "why": f"{len(state.missing)} isian belum lengkap. {due}",
        }
    return row


def _origin(frame: Frame) -> dict[str, str] | None:
    """What the initiative began from: another initiative (named only to who may copy from it), or a model."""
    initiative, slug = frame.initiative, frame.regency.slug
    if initiative.based_on_id:
        source = copy_sources(frame.user, frame.regency).filter(pk=initiative.based_on_id).first()
        url = reverse("initiative_copy_from", args=[slug, source.pk]) if source else ""
        return {"verb": "Disalin dari", "name": str(source) if source else "inisiatif lain", "url": url}
    if model := find_model(initiative.model_key):
        url = reverse("model_detail", args=[slug, model.key])
        return {"verb": "Dimulai dari contoh model", "name": model.name, "url": url}
    return None


def _last_return(initiative: Initiative) -> StatusChange | None:
    if initiative.status != InitiativeStatus.RETURNED:
        return None
    return initiative.status_changes.filter(transition="return").first()
