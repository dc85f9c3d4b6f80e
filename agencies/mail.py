"""Queues mail inside the caller's transaction; `tasks` sends it."""

from typing import Any

from django.template.loader import render_to_string

from agencies.models import OutgoingMail, User
from agencies.tasks import send_mail
from smartcity.common.task_queue import enqueue


def queue_template(address: str, subject: str, template: str, context: dict[str, Any]) -> None:
    """Queue a message rendered from `templates/emails/<template>.txt`.

    For what nobody may stop, and for people without an account; `agencies.notices` sends all other mail.
    """
    queue(address, subject, render_to_string(f"emails/{template}.txt", context))


def queue(address: str, subject: str, body: str, *, recipient: User | None = None, news: str = "") -> OutgoingMail:
    """Store one message and notify a worker; `news` says what of it `recipient` can stop."""
    mail = OutgoingMail.objects.create(to=address, subject=subject[:200], body=body, recipient=recipient, news=news)
    enqueue(send_mail, mail.pk)
    return mail
