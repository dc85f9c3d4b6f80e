"""A regency or city and the facts about it that books quote. Its agencies and districts have files of their own."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from smartcity.common.constraints import one_of
from smartcity.common.storage.files import private_storage


class RegencyKind(models.TextChoices):
    """Kota Semarang and Kabupaten Semarang are different places: the kind is part of the name."""

    REGENCY = "kabupaten", "Kabupaten"
    CITY = "kota", "Kota"


class TimeZone(models.TextChoices):
    """The three zones of the country. A list, never free text: a name the system does not know answers no page."""

    WESTERN = "Asia/Jakarta", "WIB (Waktu Indonesia Barat)"
    CENTRAL = "Asia/Makassar", "WITA (Waktu Indonesia Tengah)"
    EASTERN = "Asia/Jayapura", "WIT (Waktu Indonesia Timur)"


class Regency(models.Model):
    """A kabupaten or kota that takes part in the programme."""

    kind = models.CharField("jenis", max_length=10, choices=RegencyKind, default=RegencyKind.REGENCY)
    name = models.CharField("nama", max_length=80)
    slug = models.SlugField("alamat", max_length=90, unique=True)
    code = models.CharField("kode wilayah", max_length=5, unique=True, help_text="Kode Kemendagri, misalnya 33.22.")
    province = models.CharField("provinsi", max_length=60)
    capital = models.CharField("ibu kota", max_length=60)
    time_zone = models.CharField("zona waktu", max_length=40, choices=TimeZone, default=TimeZone.WESTERN)
    government_name = models.CharField(
        "nama pemerintah", max_length=120, blank=True, help_text="Kosong: Pemerintah, jenis, dan nama."
    )
    # The agency that looks after the programme here and answers questions; usually Diskominfo, under its local name.
    secretariat = models.ForeignKey(
        "Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sekretariat"
    )
    strategic_area = models.CharField("kawasan strategis", max_length=200, blank=True)
    programme_round = models.TextField("putaran program", blank=True)
    programme_source = models.CharField("sumber keterangan putaran", max_length=300, blank=True)
    logo = models.FileField("lambang", upload_to="regency-logo/", storage=private_storage, blank=True)
    letterhead = models.TextField("kop surat", blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    class Meta:
        verbose_name = "kabupaten/kota"
        verbose_name_plural = "kabupaten/kota"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "name", "province"), name="regency_named_once"),
            one_of("kind", RegencyKind.values, table="regency"),
            one_of("time_zone", TimeZone.values, table="regency"),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name, as in "Kabupaten Semarang"."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def government(self) -> str:
        """The body that issues the plan."""
        return self.government_name or f"Pemerintah {self.full_name}"

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone, whose name is WIB, WITA or WIT."""
        return ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """`moment` as the clocks of the place show it."""
        return timezone.localtime(moment, self.zone)

    def today(self) -> date:
        """The day it is there."""
        return timezone.localdate(timezone=self.zone)


class RegencyFact(models.Model):
    """A figure about the regency, always with its year and source, because sources disagree."""

    regency = models.ForeignKey(Regency, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField("keterangan", max_length=80)
    value = models.CharField("nilai", max_length=40)
    unit = models.CharField("satuan", max_length=20)
    year = models.PositiveSmallIntegerField("tahun")
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "data wilayah"
        verbose_name_plural = "data wilayah"
        ordering = ("label", "year")
        constraints = (
            models.UniqueConstraint(fields=("regency", "label", "year", "source"), name="regencyfact_stated_once"),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.year}: {self.value} {self.unit}"
