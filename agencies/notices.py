"""Notices: stored with the act that causes them, and mailed at once or once a day, as each person has chosen.

The row of a notice is the truth. `mail_waiting` turns rows into mails, by the clock; it may run twice, on several
machines, or after a night without any. The callers of `notify` decide who hears of what.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max, Min, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.mail import queue
from agencies.models import (
    NEWS,
    Delivery,
    Digest,
    Membership,
    MinistryMember,
    Notice,
    NoticeChoice,
    NoticeKind,
    OutgoingMail,
    User,
)
from agencies.models.notice import SUBJECT_LIMIT, NoticeQuerySet
from agencies.models.outgoing_mail import stop_token
from agencies.roles import AGENCY_ROLES
from smartcity.common.formatting import format_date

logger = logging.getLogger(__name__)

# What comes at once waits until nothing more has come for this long, so that an act on many rows is one mail;
# but never longer than the second.
QUIET, LONGEST_WAIT = timedelta(seconds=15), timedelta(seconds=120)
# Digests leave from settings.DIGEST_HOUR until here, Monday to Friday, in the time zone of the regency.
LAST_HOUR = 16
_WORKDAYS = range(5)
# A longer mail is not read: the page has the rest, and the whole of each text.
MOST_IN_A_MAIL, EXCERPT = 40, 280


def deliveries(users: Iterable[int]) -> dict[tuple[int, str], str]:
    """The delivery of each kind for each of these people, by user id and kind."""
    pks = list(users)
    chosen = {(row.user_id, row.kind): row.delivery for row in NoticeChoice.objects.filter(user__in=pks)}
    usual = {(pk, kind.value): news.usual.value for pk in pks for kind, news in NEWS.items()}
    return usual | chosen


def kinds_for(user: User) -> list[NoticeKind]:
    """The kinds that can reach somebody with these roles; all of them for somebody without any."""
    held = [row.spec for regency in access.regencies(user) for row in access.memberships(user, regency)]
    if member := access.ministry_member(user):
        held.append(member.spec)
    reaching: frozenset[NoticeKind] = frozenset().union(*(spec.notices for spec in held))
    return [kind for kind in NEWS if not held or kind in reaching]


def known_to(user: User) -> Q:
    """The notices that were sent to a person in a role they still hold; those of former roles are no longer shown."""
    known = _known_to_ministry(user)
    for regency in access.regencies(user):
        for row in access.memberships(user, regency):
            told_as = Q(agency=row.agency_id) if row.role in AGENCY_ROLES else Q(agency=None, role=row.role)
            known |= Q(regency=regency) & told_as
    return known


def _known_to_ministry(user: User) -> Q:
    """The notices of a role at the ministry: about no single regency, or about one that is still reached."""
    member = access.ministry_member(user)
    if member is None:
        return Q(pk__in=[])
    reached = member.reached(timezone.localdate(), "regency__code")
    return Q(agency=None, role=member.role) & (Q(regency=None) | reached)


def notices_of(user: User) -> NoticeQuerySet:
    """The notices of a person, the newest first."""
    return Notice.objects.filter(known_to(user), user=user).select_related("regency")


def unread_news(user: User) -> int:
    """The number of unread notices, from what `access` has loaded; only for people of the ministry it makes a query."""
    counts = {
        (row.regency_id, row.agency_id if row.role in AGENCY_ROLES else row.role): row.unread_news
        for regency in access.regencies(user)
        for row in access.memberships(user, regency)
    }
    at_ministry = 0
    if access.ministry_member(user):
        at_ministry = Notice.objects.unread().filter(_known_to_ministry(user), user=user).count()
    return sum(counts.values()) + at_ministry


def notify(
    people: Iterable[Membership], kind: NoticeKind, subject: str, template: str, context: dict[str, Any], *, path: str
) -> None:
    """Store a notice for each of `people`, once a person, with the text of `templates/emails/<template>.txt`; `path` is
    the page it is about. Call it in the transaction of the act.
    """
    recipients: dict[int, Membership] = {}
    for row in people:
        if row.user.is_active:
            recipients.setdefault(row.user_id, row)
    if not recipients:
        return
    places = {
        pk: {
            "regency_id": row.regency_id,
            "agency_id": row.agency_id if row.role in AGENCY_ROLES else None,
            "role": row.role,
        }
        for pk, row in recipients.items()
    }
    _store(places, kind, subject, template, context, path)


def notify_member(
    member: MinistryMember, kind: NoticeKind, subject: str, template: str, context: dict[str, Any], *, path: str
) -> None:
    """`notify` somebody of the ministry of what concerns no single regency, such as a grant for a round."""
    if member.user.is_active:
        _store({member.user_id: {"role": member.role}}, kind, subject, template, context, path)


def _store(
    places: dict[int, dict[str, Any]], kind: NoticeKind, subject: str, template: str, context: dict[str, Any], path: str
) -> None:
    """Store a notice for each person of `places`, by id; its values say as what they receive it."""
    text = render_to_string(f"emails/{template}.txt", context).strip()
    chosen = deliveries(places)
    Notice.objects.bulk_create(
        Notice(
            user_id=pk,
            kind=kind,
            subject=" ".join(subject.split())[:SUBJECT_LIMIT],
            text=text,
            path=path,
            waits="" if chosen[pk, kind] == Delivery.NONE else chosen[pk, kind],
            **place,
        )
        for pk, place in places.items()
    )


# Mails ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Waiting:
    """The notices that wait for one person in one kind of mail."""

    user_id: int
    first: int
    oldest: datetime
    newest: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether what comes at once has been quiet, or has waited long enough."""
        return now - self.newest >= QUIET or now - self.oldest >= LONGEST_WAIT


def mail_waiting(now: datetime) -> int:
    """Make the mails that are due at `now`; returns how many. A failure at one mail does not affect the others."""
    due: list[tuple[int, date | None]] = [(row.user_id, None) for row in _waiting(Delivery.NOW) if row.is_due(now)]
    due += _due_digests(_waiting(Delivery.DIGEST), now)
    return sum(_mail(user_id, day) for user_id, day in due)


def _waiting(delivery: Delivery) -> list[_Waiting]:
    rows = Notice.objects.waiting().filter(waits=delivery).order_by("user_id").values("user_id")
    found = rows.annotate(first=Min("pk"), oldest=Min("created_at"), newest=Max("created_at"))
    return [_Waiting(**row) for row in found]


def _due_digests(rows: list[_Waiting], now: datetime) -> list[tuple[int, date | None]]:
    """The people whose digest leaves now, with its day: during working hours, unless it was sent already."""
    zones = dict(Notice.objects.filter(pk__in=[row.first for row in rows]).values_list("user", "regency__time_zone"))
    local = {user_id: now.astimezone(ZoneInfo(zone or settings.TIME_ZONE)) for user_id, zone in zones.items()}
    due: list[tuple[int, date | None]] = [
        (user_id, moment.date()) for user_id, moment in local.items() if is_digest_time(moment)
    ]
    recent = Digest.objects.filter(day__gte=now.date() - timedelta(days=1)).values_list("user_id", "day")
    had = set(recent) if due else set()
    return [one for one in due if one not in had]


def is_digest_time(local: datetime) -> bool:
    """Whether a digest may leave at this local time."""
    return local.weekday() in _WORKDAYS and settings.DIGEST_HOUR <= local.hour < LAST_HOUR


def _mail(user_id: int, day: date | None) -> bool:
    """Make the mail of what comes at once, or the digest of `day`; what fails now is tried at the next ring."""
    try:
        return _gather(user_id, Delivery.NOW if day is None else Delivery.DIGEST, day)
    except DatabaseError as error:
        logger.warning("news of person %s waits: %s", user_id, error)
        return False


@transaction.atomic
def _gather(user_id: int, delivery: Delivery, day: date | None) -> bool:
    """Make one mail of what waits. The row locks keep two senders apart, and for digests the row of the day."""
    waiting = Notice.objects.waiting().filter(user_id=user_id, waits=delivery)
    locked = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    user = access.load_user(user_id)
    if not locked or user is None:
        return False
    rows = list(notices_of(user).filter(pk__in=locked).order_by("created_at", "pk"))
    if rows and day is not None and not Digest.objects.get_or_create(user=user, day=day)[1]:
        return False
    mail = _letter(user, rows, day) if rows else None
    Notice.objects.filter(pk__in=locked).update(waits="")
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mail=mail)
    return mail is not None


def _letter(user: User, rows: list[Notice], day: date | None) -> OutgoingMail:
    """A mail with one notice in full, or with several as a list by kind."""
    links = {"settings_url": settings.BASE_URL + reverse("notice_settings")}
    if day is None and len(rows) == 1:
        notice = rows[0]
        links["stop_url"] = stop_url(user, notice.kind)
        body = render_to_string("emails/notice.txt", {"notice": notice, **links})
        return queue(user.email, notice.subject, body, recipient=user, news=notice.kind)
    news = Delivery.NOW if day is None else Delivery.DIGEST
    subject = f"Ringkasan {format_date(day)}: {len(rows)} kabar" if day else f"{len(rows)} kabar untuk Anda"
    links["stop_url"] = stop_url(user, news)
    context = {
        "groups": _by_kind(rows[:MOST_IN_A_MAIL]),
        "more": max(0, len(rows) - MOST_IN_A_MAIL),
        "several_regencies": len({row.regency_id for row in rows}) > 1,
        "regency": rows[0].regency,
        "is_digest": day is not None,
        "list_url": settings.BASE_URL + reverse("notice_list"),
        **links,
    }
    return queue(user.email, subject, render_to_string("emails/notices.txt", context), recipient=user, news=news)


def _by_kind(rows: list[Notice]) -> list[tuple[str, list[dict[str, Any]]]]:
    order = list(NEWS)
    ranked = sorted(rows, key=lambda row: order.index(NoticeKind(row.kind)))
    return [
        (NoticeKind(kind).label, [{"notice": row, "excerpt": excerpt(row.text)} for row in found])
        for kind, found in groupby(ranked, key=lambda row: row.kind)
    ]


def excerpt(text: str) -> str:
    """The start of a text as one line; its lines are separated by dots."""
    line = ""
    for part in (" ".join(row.split()) for row in text.splitlines()):
        line += (" " if line.endswith((":", ".", "?", "”")) else " · ") * bool(line and part) + part
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + " …"


def stop_url(user: User, news: str) -> str:
    """The whole address of the page that stops `news` for a person without signing in."""
    return settings.BASE_URL + reverse("notice_stop", args=[stop_token(user.pk, news)])


# What is kept --------------------------------------------------------------------------------------------------------


def forget_old_news() -> int:
    """Delete news, mails that have ended and digests older than settings.NEWS_KEPT_DAYS; returns how many rows."""
    limit = timezone.now() - timedelta(days=settings.NEWS_KEPT_DAYS)
    old = (
        Notice.objects.filter(waits="", created_at__lt=limit),
        OutgoingMail.objects.filter(finished_at__lt=limit),
        Digest.objects.filter(day__lt=limit.date()),
    )
    return sum(rows.delete()[0] for rows in old)
