"""The tree of chapters that the books of a plan are printed from. Its texts are written by `sections`."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.documents.outline import Entry, default_outline
from masterplan.documents.snapshot import dimensions_of
from masterplan.models import MasterPlan, Section
from masterplan.reference import BookName, WritingState


@transaction.atomic
def complete_outline(plan: MasterPlan, *, by: User, bodies: Mapping[str, str]) -> int:
    """Give `plan` the places it lacks in any book, with `bodies` by key or the text a new plan opens with.

    What the plan has stays as it is, where it is. Returns how many were added. Raises PermissionDenied.
    """
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    present = {section.key: section for section in plan.sections.select_for_update(of=("self",))}
    added = 0
    for book, parent_key, place, entry in _entries(plan):
        if entry.key in present:
            continue
        body = bodies.get(entry.key) or entry.body
        present[entry.key] = Section.objects.create(
            master_plan=plan,
            book=book,
            parent=present[parent_key] if parent_key else None,
            key=entry.key,
            title=entry.title,
            lead=entry.lead,
            body=body,
            order=place,
            writing_state=WritingState.STARTED if body else WritingState.NOT_STARTED,
        )
        added += 1
    return added


def missing_places(plan: MasterPlan) -> int:
    """How many places `complete_outline` would add."""
    present = set(plan.sections.values_list("key", flat=True))
    return sum(entry.key not in present for _, _, _, entry in _entries(plan))


def _entries(plan: MasterPlan) -> Iterator[tuple[str, str, int, Entry]]:
    """Book, key of the place above, place among its own, and the entry; what is above comes first."""

    def walk(book: str, above: str, entries: Sequence[Entry]) -> Iterator[tuple[str, str, int, Entry]]:
        for place, entry in enumerate(entries):
            yield book, above, place, entry
            yield from walk(book, entry.key, entry.children)

    dimensions = dimensions_of(plan.regency)
    for book in BookName.values:
        yield from walk(book, "", default_outline(book, dimensions))
