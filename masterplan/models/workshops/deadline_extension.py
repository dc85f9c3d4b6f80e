"""More time for one agency at one stage. The deadline of everybody stands on the workshop itself."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from agencies.models import Agency, Regency

from .workshop import Workshop

EXTENSION_REASON_LIMIT = 300


class DeadlineExtension(models.Model):
    """A later deadline that a coordinator gave to one agency, and why; the reason is read by that agency."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="extensions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deadline_extensions")
    deadline = models.DateTimeField("batas kirim")
    reason = models.TextField("alasan", max_length=EXTENSION_REASON_LIMIT)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("diberikan", default=timezone.now)

    class Meta:
        verbose_name = "perpanjangan batas kirim"
        verbose_name_plural = "perpanjangan batas kirim"
        ordering = ("workshop", "agency")
        constraints = (
            models.UniqueConstraint(fields=("workshop", "agency"), name="deadlineextension_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="deadlineextension_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.agency}: {self.workshop}"

    @property
    def regency(self) -> Regency:
        """The regency whose workshop this is about."""
        return self.workshop.regency


def due_workshops(regency: Regency, agency_id: int | None = None) -> QuerySet[Any]:
    """The workshops of `regency` that have a deadline, with `due`: when it is due for that agency, None for everybody.

    An extension that the general deadline has meanwhile passed counts no more.
    """
    extended = DeadlineExtension.objects.filter(workshop=OuterRef("pk"), agency=agency_id).values("deadline")[:1]
    rows = regency.workshops.exclude(deadline=None)
    if agency_id is None:
        return rows.annotate(due=F("deadline"))
    return rows.alias(extended=Subquery(extended)).annotate(
        due=Case(When(extended__gt=F("deadline"), then="extended"), default="deadline")
    )


def later_deadlines(workshop: Workshop) -> dict[int, datetime]:
    """By agency id, the deadlines of those that were given more time; by the same rule as `due_workshops`."""
    general = workshop.deadline
    return {row.agency_id: row.deadline for row in workshop.extensions.all() if general and row.deadline > general}
