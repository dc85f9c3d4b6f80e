"""One row of every kind that several people edit, two people who may edit it, and the addresses of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from masterplan.analyses.actions import GAP, READINESS
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.written import save
from masterplan.initiatives.actions.initiatives import INITIATIVE
from masterplan.models import ReadinessCell
from masterplan.monitoring.actions import REPORT
from masterplan.sections.actions.outline import complete_outline
from masterplan.sections.actions.section_pictures import PICTURE
from masterplan.sections.actions.sections import SECTION
from tests.factories import make_gap, make_initiative, make_person, make_picture, new_report


@dataclass
class EditedTogether:
    """A row with two of its questions, and two people: `me` and somebody else."""

    row: Any
    kind: WrittenKind
    first: str
    second: str
    me: User
    other: User
    page: str
    arguments: tuple[Any, ...]

    def save(self, by: User, version: int, *, key: str = "", **data: Any) -> Any:
        """Save as somebody who saw `version`; the answers are named `first` and `second`."""
        names = {"first": self.first, "second": self.second}
        data = {names[name]: value for name, value in data.items()}
        self.row.refresh_from_db()
        return save(self.row, kind=self.kind, by=by, data=data, version=version, key=key)

    def answers(self) -> tuple[Any, Any]:
        """What is stored in the two questions."""
        self.row.refresh_from_db()
        return getattr(self.row, self.first), getattr(self.row, self.second)

    def url(self, page: str) -> str:
        """The page ("edit") or where it saves itself ("autosave")."""
        return reverse(f"{self.page}_{page}", args=[self.row.regency.slug, *self.arguments])


def _initiative(make: Any) -> EditedTogether:
    row = make_initiative(make("plan"), agency=make("agency"), by=make("agency_head"))
    people = make("agency_head"), make("drafter")
    return EditedTogether(row, INITIATIVE, "problem", "strategy", *people, "initiative", (row.pk, "identitas"))


def _report(make: Any) -> EditedTogether:
    people = make("agency_head"), make("drafter")
    made = make_initiative(
        make("plan"), status="approved", agency=make("agency"), by=people[0], coordinator=make("coordinator")
    )
    row = save(new_report(made), kind=REPORT, by=people[0], data={"state": "on_track"}, version=1)
    return EditedTogether(row, REPORT, "output", "problem", *people, "progress", (made.pk, row.quarter.slug))


def _section(make: Any) -> EditedTogether:
    complete_outline(make("plan"), bodies={}, by=make("coordinator"))
    row = make("plan").sections.get(key="pendahuluan.latar-belakang")
    return EditedTogether(row, SECTION, "body", "title", *_coordinators(make), "section", (row.pk,))


def _picture(make: Any) -> EditedTogether:
    complete_outline(make("plan"), bodies={}, by=make("coordinator"))
    row = make_picture(make("plan").sections.get(key="pendahuluan.latar-belakang"), make("coordinator"))
    return EditedTogether(row, PICTURE, "alt", "source", *_coordinators(make), "section_picture", (row.pk,))


def _gap(make: Any) -> EditedTogether:
    row = make_gap(make("plan"), make("coordinator"))
    return EditedTogether(row, GAP, "cause", "response", *_coordinators(make), "gap", (row.pk,))


def _cell(make: Any) -> EditedTogether:
    people = _coordinators(make)
    cell = ReadinessCell(master_plan=make("plan"), aspect="people")
    row = save(cell, kind=READINESS, by=people[0], data={"score": "Sedang"}, version=1)
    return EditedTogether(row, READINESS, "condition", "problem", *people, "readiness", ("sumber-daya-manusia",))


def _coordinators(make: Any) -> tuple[User, User]:
    return make("coordinator"), make_person(make("regency"), Role.COORDINATOR)


EDITED: dict[str, Callable[[Any], EditedTogether]] = {
    "initiative": _initiative,
    "report": _report,
    "section": _section,
    "picture": _picture,
    "gap": _gap,
    "cell": _cell,
}
