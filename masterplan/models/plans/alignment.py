"""Links between initiatives and development plans. A link is a request: proposed, then accepted or rejected."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.initiatives.initiative import Initiative
from masterplan.reference import LinkState
from smartcity.common.constraints import both_or_neither, one_of, state_needs

from .indicator import Indicator
from .plan_element import PlanElement


class AlignmentLink(models.Model):
    """An initiative says it carries out a program (and serves one of its indicators); Diskominfo decides."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    element = models.ForeignKey(PlanElement, on_delete=models.PROTECT, related_name="links")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    state = models.CharField("keadaan", max_length=8, choices=LinkState, default=LinkState.PROPOSED)
    rationale = models.TextField("alasan usulan", blank=True, max_length=600)
    decision_reason = models.TextField("alasan keputusan", blank=True, max_length=600)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("diusulkan", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("diputuskan", null=True, blank=True)

    class Meta:
        verbose_name = "tautan keselarasan"
        verbose_name_plural = "tautan keselarasan"
        ordering = ("initiative", "element__plan__kind", "element__sort_key", "pk")
        constraints = (
            # A rejected link stays on record; the same one may be proposed anew.
            models.UniqueConstraint(
                fields=("initiative", "element", "indicator"),
                condition=~Q(state=LinkState.REJECTED) & Q(indicator__isnull=False),
                name="alignmentlink_once_with_indicator",
            ),
            models.UniqueConstraint(
                fields=("initiative", "element"),
                condition=~Q(state=LinkState.REJECTED) & Q(indicator__isnull=True),
                name="alignmentlink_once_without_indicator",
            ),
            one_of("state", LinkState.values, table="alignmentlink"),
            state_needs(LinkState.ACCEPTED, "decided_at", table="alignmentlink", column="state"),
            state_needs(LinkState.REJECTED, "decided_at", table="alignmentlink", column="state"),
            both_or_neither("decided_at", "decided_by", table="alignmentlink"),
            models.CheckConstraint(
                condition=~Q(state=LinkState.REJECTED) | ~Q(decision_reason=""),
                name="alignmentlink_rejection_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative} → {self.element}"

    @property
    def regency(self) -> Regency:
        """The regency in which this link was proposed."""
        return self.initiative.regency

    @property
    def state_in_words(self) -> str:
        """`Diterima`; it says so where the one who proposed it also decided, for want of another coordinator."""
        alone = self.decided_by_id is not None and self.decided_by_id == self.proposed_by_id
        return self.get_state_display() + (" oleh pengusulnya sendiri" if alone else "")


def links_of(initiatives: Iterable[int]) -> models.QuerySet[AlignmentLink]:
    """The links of initiatives by their ids."""
    return AlignmentLink.objects.filter(initiative__in=list(initiatives))
