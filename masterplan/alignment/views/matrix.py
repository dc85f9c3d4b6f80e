"""The alignment of the whole plan: programs against initiatives, objectives against dimensions, what waits.

What is missing on either side is shown by `alignment_gaps`, what flows where by `alignment_flow`.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment import matrix
from masterplan.alignment.actions import links
from masterplan.alignment.filters import OFFERED, STATES, AlignmentFilter
from masterplan.alignment.forms import DecisionForm, WaiverForm
from masterplan.alignment.views.tabs import IDLE, OBJECTIVES, PENDING, RENSTRA, RPJMD, UNANCHORED, hides_drafts, pills
from masterplan.pages.loading import dimension_names, get_bare_initiative_or_404, visible_initiatives
from masterplan.pages.rows import enter
from masterplan.reasoning import coverage as cover
from masterplan.reasoning.inspection.facts import load
from smartcity.common.htmx import render_page
from smartcity.common.text import whole_number

# Up to so many programs all missions are unfolded; a larger plan is opened mission by mission.
UNFOLDED = 60
PER_PAGE = 50


@require_safe
def alignment_matrix(request: SignedIn, slug: str) -> HttpResponse:
    """Programs of the RPJMD (or of the Renstra) against initiatives, objectives against dimensions, or what waits."""
    plan, user = enter(request, slug, Permission.VIEW_REGENCY)
    visible = visible_initiatives(user, plan)
    tab = RENSTRA if request.GET.get("lihat") == RENSTRA else RPJMD
    coverage = (cover.renstra_coverage if tab == RENSTRA else cover.rpjmd_coverage)(plan, visible)
    search = AlignmentFilter.read(request.GET).known_in(coverage)
    if search.check:
        search = search.with_findings(load(plan, visible))
    known = (PENDING, IDLE, UNANCHORED) if tab == RENSTRA else (PENDING, OBJECTIVES)
    show = request.GET.get("tampil", "")
    show = show if show in known else ""
    context = {
        "tab": tab,
        "show": show,
        "plan": plan,
        "coverage": coverage,
        "search": search,
        "pills": pills(
            plan.regency, show, search, waiting=len(coverage.pending), renstra=coverage if tab == RENSTRA else None
        ),
        "hides_drafts": hides_drafts(user, plan),
        "may_decide": can(user, Permission.DECIDE_ALIGNMENT, plan.regency) and not plan.is_locked,
        "decision": DecisionForm(),
        "origin": search.query(tampil=show, lihat=tab if tab == RENSTRA else ""),
    }
    context |= choices(coverage, search) | _listed(request, context)
    return render_page(request, "masterplan/alignment/matrix.html", context)


def choices(coverage: cover.Coverage, search: AlignmentFilter) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "groups": list(dict.fromkeys([*(mission for mission, _ in coverage.objectives), *matrix.groups_of(coverage)])),
        "objective": next((row for _, row in coverage.objectives if row.pk == search.objective), None),
        "dimensions": matrix.dimensions_of(coverage),
        "agencies": coverage.agencies,
        "states": [(key, state.label) for key, state in STATES.items()],
        "checks": [(check.code, check.title) for check in OFFERED],
    }


def _listed(request: SignedIn, context: dict[str, Any]) -> dict[str, Any]:
    """What the chosen view shows."""
    coverage, show, search = context["coverage"], context["show"], context["search"]
    if show == PENDING:
        rows = Paginator(search.pending(coverage), PER_PAGE)
        return {
            "page": rows.get_page(whole_number(request.GET.get("page")) or 1),
            "query": f"{context['origin']}&",
        }
    if show in (IDLE, UNANCHORED):
        programs = coverage.idle_programs if show == IDLE else coverage.unanchored_programs
        return {"gaps": _by_group(program for program in programs if search.shows_program(program))}
    if show == OBJECTIVES:
        names = dimension_names(context["plan"])
        blocks = matrix.objectives_by_dimension(coverage, [code for code, _ in names], search)
        return {"dimension_names": names, "blocks": blocks}
    laid_out = matrix.lay_out(coverage, search)
    return {"matrix": laid_out, "unfolded": laid_out.programs <= UNFOLDED}


def _by_group(programs: Iterable[cover.Program]) -> list[tuple[cover.ProgramGroup, list[cover.Program]]]:
    found: dict[cover.ProgramGroup, list[cover.Program]] = {}
    for program in programs:
        found.setdefault(program.group, []).append(program)
    return list(found.items())


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
                links.revoke_waiver(initiative, by=user)
            elif form.is_valid():
                links.waive(initiative, reason=form.cleaned_data["reason"], by=user)
            if revoking or form.is_valid():
                return redirect(done)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"initiative": initiative, "form": form, "cancel_url": done}
    return render_page(request, "masterplan/alignment/waive.html", context)
