"""Reads an uploaded workbook and writes down what it would change; makes the coloured copy when something is wrong.

The row is the truth: a reading that was overtaken publishes nothing.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from masterplan.editing.upload_jobs import read_grids
from masterplan.initiatives.workbook.compare import WorkbookComparison, compare
from masterplan.initiatives.workbook.limits import INITIATIVES
from masterplan.initiatives.workbook.marked import marked_copy
from masterplan.models import WorkbookImport
from smartcity.common.jobs import fail, publish, report_progress
from smartcity.common.storage.files import private_storage
from smartcity.common.workbooks.cells import printable
from smartcity.common.workbooks.reader import WorkbookUnreadable

Json = dict[str, Any]
MOST_ERRORS_SHOWN, MOST_NOTES_SHOWN = 500, 50


def read_upload(job: WorkbookImport) -> bool:
    """Read the file of a claimed job and publish what was found. Returns whether this call published it."""
    report_progress(job, "read")
    try:
        grids = read_grids(job, INITIATIVES)
        found = compare(job.master_plan, job.requested_by, grids)
    except WorkbookUnreadable as refusal:
        fail(job, str(refusal))
        return False
    copy = ""
    if found.errors:
        copy = private_storage().save(
            f"workbooks/{job.pk}-{job.token}-bertanda.xlsx", ContentFile(marked_copy(job.master_plan, found))
        )
    with transaction.atomic():
        if publish(job, result=as_json(found), marked=copy):
            return True
        transaction.set_rollback(True)
        return False


def as_json(found: WorkbookComparison) -> Json:
    """The stored result: entries with something to show, errors, notes and counts."""
    shown = [entry for entry in found.entries if entry.says_something]
    return {
        "entries": [entry.as_json() for entry in shown],
        "faults": [error.as_json() for error in found.errors[:MOST_ERRORS_SHOWN]],
        "faults_count": len(found.errors),
        "notes": list(dict.fromkeys(map(printable, found.notes)))[:MOST_NOTES_SHOWN],
        "to_store": sum(bool(entry.data) for entry in shown),
        "in_dispute": sum(len(entry.conflicts) for entry in shown),
        "counts": {
            "initiatives": len(found.entries),
            "new": sum(entry.initiative is None for entry in shown),
            "changed": sum(entry.initiative is not None and bool(entry.data) for entry in shown),
            "unchanged": len(found.entries) - len(shown),
            "answers_unchanged": sum(entry.unchanged for entry in found.entries),
            "rows_absent": sum(entry.absent for entry in found.entries),
            "initiatives_absent": found.absent_initiatives,
        },
    }
