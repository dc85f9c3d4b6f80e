"""What the people of the sample have read of their news: whatever was dealt with since it was told.

Loading goes through the actions, so everybody is told of everything that ever happened, on the day of loading. A
beginner should find the handful that still waits for somebody.
"""

from urllib.parse import urlsplit

from django.urls import resolve

from agencies.access import own_agency_ids
from agencies.actions.notices import mark_read
from agencies.models import Notice, NoticeKind, User
from masterplan.models import Initiative, Section, Thread
from masterplan.models.thread import Subject, conversations
from masterplan.reference import InitiativeStatus as S

# What nothing more is done about; of these only the outcome is news.
_ENDED = frozenset({S.APPROVED, S.WITHDRAWN})


def mark_past_notices_read() -> None:
    """Everybody has opened what lies behind them, as if they had done so from their list."""
    statuses = dict(Initiative.objects.values_list("pk", "status"))
    talked_about = dict(Initiative.objects.values_list("threads__pk", "pk"))
    for user in User.objects.filter(notices__isnull=False).distinct():
        for notice in user.notices.unread():
            page = resolve(urlsplit(notice.path).path)
            pk: int | None = page.kwargs.get("pk")
            if pk is None:  # A notice of a grant leads to the desk, which is about no initiative.
                continue
            is_talk = page.url_name == "thread_detail"
            status = statuses.get(talked_about.get(pk, 0) if is_talk else pk)
            if _has_passed(notice, status) or (is_talk and _is_over(_thread(pk, user, notice), notice)):
                mark_read(notice, by=user)


def _has_passed(notice: Notice, status: str | None) -> bool:
    """Whether the initiative in `status` that it is about has gone on since."""
    if notice.kind == NoticeKind.SUBMITTED:
        return status != S.SUBMITTED
    return status in _ENDED and notice.kind != NoticeKind.APPROVED


def _thread(pk: int, user: User, notice: Notice) -> Thread:
    """The conversation as the person may read it."""
    subject: Subject = Initiative.objects.filter(threads__pk=pk).first() or Section.objects.get(threads__pk=pk)
    found = conversations(subject, own_agency_ids(user, subject.regency))
    return next(thread for thread in found if thread.pk == pk)


def _is_over(thread: Thread, notice: Notice) -> bool:
    """A conversation is new to whoever is asked to deal with it, and to the others by its last word until then."""
    if not thread.is_open:
        return True
    if notice.kind != NoticeKind.COMMENTED:
        return False
    return thread.assigned_to_id is not None or not notice.path.endswith(f"={thread.loaded_comments[-1].pk}")
