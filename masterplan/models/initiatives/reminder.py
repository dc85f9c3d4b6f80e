"""That the desk reminded an agency of an initiative. How people hear of it lives in `notifications`."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .initiative import Initiative

REMINDER_LIMIT = 600


class InitiativeReminder(models.Model):
    """One reminder about one initiative; on one day there is one, whoever presses and however often. Rows are only
    ever added.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField("hari")
    message = models.TextField("pesan", max_length=REMINDER_LIMIT, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField("sebagai", max_length=200)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "pengingat"
        verbose_name_plural = "pengingat"
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=("initiative", "day"), name="initiativereminder_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.initiative.code}, {self.day}"
