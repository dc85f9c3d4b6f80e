"""Mail on its way out: written with the act that causes it, sent by a worker, so neither waits for the other."""

from django.db import models

from smartcity.common.jobs import LeasedJob


class OutgoingMail(LeasedJob):
    """One message to one address, sent at most once per successful claim."""

    to = models.EmailField("kepada")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "surel keluar"
        verbose_name_plural = "surel keluar"
        ordering = ("-requested_at",)

    def __str__(self) -> str:
        return self.subject
