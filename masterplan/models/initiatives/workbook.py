"""A workbook somebody uploaded: first read and compared, then, when confirmed, stored as a whole, by a worker."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies.models import Regency
from masterplan.models.master_plan import MasterPlan
from smartcity.common.constraints import one_of
from smartcity.common.storage.files import private_storage

from .upload import UploadJob


class WorkbookPhase(models.TextChoices):
    """What the job does, or has done last."""

    READ = "read", "Dibaca"
    STORE = "store", "Disimpan"


class WorkbookImport(UploadJob):
    """One upload. `result` is what the reading found, and after storing also what was stored.

    `initiatives.workbook.preview` shows it.
    """

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="workbook_imports")
    phase = models.CharField("langkah", max_length=5, choices=WorkbookPhase, default=WorkbookPhase.READ)
    marked = models.FileField("salinan bertanda", storage=private_storage, max_length=200, blank=True)
    # Answers in dispute for which the person wants the text of the file: "<initiative>:<question>".
    chosen = models.JSONField("dipilih", default=list, blank=True)

    class Meta(UploadJob.Meta):
        abstract = False
        verbose_name = "unggahan Excel"
        verbose_name_plural = "unggahan Excel"
        constraints = (
            *UploadJob.Meta.constraints,
            one_of("phase", WorkbookPhase.values, table="workbookimport"),
            models.CheckConstraint(
                condition=Q(phase=WorkbookPhase.READ, confirmed_at__isnull=True)
                | Q(phase=WorkbookPhase.STORE, confirmed_at__isnull=False),
                name="workbookimport_store_was_confirmed",
            ),
        )

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
    def may_be_confirmed(self) -> bool:
        """Whether there is something to store and nothing against it."""
        found = self.result
        return self.is_read and not found.get("faults") and bool(found.get("to_store") or found.get("in_dispute"))
