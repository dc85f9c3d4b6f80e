"""The one-time addresses at which whoever installs a portal makes the operator's account."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from smartcity.common.constraints import both_or_neither


class SetupLink(models.Model):
    """One address, known by the fingerprint of its random part alone, so that the database opens nothing by itself."""

    token_hash = models.CharField("sidik tautan", max_length=64, unique=True)
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "tautan penyiapan"
        verbose_name_plural = "tautan penyiapan"
        ordering = ("-made_at",)
        constraints = (both_or_neither("used_at", "used_by", table="setuplink"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the address still works."""
        return self.used_at is None and self.expires_at > timezone.now()


def new_token() -> str:
    """A random part that nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
