"""A workbook somebody uploaded: first read and compared, then, when confirmed, stored as a whole, by a worker."""

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

from .master_plan import MasterPlan

# How long an upload can be looked up after it was sent.
_KEPT = timedelta(days=30)


class WorkbookPhase(models.TextChoices):
    """What the job does, or has done last."""

    READ = "read", "Dibaca"
    STORE = "store", "Disimpan"


class WorkbookImport(LeasedJob):
    """One upload. `result` is what the reading found, and after storing also what was stored; see `sheets.preview`."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="workbook_imports")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField("langkah", max_length=5, choices=WorkbookPhase, default=WorkbookPhase.READ)
    file = models.FileField("berkas", storage=private_storage, max_length=200)
    filename = models.CharField("nama berkas", max_length=160)
    size = models.PositiveIntegerField("ukuran")
    marked = models.FileField("salinan bertanda", storage=private_storage, max_length=200, blank=True)
    result = models.JSONField("hasil", default=dict, blank=True)
    # Answers in dispute for which the person wants the text of the file: "<initiative>:<question>".
    chosen = models.JSONField("dipilih", default=list, blank=True)
    confirmed_at = models.DateTimeField("disetujui", null=True, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "unggahan Excel"
        verbose_name_plural = "unggahan Excel"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            one_of("phase", WorkbookPhase.values, table="workbookimport"),
            models.CheckConstraint(
                condition=Q(phase=WorkbookPhase.READ, confirmed_at__isnull=True)
                | Q(phase=WorkbookPhase.STORE, confirmed_at__isnull=False),
                name="workbookimport_store_was_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.filename} {timezone.localtime(self.requested_at):%Y-%m-%d %H.%M}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, then what would change, then what was stored."""
        return reverse("workbook_detail", args=[self.regency.slug, self.pk])

    @property
    def stored_names(self) -> list[str]:
        """Its files in private storage."""
        return [field.name for field in (self.file, self.marked) if field.name]

    @property
    def regency(self) -> Regency:
        """The regency whose initiatives it is about."""
        return self.master_plan.regency

    @property
    def is_read(self) -> bool:
        """Whether it was read to the end and waits for a word."""
        return self.phase == WorkbookPhase.READ and self.state == JobState.DONE

    @property
    def is_stored(self) -> bool:
        """Whether everything was stored."""
        return self.phase == WorkbookPhase.STORE and self.state == JobState.DONE

    @property
    def may_be_confirmed(self) -> bool:
        """Whether there is something to store and nothing against it."""
        found = self.result
        return self.is_read and not found.get("faults") and bool(found.get("to_store") or found.get("in_dispute"))


def forget_old_imports() -> int:
    """Delete uploads of more than a month ago with their files; what they stored is in the initiatives' own history.

    Returns how many.
    """
    old = WorkbookImport.objects.filter(requested_at__lt=timezone.now() - _KEPT)
    return forget_with_files(old, lambda upload: upload.stored_names)
