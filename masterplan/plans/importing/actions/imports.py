"""Uploading a workbook of a development plan, then what a person decides: columns, answers, corrections, agreement.

What is stored then is in `store`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.models import ColumnProfile, DevelopmentPlan, PlanImport, PlanImportPhase, signature_of
from masterplan.plans.importing import tasks
from masterplan.plans.importing.corrections import INSTEAD, correction_key, fits_below, keys_of, parents_for, row_at
from masterplan.plans.importing.document import NOT_IN_KIND
from masterplan.plans.importing.map import roles
from masterplan.reference import Level
from smartcity.common.formatting import format_size
from smartcity.common.jobs import JobState
from smartcity.common.task_queue import enqueue
from smartcity.common.workbooks.download import workbook_name
from smartcity.common.workbooks.limits import MOST_BYTES

Json = dict[str, Any]
_NOT_NOW = "Berkas ini sedang dikerjakan atau sudah disimpan. Muat ulang halaman untuk melihat keadaannya."
MONEY_UNITS = (0, 1, 1_000, 1_000_000, 1_000_000_000)
_LAST_ROW = 10_000


@transaction.atomic
def upload_plan(plan: DevelopmentPlan, *, by: User, data: bytes, filename: str) -> PlanImport:
    """Keep the file and have its tables looked for.

    Raises PermissionDenied, and ValidationError for a file that is too large.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, plan.regency)
    if len(data) > MOST_BYTES:
        raise ValidationError(f"Berkas ini lebih dari {format_size(MOST_BYTES)}. Simpan tabel rencananya saja.")
    stored = f"plans/{plan.pk}/{hashlib.sha256(data).hexdigest()[:16]}.xlsx"
    job = PlanImport(plan=plan, requested_by=by, filename=workbook_name(filename), size=len(data))
    job.file.save(stored, ContentFile(data), save=False)
    job.save()
    enqueue(tasks.work_on_plan, job.pk)
    return job


@transaction.atomic
def map_columns(job: PlanImport, *, by: User, tables: Mapping[str, Json]) -> None:
    """Decide what the columns are, by sheet: "is_read", "first_row", "money_unit" and "roles" by the column's number.

    The roles are remembered for the next file with the same heads, and the file is read; questions that are still
    the same keep their answers. Raises PermissionDenied, and ValidationError for a role, row or unit that does not
    exist, or when no sheet is to be read.
    """
    locked = _open(job, by)
    for table in locked.tables:
        given = tables.get(table["sheet"], {})
        table["is_read"] = bool(given.get("is_read"))
        if table["is_read"]:
            _apply(table, given)
    if not any(table["is_read"] and any(each["role"] for each in table["columns"]) for table in locked.tables):
        raise ValidationError("Pilih sedikitnya satu lembar untuk dibaca, dan arti kolomnya.")
    for table in locked.tables:
        if table["is_read"]:
            _remember(locked, table, by)
    _queue(locked, PlanImportPhase.READ)


@transaction.atomic
def answer_questions(job: PlanImport, *, by: User, answers: Mapping[str, str]) -> None:
    """Answer questions by their key, and have the file read with the answers. Unknown keys and choices change nothing.

    Raises PermissionDenied, and ValidationError while the file is at another step.
    """
    locked = _open(job, by)
    for doubt in locked.result.get("doubts", []):
        answer = answers.get(doubt["key"])
        if answer in [value for value, _ in doubt["choices"]]:
            locked.answers[doubt["key"]] = {"answer": answer, "sentence": doubt["sentence"]}
    _queue(locked, PlanImportPhase.READ)


@transaction.atomic
def correct_row(job: PlanImport, *, by: User, sheet: str, row: int, column: int, what: str, parent: str) -> None:
    """Decide what a row of the file is: a level or a key of `INSTEAD`, "" for as read, and below which node it
    stands, by its address, "" for as read. The file is read again; with neither, an earlier correction is taken back.

    Raises PermissionDenied, and ValidationError for a row that the reading does not know, a level that the plan does
    not have, or a parent that cannot hold the row.
    """
    locked = _open(job, by)
    found = row_at(locked.result, locked.answers, sheet, row, column)
    levels = {str(level) for level in Level if level not in NOT_IN_KIND[locked.plan.kind]}
    if found is None or what not in {"", *levels, *INSTEAD}:
        raise ValidationError("Baris ini tidak ada lagi pada hasil bacaan. Muat ulang halaman, lalu pilih lagi.")
    if parent:
        sheets = [table["sheet"] for table in locked.tables]
        above = next((each for each in parents_for(locked.result, sheets, found) if each["address"] == parent), None)
        level = what or found.level
        if above is None or level in INSTEAD or not fits_below(level, above):
            label = Level(level).label if level in levels else "Baris ini"
            raise ValidationError(
                {"parent": f"{label} tidak dapat berada di bawah unsur itu. Pilih jenjang dan induk yang bersambung."}
            )
    for key in keys_of(locked.answers, sheet, row, column):
        del locked.answers[key]
    if what or parent:
        locked.answers[correction_key(sheet, row, column)] = {"answer": what, "parent": parent, "sentence": ""}
    _queue(locked, PlanImportPhase.READ)


@transaction.atomic
def confirm_plan_import(job: PlanImport, *, by: User, removed: Iterable[int] = ()) -> bool:
    """Have everything stored that the reading found; `removed` are nodes that the file does not name and that may go.

    Returns False when it was confirmed before. Raises PermissionDenied, and ValidationError while something is against
    it: a question that must be answered, nothing to store.
    """
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, job.regency)
    locked = PlanImport.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if locked.phase == PlanImportPhase.STORE:
        return False
    if not locked.is_read:
        raise ValidationError(_NOT_NOW)
    found = locked.result
    if found["unanswered"]:
        raise ValidationError(f"Jawab dulu {found['unanswered']} pertanyaan yang belum punya usulan.")
    allowed = {each["pk"] for each in found["vanished"] if not each["why"]}
    locked.removed = sorted(allowed & set(removed))
    counts = found["counts"]
    if not (counts["added"] or counts["changed"] or locked.removed or found["vision"]):
        raise ValidationError("Isi berkas ini sama dengan yang ada di portal. Tidak ada yang perlu disimpan.")
    locked.confirmed_at, locked.requested_by = timezone.now(), by
    _queue(locked, PlanImportPhase.STORE)
    return True


def _open(job: PlanImport, by: User) -> PlanImport:
    """The row under its lock, while something may still be decided about it."""
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, job.regency)
    locked = PlanImport.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not (locked.is_looked_at or locked.is_read):
        raise ValidationError(_NOT_NOW)
    return locked


def _queue(job: PlanImport, phase: PlanImportPhase) -> None:
    job.phase, job.state, job.attempts, job.finished_at = phase, JobState.QUEUED, 0, None
    job.requested_at = timezone.now()
    job.save()
    enqueue(tasks.work_on_plan, job.pk)


def _apply(table: Json, given: Json) -> None:
    first, unit = given.get("first_row"), given.get("money_unit")
    if not isinstance(first, int) or not 1 <= first <= _LAST_ROW:
        raise ValidationError(f"Lembar {table['sheet']}: tulis nomor baris data yang pertama, misalnya 8.")
    if unit not in MONEY_UNITS:
        raise ValidationError(f"Lembar {table['sheet']}: pilih satuan uangnya.")
    table["first_row"], table["money_unit"] = first, unit
    for column in table["columns"]:
        role = given.get("roles", {}).get(column["number"], column["role"])
        if not roles.is_role(role):
            raise ValidationError(
                f"Lembar {table['sheet']}, kolom {column['head']}: tulis juga tahunnya, misalnya 2026."
            )
        column["role"] = role


def _remember(job: PlanImport, table: Json, by: User) -> None:
    heads = [column["head"] for column in table["columns"]]
    ColumnProfile.objects.update_or_create(
        regency=job.regency,
        signature=signature_of(heads),
        defaults={
            "heads": heads,
            "roles": [column["role"] for column in table["columns"]],
            "money_unit": table["money_unit"],
            "saved_by": by,
            "saved_at": timezone.now(),
        },
    )
