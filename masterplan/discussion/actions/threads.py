"""Conversations at the fields of an initiative and at sections. `models.thread` says who may read one."""

from collections.abc import Container
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.access import byline, can, is_regency_wide, own_agency_ids
from agencies.models import Membership, User
from agencies.roles import AGENCY_ROLES, Permission
from masterplan import notifications
from masterplan.editing.actions.prerender import books_changed
from masterplan.models import COMMENT_LIMIT, QUOTE_LIMIT, Comment, Section, Thread
from masterplan.models.thread import Subject
from masterplan.registry import FIELDS
from smartcity.common.text import clean_text

# The same text by the same person at the same place within this time counts as a second press of the button.
REPEATED_WITHIN = timedelta(minutes=10)


def may_comment(subject: Subject, by: User) -> bool:
    """Whether `by` takes part in conversations about it: for the whole regency, or for the agency that answers."""
    agency_id, regency = subject.answering_agency_id, subject.regency
    return is_regency_wide(by, Permission.COMMENT, regency) or (
        agency_id is not None and can(by, Permission.COMMENT, regency, agency_id)
    )


def require_may_comment(subject: Subject, by: User) -> None:
    """Raise PermissionDenied unless `may_comment`."""
    if not may_comment(subject, by):
        raise PermissionDenied


def may_keep_private(subject: Subject, by: User) -> bool:
    """Whether `by` works for the agency that answers for it, and may so write what the agency keeps to itself."""
    return subject.answering_agency_id in own_agency_ids(by, subject.regency)


@transaction.atomic
def open_thread(
    subject: Subject, *, body: str, by: User, field: str = "", quote: str = "", private: bool = False
) -> Thread:
    """Begin a conversation at `field` of an initiative, or at a section, with a first comment.

    Sending the same comment twice returns the existing conversation. `private` keeps it among the people of the agency
    that answers. Raises ValidationError for an unknown field or no text, and PermissionDenied for a private one by
    somebody of elsewhere.
    """
    require_may_comment(subject, by)
    if private and not may_keep_private(subject, by):
        raise PermissionDenied
    if field not in _fields_of(subject):
        raise ValidationError("Isian ini tidak dikenal. Muat ulang halaman.")
    owner = subject.answering_agency_id if private else None
    locked = _lock(subject)
    repeated = _repeated_comments(locked, body=body, by=by)
    if known := repeated.filter(thread__field=field, thread__private_to=owner).first():
        return known.thread
    thread = subject.threads.create(field=field, opened_by=by, private_to_id=owner)
    _add_comment(thread, body=body, quote=quote, by=by, version=locked.edit_version)
    return thread


@transaction.atomic
def reply(thread: Thread, *, body: str, by: User, quote: str = "") -> Comment:
    """Add a comment to a conversation; a resolved conversation becomes open again."""
    _require_participant(thread, by)
    locked = _lock(thread.subject)
    if known := _repeated_comments(locked, body=body, by=by).filter(thread=thread).first():
        return known
    if thread.resolved_at:
        Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    return _add_comment(thread, body=body, quote=quote, by=by, version=locked.edit_version)


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> None:
    """Mark a conversation as finished; doing so twice changes nothing."""
    _require_participant(thread, by)
    Thread.objects.filter(pk=thread.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)
    _refresh_books(thread)


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> None:
    """Open a resolved conversation again."""
    _require_participant(thread, by)
    Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    _refresh_books(thread)


def assignable(thread: Thread) -> list[Membership]:
    """Who can be asked to deal with it: the agency's people, and Diskominfo's unless the agency keeps it to itself.

    Each person once, in the order of their roles.
    """
    subject = thread.subject
    active = Membership.objects.active_on(timezone.localdate()).filter(regency=subject.regency, user__is_active=True)
    people: dict[int, Membership] = {}
    for row in active.select_related("user", "agency").order_by("role", "user__name", "pk"):
        # A coordinator may sit in an agency, and still speaks for the regency and not for it.
        works_for = row.agency_id if row.role in AGENCY_ROLES else None
        answers = works_for is not None and works_for == subject.answering_agency_id
        of_a_side = Permission.REVIEW_INITIATIVE in row.permissions or answers
        if of_a_side and thread.may_be_read_for(works_for):
            people.setdefault(row.user_id, row)
    return list(people.values())


@transaction.atomic
def assign(thread: Thread, *, to: User | None, by: User, due: date | None = None) -> None:
    """Ask one person to deal with it, at the latest on `due`; `to=None` takes the task back.

    Raises ValidationError (at `person`) for somebody who cannot be asked. The person is notified, unless it is `by`.
    """
    _require_participant(thread, by)
    found = next((row for row in assignable(thread) if to is not None and row.user_id == to.pk), None)
    if to is not None and found is None:
        raise ValidationError({"person": "Orang ini tidak dapat ditugasi catatan ini. Pilih orang lain dari daftar."})
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    is_new = to is not None and (locked.assigned_to_id, locked.due_date) != (to.pk, due)
    Thread.objects.filter(pk=thread.pk).update(
        assigned_to=to,
        assigned_as=byline(to, thread.regency) if to else "",
        assigned_at=timezone.now() if to else None,
        due_date=due if to else None,
    )
    if found is not None and is_new and to != by:
        thread.refresh_from_db(fields=["assigned_to", "assigned_as", "assigned_at", "due_date"])
        notifications.assigned(thread, to=found, by_role=byline(by, thread.regency))


def _require_participant(thread: Thread, by: User) -> None:
    """Raise PermissionDenied unless `by` may comment on the subject and read this conversation."""
    require_may_comment(thread.subject, by)
    if thread.private_to_id and thread.private_to_id not in own_agency_ids(by, thread.regency):
        raise PermissionDenied


def _fields_of(subject: Subject) -> Container[str]:
    """The values that `field` may have: a conversation about a section is about the whole text."""
    return ("",) if isinstance(subject, Section) else FIELDS


def _lock(subject: Subject) -> Subject:
    """The subject as it is stored now, with its row locked, so that two requests at once run one after the other."""
    manager: Any = type(subject)._default_manager
    locked: Subject = manager.select_for_update(of=("self",)).get(pk=subject.pk)
    return locked


def _refresh_books(thread: Thread) -> None:
    """Public conversations are printed in the annex of the review, so the books must be rendered again."""
    if not thread.is_private:
        books_changed(thread.subject.master_plan)


def _repeated_comments(subject: Subject, *, body: str, by: User) -> QuerySet[Comment]:
    """Comments of the same text that `by` wrote within the last REPEATED_WITHIN."""
    recent = timezone.now() - REPEATED_WITHIN
    text = clean_text(body, COMMENT_LIMIT)
    mine = Comment.objects.filter(thread__in=subject.threads.all(), author=by, body=text, created_at__gte=recent)
    return mine.select_related("thread")


def _add_comment(thread: Thread, *, body: str, quote: str, by: User, version: int) -> Comment:
    text = clean_text(body, COMMENT_LIMIT)
    if not text:
        raise ValidationError({"body": "Catatan masih kosong: tulis apa yang perlu diperhatikan."})
    comment = Comment.objects.create(
        thread=thread,
        author=by,
        author_role=byline(by, thread.regency),
        body=text,
        quote=clean_text(quote, QUOTE_LIMIT),
        edit_version=version,
    )
    notifications.commented(comment)
    _refresh_books(thread)
    return comment
