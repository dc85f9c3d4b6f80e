"""What the first page says of conversations that somebody handed to this person, whatever their role."""

from typing import Any

from django.utils import timezone

from agencies.access import own_agency_ids
from masterplan.models import Thread
from masterplan.models.thread import readable
from masterplan.registry import FIELDS
from masterplan.views.home_tasks import Group, Scene, Task, group
from masterplan.views.loading import visible_initiatives
from smartcity.common.formatting import format_age, format_date

TITLE = "Catatan ditugaskan kepada Anda"


def assigned(scene: Scene) -> Group:
    """The open conversations handed to the person, the most urgent first. One query."""
    if scene.plan is None:
        return Group(TITLE, "", [])
    rows = (
        scene.user.assigned_threads.filter(
            readable(own_agency_ids(scene.user, scene.regency)),
            resolved_at=None,
            initiative__in=visible_initiatives(scene.user, scene.plan),
        )
        .select_related("initiative__sub_dimension__dimension")
        .order_by("due_date", "opened_at", "pk")
    )
    dated_first = sorted(rows, key=lambda row: row.due_date is None)
    return group(TITLE, dated_first, lambda row: _to_answer(scene, row), unit="catatan")


def _to_answer(scene: Scene, thread: Thread) -> Task:
    dimension = thread.initiative.sub_dimension.dimension
    state: dict[str, Any] = {"status": "open", "label": "Terbuka"}
    if thread.is_overdue(timezone.localdate()):
        state = {"status": "late", "label": "Terlambat"}
    field = FIELDS.get(thread.field)
    return Task(
        scene.url("thread_detail", thread.pk),
        f"Tanggapi: {field.label if field else thread.field}",
        dimension.code,
        dimension.name,
        why=thread.initiative.name,
        note=f"paling lambat {format_date(thread.due_date)}"
        if thread.due_date
        else f"ditugaskan {format_age(thread.assigned_at or thread.opened_at)}",
        **state,
    )
