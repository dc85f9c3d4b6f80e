"""What is said in the sample about initiatives and sections, by the people who would say it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.models import User
from masterplan.discussion.actions import threads
from masterplan.models import MasterPlan
from masterplan.models.thread import Subject
from masterplan.sections.actions.sections import save_section

from .regencies import SampleRegency

Row = Mapping[str, Any]


def add_conversation(subject: Subject, data: Row, *, head: User, people: Mapping[str, User]) -> None:
    """One conversation: its comments, whom it is handed to, and whether it is finished.

    `head` speaks for the agency, and for whomever the regency has no account.
    """
    voices = {"coordinator": people["koordinator"], "expert": people.get("ahli", head)}
    first, *rest = data["comments"]
    thread = threads.open_thread(
        subject,
        field=data.get("field", ""),
        body=first["body"],
        quote=first.get("quote", ""),
        private=bool(data.get("private")),
        by=voices.get(first["by"], head),
    )
    for comment in rest:
        threads.reply(thread, body=comment["body"], by=voices.get(comment["by"], head))
    if data.get("assigned_to"):
        due = timezone.localdate() + timedelta(days=data["due_in_days"])
        asks = head if data.get("private") else people["koordinator"]
        threads.assign(thread, to=people[data["assigned_to"]], due=due, by=asks)
    if data.get("resolved"):
        threads.resolve(thread, by=people["koordinator"])


def load_section_conversations(
    plan: MasterPlan, data: Mapping[str, Row], *, place: SampleRegency, people: Mapping[str, User]
) -> None:
    """By key of a section: the agency that answers for it, what is said, and what was written since."""
    by = people["koordinator"]
    for key, row in data.items():
        agency = place.agency(row["owner"])
        section = plan.sections.get(key=key)
        section.master_plan = plan
        section = save_section(section, by=by, data={"owner_agency": agency.pk}, version=section.edit_version)
        for thread in row["threads"]:
            add_conversation(section, thread, head=place.head_of(agency), people=people)
        if added := row.get("added"):
            text = f"{section.body}\n\n{added}"
            save_section(section, by=by, data={"body": text}, version=section.edit_version)
