"""The record of a review: what changed state. The conversations at the fields are in `thread`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.models.document import Snapshot
from masterplan.reference import EditionStatus, InitiativeStatus

from .initiative import Initiative

COMMENT_LIMIT = 2000


class StatusChange(models.Model):
    """One transition of an initiative or an edition. Rows are only ever added."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="status_changes"
    )
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.CASCADE, null=True, blank=True, related_name="status_changes"
    )
    transition = models.CharField("langkah", max_length=20)
    from_status = models.CharField("dari", max_length=12)
    to_status = models.CharField("menjadi", max_length=12)
    comment = models.TextField("pesan", blank=True, max_length=COMMENT_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField("peran", max_length=120, blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "perubahan keadaan"
        verbose_name_plural = "perubahan keadaan"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(initiative__isnull=True, snapshot__isnull=False)
                | Q(initiative__isnull=False, snapshot__isnull=True),
                name="statuschange_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(transition="return") | ~Q(comment=""), name="statuschange_return_has_comment"
            ),
            models.CheckConstraint(
                condition=~Q(transition="unlock") | ~Q(comment=""), name="statuschange_unlock_has_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"

    @property
    def to_label(self) -> str:
        """What came of it, in words: the state it led to, or that the plan was opened."""
        if self.transition == "unlock":
            return "Rencana induk dibuka"
        states = EditionStatus if self.snapshot_id else InitiativeStatus
        return str(states(self.to_status).label)
