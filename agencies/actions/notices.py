"""What people decide about their notices: how each kind is delivered, and what they have read."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from agencies.models import Delivery, Notice, NoticeChoice, NoticeKind, User
from agencies.models.notice import TOGETHER
from agencies.notices import deliveries, notices_of


@transaction.atomic
def choose(choices: Mapping[str, str], *, by: User) -> None:
    """Store how these kinds are delivered from now on; waiting notices of an unwanted kind are not mailed."""
    User.objects.select_for_update().get(pk=by.pk)  # two requests at once run one after the other
    for kind, delivery in choices.items():
        NoticeChoice.objects.update_or_create(user=by, kind=NoticeKind(kind), defaults={"delivery": Delivery(delivery)})
    unwanted = [kind for kind, delivery in choices.items() if delivery == Delivery.NONE]
    Notice.objects.waiting().filter(user=by, kind__in=unwanted).update(waits="")


@transaction.atomic
def stop(news: str, *, by: User) -> None:
    """No more mails of a kind, or of all that now comes at once or in the digest; doing so twice changes nothing.

    `by` is whoever the link was sent to; nobody has signed in. Raises ValueError for news that does not exist.
    """
    choose(dict.fromkeys(stopped_by(news, by), Delivery.NONE.value), by=by)


def stopped_by(news: str, user: User) -> list[str]:
    """The kinds that `stop` ends for a person. Raises ValueError for news that does not exist."""
    if news not in TOGETHER:
        return [NoticeKind(news).value]
    return [kind for (_, kind), delivery in deliveries([user.pk]).items() if delivery == news]


@transaction.atomic
def mark_read(notice: Notice, *, by: User) -> None:
    """The person has opened it from their list."""
    Notice.objects.unread().filter(pk=notice.pk, user=by).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, by: User) -> None:
    """The person has seen the list."""
    notices_of(by).unread().update(read_at=timezone.now())
