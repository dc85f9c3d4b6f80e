"""The tables of an initiative: partners, activities, indicators, yearly budgets, the quick-win worksheet, changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator

from masterplan.models.change import ChangeSource, RecordedChange
from masterplan.reference import (
    Direction,
    FundingSource,
    IndicatorKind,
    PartnerKind,
    QuickWinAspect,
)
from smartcity.common.constraints import one_of, years_in_order

from .initiative import Initiative


class Partner(models.Model):
    """Who works along, and with what."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField("jenis mitra", max_length=10, choices=PartnerKind)
    name = models.CharField("nama mitra", max_length=160)
    contribution = models.CharField("peran mitra", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "mitra"
        verbose_name_plural = "mitra"
        ordering = ("initiative", "order", "pk")
        constraints = (one_of("kind", PartnerKind.values, table="partner"),)

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """A step of the initiative with its months; stored as first and last day."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="activities")
    name = models.CharField("kegiatan", max_length=200)
    start = models.DateField("mulai", null=True, blank=True)
    end = models.DateField("selesai", null=True, blank=True)
    output = models.CharField("keluaran", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ("initiative", "order", "pk")
        constraints = (years_in_order("start", "end", table="activity"),)

    def __str__(self) -> str:
        return self.name


class InitiativeIndicatorQuerySet(models.QuerySet["InitiativeIndicator"]):
    """The indicators of initiatives."""

    def by_target(self) -> "InitiativeIndicatorQuerySet":
        """A row for each target, with its year and text; an indicator without targets is one row."""
        named = {"target_year": F("targets__year"), "target_text": F("targets__text")}
        return self.annotate(**named).order_by("initiative_id", "order", "pk", "target_year")


class InitiativeIndicator(models.Model):
    """What the initiative delivers (output) or brings about (outcome)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="indicators")
    kind = models.CharField("jenis", max_length=8, choices=IndicatorKind, default=IndicatorKind.OUTPUT)
    name = models.CharField("indikator", max_length=200)
    unit = models.CharField("satuan", max_length=40, blank=True)
    baseline = models.CharField("kondisi awal", max_length=40, blank=True)
    direction = models.CharField("arah", max_length=6, choices=Direction, default=Direction.UP)
    end_condition = models.CharField("kondisi akhir", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    # What `by_target` reads beside a row: one of its targets, or nothing.
    target_year: int | None
    target_text: str | None

    objects = InitiativeIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indikator inisiatif"
        verbose_name_plural = "indikator inisiatif"
        ordering = ("initiative", "order", "pk")
        constraints = (
            one_of("kind", IndicatorKind.values, table="initiativeindicator"),
            one_of("direction", Direction.values, table="initiativeindicator"),
        )

    def __str__(self) -> str:
        return self.name


def indicators_by_target() -> "models.Prefetch[str, models.QuerySet[InitiativeIndicator], str]":
    """Reads the indicators of initiatives with their targets into `indicator_rows`, in one query."""
    return models.Prefetch("indicators", InitiativeIndicator.objects.by_target(), to_attr="indicator_rows")


class InitiativeTarget(models.Model):
    """A year's target of an initiative's indicator: as written, and as understood."""

    indicator = models.ForeignKey(InitiativeIndicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("tahun")
    text = models.CharField("target", max_length=40)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "target inisiatif"
        verbose_name_plural = "target inisiatif"
        ordering = ("indicator", "year")
        constraints = (models.UniqueConstraint(fields=("indicator", "year"), name="initiativetarget_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.text}"


class YearBudget(models.Model):
    """Money from one source in one year, in whole rupiah."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="budgets")
    year = models.PositiveSmallIntegerField("tahun")
    source = models.CharField("sumber dana", max_length=14, choices=FundingSource)
    amount = models.BigIntegerField("jumlah")

    class Meta:
        verbose_name = "anggaran tahunan"
        verbose_name_plural = "anggaran tahunan"
        ordering = ("initiative", "source", "year")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "year", "source"), name="yearbudget_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="yearbudget_not_negative"),
            one_of("source", FundingSource.values, table="yearbudget"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.source}: {self.amount}"


class QuickWinWorksheet(models.Model):
    """What a quick win will put into people's hands, and by when."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="worksheet")
    deliverable = models.TextField("yang diserahkan", blank=True)
    due_date = models.DateField("tanggal selesai", null=True, blank=True)

    class Meta:
        verbose_name = "lembar quick win"
        verbose_name_plural = "lembar quick win"

    def __str__(self) -> str:
        return Truncator(self.deliverable).chars(60)


class QuickWinScore(models.Model):
    """One of the ten aspects: score from 1 to 5 and the reason for it."""

    worksheet = models.ForeignKey(QuickWinWorksheet, on_delete=models.CASCADE, related_name="aspects")
    aspect = models.CharField("aspek", max_length=16, choices=QuickWinAspect)
    score = models.PositiveSmallIntegerField("nilai", null=True, blank=True)
    note = models.CharField("penjelasan", max_length=400, blank=True)

    class Meta:
        verbose_name = "nilai quick win"
        verbose_name_plural = "nilai quick win"
        ordering = ("worksheet", "pk")
        constraints = (
            models.UniqueConstraint(fields=("worksheet", "aspect"), name="quickwinscore_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="quickwinscore_one_to_five"
            ),
            one_of("aspect", QuickWinAspect.values, table="quickwinscore"),
        )

    def __str__(self) -> str:
        return f"{self.get_aspect_display()}: {self.score}"


class InitiativeChange(RecordedChange):
    """What one save changed in an initiative, by the keys of the registry. Rows are only ever added."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="changes")
    on_behalf = models.BooleanField("atas nama perangkat daerah", default=False)

    class Meta(RecordedChange.Meta):
        verbose_name = "perubahan isian"
        verbose_name_plural = "perubahan isian"
        constraints = (
            models.UniqueConstraint(fields=("initiative", "version"), name="initiativechange_once"),
            models.UniqueConstraint(
                fields=("initiative", "request_key"),
                condition=~Q(request_key=""),
                name="initiativechange_one_per_request",
            ),
            one_of("source", ChangeSource.values, table="initiativechange"),
        )

    def __str__(self) -> str:
        return f"{self.initiative.code} versi {self.version}"
