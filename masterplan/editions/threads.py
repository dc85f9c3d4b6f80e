"""What was said of a plan before an edition is frozen, as a snapshot holds it.

Printing it is `books.chapters.annexes.threads`.
"""

from collections.abc import Collection

from django.utils import timezone

from masterplan.editions.schema import FrozenThread
from masterplan.models import MasterPlan, Thread
from masterplan.models.thread import conversations_of_plan
from masterplan.topics import field_label


def threads_of(plan: MasterPlan, initiatives: Collection[int]) -> list[FrozenThread]:
    """The conversations of everybody about sections and these initiatives; people are named by their role.

    Snapshots taken before conversations were kept in them have no such key.
    """
    return [_thread(thread) for thread in conversations_of_plan(plan, initiatives)]


def _thread(thread: Thread) -> FrozenThread:
    section = thread.section
    found: FrozenThread = {
        "id": f"in-{thread.initiative.code}" if thread.initiative else None,
        "key": section.key if section else "",
        "asked": field_label(thread) if thread.field else "",
        "is_open": thread.is_open,
        "said": [
            {
                "by": comment.author_role,
                "date": timezone.localdate(comment.created_at).isoformat(),
                "quote": comment.quote,
                "body": comment.body,
            }
            for comment in thread.loaded_comments
        ],
    }
    if section:
        found |= {"book": section.book, "book_label": section.get_book_display()}
    return found
