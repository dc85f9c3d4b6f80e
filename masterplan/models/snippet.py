"""Saved replies of a regency, to insert into a message or a comment and edit there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.initiatives.review import COMMENT_LIMIT

SNIPPET_TITLE_LIMIT = 80


class ReplySnippet(models.Model):
    """One reply with a title to find it by; all reviewers of the regency use and edit it."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="reply_snippets")
    title = models.CharField("judul", max_length=SNIPPET_TITLE_LIMIT)
    text = models.TextField("isi", max_length=COMMENT_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("diubah", default=timezone.now)

    class Meta:
        verbose_name = "balasan tersimpan"
        verbose_name_plural = "balasan tersimpan"
        ordering = ("title", "pk")
        constraints = (
            models.UniqueConstraint(fields=("regency", "title"), name="replysnippet_titled_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="replysnippet_is_written"),
        )

    def __str__(self) -> str:
        return self.title
