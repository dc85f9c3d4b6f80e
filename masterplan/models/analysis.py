"""The analyses of Buku 1: readiness, gaps and SWOT. Their writing place comes with the three books."""

from django.db import models

from masterplan.reference import ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind
from smartcity.common.constraints import one_of

from .dimension import Dimension, SubDimension
from .initiative import Initiative
from .master_plan import MasterPlan


class ReadinessCell(models.Model):
    """One of nine cells. The scale of `score` is the regency's own text: the ministry's was never published."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="readiness_cells")
    aspect = models.CharField("aspek", max_length=12, choices=ReadinessAspect)
    condition = models.TextField("kondisi saat ini", blank=True)
    score = models.CharField("penilaian", max_length=20, blank=True)
    evidence = models.TextField("bukti", blank=True)
    problem = models.TextField("masalah", blank=True)
    recommendation = models.TextField("saran", blank=True)

    class Meta:
        verbose_name = "kesiapan"
        verbose_name_plural = "kesiapan"
        ordering = ("master_plan", "pk")
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "aspect"), name="readinesscell_once"),
            one_of("aspect", ReadinessAspect.values, table="readinesscell"),
        )

    def __str__(self) -> str:
        return self.get_aspect_display()


class GapItem(models.Model):
    """The distance between what should be and what is, and the initiatives that answer it."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="gap_items")
    sub_dimension = models.ForeignKey(SubDimension, on_delete=models.PROTECT, related_name="gap_items")
    indicator = models.CharField("indikator", max_length=200)
    ideal = models.TextField("kondisi ideal", blank=True)
    existing = models.TextField("kondisi saat ini", blank=True)
    gap = models.TextField("kesenjangan", blank=True)
    cause = models.TextField("penyebab", blank=True)
    response = models.TextField("tanggapan", blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="gap_items", blank=True)

    class Meta:
        verbose_name = "kesenjangan"
        verbose_name_plural = "kesenjangan"
        ordering = ("master_plan", "sub_dimension", "pk")

    def __str__(self) -> str:
        return self.indicator


class SwotItem(models.Model):
    """One strength, weakness, opportunity or threat."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="swot_items")
    kind = models.CharField("jenis", max_length=1, choices=SwotKind)
    aspect = models.CharField("aspek", max_length=14, choices=SwotAspect)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("uraian")

    class Meta:
        verbose_name = "butir SWOT"
        verbose_name_plural = "butir SWOT"
        ordering = ("master_plan", "kind", "pk")
        constraints = (
            one_of("kind", SwotKind.values, table="swotitem"),
            one_of("aspect", SwotAspect.values, table="swotitem"),
        )

    def __str__(self) -> str:
        return self.text[:60]


class SwotStrategy(models.Model):
    """How two kinds of items are answered together."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="swot_strategies")
    kind = models.CharField("jenis", max_length=2, choices=SwotStrategyKind)
    text = models.TextField("strategi")
    items = models.ManyToManyField(SwotItem, related_name="strategies", blank=True)

    class Meta:
        verbose_name = "strategi SWOT"
        verbose_name_plural = "strategi SWOT"
        ordering = ("master_plan", "kind", "pk")
        constraints = (one_of("kind", SwotStrategyKind.values, table="swotstrategy"),)

    def __str__(self) -> str:
        return self.text[:60]
