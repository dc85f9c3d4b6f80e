"""Background work for people: sending the mail that actions have written down."""

import smtplib

from celery import shared_task
from django.core.mail import send_mail as send_now

from agencies.models import OutgoingMail
from smartcity.common.jobs import claim, fail, publish

MAIL_LEASE_SECONDS = 60


@shared_task
def send_mail(pk: int) -> None:
    """Send one message; a server that is away is tried again by the sweep, three times in all."""
    mail = claim(OutgoingMail, pk, lease_seconds=MAIL_LEASE_SECONDS)
    if mail is None:
        return
    try:
        send_now(mail.subject, mail.body, None, [mail.to])
    except (smtplib.SMTPException, OSError) as error:
        fail(mail, f"Surel belum terkirim: {error}", retry=True)
    else:
        publish(mail)
