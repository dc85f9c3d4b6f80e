"""The life of an uploaded file that a worker reads and stores: claiming it, ending it, queueing it again."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError
from django.utils import timezone

from masterplan.models import UploadJob
from smartcity.common.jobs import claim, fail, fail_exhausted, lease
from smartcity.common.task_queue import QueueableTask, enqueue

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


def enqueue_waiting(model: type[UploadJob], task: QueueableTask) -> None:
    """Ring again for every upload that waits or whose worker fell silent; end those without an attempt left."""
    fail_exhausted(model, WORN_OUT)
    waiting = model.objects.claimable(timezone.now()).order_by("requested_at")
    for pk in waiting.values_list("pk", flat=True)[:100]:
        enqueue(task, pk)
