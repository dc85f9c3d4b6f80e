"""The tables of an initiative: partners, activities, indicators, yearly budgets, the quick-win worksheet, changes."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.text import Truncator

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


class _WithTargets(ModelIterable):
    """Makes one indicator of the rows that differ in their target only, and keeps those as if they were prefetched."""

    def __iter__(self) -> Iterator["InitiativeIndicator"]:
        for _, rows in groupby(super().__iter__(), key=attrgetter("pk")):
            first, *others = rows
            targets = first.targets.all()
            targets._result_cache = [self._target(row) for row in (first, *others) if row.target_pk is not None]
            first._prefetched_objects_cache = {"targets": targets}
            yield first

    def _target(self, row: "InitiativeIndicator") -> "InitiativeTarget":
        values = (row.target_pk, row.pk, row.target_year, row.target_text, row.target_value)
        return InitiativeTarget.from_db(self.queryset.db, ("id", "indicator_id", "year", "text", "value"), values)


class InitiativeIndicatorQuerySet(models.QuerySet["InitiativeIndicator"]):
    """The indicators of initiatives."""

    def with_targets(self) -> "InitiativeIndicatorQuerySet":
        """Each with its targets, in the one query that reads the indicators: made to be prefetched."""
        named = {f"target_{name}": F(f"targets__{name}") for name in ("pk", "year", "text", "value")}
        found = self.annotate(**named).order_by("initiative_id", "order", "pk", "target_year")
        found._iterable_class = _WithTargets
        return found


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

    # What `with_targets` reads beside a row: one of its targets, or nothing.
    target_pk: int | None
    target_year: int
    target_text: str
    target_value: Decimal | None

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


class ChangeSource(models.TextChoices):
    """Through which door a change came. Whether it was made for an agency not one's own is a column of its own."""

    FORM = "form", "Formulir"
    WORKBOOK = "workbook", "Excel"
    BULK = "bulk", "Ubah beberapa sekaligus"
    COPY = "copy", "Salinan"
    RESTORE = "restore", "Dipulihkan dari riwayat"
    API = "api", "API"
    SAMPLE = "sample", "Data contoh"


REQUEST_KEY_LIMIT = 36


class InitiativeChange(models.Model):
    """What one save changed: the fields of the registry before and after, by whom. Rows are only ever added."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField("versi")
    source = models.CharField("sumber", max_length=10, choices=ChangeSource, default=ChangeSource.FORM)
    on_behalf = models.BooleanField("atas nama perangkat daerah", default=False)
    # What a browser calls the packet it sends: the same key sent again is the same save, however often it arrives.
    request_key = models.CharField("kunci kiriman", max_length=REQUEST_KEY_LIMIT, blank=True)
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField("sebagai", max_length=200, blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "perubahan isian"
        verbose_name_plural = "perubahan isian"
        ordering = ("-version",)
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
