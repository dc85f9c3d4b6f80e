"""Looks at and reads an uploaded plan for a worker: tables with proposed columns first, then the tree and what it
would change. The row is the truth: a reading that was overtaken publishes nothing.
"""

import tempfile
from pathlib import Path
from typing import Any

from masterplan.models import ColumnProfile, PlanImport, signature_of
from masterplan.plans.importing.compare.difference import compare, counts_of
from masterplan.plans.importing.compare.stored import context_of, stored_tree
from masterplan.plans.importing.corrections.corrections import Corrections
from masterplan.plans.importing.find.tables import FoundColumn, FoundTable
from masterplan.plans.importing.limits import PLANS
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.questions import MOST_QUESTIONS, Questions
from masterplan.plans.importing.read.plan_reader import propose, read_plan
from smartcity.common.jobs import fail, publish, report_progress
from smartcity.common.storage.files import private_storage
from smartcity.common.workbooks.reader import Grid, WorkbookUnreadable, read_workbook

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
        tables = propose(_grids(job), context_of(job.plan, []))
    except WorkbookUnreadable as refusal:
        fail(job, str(refusal))
        return False
    if not tables:
        fail(job, NO_TABLE)
        return False
    rows = ColumnProfile.objects.filter(regency=job.plan.regency_id)
    profiles = {profile.signature: profile for profile in rows}
    found = [table_json(table) for table in tables]
    for table in found:
        profile = profiles.get(signature_of(column["head"] for column in table["columns"]))
        if profile is not None:
            for column, role in zip(table["columns"], profile.roles, strict=True):
                column["role"] = role
            table["from_profile"] = True  # its unit of money was said of another file, and is asked again
            table["is_read"] = any(profile.roles) and not table["is_hidden"]
    return publish(job, tables=found)


def read_import(job: PlanImport) -> bool:
    """Read the tables of a claimed job and publish what they would change. Returns whether this call did."""
    report_progress(job, "read")
    try:
        grids = _grids(job)
    except WorkbookUnreadable as refusal:
        fail(job, str(refusal))
        return False
    return publish(job, result=result_of(job, grids))


def result_of(job: PlanImport, grids: list[Grid]) -> Json:
    """What the file holds, asks and would change, as plain values."""
    tops = stored_tree(job.plan)
    doubts = Questions(
        {key: given["answer"] for key, given in job.answers.items()},
        {key: given["sentence"] for key, given in job.answers.items()},
    )
    tables = [table_of(table) for table in job.tables]
    document = read_plan(
        grids, tables, context_of(job.plan, tops), doubts,
        lambda done, total: report_progress(job, "rows", done, total), Corrections(job.answers),
    )  # fmt: skip
    report_progress(job, "compare")
    found = compare(document, tops)
    for step in found.steps:
        if step.stored is None:  # everything in a Renstra is the business of its agency, unless the file names another
            step.data["agency"] = step.data["agency"] or job.plan.agency_id
    asked = doubts.all
    return {
        "steps": [step.as_json() for step in found.steps],
        "vanished": found.vanished_json(),
        "doubts": [doubt.as_json() for doubt in asked[:MOST_QUESTIONS]],
        "doubts_count": len(asked),
        "unanswered": len(doubts.unanswered),
        "notes": document.notes[:_MOST_NOTES],
        "skipped": [row._asdict() for row in document.skipped[:MOST_SKIPPED]],
        "skipped_count": len(document.skipped),
        "counts": counts_of(found),
        "rows": document.rows,
        "vision": document.vision if not job.plan.vision else "",
    }


def _grids(job: PlanImport) -> list[Grid]:
    """The sheets, read from a copy on this machine's disk."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        with private_storage().open(job.file.name or "") as stored:
            for chunk in stored.chunks():
                copy.write(chunk)
        copy.flush()
        return read_workbook(Path(copy.name), PLANS).grids


def table_json(table: FoundTable) -> Json:
    """A table as the job keeps it."""
    return {
        "sheet": table.sheet, "first_row": table.first_row, "money_unit": table.money_unit, "is_read": table.is_read,
        "above": table.above[:20], "from_profile": False, "is_hidden": table.is_hidden,
        "columns": [
            {"number": each.number, "heads": list(each.heads), "head": each.head, "role": each.role,
             "samples": list(each.samples), "is_hidden": each.is_hidden}
            for each in table.columns
        ],
    }  # fmt: skip


def table_of(kept: Json) -> FoundTable:
    """A table as the reader takes it."""
    columns = [
        FoundColumn(
            each["number"], tuple(each["heads"]), each["role"] if roles.is_role(each["role"]) else roles.IGNORED
        )
        for each in kept["columns"]
    ]
    return FoundTable(kept["sheet"], kept["first_row"], columns, kept["money_unit"], kept["is_read"], kept["above"])
