"""Requests to print the papers of a stage: its minutes and its attendance list."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Regency
from masterplan.models.document import BookFile
from masterplan.reference_bimtek import PaperKind
from smartcity.common.constraints import one_of
from smartcity.common.jobs import LeasedJob

from .workshop import Workshop


class WorkshopPaper(LeasedJob):
    """A request to print a paper of a stage as it is now. The same content is the same row."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("naskah", max_length=10, choices=PaperKind)
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(BookFile, on_delete=models.PROTECT, null=True, blank=True, related_name="workshop_papers")
    report = models.JSONField("laporan", default=dict, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "permintaan naskah bimtek"
        verbose_name_plural = "permintaan naskah bimtek"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            models.UniqueConstraint(fields=("workshop", "kind", "sha256"), name="workshoppaper_once"),
            one_of("kind", PaperKind.values, table="workshoppaper"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(file__isnull=False), name="workshoppaper_done_has_file"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.workshop}"

    @property
    def regency(self) -> Regency:
        """The regency whose stage this is."""
        return self.workshop.regency
