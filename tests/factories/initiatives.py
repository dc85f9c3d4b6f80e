"""Initiatives, brought to any state by the people who would do it."""

from typing import Any

from agencies.models import Agency, User
from agencies.roles import Role
from masterplan.alignment.actions import links
from masterplan.initiatives.actions import initiatives
from masterplan.models import AlignmentLink, Initiative, MasterPlan, PlanElement, SubDimension
from masterplan.reference import InitiativeStatus, Level
from masterplan.registry import FIELDS
from masterplan.review.actions import reviews
from tests.answers import answers_to

from .people import make_agency, make_person
from .plans import make_program

# The moves that lead from a draft to each state.
ROUTES: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "in_review": ("submit", "start_review"),
    "returned": ("submit", "start_review", "return"),
    "approved": ("submit", "start_review", "approve"),
    "withdrawn": ("withdraw",),
}


def complete_answers(plan: MasterPlan) -> dict[str, Any]:
    """Answers to every question that must be answered before sending."""
    year = str(plan.start_year)
    indicator = {
        "unit": "persen",
        "baseline": "10",
        "direction": "up",
        "targets": {year: "20", str(plan.end_year): "60"},
        "end_condition": "60",
    }
    return {
        **answers_to(field for field in FIELDS.values() if field.required),
        "action_kind": "application",
        "novelty": "new",
        "whole_regency": True,
        "horizon": "medium",
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "activities": [{"name": "Uji coba", "start": f"{year}-01-01", "end": f"{year}-06-30", "output": "Laporan"}],
        "indicators": [
            {"kind": "output", "name": "Loket terhubung", **indicator},
            {"kind": "outcome", "name": "Kepuasan warga", **indicator},
        ],
        "budgets": [{"source": "apbd_regency", "amounts": {year: 150_000_000}}],
    }


def propose_program(initiative: Initiative, by: User, program: PlanElement | None = None) -> AlignmentLink:
    """A proposed link to an RPJMD program (made when not given)."""
    plan = initiative.master_plan.development_plan
    program = program or plan.elements.filter(level=Level.PROGRAM).first() or make_program(plan)
    return links.propose(initiative, element=program, by=by, rationale="Melaksanakan program ini.")


def make_initiative(
    plan: MasterPlan,
    *,
    status: str = InitiativeStatus.DRAFT,
    agency: Agency | None = None,
    by: User | None = None,
    coordinator: User | None = None,
    name: str = "Layanan terpadu",
    sub_dimension: str = "public_service",
    complete: bool = False,
    **answers: Any,
) -> Initiative:
    """An initiative of `agency` in `status`; `by` fills in and sends, `coordinator` decides (both made when not given)."""
    agency = agency or make_agency(plan.regency)
    by = by or make_person(plan.regency, Role.AGENCY_HEAD, agency)
    initiative = initiatives.create(
        plan=plan, by=by, name=name, sub_dimension=SubDimension.objects.get(key=sub_dimension), lead_agency=agency
    )
    route = ROUTES[status]
    if complete or "submit" in route:
        answers = complete_answers(plan) | answers
    if answers:
        initiative = initiatives.save(initiative, by=by, data=answers, version=initiative.edit_version)
    link = propose_program(initiative, by) if complete or "submit" in route else None
    for move in route:
        reviewer = by
        if move in ("start_review", "return", "approve"):
            coordinator = coordinator or make_person(plan.regency, Role.COORDINATOR)
            reviewer = coordinator
        if move == "approve" and link is not None:
            links.decide(link, accept=True, by=reviewer)
        comment = "Lengkapi target tahun terakhir." if move == "return" else ""
        reviews.transition(initiative, name=move, by=reviewer, comment=comment)
    return Initiative.objects.complete().select_related("master_plan__regency").get(pk=initiative.pk)
