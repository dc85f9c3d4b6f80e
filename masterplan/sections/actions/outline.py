"""The tree of chapters that the books of a plan are printed from. Its texts are written by `sections`."""

from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions import written
from masterplan.editing.actions.locking import refuse_locked
from masterplan.editing.actions.prerender import books_changed
from masterplan.editions.outline import ANNEX_PREFIX, OutlineEntry, default_outline, is_annex
from masterplan.editions.snapshot import dimensions_of
from masterplan.models import MasterPlan, Section, WritingChange
from masterplan.reference import BookName, WritingKind, WritingState
from masterplan.sections.actions import section_pictures
from masterplan.sections.actions.sections import SECTION

# Chapter, section, sub-section: deeper nothing is numbered.
DEEPEST = 3
# Keys of places that a plan adds itself; a number follows that is never used again.
OWN_PREFIX = "tambahan-"


@transaction.atomic
def complete_outline(plan: MasterPlan, *, by: User, bodies: Mapping[str, str]) -> int:
    """Give `plan` the places it lacks in any book, with `bodies` by key or the text a new plan opens with.

    What the plan has stays as it is, where it is. Returns how many were added. Raises PermissionDenied.
    """
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    refuse_locked(plan.pk)
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


@transaction.atomic
def add_section(
    plan: MasterPlan, *, by: User, book: str, parent: Section | None, title: str, annex: bool = False
) -> Section:
    """A place of the plan's own, at the end of those below `parent`; without one a chapter, or an annex.

    Raises PermissionDenied, and ValidationError for an empty title or a place too deep.
    """
    if parent is not None and depth_of(parent) >= DEEPEST:
        raise ValidationError("Bagian di bawah anak bab tidak dapat ditambah lagi. Pilih tempat yang lebih tinggi.")
    prefix = ANNEX_PREFIX if annex and parent is None else OWN_PREFIX
    section = Section(master_plan=plan, book=book, parent=parent, key=_own_key(plan, prefix))
    added = written.add(section, kind=SECTION, by=by, data={"title": title})
    if parent is None:
        _chapters_first(plan, book)
    return added


@transaction.atomic
def remove_section(section: Section, *, by: User) -> None:
    """Take away a place of the plan's own, with those below it. One of the default can only be left out.

    Raises PermissionDenied, and ValidationError for a place of the default outline.
    """
    if not is_own(section):
        raise ValidationError("Bagian bawaan tidak dapat dihapus. Keluarkan dari buku bila tidak dipakai.")
    for child in section.children.all():
        remove_section(child, by=by)
    for picture in section.pictures.select_related("section"):
        section_pictures.remove(picture, by=by)
    written.remove(section, kind=SECTION, by=by)


@transaction.atomic
def include_section(section: Section, *, by: User, included: bool) -> None:
    """Print a place and those below it, or leave them out; their texts are kept. Raises PermissionDenied."""
    require(by, Permission.EDIT_SECTIONS, section.regency)
    refuse_locked(section.master_plan_id)
    Section.objects.filter(pk=section.pk).update(is_included=included)
    books_changed(section.master_plan)


@transaction.atomic
def move_section(section: Section, *, by: User, step: int) -> None:
    """One place up (-1) or down (1) among those below the same place; annexes stay behind the chapters."""
    among = {"book": section.book, "parent": section.parent}
    if section.parent is None:
        rows = list(section.master_plan.sections.filter(**among).order_by("order", "pk"))
        place = next(number for number, each in enumerate(rows) if each.pk == section.pk)
        other = rows[place + step] if 0 <= place + step < len(rows) else section
        if is_annex(other.key) != is_annex(section.key):
            step = 0
    written.move(section, among=among, kind=SECTION, by=by, step=step)


@transaction.atomic
def move_below(section: Section, *, by: User, parent: Section) -> None:
    """To the end of another chapter of the same book.

    Raises PermissionDenied, and ValidationError where it cannot stand.
    """
    require(by, Permission.EDIT_SECTIONS, section.regency)
    refuse_locked(section.master_plan_id)
    if section.parent is None or parent.parent is not None or parent.book != section.book or is_annex(parent.key):
        raise ValidationError("Bagian ini hanya dapat dipindahkan ke bab lain dalam buku yang sama.")
    if parent.pk == section.parent_id:
        return
    last = parent.children.aggregate(last=Max("order"))["last"]
    Section.objects.filter(pk=section.pk).update(parent=parent, order=(last or 0) + 1)
    books_changed(section.master_plan)


def ask_for_count(plan: MasterPlan) -> None:
    """Have a worker count what each place would hold, where none has yet. Writes nothing: every change asks as well."""
    books_changed(plan, after=0)


def is_own(section: Section) -> bool:
    """Whether the plan added this place itself."""
    return section.key.removeprefix(ANNEX_PREFIX).startswith(OWN_PREFIX)


def depth_of(section: Section) -> int:
    """1 for a chapter or annex, 2 for what is below it, 3 for what is below that."""
    return 1 if section.parent is None else 1 + depth_of(section.parent)


def _chapters_first(plan: MasterPlan, book: str) -> None:
    """Annexes stand behind the chapters, both in the order they have."""
    rows = plan.sections.filter(book=book, parent=None).order_by("order", "pk")
    for order, section in enumerate(sorted(rows, key=lambda section: is_annex(section.key))):
        if section.order != order:
            Section.objects.filter(pk=section.pk).update(order=order)


def _own_key(plan: MasterPlan, prefix: str) -> str:
    stem = prefix if prefix == OWN_PREFIX else prefix + OWN_PREFIX
    taken = [
        int(number)
        for key in plan.sections.filter(key__startswith=stem).values_list("key", flat=True)
        if (number := key.removeprefix(stem)).isdecimal()
    ]
    used = WritingChange.objects.filter(master_plan=plan, kind=WritingKind.SECTION, after={}).count()
    return f"{stem}{max([*taken, used], default=0) + 1}"


def missing_places(plan: MasterPlan) -> int:
    """How many places `complete_outline` would add."""
    present = set(plan.sections.values_list("key", flat=True))
    return sum(entry.key not in present for _, _, _, entry in _entries(plan))


def _entries(plan: MasterPlan) -> Iterator[tuple[str, str, int, OutlineEntry]]:
    """Book, key of the place above, place among its own, and the entry; what is above comes first."""

    def walk(book: str, above: str, entries: Sequence[OutlineEntry]) -> Iterator[tuple[str, str, int, OutlineEntry]]:
        for place, entry in enumerate(entries):
            yield book, above, place, entry
            yield from walk(book, entry.key, entry.children)

    dimensions = dimensions_of(plan.regency)
    for book in BookName.values:
        yield from walk(book, "", default_outline(book, dimensions))
