"""Background work of workbooks: thin wrappers that read an upload or store a confirmed one."""

from celery import shared_task

from masterplan.editing.upload_jobs import enqueue_waiting, run_upload
from masterplan.initiatives.workbook.actions.storing import store_upload
from masterplan.initiatives.workbook.preview import read_upload
from masterplan.models import WorkbookImport, WorkbookPhase


@shared_task
def work_on_workbook(pk: int) -> None:
    """Read an uploaded workbook, or store a confirmed one."""
    run_workbook(pk)


def run_workbook(pk: int) -> bool:
    """Do what WorkbookImport `pk` waits for. Returns whether this call ended it well."""
    return run_upload(WorkbookImport, pk, _work)


def _work(job: WorkbookImport) -> bool:
    return store_upload(job, by=job.requested_by) if job.phase == WorkbookPhase.STORE else read_upload(job)


@shared_task
def sweep_workbooks() -> None:
    """Ring again for every workbook that waits."""
    enqueue_waiting(WorkbookImport, work_on_workbook)
