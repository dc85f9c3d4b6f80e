"""Conversations as components/thread.html shows them to one person.

Reading them from the database is the business of `models.thread`, what changed since of `history`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from agencies.access import own_agency_ids
from agencies.models import User
from agencies.roles import AGENCY_ROLES
from masterplan.books.section_kinds import opens_chapter
from masterplan.discussion.actions.threads import may_comment
from masterplan.editing.history import SECTION_TEXTS, Past, values_since
from masterplan.models import Section, Thread
from masterplan.models.thread import Subject, conversations
from masterplan.registry import FIELDS, Content, Kind
from masterplan.registry.reading import read_field
from masterplan.templatetags.registry_tags import ValueNames, display_text
from masterplan.topics import subject_kind
from smartcity.common.formatting import format_moment
from smartcity.common.text import is_quoted_from

Card = dict[str, Any]

# The page a conversation is shown on, as forms say it: `dari=isian`.
ON_FORM, ON_REVIEW = "isian", "tinjauan"
# Kinds whose answer is one word or name, which changes as a whole.
SINGLE_WORDS = frozenset({Kind.CHOICE, Kind.YEAR, Kind.YES_NO, Kind.SUB_DIMENSION, Kind.AGENCY})
# Kinds whose answer can be quoted from: what people typed as text.
QUOTABLE = frozenset({Kind.TEXT, Kind.RICH, Kind.LINE})

_AGENCY_BYLINES = tuple(role.label for role in AGENCY_ROLES)
_PLACES = {key: place for place, key in enumerate(FIELDS)}


@dataclass
class Discussion:
    """The conversations about a subject that one person may read, with the changes of the answers they are about."""

    subject: Subject
    user: User
    threads: list[Thread]
    page: str
    past: Past = field(default_factory=dict)
    changed: Content = field(default_factory=dict)
    opened: str = ""

    def __post_init__(self) -> None:
        self.names = ValueNames(self.subject.regency)
        self.may_comment = may_comment(self.subject, self.user)
        self.order = in_form_order(self.threads)

    @property
    def open_count(self) -> int:
        """How many are not finished."""
        return sum(thread.is_open for thread in self.threads)

    def cards(self, keys: Collection[str] | None = None) -> dict[str, list[Card]]:
        """The cards by field, for all fields or only `keys`."""
        found: dict[str, list[Card]] = {}
        for thread in self.threads:
            if keys is None or thread.field in keys:
                found.setdefault(thread.field, []).append(self.card(thread))
        return found

    @property
    def about_all(self) -> list[Card]:
        """The cards of a section, which is talked about as a whole."""
        return [self.card(thread) for thread in self.threads]

    def card(self, thread: Thread, **more: Any) -> Card:
        """One conversation, as components/thread.html wants it."""
        first = thread.loaded_comments[0]
        by_agency = first.author_role.startswith(_AGENCY_BYLINES)
        return {
            "id": thread.pk,
            "number": thread.number,
            "is_private": thread.is_private,
            "kind": subject_kind(self.subject),
            "addressee": "" if by_agency else self._addressee(),
            "is_open": thread.is_open,
            "is_opened": str(thread.pk) == self.opened,
            "comments": [self._comment(thread, place) for place in range(len(thread.loaded_comments))],
            "assigned_as": thread.assigned_as,
            "is_mine": thread.assigned_to_id == self.user.pk,
            "due_date": thread.due_date,
            "is_overdue": thread.is_overdue(timezone.localdate()),
            "page": self.page,
            "url": self._url("thread_detail", thread),
            **self._next(thread),
            **(self._addresses(thread) if self.may_comment else {}),
            **more,
        }

    def _addressee(self) -> str:
        agency = self.subject.answering_agency
        return agency.name if agency else ""

    def _url(self, name: str, thread: Thread) -> str:
        return reverse(name, args=[self.subject.regency.slug, thread.pk])

    def _addresses(self, thread: Thread) -> Card:
        names = ("thread_resolve", "thread_reopen", "thread_assign", "comment_create")
        return {f"{name.split('_')[1]}_url": self._url(name, thread) for name in names[:3]} | {
            "reply_url": self._url("comment_create", thread)
        }

    def _next(self, thread: Thread) -> Card:
        """On the form: which open conversation comes next."""
        if self.page != ON_FORM or thread not in self.order:
            return {}
        place = self.order.index(thread) + 1
        url = reverse("initiative_next_correction", args=[self.subject.regency.slug, self.subject.pk])
        return {"place": place, "of": len(self.order), "next_url": f"{url}?sesudah={thread.pk}"}

    def _comment(self, thread: Thread, place: int) -> Card:
        comment = thread.loaded_comments[place]
        return {
            "id": comment.pk,
            "by": comment.author_role,
            "when": format_moment(comment.created_at),
            "body": comment.body,
            "url": self._url("thread_detail", thread) + (f"?tanggapan={comment.pk}" if place else ""),
            "quote": comment.quote,
            "quote_is_gone": bool(comment.quote) and not is_quoted_from(comment.quote, self._text(thread)),
            "change": self._change(thread, place),
        }

    def _text(self, thread: Thread) -> str:
        """What the answer a conversation is about says today."""
        if isinstance(self.subject, Section):
            return "\n".join(getattr(self.subject, key) for key in SECTION_TEXTS)
        asked = FIELDS.get(thread.field)
        return display_text(read_field(self.subject, asked), asked, self.names) if asked else ""

    def _change(self, thread: Thread, place: int) -> Card | None:
        """How the answer changed since this comment; shown once, below the last comment on the same text."""
        comment, following = thread.loaded_comments[place], thread.loaded_comments[place + 1 : place + 2]
        key = answer_of(thread)
        found = self.past.get((key, comment.edit_version))
        if found is None:
            return None
        if following and self.past.get((key, following[0].edit_version)) == found:
            return None
        asked = FIELDS.get(thread.field)
        if asked is None:
            return {"old": found[0], "new": found[1], "is_word": False}
        old, new = (display_text(value, asked, self.names) for value in found)
        return {"old": old, "new": new, "is_word": asked.kind in SINGLE_WORDS}


def load_discussion(
    subject: Subject,
    user: User,
    *,
    page: str = ON_REVIEW,
    keys: Collection[str] | None = None,
    since: datetime | None = None,
    opened: str = "",
) -> Discussion:
    """The conversations `user` may read, with what changed since each comment, in two queries at the most.

    `keys` limits the comparison to some fields, `since` also asks for every field that changed since that moment,
    `opened` is the id, as an address gives it, of a finished conversation that is to be shown unfolded.
    """
    threads = conversations(subject, own_agency_ids(user, subject.regency))
    points = [
        (answer_of(thread), comment.edit_version)
        for thread in threads
        if keys is None or thread.field in keys
        for comment in thread.loaded_comments
    ]
    changed, past = values_since(subject, since, points)
    return Discussion(subject, user, threads, page, past, changed, opened)


def answer_of(thread: Thread) -> str:
    """The key of the answer whose changes are shown below the comments; for a section the key of its text."""
    if thread.field or thread.section is None:
        return thread.field
    return "lead" if opens_chapter(thread.section) else "body"


def form_position(thread: Thread) -> tuple[int, datetime, int]:
    """The position of a conversation in the form, also of one about a question that was removed."""
    return (_PLACES.get(thread.field, len(_PLACES)), thread.opened_at, thread.pk)


def in_form_order(threads: Collection[Thread]) -> list[Thread]:
    """The open conversations in the order of the form."""
    return sorted((thread for thread in threads if thread.is_open and thread.field in _PLACES), key=form_position)
