"""Agencies (OPD and kecamatan as working units), with the renames and mergers of a plan's life."""

from datetime import date

from django.db import models
from django.db.models import Q

from smartcity.common.constraints import one_of, years_in_order

from .district import District
from .regency import Regency


class AgencyKind(models.TextChoices):
    """What sort of unit it is; the order is the order of lists."""

    SECRETARIAT = "sekretariat", "Sekretariat"
    INSPECTORATE = "inspektorat", "Inspektorat"
    BOARD = "badan", "Badan"
    OFFICE = "dinas", "Dinas"
    UNIT = "satuan", "Satuan"
    HOSPITAL = "rsud", "Rumah sakit umum daerah"
    DISTRICT = "kecamatan", "Kecamatan"


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies as they stood on a day."""

    def valid_on(self, day: date) -> "AgencyQuerySet":
        """Those that exist on `day`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Agency(models.Model):
    """A perangkat daerah. Never deleted: it ends (`valid_to`) and may name a successor."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField("nama", max_length=160)
    short_name = models.CharField("singkatan", max_length=40)
    kind = models.CharField("jenis", max_length=12, choices=AgencyKind)
    code = models.CharField("kode unit", max_length=40, blank=True, help_text="Kode resmi perangkat daerah, bila ada.")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="units", verbose_name="unit induk"
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    aliases = models.JSONField("nama lain", default=list, blank=True, help_text="Nama lama atau sebutan lain.")
    district = models.OneToOneField(District, on_delete=models.PROTECT, null=True, blank=True, related_name="agency")
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="pengganti"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "perangkat daerah"
        verbose_name_plural = "perangkat daerah"
        ordering = ("order", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("regency", "name"), condition=Q(valid_to__isnull=True), name="agency_name_once_in_regency"
            ),
            models.UniqueConstraint(
                fields=("regency", "short_name"), condition=Q(valid_to__isnull=True), name="agency_short_name_once"
            ),
            models.UniqueConstraint(
                fields=("regency", "code"), condition=Q(valid_to__isnull=True) & ~Q(code=""), name="agency_code_once"
            ),
            one_of("kind", AgencyKind.values, table="agency"),
            years_in_order("valid_from", "valid_to", table="agency"),
        )

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether it exists on `day`; the same question as `valid_on` asks of the database."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)
