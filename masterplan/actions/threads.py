"""Conversations at the fields of an initiative. Who may read one is said in `models.thread`."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.access import byline, own_agency_ids, require
from agencies.models import Membership, User
from agencies.roles import AGENCY_ROLES, Permission, Role
from masterplan import notifications
from masterplan.models import COMMENT_LIMIT, QUOTE_LIMIT, Comment, Initiative, Thread
from masterplan.registry import FIELDS
from smartcity.common.text import clean_text

# The same words by the same person at the same place within this time are one press of the button too many.
REPEATED_WITHIN = timedelta(minutes=10)


def may_keep_private(initiative: Initiative, by: User) -> bool:
    """Whether `by` works for the agency whose initiative this is, and may so write what the agency keeps to itself."""
    return initiative.lead_agency_id in own_agency_ids(by, initiative.regency)


@transaction.atomic
def open_thread(
    initiative: Initiative, *, field: str, body: str, by: User, quote: str = "", private: bool = False
) -> Thread:
    """Begin a conversation at `field` with a first comment; saying the same twice gives the one there is.

    `private` keeps it among the people of the lead agency. Raises ValidationError for an unknown field or no text,
    PermissionDenied for a private one by somebody else.
    """
    _require_voice(initiative, by)
    if private and not may_keep_private(initiative, by):
        raise PermissionDenied
    if field not in FIELDS:
        raise ValidationError("Isian ini tidak dikenal. Muat ulang halaman.")
    owner = initiative.lead_agency_id if private else None
    locked = _lock(initiative)
    if said := _said_before(locked, body=body, by=by).filter(thread__field=field, thread__private_to=owner).first():
        return said.thread
    thread = Thread.objects.create(initiative=initiative, field=field, opened_by=by, private_to_id=owner)
    _say(thread, body=body, quote=quote, by=by, version=locked.edit_version)
    return thread


@transaction.atomic
def reply(thread: Thread, *, body: str, by: User, quote: str = "") -> Comment:
    """Add to a conversation; a resolved one opens again, because somebody still has something to say."""
    _require_part(thread, by)
    locked = _lock(thread.initiative)
    if said := _said_before(locked, body=body, by=by).filter(thread=thread).first():
        return said
    if thread.resolved_at:
        Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    return _say(thread, body=body, quote=quote, by=by, version=locked.edit_version)


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> None:
    """Mark a conversation as finished; doing so twice changes nothing."""
    _require_part(thread, by)
    Thread.objects.filter(pk=thread.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> None:
    """Take a conversation up again."""
    _require_part(thread, by)
    Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)


def assignable(thread: Thread) -> list[Membership]:
    """Who can be asked to deal with it: the agency's people, and Diskominfo's unless the agency keeps it to itself.

    Each person once, in the order of their roles.
    """
    initiative = thread.initiative
    active = Membership.objects.active_on(timezone.localdate()).filter(regency=initiative.regency, user__is_active=True)
    people: dict[int, Membership] = {}
    for row in active.select_related("user", "agency").order_by("role", "user__name", "pk"):
        # A coordinator may sit in an agency, and still speaks for the regency and not for it.
        works_for = row.agency_id if row.role in AGENCY_ROLES else None
        of_a_side = row.role == Role.COORDINATOR or works_for == initiative.lead_agency_id
        if of_a_side and thread.may_be_read_for(works_for):
            people.setdefault(row.user_id, row)
    return list(people.values())


@transaction.atomic
def assign(thread: Thread, *, to: User | None, by: User, due: date | None = None) -> None:
    """Ask one person to deal with it, at the latest on `due`; `to=None` takes the task back.

    Raises ValidationError for somebody who cannot be asked. The person is told, once, unless it is `by`.
    """
    _require_part(thread, by)
    found = next((row for row in assignable(thread) if to is not None and row.user_id == to.pk), None)
    if to is not None and found is None:
        raise ValidationError("Orang ini tidak dapat ditugasi catatan ini. Pilih orang lain dari daftar.")
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    is_new = to is not None and (locked.assigned_to_id, locked.due_date) != (to.pk, due)
    Thread.objects.filter(pk=thread.pk).update(
        assigned_to=to,
        assigned_as=byline(to, thread.regency) if to else "",
        assigned_at=timezone.now() if to else None,
        due_date=due if to else None,
    )
    if to is not None and is_new and to != by:
        thread.refresh_from_db(fields=["assigned_to", "assigned_as", "assigned_at", "due_date"])
        notifications.assigned(thread, to=to, by_role=byline(by, thread.regency))


def _require_voice(initiative: Initiative, by: User) -> None:
    require(by, Permission.COMMENT, initiative.regency, initiative.lead_agency_id)


def _require_part(thread: Thread, by: User) -> None:
    """Whoever may write at the initiative and read this conversation takes part in it."""
    _require_voice(thread.initiative, by)
    if thread.private_to_id and thread.private_to_id not in own_agency_ids(by, thread.regency):
        raise PermissionDenied


def _lock(initiative: Initiative) -> Initiative:
    """The row as it is now, held: two presses at once meet here."""
    return Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)


def _said_before(initiative: Initiative, *, body: str, by: User) -> QuerySet[Comment]:
    """What `by` said in these words a moment ago."""
    recent = timezone.now() - REPEATED_WITHIN
    text = clean_text(body, COMMENT_LIMIT)
    mine = Comment.objects.filter(thread__initiative=initiative, author=by, body=text, created_at__gte=recent)
    return mine.select_related("thread")


def _say(thread: Thread, *, body: str, quote: str, by: User, version: int) -> Comment:
    text = clean_text(body, COMMENT_LIMIT)
    if not text:
        raise ValidationError("Catatan masih kosong: tulis apa yang perlu diperhatikan.")
    comment = Comment.objects.create(
        thread=thread,
        author=by,
        author_role=byline(by, thread.regency),
        body=text,
        quote=clean_text(quote, QUOTE_LIMIT),
        edit_version=version,
    )
    notifications.commented(comment)
    return comment
