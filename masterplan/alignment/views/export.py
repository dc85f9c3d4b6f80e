"""The alignment as an Excel file: what the matrix shows with its filters, and everything that is missing."""

from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment import matrix
from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.gaps import find_gaps
from masterplan.alignment.tables import gaps_table, links_table, matrix_table, objectives_table
from masterplan.alignment.views.inspection import waivers_of
from masterplan.alignment.views.tabs import hides_drafts
from masterplan.books.formats.workbook import write_workbook
from masterplan.models import MasterPlan
from masterplan.pages.loading import visible_initiatives
from masterplan.pages.rows import enter
from masterplan.reasoning.coverage import Coverage, rpjmd_coverage
from masterplan.reasoning.inspection.facts import load
from masterplan.reference import DIMENSIONS
from smartcity.common.formatting import format_moment
from smartcity.common.workbooks.download import file_name, workbook_response


@require_safe
def alignment_export(request: SignedIn, slug: str) -> HttpResponse:
    """Matrix, objectives against dimensions and ties as they are narrowed; gaps of the whole plan."""
    plan, user = enter(request, slug, Permission.VIEW_REGENCY)
    visible = visible_initiatives(user, plan)
    coverage, facts = rpjmd_coverage(plan, visible), load(plan, visible)
    search = AlignmentFilter.read(request.GET).known_in(coverage).with_findings(facts)
    names = _dimension_names(coverage)
    reasons = {about: waiver.reason for about, waiver in waivers_of(plan).items()}
    tables = [
        matrix_table(coverage, matrix.lay_out(coverage, search)),
        objectives_table(matrix.objectives_by_dimension(coverage, list(names), search), names),
        links_table(coverage, search),
        gaps_table(find_gaps(facts, reasons), facts.agencies),
    ]
    told = _told(plan)
    out = BytesIO()
    write_workbook([table.as_json() for table in tables], _about(told, search, hides_drafts(user, plan)), told, out)
    return workbook_response(request, out.getvalue(), file_name("Keselarasan", plan.regency.full_name, "xlsx"))


def _dimension_names(coverage: Coverage) -> dict[str, str]:
    """By code: the ministry's, and those of the regency's own in which something is planned."""
    own = {dimension.code: dimension.name for dimension in matrix.dimensions_of(coverage)}
    return {dimension.code: dimension.name for dimension in DIMENSIONS} | own


def _told(plan: MasterPlan) -> dict[str, str]:
    now = timezone.now()
    title = f"Keselarasan dengan {plan.development_plan.title}"
    return {
        "title": title,
        "author": plan.regency.full_name,
        "date": f"{timezone.localdate(now):%Y-%m-%d}",
        "foot": f"{plan.regency.full_name}, diunduh {format_moment(now)}",
    }


def _about(told: dict[str, str], search: AlignmentFilter, is_partial: bool) -> list[tuple[str, str]]:
    lines = [("title", told["title"]), ("text", f"{told['foot']}.")]
    if search.is_narrow:
        lines.append(("draft", "Disaring: matriks, sasaran, dan tautan tidak memuat seluruh rencana."))
    if is_partial:
        lines.append(("draft", "Draf perangkat daerah lain tidak dihitung di sini."))
    return lines
