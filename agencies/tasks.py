"""Background work for people: sending the mail that actions have written down."""

import smtplib
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from agencies.models import OutgoingMail
from smartcity.common.jobs import claim, fail, publish, release, renew

MAIL_LEASE_SECONDS = 60


@shared_task
def send_mail(pk: int) -> None:
    """Send one message. A server that is away costs no attempt: the sweep sends the task again until it is back."""
    mail = claim(OutgoingMail, pk, lease_seconds=MAIL_LEASE_SECONDS)
    # A worker that slept after its claim finds out here that another one has sent it.
    if mail is None or not renew(mail):
        return
    try:
        EmailMessage(mail.subject, mail.body, None, [mail.to], headers=_headers(mail)).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        fail(mail, f"Surel ditolak server: {error}", retry=True)
    except (smtplib.SMTPException, OSError) as error:
        release(mail, f"Menunggu server surel: {error}")
    else:
        publish(mail)


def _headers(mail: OutgoingMail) -> dict[str, str]:
    """The same id however often it is handed over: where a worker dies between the server's yes and its own note, the
    mailbox knows the second copy. News says how to stop it with one press (RFC 8058).
    """
    host = urlsplit(settings.BASE_URL).hostname
    headers = {
        "Message-ID": f"<{mail.pk}.{int(mail.requested_at.timestamp())}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.stop_token:
        url = settings.BASE_URL + reverse("notice_stop", args=[mail.stop_token])
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers
