"""Background work of imported plans: thin wrappers that look at an upload, read it, or store a confirmed one."""

from celery import shared_task

from masterplan.editing.upload_jobs import enqueue_waiting, run_upload
from masterplan.models import PlanImport, PlanImportPhase
from masterplan.plans.importing.actions.store import store_plan
from masterplan.plans.importing.pipeline import find_tables, read_import


@shared_task
def work_on_plan(pk: int) -> None:
    """Look at an uploaded plan, read it, or store a confirmed one."""
    run_plan(pk)


def run_plan(pk: int) -> bool:
    """Do what PlanImport `pk` waits for. Returns whether this call ended it well."""
    return run_upload(PlanImport, pk, _work)


def _work(job: PlanImport) -> bool:
    if job.phase == PlanImportPhase.STORE:
        return store_plan(job, by=job.requested_by)
    return find_tables(job) if job.phase == PlanImportPhase.LOOK else read_import(job)


@shared_task
def sweep_plans() -> None:
    """Ring again for every imported plan that waits."""
    enqueue_waiting(PlanImport, work_on_plan)
