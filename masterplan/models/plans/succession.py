"""What becomes of the nodes of an ended plan in the one that follows it, as the coordinator has decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Regency
from smartcity.common.constraints import once

from .development_plan import DevelopmentPlan
from .plan_element import PlanElement


class Succession(models.Model):
    """One old node goes on in one new node; several olds may go on in the same one, one old in several.

    A row without a new node says that nothing goes on from it. A node without a row is not decided.
    """

    old = models.ForeignKey(PlanElement, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(PlanElement, on_delete=models.PROTECT, null=True, blank=True, related_name="predecessions")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("diputuskan", default=timezone.now)

    class Meta:
        verbose_name = "padanan unsur rencana"
        verbose_name_plural = "padanan unsur rencana"
        ordering = ("old", "new")
        constraints = (
            *once("old", nullable="new", table="succession"),
            models.CheckConstraint(
                condition=Q(new__isnull=True) | ~Q(new=models.F("old")), name="succession_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.old} → {self.new or 'tidak dilanjutkan'}"

    @property
    def regency(self) -> Regency:
        """The regency whose plans these are."""
        return self.old.regency


def decided_between(old: DevelopmentPlan, new: DevelopmentPlan) -> list[tuple[int, int]]:
    """The ids of old nodes and of the new ones in which they go on."""
    rows = Succession.objects.filter(old__plan=old, new__plan=new).order_by("pk")
    return [(before, after) for before, after in rows.values_list("old", "new") if after is not None]
