"""Writes mail down inside the caller's transaction. When and how it leaves is the business of `tasks`."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from agencies.models import OutgoingMail, User
from agencies.tasks import send_mail
from smartcity.common.task_queue import enqueue


def post(addresses: Iterable[str], subject: str, template: str, context: dict[str, Any]) -> None:
    """Queue one message per distinct address, rendered from `templates/emails/<template>.txt`.

    For what nobody may stop, and for people without an account; news is told by `agencies.notices`.
    """
    body = render_to_string(f"emails/{template}.txt", context)
    for address in sorted(set(addresses)):
        queue(address, subject, body)


def queue(address: str, subject: str, body: str, *, recipient: User | None = None, news: str = "") -> OutgoingMail:
    """Write one message down and wake a worker for it; `news` says what of it `recipient` can stop."""
    mail = OutgoingMail.objects.create(to=address, subject=subject[:200], body=body, recipient=recipient, news=news)
    enqueue(send_mail, mail.pk)
    return mail
