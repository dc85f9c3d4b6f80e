"""Loads what a page is about, starting from the regency, and answers 404 where the person may not know of it.

Ids of an address are compared with `__pk`, never with the relation itself: Django then knows that an id larger than the
column can hold belongs to nothing, where it would otherwise hand the number to the database, which refuses it.
"""

from collections.abc import Iterable

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.access import AnyUser, can, is_regency_wide, own_agency_ids
from agencies.models import Agency, Regency, User
from agencies.roles import Permission
from masterplan.models import (
    AlignmentLink,
    BookJob,
    Evidence,
    Initiative,
    MasterPlan,
    ProgressEvidence,
    Section,
    SectionPicture,
    SheetJob,
    Snapshot,
    Thread,
    WorkbookImport,
    Workshop,
)
from masterplan.models.initiatives.initiative import (
    InitiativeQuerySet,
    current_initiatives,
    initiatives_of_every_period,
)
from masterplan.models.plans.alignment import links_of
from masterplan.models.texts.section import SectionQuerySet, current_sections
from masterplan.models.thread import conversations
from masterplan.pages.prerequisites import PlanMissing
from masterplan.reference import DIMENSIONS

_LINK_PARTS = ("element__plan", "element__agency", "element__carries_out", "indicator")


def current_plan_or_404(regency: Regency) -> MasterPlan:
    """The master plan the regency is working on.

    Without one raises PlanMissing, which is answered with a page that says what comes first.
    """
    plan = regency.master_plans.select_related("development_plan").filter(is_current=True).first()
    if plan is None:
        raise PlanMissing(regency)
    plan.regency = regency
    return plan


def visible_initiatives(user: AnyUser, plan: MasterPlan) -> InitiativeQuerySet:
    """The initiatives of a plan that `user` may know of."""
    return plan.initiatives.all().known_to(user, plan.regency)


def dimension_names(plan: MasterPlan) -> list[tuple[str, str]]:
    """Code and name of the ministry's dimensions and of the regency's own."""
    own = plan.regency.dimensions.values_list("code", "name")
    return [*((dimension.code, dimension.name) for dimension in DIMENSIONS), *own]


def load_visible_complete(
    user: AnyUser, regency: Regency, agency: Agency | None
) -> tuple[MasterPlan, list[Initiative]]:
    """The current plan, and with all tables the initiatives in it that `user` may know of, of one agency or all."""
    known = current_initiatives(regency).known_to(user, regency).complete()
    rows = list(known.filter(lead_agency=agency) if agency else known)
    plan = rows[0].master_plan if rows else current_plan_or_404(regency)
    plan.regency = regency
    for initiative in rows:
        initiative.master_plan = plan
    return plan, rows


def copy_sources(user: AnyUser, regency: Regency) -> InitiativeQuerySet:
    """The initiatives `user` may copy from: of their own agency, or of all when they fill in for the whole regency.

    Those of earlier master plans are among them.
    """
    rows = initiatives_of_every_period(regency)
    if not can(user, Permission.EDIT_INITIATIVE, regency):
        return rows.none()
    if not is_regency_wide(user, Permission.EDIT_INITIATIVE, regency):
        rows = rows.filter(lead_agency__in=own_agency_ids(user, regency))
    return rows


def get_copy_source_or_404(user: AnyUser, regency: Regency, pk: int) -> Initiative:
    """One initiative to copy from, with all its tables."""
    source = get_object_or_404(copy_sources(user, regency).complete(), pk=pk)
    source.master_plan.regency = regency
    return source


def get_initiative_or_404(user: AnyUser, regency: Regency, pk: int) -> Initiative:
    """One initiative of the current plan with all its tables, if `user` may know of it."""
    return _one_with_tables(current_initiatives(regency).known_to(user, regency), regency, pk)


def get_initiative_to_review_or_404(user: User, regency: Regency, pk: int) -> Initiative:
    """The same, with whether somebody else sits at the desk."""
    known = current_initiatives(regency).known_to(user, regency)
    return _one_with_tables(known.with_desk_of(user, regency), regency, pk)


def _one_with_tables(known: InitiativeQuerySet, regency: Regency, pk: int) -> Initiative:
    initiative = get_object_or_404(known.complete(), pk=pk)
    initiative.master_plan.regency = regency
    return initiative


def get_bare_initiative_or_404(user: AnyUser, regency: Regency, pk: int) -> Initiative:
    """The same without its tables, for pages that show little of it."""
    return _visible_with(user, regency, pk=pk)


def visible_sections(user: AnyUser, plan: MasterPlan) -> SectionQuerySet:
    """The sections of a plan whose text `user` may read before it is printed."""
    return plan.sections.all().known_to(user, plan.regency)


def get_section_or_404(user: AnyUser, regency: Regency, pk: int) -> Section:
    """One section of the current plan, if `user` may read its text."""
    section = _section_with(user, regency, pk=pk)
    if section is None:
        raise Http404
    return section


def get_section_picture_or_404(user: AnyUser, regency: Regency, pk: int) -> SectionPicture:
    """One picture of a section with its file, if `user` may read the text it belongs to."""
    section = _section_with(user, regency, pictures__pk=pk)
    if section is None:
        raise Http404
    return get_object_or_404(section.pictures.select_related("file"), pk=pk)


def get_thread_or_404(user: AnyUser, regency: Regency, pk: int) -> Thread:
    """One conversation with its comments, if `user` may know of its subject and read it."""
    subject = _initiative_with(user, regency, threads__pk=pk) or _section_with(user, regency, threads__pk=pk)
    found = conversations(subject, own_agency_ids(user, regency)) if subject else []
    thread = next((thread for thread in found if thread.pk == pk), None)
    if thread is None:
        raise Http404
    return thread


def get_link_or_404(user: AnyUser, regency: Regency, pk: int) -> AlignmentLink:
    """One link with its program, if `user` may know of its initiative."""
    initiative = _visible_with(user, regency, links__pk=pk)
    link = get_object_or_404(initiative.links.select_related(*_LINK_PARTS), pk=pk)
    link.initiative = initiative
    return link


def links_among(user: AnyUser, plan: MasterPlan, pks: Iterable[int]) -> list[AlignmentLink]:
    """Those of the links with these ids whose initiative `user` may know of, in the order of the lists."""
    initiatives = visible_initiatives(user, plan).select_related("sub_dimension__dimension", "lead_agency")
    known = {row.pk: row for row in initiatives.filter(links__in=list(pks)).distinct()}
    found = list(links_of(known).filter(pk__in=list(pks)).select_related("element__plan", "element__agency"))
    for link in found:
        link.initiative = known[link.initiative_id]
        link.initiative.master_plan = plan
    return found


def get_evidence_or_404(user: AnyUser, regency: Regency, pk: int) -> Evidence:
    """One piece of evidence with its file, if `user` may know of its initiative."""
    initiative = _visible_with(user, regency, evidence__pk=pk)
    evidence = get_object_or_404(initiative.evidence.select_related("file"), pk=pk)
    evidence.initiative = initiative
    return evidence


def get_progress_evidence_or_404(user: AnyUser, regency: Regency, pk: int) -> ProgressEvidence:
    """One piece of evidence of a report with its file, if `user` may read the report."""
    initiative = _visible_with(user, regency, progress_reports__evidence__pk=pk)
    report = get_object_or_404(initiative.progress_reports.known_to(user, initiative), evidence__pk=pk)
    report.initiative, report.master_plan = initiative, initiative.master_plan
    evidence = report.evidence.select_related("file").get(pk=pk)
    evidence.report = report
    return evidence


def _section_with(user: AnyUser, regency: Regency, **part: int) -> Section | None:
    """The section that holds `part` (a relation and an id), if `user` may read its text."""
    section = current_sections(regency).known_to(user, regency).filter(**part).first()
    if section is not None:
        section.master_plan.regency = regency
    return section


def _visible_with(user: AnyUser, regency: Regency, **part: int) -> Initiative:
    """The initiative that holds `part` (a relation and an id), without its tables."""
    initiative = _initiative_with(user, regency, **part)
    if initiative is None:
        raise Http404
    return initiative


def _initiative_with(user: AnyUser, regency: Regency, **part: int) -> Initiative | None:
    initiative = current_initiatives(regency).known_to(user, regency).for_list().filter(**part).first()
    if initiative is not None:
        initiative.master_plan.regency = regency
    return initiative


def get_edition_or_404(regency: Regency, number: int) -> Snapshot:
    """The edition of that number, with its jobs and history."""
    plan = current_plan_or_404(regency)
    editions = plan.snapshots.select_related("taken_by", "adopted_by", "predecessor").defer("predecessor__content")
    edition = get_object_or_404(editions.prefetch_related("book_jobs__file", "status_changes"), number=number)
    edition.master_plan = plan
    return edition


def get_book_job_or_404(regency: Regency, pk: int) -> BookJob:
    """One request for a book, of any edition of the regency."""
    plan = get_object_or_404(regency.master_plans, snapshots__book_jobs__pk=pk)
    snapshot = get_object_or_404(plan.snapshots.defer("content"), book_jobs__pk=pk)
    job = get_object_or_404(snapshot.book_jobs.select_related("file"), pk=pk)
    plan.regency, snapshot.master_plan, job.snapshot = regency, plan, snapshot
    return job


def get_sheet_job_or_404(user: AnyUser, regency: Regency, pk: int) -> SheetJob:
    """The finished printout of an initiative that `user` may know of."""
    initiative = _visible_with(user, regency, sheet_jobs__pk=pk)
    jobs = initiative.sheet_jobs.select_related("file").defer("content")
    job = get_object_or_404(jobs, pk=pk, file__isnull=False)
    job.initiative = initiative
    return job


def get_workbook_import_or_404(user: User, regency: Regency, pk: int) -> WorkbookImport:
    """An upload of this person; what it would change may be no business of anybody else."""
    plan = current_plan_or_404(regency)
    job = get_object_or_404(plan.workbook_imports, pk=pk, requested_by=user)
    job.master_plan = plan
    return job


def get_workshop_or_404(regency: Regency, pk: int) -> Workshop:
    """One stage of the bimtek, with whether it is closed."""
    workshop = get_object_or_404(regency.workshops.prefetch_related("closings"), pk=pk)
    workshop.regency = regency
    return workshop
