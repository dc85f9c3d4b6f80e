"""A workbook that is to become (part of) a development plan: looked at, read, and stored as a whole, by a worker.

Between these steps a person decides what the columns are, answers questions and agrees to what would change.
"""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.initiatives.upload import UploadJob
from smartcity.common.constraints import one_of

from .development_plan import DevelopmentPlan


class PlanImportPhase(models.TextChoices):
    """What the job does, or has done last."""

    LOOK = "look", "Tabel dicari"
    READ = "read", "Dibaca"
    STORE = "store", "Disimpan"


class PlanImport(UploadJob):
    """One upload. `tables` are the sheets with the roles of their columns, `answers` those to questions by their key,
    each with the sentence it answers, `removed` the nodes that go because the file does not name them, `result` what
    was read, then what was stored.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="imports")
    phase = models.CharField("langkah", max_length=5, choices=PlanImportPhase, default=PlanImportPhase.LOOK)
    tables = models.JSONField("tabel", default=list, blank=True)
    answers = models.JSONField("jawaban", default=dict, blank=True)
    removed = models.JSONField("dihapus", default=list, blank=True)

    class Meta(UploadJob.Meta):
        abstract = False
        verbose_name = "impor rencana"
        verbose_name_plural = "impor rencana"
        constraints = (
            *UploadJob.Meta.constraints,
            one_of("phase", PlanImportPhase.values, table="planimport"),
            models.CheckConstraint(
                condition=Q(phase=PlanImportPhase.STORE, confirmed_at__isnull=False)
                | (~Q(phase=PlanImportPhase.STORE) & Q(confirmed_at__isnull=True)),
                name="planimport_store_was_confirmed",
            ),
        )

    def get_absolute_url(self) -> str:
        """The page of the step that is due."""
        return reverse("plan_import_detail", args=[self.regency.slug, self.pk])

    @property
    def regency(self) -> Regency:
        """The regency whose plan it is about."""
        return self.plan.regency

    @property
    def is_looked_at(self) -> bool:
        """Whether its tables were found, and somebody is to say what the columns are."""
        return self.has_ended(PlanImportPhase.LOOK)

    @property
    def standing(self) -> str:
        """Where it stands, in words for a list."""
        return "Menunggu arti kolom" if self.is_looked_at else super().standing


class ColumnProfile(models.Model):
    """What somebody decided the columns under these heads are, for the next file with the same heads."""

    regency = models.ForeignKey(Regency, on_delete=models.CASCADE, related_name="column_profiles")
    signature = models.CharField(max_length=64)
    heads = models.JSONField("judul kolom")
    roles = models.JSONField("arti kolom")
    money_unit = models.PositiveIntegerField("satuan uang", default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("disimpan", default=timezone.now)

    class Meta:
        verbose_name = "arti kolom tersimpan"
        verbose_name_plural = "arti kolom tersimpan"
        ordering = ("regency", "-saved_at")
        constraints = (models.UniqueConstraint(fields=("regency", "signature"), name="columnprofile_once"),)

    def __str__(self) -> str:
        return " · ".join(str(head) for head in self.heads)[:80]


def signature_of(heads: Iterable[str]) -> str:
    """What two tables with the same heads in the same order have in common."""
    return hashlib.sha256("\x1f".join(" ".join(head.casefold().split()) for head in heads).encode()).hexdigest()
