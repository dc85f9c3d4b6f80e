"""Conversations at the fields of an initiative."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.models import COMMENT_LIMIT, Comment, Initiative, Thread
from masterplan.registry import FIELDS
from smartcity.common.text import clean_text

# The same words by the same person at the same place within this time are one press of the button too many.
REPEATED_WITHIN = timedelta(minutes=10)


@transaction.atomic
def open_thread(initiative: Initiative, *, field: str, body: str, by: User) -> Thread:
    """Begin a conversation at `field` with a first comment; saying the same twice gives the one there is.

    Raises ValidationError for an unknown field or no text.
    """
    _require_voice(initiative, by)
    if field not in FIELDS:
        raise ValidationError("Isian ini tidak dikenal. Muat ulang halaman.")
    if said := _said_before(initiative, body=body, by=by).filter(thread__field=field).first():
        return said.thread
    thread = Thread.objects.create(initiative=initiative, field=field, opened_by=by)
    _say(thread, body=body, by=by)
    return thread


@transaction.atomic
def reply(thread: Thread, *, body: str, by: User) -> Comment:
    """Add to a conversation; a resolved one opens again, because somebody still has something to say."""
    _require_voice(thread.initiative, by)
    if said := _said_before(thread.initiative, body=body, by=by).filter(thread=thread).first():
        return said
    if thread.resolved_at:
        Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    return _say(thread, body=body, by=by)


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> None:
    """Mark a conversation as finished; doing so twice changes nothing."""
    _require_voice(thread.initiative, by)
    Thread.objects.filter(pk=thread.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> None:
    """Take a conversation up again."""
    _require_voice(thread.initiative, by)
    Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)


def _require_voice(initiative: Initiative, by: User) -> None:
    require(by, Permission.COMMENT, initiative.regency, initiative.lead_agency_id)


def _said_before(initiative: Initiative, *, body: str, by: User) -> QuerySet[Comment]:
    """What `by` said in these words a moment ago; the initiative is locked, so two presses at once meet here."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    recent = timezone.now() - REPEATED_WITHIN
    text = clean_text(body, COMMENT_LIMIT)
    mine = Comment.objects.filter(thread__initiative=initiative, author=by, body=text, created_at__gte=recent)
    return mine.select_related("thread")


def _say(thread: Thread, *, body: str, by: User) -> Comment:
    text = clean_text(body, COMMENT_LIMIT)
    if not text:
        raise ValidationError("Catatan masih kosong: tulis apa yang perlu diperhatikan.")
    comment = Comment.objects.create(thread=thread, author=by, author_role=byline(by, thread.regency), body=text)
    notifications.commented(comment)
    return comment
