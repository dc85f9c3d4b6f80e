"""Uploads of plans as a coordinator makes them, each step done by the worker's own function; all in this process."""

from typing import Any

from agencies.models import User
from masterplan.models import DevelopmentPlan, PlanImport
from masterplan.plans.importing import tasks
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.compare.stored import stored_tree
from masterplan.plans.importing.forms import as_kept
from tests.masterplan.reading_here import reading_here


def looked_at(plan: DevelopmentPlan, by: User, data: bytes, filename: str = "rpjmd.xlsx") -> PlanImport:
    """An upload whose tables were found."""
    job = imports.upload_plan(plan, by=by, data=data, filename=filename)
    return worked_on(job)


def read_upload(plan: DevelopmentPlan, by: User, data: bytes, answers: dict[str, str] | None = None) -> PlanImport:
    """An upload that was read as proposed, with answers to its doubts."""
    job = looked_at(plan, by, data)
    imports.map_columns(job, by=by, tables=as_kept(job.tables))
    worked_on(job)
    if answers:
        imports.answer_questions(job, by=by, answers=answers)
        worked_on(job)
    return job


def stored_upload(plan: DevelopmentPlan, by: User, data: bytes, **options: Any) -> PlanImport:
    """An upload that was confirmed and stored, or failed."""
    removed = options.pop("removed", ())
    job = read_upload(plan, by, data, **options)
    assert imports.confirm_plan_import(job, by=by, removed=removed)
    return worked_on(job)


def worked_on(job: PlanImport) -> PlanImport:
    """The job after a worker did what it waits for."""
    with reading_here():
        tasks.run_plan(job.pk)
    job.refresh_from_db()
    return job


def content(plan: DevelopmentPlan) -> list[Any]:
    """Everything the plan says, for comparing."""
    return [
        (node.level, node.code, node.text, node.parent, node.agency, node.carries_out, node.indicators, node.ceilings)
        for top in stored_tree(plan)
        for node in top.walk()
    ]
