"""Writing the narrative of the books."""

from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.actions.ahead import books_changed
from masterplan.documents.outline import OUTLINE
from masterplan.models import MasterPlan, Section
from smartcity.common.rich_limits import check_marks
from smartcity.common.text import clean_text

SECTION_LIMIT = 20_000


class SectionConflict(Exception):
    """Somebody else saved this section since it was opened; both texts are here, nothing was written."""

    def __init__(self, *, current: str, mine: str, version: int) -> None:
        super().__init__("Naskah ini diubah orang lain.")
        self.current, self.mine, self.version = current, mine, version


@transaction.atomic
def save_section(section: Section, *, by: User, body: str, version: int) -> Section:
    """Store the narrative. Raises PermissionDenied, ValidationError when it is too long or has too
    much of some mark, SectionConflict when stale.
    """
    require(by, Permission.EDIT_SECTIONS, section.regency)
    text = clean_text(body, SECTION_LIMIT)
    check_marks(text)
    locked = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if locked.body == text:
        return locked
    if locked.edit_version != version:
        raise SectionConflict(current=locked.body, mine=text, version=locked.edit_version)
    locked.body, locked.edit_version = text, locked.edit_version + 1
    locked.updated_at, locked.updated_by = timezone.now(), by
    locked.save()
    books_changed(section.master_plan)
    return locked


@transaction.atomic
def prefill(plan: MasterPlan, *, bodies: dict[str, str], by: User) -> int:
    """Give `plan` the sections it lacks, with `bodies` by key or the outline's own opening text. Returns how many."""
    require(by, Permission.EDIT_SECTIONS, plan.regency)
    present = set(plan.sections.values_list("key", flat=True))
    missing = [
        Section(
            master_plan=plan, key=entry.key, title=entry.title, order=order, body=bodies.get(entry.key) or entry.body
        )
        for order, entry in enumerate(OUTLINE)
        if entry.key not in present
    ]
    Section.objects.bulk_create(missing)
    return len(missing)
