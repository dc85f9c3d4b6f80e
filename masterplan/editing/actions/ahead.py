"""Says that the next book has changed, so that a worker may render its parts before it is asked for. Writes nothing."""

from masterplan import tasks
from masterplan.models import Initiative, MasterPlan
from smartcity.common.task_queue import enqueue_optional

# Long enough for the saves of somebody who is typing to be rendered for together, short against a cup of tea.
SHEET_SECONDS, BOOK_SECONDS = 15, 30


def sheet_changed(initiative: Initiative) -> None:
    """An answer of this initiative is another one: its sheet is, and once it is sent what the books say of it."""
    enqueue_optional(tasks.render_sheet_ahead, initiative.pk, after=SHEET_SECONDS)


def books_changed(plan: MasterPlan, *, after: float = BOOK_SECONDS) -> None:
    """What the books of this plan hold has changed beyond a single draft; a worker looks `after` so many seconds."""
    enqueue_optional(tasks.render_books_ahead, plan.pk, after=after)
