"""What the review page shows of an initiative: answers row by row, with changes and conversations in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from masterplan.discussion.cards import QUOTABLE, Card, Discussion
from masterplan.models import AlignmentLink, Initiative, StatusChange
from masterplan.pages.initiative_frame import WIDE_KINDS
from masterplan.reference import InitiativeStatus
from masterplan.registry import SECTIONS, Content, Field, FormSection, Kind, is_empty
from masterplan.registry.reading import read_field
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.formatting import format_moment

# An approved initiative has nothing left to compare.
_COMPARED = frozenset({InitiativeStatus.SUBMITTED, InitiativeStatus.IN_REVIEW, InitiativeStatus.RETURNED})

_EVENTS = {
    "submit": "Diajukan",
    "start_review": "Mulai ditinjau",
    "return": "Dikembalikan dengan catatan",
    "approve": "Disetujui",
    "withdraw": "Ditarik",
    "reopen": "Dibuka lagi sebagai draf",
}


@dataclass(frozen=True)
class ReviewRow:
    """One answer. `old` and `new` are its words before and now when it changed since the last return.

    Tables are wide: they stand below the "Beri catatan" link, because they need its width.
    """

    field: Field
    is_changed: bool
    is_wide: bool
    old: str
    new: str
    threads: list[Card]

    @property
    def is_quotable(self) -> bool:
        """Whether a part of it can be quoted in a comment."""
        return self.field.kind in QUOTABLE

    @property
    def is_compared(self) -> bool:
        """Links are requests and not answers: they are marked one by one and have no earlier wording."""
        return self.is_changed and self.field.kind is not Kind.LINKS


@dataclass(frozen=True)
class ReviewSection:
    """The rows of one page of the form."""

    section: FormSection
    rows: list[ReviewRow]


def review_sections(initiative: Initiative, talk: Discussion) -> list[ReviewSection]:
    """All answers of the initiative (read with `complete()`) in the order of the form."""
    by_field, changes = talk.cards(), _changes(initiative, talk)
    return [
        ReviewSection(
            section, [_row(initiative, f, changes, talk.names, by_field.get(f.key, [])) for f in section.fields]
        )
        for section in SECTIONS
    ]


def only_changed(sections: Iterable[ReviewSection]) -> list[ReviewSection]:
    """The sections with nothing but the rows that changed."""
    narrowed = [ReviewSection(s.section, [row for row in s.rows if row.is_changed]) for s in sections]
    return [section for section in narrowed if section.rows]


def count_changed(sections: Iterable[ReviewSection]) -> int:
    """How many answers changed since the last return."""
    return sum(row.is_changed for section in sections for row in section.rows)


def compared_since(initiative: Initiative) -> datetime | None:
    """The return whose answers today's are compared with, if the initiative waits for a decision again."""
    return initiative.returned_at if initiative.status in _COMPARED else None


def _changes(initiative: Initiative, talk: Discussion) -> Content:
    """Old values by key; the links count as changed when one was proposed since."""
    if compared_since(initiative) is None:
        return {}
    links = any(is_new(link, initiative) for link in initiative.links.all())
    return talk.changed | ({"links": None} if links else {})


def is_new(link: AlignmentLink, initiative: Initiative) -> bool:
    """Proposed since the initiative was last returned."""
    return initiative.returned_at is not None and link.proposed_at > initiative.returned_at


def _row(initiative: Initiative, asked: Field, changes: Content, names: ValueNames, threads: list[Card]) -> ReviewRow:
    value = read_field(initiative, asked)
    if asked.key not in changes or asked.kind is Kind.LINKS:
        return ReviewRow(asked, asked.key in changes, asked.kind in WIDE_KINDS and not is_empty(value), "", "", threads)
    old, new = (display_text(words, asked, names) for words in (changes[asked.key], value))
    return ReviewRow(asked, True, False, old, new, threads)


def history_events(changes: Iterable[StatusChange]) -> list[dict[str, str]]:
    """The steps of the initiative, newest first, as components/history.html wants them."""
    rows = list(changes)
    events: list[dict[str, str]] = []
    sent = 0
    for change in reversed(rows):
        title = _EVENTS[change.transition]
        if change.transition == "submit":
            sent += 1
            title = "Diajukan kembali" if sent > 1 else title
        when = format_moment(change.at)
        events.append({"title": title, "when": when, "by": change.by_role, "note": change.comment})
    return events[::-1]
