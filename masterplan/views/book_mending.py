"""Where the faults of a book are mended: from what the press named to the page of the form or the section.

What may be wrong is told by the press; what a page about one initiative says of it is `faults`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from agencies.access import can
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan.documents.contents.numbering import section_anchor
from masterplan.models import BookJob, Initiative
from masterplan.reference import EDITABLE_STATUSES
from masterplan.registry import FIELDS, SECTION_OF_FIELD
from masterplan.views.loading import visible_initiatives

# Keys of problems: a path in the snapshot ("initiatives[BR-07].problem", "sections.visi.visi-misi.body"), or the key of
# a part ("in-BR-07", "bab-2", "bagian-visi-visi-misi").
_INITIATIVE = re.compile(r"(?:initiatives\[|in-)(?P<code>[A-Z]+-\d+)\]?(?:\.(?P<field>[a-z_]+))?")
_SECTION = re.compile(r"sections\.(?P<key>.+?)(?:\.pictures\[\d+\])?\.[a-z_]+$")
# A part of written places goes by the anchor of its first one.
_WRITTEN = "bagian-"


@dataclass(frozen=True)
class Mending:
    """One problem of a book; `url` is the page where it is mended, "" when it is nobody's here to mend."""

    sentence: str
    url: str = ""


def mendings(job: BookJob, user: User) -> list[Mending]:
    """The problems of a book, each with the page that `user` may open to mend it, or at least to read what is meant."""
    problems: list[Mapping[str, Any]] = job.report.get("problems", [])
    places = _Places(job, user, [str(problem.get("key", "")) for problem in problems])
    return [Mending(problem["sentence"], places.url(str(problem.get("key", "")))) for problem in problems]


class _Places:
    """Addresses of the initiatives and sections that some keys name; asked of the database once each."""

    def __init__(self, job: BookJob, user: User, keys: list[str]) -> None:
        self._regency: Regency = job.regency
        self._user = user
        plan = job.snapshot.master_plan
        codes = {match["code"] for key in keys if (match := _INITIATIVE.match(key))} if plan.is_current else set()
        rows = visible_initiatives(user, plan).filter(code__in=codes) if codes else ()
        self._initiatives: dict[str, Initiative] = {row.code: row for row in rows}
        self._may_write = plan.is_current and can(user, Permission.EDIT_SECTIONS, self._regency)
        named = {match["key"] for key in keys if (match := _SECTION.match(key))} if self._may_write else set()
        self._sections = dict(plan.sections.filter(key__in=named).values_list("key", "pk")) if named else {}
        written = self._may_write and any(key.startswith(_WRITTEN) for key in keys)
        keys_of_all = plan.sections.values_list("key", "pk") if written else ()
        self._anchors = {section_anchor(key): pk for key, pk in keys_of_all}

    def url(self, key: str) -> str:
        """Where what `key` names is mended."""
        if match := _INITIATIVE.match(key):
            initiative = self._initiatives.get(match["code"])
            return self._of_initiative(initiative, match["field"] or "") if initiative else ""
        if not self._may_write:
            return ""
        if (match := _SECTION.match(key)) and match["key"] in self._sections:
            return reverse("section_edit", args=[self._regency.slug, self._sections[match["key"]]])
        if key in self._anchors:
            return reverse("section_edit", args=[self._regency.slug, self._anchors[key]])
        return reverse("section_list", args=[self._regency.slug]) if key.startswith(("sections.", "bab-")) else ""

    def _of_initiative(self, initiative: Initiative, field: str) -> str:
        arguments: list[Any] = [self._regency.slug, initiative.pk]
        may_edit = can(self._user, Permission.EDIT_INITIATIVE, self._regency, initiative.lead_agency_id)
        if not may_edit or initiative.status not in EDITABLE_STATUSES:
            return reverse("initiative_detail", args=arguments)
        if field not in FIELDS:  # its preview names the faults, question by question
            return reverse("sheet_preview", args=arguments)
        return reverse("initiative_edit", args=[*arguments, SECTION_OF_FIELD[field].key]) + f"#id_{field}"
