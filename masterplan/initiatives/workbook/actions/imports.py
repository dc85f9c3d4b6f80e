"""Uploading a workbook, and agreeing to what it would change. What is stored then is in `import_storing`."""

import hashlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.locking import refuse_locked
from masterplan.initiatives.workbook import tasks
from masterplan.models import MasterPlan, WorkbookImport, WorkbookPhase
from smartcity.common.formatting import format_size
from smartcity.common.jobs import JobState
from smartcity.common.task_queue import enqueue
from smartcity.common.workbooks.download import workbook_name
from smartcity.common.workbooks.limits import MOST_BYTES


@transaction.atomic
def upload_workbook(plan: MasterPlan, *, by: User, data: bytes, filename: str) -> WorkbookImport:
    """Keep the file and have it read.

    Raises PermissionDenied, and ValidationError for a file that is too large or while the plan is locked.
    """
    require(by, Permission.EDIT_INITIATIVE, plan.regency)
    refuse_locked(plan.pk)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            f"Berkas ini lebih dari {format_size(MOST_BYTES)}. Bagi menjadi beberapa berkas, lalu unggah satu per satu."
        )
    stored = f"workbooks/{plan.pk}/{hashlib.sha256(data).hexdigest()[:16]}.xlsx"
    job = WorkbookImport(master_plan=plan, requested_by=by, filename=workbook_name(filename), size=len(data))
    job.file.save(stored, ContentFile(data), save=False)
    job.save()
    enqueue(tasks.work_on_workbook, job.pk)
    return job


@transaction.atomic
def confirm_import(job: WorkbookImport, *, by: User, chosen: Iterable[str] = ()) -> bool:
    """Have everything stored that the reading found; `chosen` are answers in dispute that count as in the file.

    Returns False when it was confirmed before. Raises PermissionDenied for anybody but who uploaded it, and
    ValidationError while something is against it.
    """
    require(by, Permission.EDIT_INITIATIVE, job.regency)
    refuse_locked(job.master_plan_id)
    locked = WorkbookImport.objects.select_for_update().get(pk=job.pk, requested_by=by)
    if locked.phase == WorkbookPhase.STORE:
        return False
    if not locked.may_be_confirmed:
        raise ValidationError("Belum ada yang dapat disimpan dari berkas ini. Perbaiki dulu, lalu unggah lagi.")
    disputed = {f"{entry['pk']}:{found['key']}" for entry in locked.result["entries"] for found in entry["conflicts"]}
    locked.phase, locked.confirmed_at = WorkbookPhase.STORE, timezone.now()
    locked.chosen = sorted(disputed & set(chosen))
    if not locked.result["to_store"] and not locked.chosen:
        raise ValidationError("Pilih dulu isian berkas yang akan dipakai, atau biarkan isian portal.")
    locked.state, locked.attempts, locked.finished_at, locked.requested_at = JobState.QUEUED, 0, None, timezone.now()
    locked.save()
    enqueue(tasks.work_on_workbook, job.pk)
    return True
