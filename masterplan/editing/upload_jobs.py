"""The life of an uploaded workbook that a worker reads and stores: claiming it, reading its sheets, storing all of it
or nothing, ending it, queueing it again. What its cells mean is the business of each subject.
"""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.db import DatabaseError, transaction
from django.utils import timezone

from masterplan.models import UploadJob
from smartcity.common.jobs import claim, fail, fail_exhausted, lease, publish
from smartcity.common.storage.files import private_storage
from smartcity.common.task_queue import QueueableTask, enqueue
from smartcity.common.workbooks.limits import Purpose
from smartcity.common.workbooks.reader import Grid, read_workbook

logger = logging.getLogger(__name__)

LEASE_SECONDS = 30
WORN_OUT = "Berkas tidak selesai diproses setelah tiga kali dicoba. Unggah sekali lagi."

Upload = TypeVar("Upload", bound=UploadJob)


def run_upload(model: type[Upload], pk: int, work: Callable[[Upload], bool]) -> bool:
    """Do what the upload waits for. Returns whether this call ended it well."""
    job = claim(model, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    with lease(job):
        try:
            return work(job)
        except (OSError, MemoryError, DatabaseError) as error:
            logger.exception("%s %s not finished", model._meta.model_name, job.pk)
            fail(job, f"Pemrosesan terhenti: {error}. Coba lagi sebentar lagi."[:300], retry=True)
            return False


class NotStored(Exception):
    """Nothing of an upload is stored; the sentence says why."""


def read_grids(job: UploadJob, purpose: Purpose) -> list[Grid]:
    """The sheets of the upload, read from a copy on this machine's disk. Raises WorkbookUnreadable."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        with private_storage().open(job.file.name or "") as stored:
            for chunk in stored.chunks():
                copy.write(chunk)
        copy.flush()
        return read_workbook(Path(copy.name), purpose).grids


def store_whole(job: UploadJob, store: Callable[[], dict[str, Any]], *, advice: str) -> bool:
    """Store what the person saw, and end the job in the same transaction. Returns whether it was stored here.

    `store` writes and returns the result of the job. Where it raises NotStored - a change meanwhile, a right that was
    taken away - all of it is undone, and the job ends with that sentence and with `advice`.
    """
    try:
        with transaction.atomic():
            if publish(job, result=store()):
                return True
            transaction.set_rollback(True)
            return False
    except NotStored as reason:
        fail(job, f"{reason} {advice}")
        return False


def enqueue_waiting(model: type[UploadJob], task: QueueableTask) -> None:
    """Queue again every upload that waits or whose worker fell silent; end those without an attempt left."""
    fail_exhausted(model, WORN_OUT)
    waiting = model.objects.claimable(timezone.now()).order_by("requested_at")
    for pk in waiting.values_list("pk", flat=True)[:100]:
        enqueue(task, pk)
