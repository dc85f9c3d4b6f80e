"""Stores a confirmed plan: all of it or nothing, through the actions that also the pages use."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import User
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.upload_jobs import NotStored, store_whole
from masterplan.models import PlanElement, PlanImport
from masterplan.plans.actions import plan_elements, plans
from masterplan.plans.actions.plan_trees import create_elements
from masterplan.plans.importing.compare.difference import ADDED, CHANGED
from smartcity.common.jobs import report_progress

Json = dict[str, Any]
_AGAIN = "Tidak ada yang disimpan. Baca ulang berkas ini untuk melihat keadaan terbaru."


def store_plan(job: PlanImport, *, by: User) -> bool:
    """Store the plan that the person saw, and end the job. Returns what `store_whole` does."""
    report_progress(job, "store")
    return store_whole(job, lambda: {"stored": _store(job, by), "counts": job.result["counts"]}, advice=_AGAIN)


def _store(job: PlanImport, by: User) -> Json:
    steps, removed = job.result["steps"], set(job.removed)
    try:
        if job.result["vision"]:
            plans.set_vision(job.plan, by=by, vision=job.result["vision"])
        _remove(job, removed, by)
        elements = _create(job, steps, by)
        changed = _change(job, steps, elements, by)
    except PermissionDenied:
        raise NotStored("Anda tidak lagi berwenang mengubah dokumen ini.") from None
    except PlanElement.DoesNotExist:
        raise NotStored("Sebagian unsur dokumen ini sudah dihapus setelah berkas dibaca.") from None
    except ValidationError as error:
        raise NotStored(" ".join(error.messages)) from None
    return {"added": sum(step["state"] == ADDED for step in steps), "changed": changed, "removed": len(removed)}


def _remove(job: PlanImport, removed: set[int], by: User) -> None:
    """What the file does not name, from the bottom up."""
    listed = [each["pk"] for each in job.result["vanished"] if each["pk"] in removed]
    rows = {row.pk: row for row in job.plan.elements.filter(pk__in=listed)}
    for pk in reversed(listed):
        if pk in rows:
            plan_elements.delete_element(rows[pk], by=by)


def _create(job: PlanImport, steps: list[Json], by: User) -> dict[int, PlanElement]:
    """The new nodes, by the position of their step."""
    positions = [position for position, step in enumerate(steps) if step["state"] == ADDED]
    order = {position: number for number, position in enumerate(positions)}
    known = {row.pk: row for row in job.plan.elements.all()}
    parents: list[int | PlanElement | None] = []
    for position in positions:
        above = steps[position]["parent"]
        if above is None:
            parents.append(None)
        elif above in order:
            parents.append(order[above])
        else:
            parents.append(known.get(steps[above]["pk"]) or _gone())
    made = create_elements(
        job.plan, by=by, rows=[steps[position]["data"] for position in positions], parents=parents,
    )  # fmt: skip
    return dict(zip(positions, made, strict=True))


def _gone() -> PlanElement:
    raise PlanElement.DoesNotExist


def _change(job: PlanImport, steps: list[Json], elements: dict[int, PlanElement], by: User) -> int:
    """Store what changed in nodes that stay. Returns how many."""
    changed = [step for step in steps if step["state"] == CHANGED]
    rows = {row.pk: row for row in job.plan.elements.filter(pk__in=[step["pk"] for step in changed])}
    for step in changed:
        data = dict(step["data"])
        if "parent" in data:
            above = step["parent"]
            data["parent"] = elements[above].pk if above in elements else steps[above]["pk"]
        row = rows.get(step["pk"]) or _gone()
        try:
            plan_elements.save_element(row, by=by, data=data, version=step["version"])
        except EditConflict:
            row.refresh_from_db()
            raise NotStored(f"{row}: diubah orang lain setelah berkas dibaca.") from None
    return len(changed)
