"""A request to print letters to agencies. What they say is composed in `overview.letters`."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Regency
from smartcity.common.jobs import LeasedJob

from .document import BookFile


class LetterJob(LeasedJob):
    """Letters of one moment under a regency's letterhead, in one file. The same content is the same row."""

    regency = models.ForeignKey(Regency, on_delete=models.CASCADE, related_name="letter_jobs")
    title = models.CharField("judul", max_length=200)
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(BookFile, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_jobs")
    report = models.JSONField("laporan", default=dict, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "permintaan surat"
        verbose_name_plural = "permintaan surat"
        ordering = ("-requested_at", "-pk")
        constraints = (
            *LeasedJob.Meta.constraints,
            models.UniqueConstraint(fields=("regency", "sha256"), name="letterjob_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(file__isnull=False), name="letterjob_done_has_file"),
        )

    def __str__(self) -> str:
        return self.title
