"""Background work that goes through actions, which the tasks below this layer may not: thin, as those are."""

import logging

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from masterplan.initiatives.workbook.actions.storing import store_upload
from masterplan.initiatives.workbook.preview import read_upload
from masterplan.models import PlanImport, PlanImportPhase, WorkbookImport, WorkbookPhase
from masterplan.plans.importing.actions.storing import store_plan
from masterplan.plans.importing.looking import look_at, read_import
from masterplan.workshops.actions import taking_part
from smartcity.common.bell import ring
from smartcity.common.jobs import claim, fail, fail_exhausted, lease

logger = logging.getLogger(__name__)

LEASE_SECONDS = 30
WORN_OUT = "Berkas tidak selesai diproses setelah tiga kali dicoba. Unggah sekali lagi."


@shared_task
def work_on_workbook(pk: int) -> None:
    """Read an uploaded workbook, or store a confirmed one."""
    run_workbook(pk)


def run_workbook(pk: int) -> bool:
    """Do what WorkbookImport `pk` waits for. Returns whether this call ended it well."""
    job = claim(WorkbookImport, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    with lease(job):
        try:
            if job.phase == WorkbookPhase.STORE:
                return store_upload(job, by=job.requested_by)
            return read_upload(job)
        except (OSError, MemoryError, DatabaseError) as error:
            logger.exception("workbook %s not finished", job.pk)
            fail(job, f"Pemrosesan terhenti: {error}. Coba lagi sebentar lagi."[:300], retry=True)
            return False


@shared_task
def work_on_plan(pk: int) -> None:
    """Look at an uploaded plan, read it, or store a confirmed one."""
    run_plan(pk)


def run_plan(pk: int) -> bool:
    """Do what PlanImport `pk` waits for. Returns whether this call ended it well."""
    job = claim(PlanImport, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    with lease(job):
        try:
            if job.phase == PlanImportPhase.STORE:
                return store_plan(job, by=job.requested_by)
            return look_at(job) if job.phase == PlanImportPhase.LOOK else read_import(job)
        except (OSError, MemoryError, DatabaseError) as error:
            logger.exception("plan %s not finished", job.pk)
            fail(job, f"Pemrosesan terhenti: {error}. Coba lagi sebentar lagi."[:300], retry=True)
            return False


@shared_task
def sweep_workbooks() -> None:
    """Ring again for every workbook that waits or whose worker fell silent; end those without an attempt left."""
    for model, task in ((WorkbookImport, work_on_workbook), (PlanImport, work_on_plan)):
        fail_exhausted(model, WORN_OUT)
        waiting = model.objects.claimable(timezone.now()).order_by("requested_at")
        for pk in waiting.values_list("pk", flat=True)[:100]:
            ring(task, pk)


@shared_task
def forget_attendees() -> None:
    """Forget who signed in at workshops of the year before last."""
    taking_part.forget_old_attendees()
