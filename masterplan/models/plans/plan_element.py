"""The nodes of a development plan, from mission to sub-activity, each with an optional nomenclature code."""

import re

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Regency
from masterplan.reference import LEVELS_WITH_MONEY, Level
from smartcity.common.constraints import one_of

from .development_plan import DevelopmentPlan


def code_sort_key(code: str) -> str:
    """Order codes group by group, so that 2.9 stands before 2.16 and letters keep their place."""
    groups = re.findall(r"\d+|[^\d.\s]+", code)
    return ".".join(group.zfill(6) if group.isdigit() else group for group in groups)


class PlanElement(models.Model):
    """One node. Its parent is in the same plan; a Renstra program names the RPJMD program it carries out."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="elements")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField("jenjang", max_length=16, choices=Level)
    code = models.CharField("kode", max_length=30, blank=True)
    sort_key = models.CharField(max_length=120, editable=False)
    text = models.TextField("uraian")
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_elements",
        verbose_name="penanggung jawab",
    )
    carries_out = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_out_by",
        verbose_name="program RPJMD yang dilaksanakan",
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="pendahulu di periode lalu",
    )
    is_sample = models.BooleanField("contoh", default=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "unsur rencana"
        verbose_name_plural = "unsur rencana"
        ordering = ("plan", "sort_key", "pk")
        indexes = (models.Index(fields=("plan", "level", "sort_key")),)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "level", "code"), condition=~Q(code=""), name="planelement_code_once_per_level"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.MISSION, parent__isnull=True) | ~Q(level=Level.MISSION),
                name="planelement_mission_is_top",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="planelement_has_text"),
            one_of("level", Level.values, table="planelement"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key in step with the code."""
        self.sort_key = code_sort_key(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def regency(self) -> Regency:
        """The regency whose plan this is."""
        return self.plan.regency

    @property
    def bears_money(self) -> bool:
        """Indicative ceilings appear from program level down."""
        return self.level in LEVELS_WITH_MONEY
