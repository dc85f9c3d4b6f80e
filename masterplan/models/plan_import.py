"""A workbook that is to become (part of) a development plan: looked at, read, and stored as a whole, by a worker.

Between these steps a person says what the columns are, answers doubts and agrees to what would change.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import Regency
from smartcity.common.constraints import one_of
from smartcity.common.files import forget_with_files, private_storage
from smartcity.common.jobs import JobState, LeasedJob

from .development_plan import DevelopmentPlan

# How long an upload can be looked up after it was sent.
_KEPT = timedelta(days=30)


class PlanImportPhase(models.TextChoices):
    """What the job does, or has done last."""

    LOOK = "look", "Tabel dicari"
    READ = "read", "Dibaca"
    STORE = "store", "Disimpan"


class PlanImport(LeasedJob):
    """One upload. `tables` are the sheets with the roles of their columns, `answers` those to doubts by their key,
    `removed` the nodes that go because the file does not name them, `result` what was read, then what was stored.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="imports")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField("langkah", max_length=5, choices=PlanImportPhase, default=PlanImportPhase.LOOK)
    file = models.FileField("berkas", storage=private_storage, max_length=200)
    filename = models.CharField("nama berkas", max_length=160)
    size = models.PositiveIntegerField("ukuran")
    tables = models.JSONField("tabel", default=list, blank=True)
    answers = models.JSONField("jawaban", default=dict, blank=True)
    removed = models.JSONField("dihapus", default=list, blank=True)
    result = models.JSONField("hasil", default=dict, blank=True)
    confirmed_at = models.DateTimeField("disetujui", null=True, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "impor rencana"
        verbose_name_plural = "impor rencana"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            one_of("phase", PlanImportPhase.values, table="planimport"),
            models.CheckConstraint(
                condition=Q(phase=PlanImportPhase.STORE, confirmed_at__isnull=False)
                | (~Q(phase=PlanImportPhase.STORE) & Q(confirmed_at__isnull=True)),
                name="planimport_store_was_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.filename} {timezone.localtime(self.requested_at):%Y-%m-%d %H.%M}"

    def get_absolute_url(self) -> str:
        """The page of the step that is due."""
        return reverse("plan_import_detail", args=[self.regency.slug, self.pk])

    @property
    def stored_names(self) -> list[str]:
        """Its files in private storage."""
        return [self.file.name] if self.file.name else []

    @property
    def regency(self) -> Regency:
        """The regency whose plan it is about."""
        return self.plan.regency

    def _has_ended(self, phase: str) -> bool:
        return self.phase == phase and self.state == JobState.DONE

    @property
    def is_looked_at(self) -> bool:
        """Whether its tables were found, and somebody is to say what the columns are."""
        return self._has_ended(PlanImportPhase.LOOK)

    @property
    def is_read(self) -> bool:
        """Whether it was read to the end and waits for a word."""
        return self._has_ended(PlanImportPhase.READ)

    @property
    def is_stored(self) -> bool:
        """Whether everything was stored."""
        return self._has_ended(PlanImportPhase.STORE)


class ColumnProfile(models.Model):
    """What somebody said the columns under these heads are, for the next file with the same heads."""

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


def forget_old_plan_imports() -> int:
    """Delete uploads of more than a month ago with their files. Returns how many."""
    old = PlanImport.objects.filter(requested_at__lt=timezone.now() - _KEPT)
    return forget_with_files(old, lambda upload: upload.stored_names)
