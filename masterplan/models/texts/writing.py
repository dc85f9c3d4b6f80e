"""Rows that several people edit, and the record of what each save changed. `editing.actions.written` saves them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Regency
from masterplan.models.change import ChangeSource, RecordedChange
from masterplan.models.master_plan import MasterPlan
from masterplan.reference import WritingKind
from smartcity.common.constraints import one_of


class WrittenRow(models.Model):
    """A row of a master plan with a version that counts its saves. A subclass says its `writing_kind`."""

    writing_kind: WritingKind

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE)
    edit_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField("diubah", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def regency(self) -> Regency:
        """The regency whose plan this belongs to."""
        return self.master_plan.regency

    @property
    def changes(self) -> "models.QuerySet[WritingChange]":
        """What its saves changed, newest first."""
        return self.master_plan.writing_changes.filter(kind=self.writing_kind, subject_id=self.pk or 0)


class WritingChange(RecordedChange):
    """What one save changed in a written row. Rows are only ever added.

    The row is named by kind and id, not by a relation: its record outlives it. When a row is removed, `before`
    holds all of it and `after` nothing.
    """

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="writing_changes")
    kind = models.CharField("jenis", max_length=15, choices=WritingKind)
    subject_id = models.PositiveBigIntegerField("baris")

    class Meta(RecordedChange.Meta):
        verbose_name = "perubahan naskah"
        verbose_name_plural = "perubahan naskah"
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject_id", "version"), name="writingchange_once"),
            models.UniqueConstraint(
                fields=("kind", "subject_id", "request_key"),
                condition=~Q(request_key=""),
                name="writingchange_one_per_request",
            ),
            one_of("kind", WritingKind.values, table="writingchange"),
            one_of("source", ChangeSource.values, table="writingchange"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject_id} versi {self.version}"
