"""Asks workers to render parts of a book that has changed before somebody requests it. Writes nothing."""

from masterplan import tasks
from masterplan.models import Initiative, MasterPlan
from smartcity.common.task_queue import enqueue_optional

# Long enough to render once for several saves of somebody who is typing.
SHEET_SECONDS, BOOK_SECONDS = 15, 30


def sheet_changed(initiative: Initiative) -> None:
    """An answer of this initiative has changed: render its sheet again, and the books once it is sent."""
    enqueue_optional(tasks.render_sheet_ahead, initiative.pk, after=SHEET_SECONDS)


def books_changed(plan: MasterPlan, *, after: float = BOOK_SECONDS) -> None:
    """The books of this plan have changed beyond a single draft; a worker checks `after` so many seconds."""
    enqueue_optional(tasks.render_books_ahead, plan.pk, after=after)
