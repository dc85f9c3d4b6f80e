"""Where the problems of a book are mended: from what the press named to the page of the form or the section.

What may be wrong is told by the press; what a page about one initiative says of it is `faults`. Which books of an
edition have problems is in `book_state`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from agencies.access import can
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan.editions.numbering import section_anchor
from masterplan.models import BookJob, Initiative, MasterPlan
from masterplan.pages.loading import visible_initiatives
from masterplan.reference import EDITABLE_STATUSES
from masterplan.registry import FIELDS, SECTION_OF_FIELD

# Keys of problems: a path in the snapshot ("initiatives[BR-07].problem", "sections.visi.visi-misi.body"), or the key of
# a part ("in-BR-07", "bab-2", "bagian-visi-visi-misi").
_INITIATIVE = re.compile(r"(?:initiatives\[|in-)(?P<code>[A-Z]+-\d+)\]?(?:\.(?P<field>[a-z_]+))?")
_SECTION = re.compile(r"sections\.(?P<key>.+?)(?:\.pictures\[\d+\])?\.[a-z_]+$")
# A part of written places goes by the anchor of its first one.
_WRITTEN = "bagian-"


@dataclass(frozen=True)
class LinkedProblem:
    """One problem of a book; `url` is the page where it is mended, "" when it is nobody's here to mend."""

    sentence: str
    url: str = ""


def linked_problems(job: BookJob, user: User) -> list[LinkedProblem]:
    """The problems of a book, each with the page that `user` may open to mend it, or at least to read what is meant."""
    problems: list[Mapping[str, Any]] = job.report.get("problems", [])
    return linked_problems_of(job.snapshot.master_plan, user, problems)


def linked_problems_of(plan: MasterPlan, user: User, problems: Sequence[Mapping[str, Any]]) -> list[LinkedProblem]:
    """The same for problems of any books of a plan. Two queries at most.

    Of an initiative that `user` may not know of now, only its code is told: the edition was frozen with it, but a
    problem may quote its text.
    """
    places = _Places(plan, user, [str(problem.get("key", "")) for problem in problems])
    return [places.mending(problem) for problem in problems]


def initiative_of(key: str) -> tuple[str, str]:
    """(code, field) of the initiative that the key of a problem names, each "" where it names none."""
    match = _INITIATIVE.match(key)
    return (match["code"], match["field"] or "") if match else ("", "")


def initiative_url(user: User, regency: Regency, initiative: Initiative, field: str) -> str:
    """The page where `user` mends a problem of an initiative, or reads the initiative when it is not theirs to mend."""
    arguments: list[Any] = [regency.slug, initiative.pk]
    may_edit = can(user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    if not may_edit or initiative.status not in EDITABLE_STATUSES:
        return reverse("initiative_detail", args=arguments)
    if field not in FIELDS:  # its preview names the problems, question by question
        return reverse("sheet_preview", args=arguments)
    return reverse("initiative_edit", args=[*arguments, SECTION_OF_FIELD[field].key]) + f"#id_{field}"


class _Places:
    """Addresses of the initiatives and sections that some keys name; asked of the database once each."""

    def __init__(self, plan: MasterPlan, user: User, keys: list[str]) -> None:
        self._regency: Regency = plan.regency
        self._user = user
        self._is_current = plan.is_current
        codes = {code for key in keys if (code := initiative_of(key)[0])} if plan.is_current else set()
        rows = visible_initiatives(user, plan).filter(code__in=codes) if codes else ()
        self._initiatives: dict[str, Initiative] = {row.code: row for row in rows}
        self._may_write = plan.is_current and can(user, Permission.EDIT_SECTIONS, self._regency)
        named = {match["key"] for key in keys if (match := _SECTION.match(key))} if self._may_write else set()
        written = self._may_write and any(key.startswith(_WRITTEN) for key in keys)
        sections = list(plan.sections.values_list("key", "pk")) if named or written else []
        self._sections = dict(sections)
        self._anchors = {section_anchor(key): pk for key, pk in sections}

    def mending(self, problem: Mapping[str, Any]) -> LinkedProblem:
        """A problem as `user` may read it, with the place where it is mended."""
        key, sentence = str(problem.get("key", "")), str(problem.get("sentence", ""))
        code, field = initiative_of(key)
        if not code or not self._is_current:
            return LinkedProblem(sentence, self._of_section(key))
        initiative = self._initiatives.get(code)
        if initiative is None:
            return LinkedProblem(f"Lembar inisiatif {code} tidak tercetak seperti yang ditulis.")
        return LinkedProblem(sentence, initiative_url(self._user, self._regency, initiative, field))

    def _of_section(self, key: str) -> str:
        if not self._may_write:
            return ""
        if (match := _SECTION.match(key)) and match["key"] in self._sections:
            return reverse("section_edit", args=[self._regency.slug, self._sections[match["key"]]])
        if key in self._anchors:
            return reverse("section_edit", args=[self._regency.slug, self._anchors[key]])
        return reverse("section_list", args=[self._regency.slug]) if key.startswith(("sections.", "bab-")) else ""
