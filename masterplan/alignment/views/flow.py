"""How much of the RPJMD flows through which programs and initiatives into which dimension: a picture and a table."""

from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.flow import HEADS, FlowNode, FlowPath, draw, gather
from masterplan.alignment.matrix import dimensions_of
from masterplan.alignment.views.matrix import choices
from masterplan.alignment.views.tabs import FLOW, RPJMD, hides_drafts, pills
from masterplan.pages.loading import visible_initiatives
from masterplan.pages.rows import enter
from masterplan.reasoning.coverage import Coverage, rpjmd_coverage
from masterplan.reference import LinkState
from smartcity.common.htmx import render_page


@require_safe
def alignment_flow(request: SignedIn, slug: str) -> HttpResponse:
    """The ties from missions to dimensions, narrowed as the matrix is; what was rejected ties nothing."""
    plan, user = enter(request, slug, Permission.VIEW_REGENCY)
    coverage = rpjmd_coverage(plan, visible_initiatives(user, plan))
    search = AlignmentFilter.read({**request.GET.dict(), "cek": ""}).known_in(coverage)
    paths = _paths(coverage, search)
    drawing = draw(gather(paths))
    context: dict[str, Any] = {
        "tab": RPJMD,
        "show": "",
        "plan": plan,
        "search": search,
        "pills": pills(plan.regency, FLOW, search, waiting=len(coverage.pending)),
        "drawing": drawing,
        "steps": list(zip(pairwise(HEADS), drawing.steps, strict=True)),
        "counts": [len({path[column] for path in paths}) for column in range(4)],
        "hides_drafts": hides_drafts(user, plan),
    }
    context |= choices(coverage, search) | {"checks": []}
    return render_page(request, "masterplan/alignment/flow.html", context)


def _paths(coverage: Coverage, wanted: AlignmentFilter) -> list[FlowPath]:
    """Every tie that is shown, in the order of the programs."""
    place = {dimension: number for number, dimension in enumerate(dimensions_of(coverage))}
    initiatives = {initiative.pk: initiative for initiative in coverage.initiatives}
    programs = {program.pk: (number, program) for number, program in enumerate(coverage.programs)}
    found = []
    for (program_pk, initiative_pk), mark in wanted.marks(coverage).items():
        if mark.state == LinkState.REJECTED:
            continue
        number, program = programs[program_pk]
        initiative = initiatives[initiative_pk]
        dimension = initiative.sub_dimension.dimension
        path = (
            FlowNode(f"misi-{program.group.pk}", program.group.label),
            FlowNode(f"program-{program.pk}", program.label),
            FlowNode(f"inisiatif-{initiative.pk}", f"{initiative.code} {initiative.name}", dimension.code),
            FlowNode(f"{place[dimension]:03d}", dimension.name, dimension.code),
        )
        found.append((number, initiative.code, path))
    return [path for *_, path in sorted(found, key=lambda row: row[:2])]
