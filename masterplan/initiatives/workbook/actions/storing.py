"""Stores a confirmed workbook: all of it or nothing, by the action that saves an initiative."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import User
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.upload_jobs import NotStored, store_whole
from masterplan.initiatives.actions import initiatives
from masterplan.models import ChangeSource, Initiative, SubDimension, WorkbookImport
from masterplan.registry import FIELDS

Json = dict[str, Any]
_AGAIN = "Tidak ada yang disimpan. Unggah berkas ini sekali lagi untuk melihat keadaan terbaru."


def store_upload(job: WorkbookImport, *, by: User) -> bool:
    """Store the answers that the person saw, and end the job. Returns what `store_whole` does."""

    def store() -> Json:
        stored = [_store(job, entry, by) for entry in job.result["entries"]]
        return {**job.result, "stored": [row for row in stored if row is not None]}

    return store_whole(job, store, advice=_AGAIN)


def _store(job: WorkbookImport, entry: Json, by: User) -> Json | None:
    """One initiative; what was done, or None when there was nothing to do."""
    chosen = {
        found["key"]: found["mine"] for found in entry["conflicts"] if f"{entry['pk']}:{found['key']}" in job.chosen
    }
    if not entry["data"] and not chosen:
        return None
    where = entry["code"] or entry["name"]
    try:
        if entry["pk"] is None:
            initiative, version, data = _begin(job, entry, by)
        else:
            initiative = job.master_plan.initiatives.get(pk=entry["pk"])
            version, data = entry["version"], entry["data"]
        saved = initiatives.save(initiative, by=by, data=data, version=version, source=ChangeSource.WORKBOOK)
        if chosen:
            # The person has seen both texts as they stood when the file was read.
            saved = initiatives.save(saved, by=by, data=chosen, version=entry["seen"], source=ChangeSource.WORKBOOK)
    except EditConflict as conflict:
        labels = ", ".join(FIELDS[key].label for key in conflict.current)
        raise NotStored(f"{where}: {labels} diubah orang lain setelah berkas dibaca.") from None
    except NotEditable as error:
        raise NotStored(f"{where}: {error}") from None
    except PermissionDenied:
        raise NotStored(f"{where}: Anda tidak lagi berwenang mengisi inisiatif ini.") from None
    except ValidationError as error:
        raise NotStored(f"{where}: {' '.join(error.messages)}") from None
    except Initiative.DoesNotExist:
        raise NotStored(f"{where} sudah tidak ada.") from None
    return {"pk": saved.pk, "code": saved.code, "name": saved.name, "is_new": entry["pk"] is None}


def _begin(job: WorkbookImport, entry: Json, by: User) -> tuple[Initiative, int, Json]:
    """A new initiative with the three answers that begin it; the others are saved after."""
    first, plan = entry["data"], job.master_plan
    sub_dimension = SubDimension.objects.available_to(plan.regency).filter(pk=first["sub_dimension"]).first()
    agency = plan.regency.agencies.filter(pk=first["lead_agency"]).first()
    if sub_dimension is None or agency is None:
        raise NotStored(f"{first['name']}: pilihan sub-dimensi atau perangkat daerahnya sudah tidak ada.")
    begun = initiatives.create(
        plan=plan, by=by, name=first["name"], sub_dimension=sub_dimension, lead_agency=agency,
        source=ChangeSource.WORKBOOK,
    )  # fmt: skip
    return begun, begun.edit_version, first
