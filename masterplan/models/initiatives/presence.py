"""Who has an initiative's form open. Renewed by the open page, forgotten when it falls silent; no history is kept."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .initiative import Initiative

# A page reports every 40 seconds that it is still open; after two misses it counts as closed.
PRESENT_FOR = timedelta(seconds=100)


class PresenceQuerySet(models.QuerySet["InitiativePresence"]):
    """Who is there, and who no longer is."""

    def now(self) -> "PresenceQuerySet":
        """Those whose page has been heard lately."""
        return self.filter(seen_at__gte=timezone.now() - PRESENT_FOR)

    def gone(self) -> "PresenceQuerySet":
        """Those whose page has fallen silent."""
        return self.filter(seen_at__lt=timezone.now() - PRESENT_FOR)


class InitiativePresence(models.Model):
    """One person with the form of one initiative open, at the section they opened last."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by_role = models.CharField("sebagai", max_length=200, blank=True)
    section = models.CharField("bagian", max_length=20)
    opened_at = models.DateTimeField("dibuka")
    seen_at = models.DateTimeField("terakhir terdengar", db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "yang sedang membuka"
        verbose_name_plural = "yang sedang membuka"
        ordering = ("opened_at", "pk")
        constraints = (models.UniqueConstraint(fields=("initiative", "user"), name="initiativepresence_once"),)

    def __str__(self) -> str:
        return f"{self.by_role}: {self.section}"
