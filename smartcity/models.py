"""The one table of the project itself: when each thing that must happen again and again last did."""

from django.db import models


class Heartbeat(models.Model):
    """A sign of life: `worker` is written by a task that beat rings and a worker runs, so it proves both; `backup` is
    the moment whose state the newest backup holds.
    """

    name = models.CharField("nama", max_length=40, unique=True)
    at = models.DateTimeField("terakhir terlihat")

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
