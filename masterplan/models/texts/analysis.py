"""The analyses of Buku 1: readiness, gaps and SWOT. Changed only through `masterplan.analyses.actions`."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from masterplan.models.dimension import Dimension, SubDimension
from masterplan.models.initiatives.initiative import Initiative
from masterplan.models.master_plan import SCORE_LIMIT, MasterPlan
from masterplan.reference import TEXT_LIMIT, ReadinessAspect, SwotAspect, SwotKind, SwotStrategyKind, WritingKind
from smartcity.common.constraints import both_or_neither, one_of

from .writing import WrittenRow

INDICATOR_LIMIT = 200
# Five texts stand side by side in a printed table.
GAP_TEXT_LIMIT = 600
SWOT_TEXT_LIMIT = 400
STRATEGY_LIMIT = 600


class ReadinessCell(WrittenRow):
    """One of nine cells. The scale of `score` is the regency's own text: the ministry's was never published."""

    writing_kind = WritingKind.READINESS

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="readiness_cells")
    aspect = models.CharField("aspek", max_length=12, choices=ReadinessAspect)
    condition = models.TextField("kondisi saat ini", blank=True, max_length=TEXT_LIMIT)
    score = models.CharField("penilaian", max_length=SCORE_LIMIT, blank=True)
    evidence = models.TextField("bukti", blank=True, max_length=TEXT_LIMIT)
    problem = models.TextField("masalah", blank=True, max_length=TEXT_LIMIT)
    recommendation = models.TextField("saran", blank=True, max_length=TEXT_LIMIT)

    class Meta:
        verbose_name = "kesiapan"
        verbose_name_plural = "kesiapan"
        ordering = ("master_plan", "pk")
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "aspect"), name="readinesscell_once"),
            one_of("aspect", ReadinessAspect.values, table="readinesscell"),
            both_or_neither("updated_at", "updated_by", table="readinesscell"),
        )

    def __str__(self) -> str:
        return self.get_aspect_display()


class GapItem(WrittenRow):
    """The distance between what should be and what is, and the initiatives that answer it."""

    writing_kind = WritingKind.GAP

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="gap_items")
    sub_dimension = models.ForeignKey(SubDimension, on_delete=models.PROTECT, related_name="gap_items")
    indicator = models.CharField("indikator", max_length=INDICATOR_LIMIT)
    ideal = models.TextField("kondisi ideal", blank=True, max_length=GAP_TEXT_LIMIT)
    existing = models.TextField("kondisi saat ini", blank=True, max_length=GAP_TEXT_LIMIT)
    gap = models.TextField("kesenjangan", blank=True, max_length=GAP_TEXT_LIMIT)
    cause = models.TextField("penyebab", blank=True, max_length=GAP_TEXT_LIMIT)
    response = models.TextField("tanggapan", blank=True, max_length=GAP_TEXT_LIMIT)
    initiatives = models.ManyToManyField(Initiative, related_name="gap_items", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kesenjangan"
        verbose_name_plural = "kesenjangan"
        ordering = ("master_plan", "sub_dimension", "order", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(indicator=""), name="gapitem_has_indicator"),
            both_or_neither("updated_at", "updated_by", table="gapitem"),
        )

    def __str__(self) -> str:
        return self.indicator


class SwotItem(WrittenRow):
    """One strength, weakness, opportunity or threat."""

    writing_kind = WritingKind.SWOT_ITEM

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="swot_items")
    kind = models.CharField("jenis", max_length=1, choices=SwotKind)
    aspect = models.CharField("aspek", max_length=14, choices=SwotAspect)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("uraian", max_length=SWOT_TEXT_LIMIT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "butir SWOT"
        verbose_name_plural = "butir SWOT"
        ordering = ("master_plan", "kind", "order", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="swotitem_has_text"),
            one_of("kind", SwotKind.values, table="swotitem"),
            one_of("aspect", SwotAspect.values, table="swotitem"),
            both_or_neither("updated_at", "updated_by", table="swotitem"),
        )

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)


class SwotStrategy(WrittenRow):
    """How two kinds of items are answered together."""

    writing_kind = WritingKind.SWOT_STRATEGY

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="swot_strategies")
    kind = models.CharField("jenis", max_length=2, choices=SwotStrategyKind)
    text = models.TextField("strategi", max_length=STRATEGY_LIMIT)
    items = models.ManyToManyField(SwotItem, related_name="strategies", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "strategi SWOT"
        verbose_name_plural = "strategi SWOT"
        ordering = ("master_plan", "kind", "order", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="swotstrategy_has_text"),
            one_of("kind", SwotStrategyKind.values, table="swotstrategy"),
            both_or_neither("updated_at", "updated_by", table="swotstrategy"),
        )

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)


SwotRow = TypeVar("SwotRow", SwotItem, SwotStrategy)


def numbered(rows: Iterable[SwotRow]) -> list[tuple[str, SwotRow]]:
    """Items or strategies by kind, with the numbers people use for them: S1, S2, W1; SO1. `rows` come in order."""
    kinds = [*SwotKind.values, *SwotStrategyKind.values]
    counts: Counter[str] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: kinds.index(row.kind)):
        counts[row.kind] += 1
        found.append((f"{row.kind}{counts[row.kind]}", row))
    return found
