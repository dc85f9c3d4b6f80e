"""Runs the stages of an import for a worker: find and map the tables of an upload; later read them and compare.

The row of the upload decides: a reading that was overtaken publishes nothing.
"""

from typing import Any

from masterplan.editing.upload_jobs import read_grids
from masterplan.models import ColumnProfile, PlanImport, signature_of
from masterplan.plans.importing.compare.difference import compare, counts_of
from masterplan.plans.importing.compare.stored import context_of, stored_tree
from masterplan.plans.importing.corrections import Corrections
from masterplan.plans.importing.find.heads import FoundTable
from masterplan.plans.importing.limits import PLANS
from masterplan.plans.importing.questions import MOST_QUESTIONS, Questions
from masterplan.plans.importing.read.plan_reader import propose, read_plan
from smartcity.common.jobs import fail, publish, report_progress
from smartcity.common.workbooks.reader import Grid, WorkbookUnreadable

Json = dict[str, Any]
_MOST_NOTES, MOST_SKIPPED = 50, 500
NO_TABLE = (
    "Tidak ada tabel rencana yang dikenali di berkas ini. Tabel memerlukan baris judul, misalnya Kode, Sasaran, "
    "Program, Indikator, Target 2026. Periksa berkasnya, lalu unggah lagi."
)


def find_tables(job: PlanImport) -> bool:
    """Find the tables of a claimed job and publish them. Returns whether this call published them."""
    report_progress(job, "look")
    try:
        tables = propose(read_grids(job, PLANS), context_of(job.plan, []))
    except WorkbookUnreadable as refusal:
        fail(job, str(refusal))
        return False
    if not tables:
        fail(job, NO_TABLE)
        return False
    rows = ColumnProfile.objects.filter(regency=job.plan.regency_id)
    profiles = {profile.signature: profile for profile in rows}
    found = [table.as_json() for table in tables]
    for table in found:
        profile = profiles.get(signature_of(column["head"] for column in table["columns"]))
        if profile is not None:
            for column, role in zip(table["columns"], profile.roles, strict=True):
                column["role"] = role
            table["from_profile"] = True  # its unit of money is that of another file, and is asked again
            table["is_read"] = any(profile.roles) and not table["is_hidden"]
    return publish(job, tables=found)


def read_import(job: PlanImport) -> bool:
    """Read the tables of a claimed job and publish what they would change. Returns whether this call did."""
    report_progress(job, "read")
    try:
        grids = read_grids(job, PLANS)
    except WorkbookUnreadable as refusal:
        fail(job, str(refusal))
        return False
    return publish(job, result=result_of(job, grids))


def result_of(job: PlanImport, grids: list[Grid]) -> Json:
    """What the file holds, asks and would change, as plain values."""
    tops = stored_tree(job.plan)
    questions = Questions(
        {key: given["answer"] for key, given in job.answers.items()},
        {key: given["sentence"] for key, given in job.answers.items()},
    )
    tables = [FoundTable.from_json(table) for table in job.tables]
    document = read_plan(
        grids, tables, context_of(job.plan, tops), questions,
        lambda done, total: report_progress(job, "rows", done, total), Corrections(job.answers),
    )  # fmt: skip
    report_progress(job, "compare")
    found = compare(document, tops)
    for step in found.steps:
        if step.stored is None:  # everything in a Renstra is the business of its agency, unless the file names another
            step.data["agency"] = step.data["agency"] or job.plan.agency_id
    asked = questions.all
    return {
        "steps": [step.as_json() for step in found.steps],
        "vanished": found.vanished_json(),
        "doubts": [question.as_json() for question in asked[:MOST_QUESTIONS]],
        "doubts_count": len(asked),
        "unanswered": len(questions.unanswered),
        "notes": document.notes[:_MOST_NOTES],
        "skipped": [row._asdict() for row in document.skipped[:MOST_SKIPPED]],
        "skipped_count": len(document.skipped),
        "counts": counts_of(found),
        "rows": document.rows,
        "vision": document.vision if not job.plan.vision else "",
    }
