"""What a development plan measures and what it may cost: indicators, yearly targets, budget ceilings."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q

from agencies.models import Agency
from masterplan.reference import Direction
from smartcity.common.constraints import one_of

from .development_plan import DevelopmentPlan
from .plan_element import PlanElement


class Indicator(models.Model):
    """An indicator of a goal, objective or program. The baseline may be empty or "-" in the source: kept as written."""

    element = models.ForeignKey(PlanElement, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField("indikator", max_length=300)
    unit = models.CharField("satuan", max_length=60, blank=True)
    baseline = models.CharField("kondisi awal", max_length=60, blank=True)
    end_condition = models.CharField("kondisi akhir", max_length=60, blank=True)
    direction = models.CharField("arah", max_length=6, choices=Direction, default=Direction.UP)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "indikator rencana"
        verbose_name_plural = "indikator rencana"
        ordering = ("element", "order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("element", "name"), name="indicator_named_once"),
            one_of("direction", Direction.values, table="indicator"),
        )

    def __str__(self) -> str:
        return self.name


class IndicatorTarget(models.Model):
    """A year's target: what was written, and the number it was understood as (empty for ranges and words)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("tahun")
    text = models.CharField("target", max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "target indikator"
        verbose_name_plural = "target indikator"
        ordering = ("indicator", "year")
        constraints = (models.UniqueConstraint(fields=("indicator", "year"), name="indicatortarget_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.text}"


class BudgetCeiling(models.Model):
    """Indicative ceiling (pagu indikatif) of a program or activity in a year, in whole rupiah."""

    element = models.ForeignKey(PlanElement, on_delete=models.CASCADE, related_name="ceilings")
    year = models.PositiveSmallIntegerField("tahun")
    amount = models.BigIntegerField("pagu indikatif")

    class Meta:
        verbose_name = "pagu indikatif"
        verbose_name_plural = "pagu indikatif"
        ordering = ("element", "year")
        constraints = (
            models.UniqueConstraint(fields=("element", "year"), name="budgetceiling_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budgetceiling_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"


class Measures(NamedTuple):
    """Rows about the nodes of a plan: indicators and ceilings by the node's id, targets by the indicator's; by year."""

    indicators: dict[int, list[Indicator]]
    targets: dict[int, dict[int, str]]
    ceilings: dict[int, dict[int, int]]


def measures_of(plan: DevelopmentPlan) -> Measures:
    """All of a plan in three queries, with the agencies of indicators."""
    found = Measures({}, {}, {})
    for row in Indicator.objects.filter(element__plan=plan).select_related("agency"):
        found.indicators.setdefault(row.element_id, []).append(row)
    targets = IndicatorTarget.objects.filter(indicator__element__plan=plan).order_by()
    for indicator, year, text in targets.values_list("indicator", "year", "text"):
        found.targets.setdefault(indicator, {})[year] = text
    ceilings = BudgetCeiling.objects.filter(element__plan=plan).order_by()
    for element, year, amount in ceilings.values_list("element", "year", "amount"):
        found.ceilings.setdefault(element, {})[year] = amount
    return found
