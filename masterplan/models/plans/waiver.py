"""Reasons for setting aside what a check finds. The checks themselves live in `reasoning.inspection`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.master_plan import MasterPlan

WAIVER_LIMIT = 600


class CheckWaiver(models.Model):
    """A coordinator's reason why a finding stands, about one subject of one check; printed in the review annex.

    The subject is known by its id alone: initiatives, nodes of plans, agencies, districts and dimensions all occur.
    """

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.PROTECT, related_name="check_waivers")
    check_code = models.CharField("pemeriksaan", max_length=40)
    subject_id = models.PositiveBigIntegerField("pokok temuan")
    subject_name = models.CharField("nama pokok temuan", max_length=400)
    reason = models.TextField("alasan", max_length=WAIVER_LIMIT)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField("dikesampingkan", default=timezone.now)

    class Meta:
        verbose_name = "alasan pengesampingan"
        verbose_name_plural = "alasan pengesampingan"
        ordering = ("master_plan", "check_code", "subject_name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "check_code", "subject_id"), name="checkwaiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="checkwaiver_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.check_code}: {self.subject_name}"

    @property
    def regency(self) -> Regency:
        """The regency whose plan this belongs to."""
        return self.master_plan.regency
