"""The types of a first page: tasks in groups. The page of each role is made in `agency` or `roles`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from agencies.access import can, is_regency_wide
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan.home.views.agency_states import Overview
from masterplan.models import MasterPlan

SHOWN = 10


@dataclass(frozen=True)
class Task:
    """A row of a task list, in the words of components/task_row.html."""

    url: str
    title: str
    code: str = ""
    dimension: str = ""
    strong: str = ""
    why: str = ""
    status: str = ""
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """A headed list of tasks; `more` leads to those that are not shown."""

    title: str
    count: str
    tasks: list[Task]
    more: str = ""


@dataclass
class HomeContent:
    """What one role sees: a sentence, at most one button, groups, or what to say when there is nothing."""

    lead: str
    groups: list[TaskGroup] = field(default_factory=list)
    action: tuple[str, str, str] | None = None  # label, address, icon
    empty: tuple[str, str] = ("Tidak ada yang menunggu Anda", "Tugas baru muncul di sini dengan sendirinya.")


@dataclass(frozen=True)
class HomeContext:
    """Who looks at what; a regency may still be without a plan."""

    user: User
    regency: Regency
    plan: MasterPlan | None
    overview: Overview

    def url(self, name: str, *args: Any) -> str:
        """The address of a page of this regency."""
        return reverse(name, args=[self.regency.slug, *args])

    def may(self, permission: Permission) -> bool:
        """Whether the person has the permission here at all."""
        return can(self.user, permission, self.regency)

    @property
    def may_begin(self) -> bool:
        """Whether the person may begin initiatives now, as far as the plan goes."""
        if self.plan is None or self.plan.is_locked:
            return False
        return self.plan.is_open_for_filling or is_regency_wide(self.user, Permission.EDIT_INITIATIVE, self.regency)


def initiative_task(initiative: Any, url: str, title: str, **more: str) -> Task:
    """A task about an initiative, with its dimension and, unless `more` says another, its state."""
    dimension = initiative.sub_dimension.dimension
    marks = {
        "code": dimension.code,
        "dimension": dimension.name,
        "status": initiative.status,
        "label": initiative.get_status_display(),
    }
    return Task(url, title, **(marks | more))


def group(
    title: str, rows: Sequence[Any], task: Callable[[Any], Task], *, unit: str = "inisiatif", more: str = ""
) -> TaskGroup:
    """A group of at most SHOWN tasks, counted in `unit`."""
    return TaskGroup(
        title, f"{len(rows)} {unit}", [task(row) for row in rows[:SHOWN]], more if len(rows) > SHOWN else ""
    )
