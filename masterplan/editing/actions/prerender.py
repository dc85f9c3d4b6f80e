"""Asks workers to do ahead what a change makes necessary: parts of its books, and the figures of the plan.

Writes nothing. A message that is lost costs nobody anything but time: books render what they lack, and figures are all
counted anew at night.
"""

from masterplan import tasks
from masterplan.models import Initiative, MasterPlan
from smartcity.common.task_queue import enqueue_optional

# Long enough to render once for several saves of somebody who is typing.
SHEET_SECONDS, BOOK_SECONDS = 15, 30
# Figures of all regencies are read once a day or so; one count serves for many changes.
FIGURES_SECONDS = 60


def sheet_changed(initiative: Initiative) -> None:
    """An answer of this initiative has changed: render its sheet again, and the books once it is sent."""
    enqueue_optional(tasks.render_sheet_ahead, initiative.pk, after=SHEET_SECONDS)
    figures_changed(initiative.master_plan_id)


def books_changed(plan: MasterPlan, *, after: float = BOOK_SECONDS) -> None:
    """The books of this plan have changed beyond a single draft; a worker checks `after` so many seconds."""
    enqueue_optional(tasks.render_books_ahead, plan.pk, after=after)
    figures_changed(plan.pk)


def figures_changed(plan: int) -> None:
    """Something that is counted of MasterPlan `plan` has changed."""
    enqueue_optional(tasks.refresh_plan_figures, plan, after=FIGURES_SECONDS)
