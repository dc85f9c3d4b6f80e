"""Mail on its way out: written with the act that causes it, sent by a worker, so neither waits for the other."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q

from smartcity.common.jobs import LeasedJob

STOP_SALT = "agencies.stop"


class OutgoingMail(LeasedJob):
    """One message to one address, sent at most once per successful claim.

    News goes to a `recipient` and says in `news` what it is (a kind of notice, or all that comes at once or in the
    digest), so that it can be stopped. Invitations and what concerns an account have neither: nobody can stop those.
    """

    to = models.EmailField("kepada")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    news = models.CharField("kabar", max_length=16, blank=True, editable=False)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "surel keluar"
        verbose_name_plural = "surel keluar"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            models.CheckConstraint(
                condition=Q(news="", recipient__isnull=True) | (~Q(news="") & Q(recipient__isnull=False)),
                name="outgoingmail_news_has_recipient",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def stop_token(self) -> str:
        """The signed part of the link that stops such news, "" for what cannot be stopped; it never runs out."""
        return stop_token(self.recipient_id, self.news) if self.recipient_id else ""


def stop_token(user_id: int, news: str) -> str:
    """What lets whoever holds it stop `news` for a person, and nothing else; the same each time it is made."""
    return signing.Signer(salt=STOP_SALT).sign_object([user_id, news])
