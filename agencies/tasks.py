"""Background work for people: sending the mail that actions have written down."""

import smtplib

from celery import shared_task
from django.core.mail import send_mail as send_now

from agencies.models import OutgoingMail
from smartcity.common.jobs import claim, fail, publish, release

MAIL_LEASE_SECONDS = 60


@shared_task
def send_mail(pk: int) -> None:
    """Send one message. A server that is away costs no attempt: the sweep rings again until it is back."""
    mail = claim(OutgoingMail, pk, lease_seconds=MAIL_LEASE_SECONDS)
    if mail is None:
        return
    try:
        send_now(mail.subject, mail.body, None, [mail.to])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        fail(mail, f"Surel ditolak server: {error}", retry=True)
    except (smtplib.SMTPException, OSError) as error:
        release(mail, f"Menunggu server surel: {error}")
    else:
        publish(mail)
