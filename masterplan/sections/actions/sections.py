"""Writing the texts of the books. `outline` changes their tree; `editing.actions.written` saves a row."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from agencies.models import Agency, Membership, User
from agencies.roles import Permission, roles_with
from masterplan.editing.actions import written
from masterplan.editing.actions.columns import WrittenColumn, choice, reference, text
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editions.placeholders import unknown
from masterplan.models import (
    LEAD_LIMIT,
    SECTION_LIMIT,
    SECTION_TITLE_LIMIT,
    MasterPlan,
    Section,
)
from masterplan.reference import WritingState
from masterplan.registry import Content

_UNKNOWN = "{words} bukan data yang dikenal. Pilih dari daftar “Sisipkan data”, atau hapus kurung kurawalnya."


def writers_to_name(plan: MasterPlan) -> QuerySet[User]:
    """The people who may write the books of this plan today."""
    active = Membership.objects.active_on(timezone.localdate())
    serving = active.filter(regency=plan.regency, role__in=roles_with(Permission.EDIT_SECTIONS))
    return User.objects.filter(is_active=True, pk__in=serving.values("user")).order_by("name", "pk")


def agencies_to_name(plan: MasterPlan) -> QuerySet[Agency]:
    """The agencies that may be answerable for a text."""
    return plan.regency.agencies.all()


def _body() -> WrittenColumn:
    """The text itself: rich, with placeholders of the list alone."""
    plain = text("body", SECTION_LIMIT, rich=True)

    def clean(section: Any, value: Any) -> str:
        found: str = plain.clean(section, value)
        if strange := unknown(found):
            raise ValidationError(_UNKNOWN.format(words=", ".join(sorted(set(strange)))))
        return found

    return WrittenColumn(plain.read, clean, plain.write)


class SectionKind(WrittenKind):
    """A text that is written for the first time is no longer one that nobody has begun."""

    def complete(self, row: Section, data: Content) -> Content:
        """With the state of a text that nobody had begun."""
        begun = data.get("body") and row.writing_state == WritingState.NOT_STARTED and "writing_state" not in data
        return {**data, "writing_state": WritingState.STARTED.value} if begun else data


SECTION = SectionKind(
    {
        "title": text("title", SECTION_TITLE_LIMIT, needed=True, line=True),
        "lead": text("lead", LEAD_LIMIT),
        "body": _body(),
        "writing_state": choice("writing_state", lambda section: WritingState.values),
        "owner_agency": reference("owner_agency", lambda section: agencies_to_name(section.master_plan), needed=False),
        "responsible": reference("responsible", lambda section: writers_to_name(section.master_plan), needed=False),
    }
)


# Saves a text, as `written.save` does.
save_section = partial(written.save, kind=SECTION)
