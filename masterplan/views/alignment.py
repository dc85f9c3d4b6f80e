"""The alignment of the whole plan: programs against initiatives, the holes on both sides, doing without a program."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, get_regency_or_404, is_regency_wide, require
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.actions import alignment
from masterplan.alignment import coverage as cover
from masterplan.alignment import matrix
from masterplan.forms.decisions import WaiverForm
from masterplan.models import Initiative
from masterplan.reference import EDITABLE_STATUSES, InitiativeStatus
from masterplan.views.loading import current_plan_or_404, get_bare_initiative_or_404, visible_initiatives
from smartcity.common.htmx import render_page

RPJMD, RENSTRA = "rpjmd", "renstra"
ALL, PENDING, IDLE, LOOSE, UNANCHORED = "", "menunggu", "program", "inisiatif", "acuan"


@require_safe
def alignment_matrix(request: SignedIn, slug: str) -> HttpResponse:
    """Programs of the RPJMD (or of the Renstra) against initiatives, whole or as one of the lists of what is open."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    plan = current_plan_or_404(regency)
    require(user, Permission.VIEW_REGENCY, regency)
    visible = visible_initiatives(user, plan)
    tab = RENSTRA if request.GET.get("lihat") == RENSTRA else RPJMD
    coverage = (cover.renstra_coverage if tab == RENSTRA else cover.rpjmd_coverage)(plan, visible)
    context = {
        "tab": tab,
        "plan": plan,
        "coverage": coverage,
        "groups": matrix.groups_of(coverage),
        "dimensions": matrix.dimensions_of(coverage),
        "hides_drafts": not is_regency_wide(user, Permission.VIEW_DRAFTS, regency),
        "may_decide": can(user, Permission.DECIDE_ALIGNMENT, regency),
    }
    context |= _chosen(request, context)
    context["pills"] = _pills(context)
    context |= _listed(context, user)
    return render_page(request, "masterplan/alignment/matrix.html", context)


def _chosen(request: SignedIn, context: dict[str, Any]) -> dict[str, Any]:
    """The filters of the address, as far as they name something that exists."""
    group = next((g for g in context["groups"] if str(g.pk) == request.GET.get("misi")), None)
    codes = {dimension.code for dimension in context["dimensions"]}
    dimension = request.GET.get("dimensi", "")
    show = request.GET.get("tampil", ALL)
    known = {PENDING, IDLE, LOOSE} if context["tab"] == RPJMD else {PENDING, IDLE, UNANCHORED}
    return {
        "group": group,
        "dimension": dimension if dimension in codes else "",
        "show": show if show in known else ALL,
    }


def _pills(context: dict[str, Any]) -> list[dict[str, Any]]:
    coverage = context["coverage"]
    names: list[tuple[str, str, int | None]] = [
        (ALL, "Semua tautan", None),
        (PENDING, "Menunggu keputusan", len(coverage.pending)),
        (IDLE, "Program tanpa inisiatif", len(coverage.idle_programs)),
    ]
    if context["tab"] == RPJMD:
        names.append((LOOSE, "Inisiatif tanpa program", len(coverage.loose_initiatives)))
    else:
        names.append((UNANCHORED, "Belum mengacu RPJMD", len(coverage.unanchored_programs)))
    return [
        {
            "label": label,
            "count": count,
            "url": _address(context, tampil=key),
            "current": context["show"] == key,
        }
        for key, label, count in names
    ]


def _address(context: dict[str, Any], **change: str) -> str:
    """This page with the filters as they are, but for `change`."""
    now = {
        "lihat": RENSTRA if context["tab"] == RENSTRA else "",
        "misi": str(context["group"].pk) if context["group"] else "",
        "dimensi": context["dimension"],
    } | change
    return "?" + urlencode({key: value for key, value in now.items() if value})


def _listed(context: dict[str, Any], user: User) -> dict[str, Any]:
    """What the chosen view shows."""
    coverage, show = context["coverage"], context["show"]
    if show == PENDING:
        return {"pending": [p for p in coverage.pending if _fits(context, p.program, p.initiative)]}
    if show == LOOSE:
        loose = [i for i in coverage.loose_initiatives if _fits(context, None, i)]
        return {"loose": [(i, _may_propose(user, context["plan"].regency, i)) for i in loose]}
    if show in (IDLE, UNANCHORED):
        programs = coverage.idle_programs if show == IDLE else coverage.unanchored_programs
        return {"holes": _by_group(p for p in programs if _fits(context, p, None))}
    group = context["group"].pk if context["group"] else None
    return {"matrix": matrix.lay_out(coverage, group=group, dimension=context["dimension"])}


def _fits(context: dict[str, Any], program: cover.Program | None, initiative: Initiative | None) -> bool:
    group, dimension = context["group"], context["dimension"]
    in_group = program is None or group is None or program.group == group
    return in_group and (not dimension or initiative is None or initiative.sub_dimension.dimension.code == dimension)


def _by_group(programs: Iterable[cover.Program]) -> list[tuple[cover.Group, list[cover.Program]]]:
    found: dict[cover.Group, list[cover.Program]] = {}
    for program in programs:
        found.setdefault(program.group, []).append(program)
    return list(found.items())


def _may_propose(user: User, regency: Regency, initiative: Initiative) -> bool:
    """The agency while it may edit, Diskominfo until the approval; nobody while the plan is locked."""
    if initiative.master_plan.is_locked:
        return False
    if initiative.status in EDITABLE_STATUSES:
        return can(user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    return can(user, Permission.DECIDE_ALIGNMENT, regency) and initiative.status != InitiativeStatus.APPROVED


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_waive(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Let an initiative stand without an RPJMD program, or take that back (`cabut=1`)."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_bare_initiative_or_404(user, regency, pk)
    require(user, Permission.DECIDE_ALIGNMENT, regency)
    done = reverse("initiative_review", args=[slug, pk]) + "#isian-links"
    form = WaiverForm(request.POST if request.method == "POST" else None, reason=initiative.waiver_reason)
    if request.method == "POST":
        revoking = request.POST.get("cabut") == "1"
        try:
            if revoking:
                alignment.revoke_waiver(initiative, by=user)
            elif form.is_valid():
                alignment.waive(initiative, reason=form.cleaned_data["reason"], by=user)
            if revoking or form.is_valid():
                return redirect(done)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"initiative": initiative, "form": form, "cancel_url": done}
    return render_page(request, "masterplan/alignment/waive.html", context)
