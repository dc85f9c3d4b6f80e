"""One link between an initiative and a program: proposed by the agency, taken back, decided by Diskominfo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import can, get_regency_or_404, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment import link_checks
from masterplan.alignment.actions import links
from masterplan.alignment.forms import DecisionForm
from masterplan.models import AlignmentLink, Initiative
from masterplan.pages.link_form import LinkForm
from masterplan.pages.loading import get_bare_initiative_or_404, get_link_or_404
from masterplan.reference import EDITABLE_STATUSES, InitiativeStatus, LinkState, PlanKind
from masterplan.registry import SECTION_OF_FIELD
from smartcity.common.htmx import render_page
from smartcity.common.text import search_words

SECTION = SECTION_OF_FIELD["links"].key
# Where a person came from and returns to (`dari`): the form, the review, or the matrix.
FORM, REVIEW, MATRIX = "isian", "tinjauan", "matriks"


def _origin(request: SignedIn, default: str) -> str:
    given = request.POST.get("dari") or request.GET.get("dari")
    return given if given in (FORM, REVIEW, MATRIX) else default


def _way_back(origin: str, slug: str, initiative: Initiative) -> str:
    if origin == FORM:
        return reverse("initiative_edit", args=[slug, initiative.pk, SECTION])
    if origin == MATRIX:
        return reverse("alignment_matrix", args=[slug])
    return reverse("initiative_review", args=[slug, initiative.pk]) + "#isian-links"


@require_http_methods(["GET", "HEAD", "POST"])
def link_propose(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Choose a program, perhaps one of its indicators, and say why."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_bare_initiative_or_404(user, regency, pk)
    require(user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    if initiative.status not in EDITABLE_STATUSES:
        require(user, Permission.DECIDE_ALIGNMENT, regency)
    origin = _origin(request, FORM if initiative.status in EDITABLE_STATUSES else REVIEW)
    search = search_words(request.GET.get("cari", ""))
    form = _link_form(request, initiative, search)
    done = _way_back(origin, slug, initiative)
    if form.is_bound and form.is_valid():
        try:
            links.propose(initiative, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("element", error)
        else:
            return redirect(done)
    context = {"initiative": initiative, "form": form, "search": search, "origin": origin, "cancel_url": done}
    return render_page(request, "masterplan/alignment/link/propose.html", context)


def _link_form(request: SignedIn, initiative: Initiative, search: str) -> LinkForm:
    data = request.POST if request.method == "POST" else None
    return LinkForm(initiative, data, search=search, chosen=request.GET.get("element", ""))


@require_POST
def link_withdraw(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Take back a link that nobody has decided yet."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    link = get_link_or_404(user, regency, pk)
    initiative = link.initiative
    require(user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    try:
        links.withdraw(link, by=user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, f"Usulan {link.element.code} dihapus dari {initiative.code}.")
    origin = _origin(request, FORM if initiative.status in EDITABLE_STATUSES else REVIEW)
    return redirect(_way_back(origin, slug, initiative))


@require_http_methods(["GET", "HEAD", "POST"])
def link_decide(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """A link with everything that speaks for or against it; Diskominfo accepts or rejects it here."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    link = get_link_or_404(user, regency, pk)
    require(user, Permission.VIEW_REGENCY, regency)
    origin = _origin(request, MATRIX)
    form = DecisionForm(reason=link.decision_reason)
    if request.method == "POST":
        require(user, Permission.DECIDE_ALIGNMENT, regency)
        accepting = request.POST.get("putusan") == "terima"
        form = DecisionForm(request.POST, rejecting=not accepting)
        if form.is_valid() and _decide(request, link, form, accepting):
            return redirect(_way_back(origin, slug, link.initiative))
    context = {"link": link, "form": form, "origin": origin, "back_url": _way_back(origin, slug, link.initiative)}
    return render_page(request, "masterplan/alignment/link/decide.html", context | _evidence(user, link))


def _decide(request: SignedIn, link: AlignmentLink, form: DecisionForm, accepting: bool) -> bool:
    """Whether the decision stands; pressing twice tells the agency once."""
    state = LinkState.ACCEPTED if accepting else LinkState.REJECTED
    reason = form.cleaned_data["reason"]
    if link.state == state and link.decision_reason == reason:
        return True
    try:
        links.decide(link, accept=accepting, reason=reason, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"Tautan {link.initiative.code} ke {link.element.code} {state.label.lower()}.")
    return True


def _evidence(user: User, link: AlignmentLink) -> dict[str, Any]:
    """What the page shows beside the question."""
    initiative, element = link.initiative, link.element
    regency = initiative.regency
    money = link_checks.money_beside(initiative, element)
    others = initiative.links.exclude(pk=link.pk).select_related("element__plan")
    decider = can(user, Permission.DECIDE_ALIGNMENT, regency)
    obstacle = links.obstacle_to_deciding(link, user) if decider else ""
    return {
        "initiative": initiative,
        "lineage": link_checks.lineage(element),
        "carries_out": element.carries_out if element.plan.kind == PlanKind.RENSTRA else None,
        "program_indicators": element.indicators.prefetch_related("targets"),
        "own_indicators": initiative.indicators.prefetch_related("targets"),
        "money": money,
        "findings": link_checks.findings(link, money),
        "others": others,
        "obstacle": obstacle,
        "is_own": link.proposed_by_id == user.pk,
        "may_decide": decider
        and not obstacle
        and (initiative.status != InitiativeStatus.APPROVED or links.is_carried(link))
        and not initiative.master_plan.is_locked,
        "is_frozen": decider and initiative.status == InitiativeStatus.APPROVED and not links.is_carried(link),
    }
