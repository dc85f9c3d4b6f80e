"""Rounds of the national programme: their stages with deadlines, their clusters, and the regencies that take part.

A regency takes part by its official code, so that those that have not begun on this portal are counted too. What has
become of a regency in a round is derived where it is asked for, never stored here.
"""

from django.db import models
from django.utils import timezone

from smartcity.common.constraints import one_of

EARLIEST_YEAR, LATEST_YEAR = 2017, 2100


class RoundStageKind(models.TextChoices):
    """What a regency is to have done by a deadline of its round."""

    DRAFTING = "drafting", "Pengisian inisiatif"
    SUBMISSION = "submission", "Pengiriman untuk ditinjau"
    BOOKS = "books", "Penyerahan buku"
    SELF_ASSESSMENT = "self_assessment", "Penilaian mandiri"
    ASSESSMENT = "assessment", "Penilaian tenaga ahli"
    REPLY = "reply", "Tanggapan kabupaten/kota"
    ADOPTION = "adoption", "Penetapan"


class ProgrammeRound(models.Model):
    """One round, such as the one that Kabupaten Semarang takes part in with 46 others."""

    name = models.CharField("nama", max_length=120, unique=True)
    year = models.PositiveSmallIntegerField("tahun")
    priority_areas = models.TextField("kawasan prioritas", blank=True)
    results_are_public = models.BooleanField("hasil penilaian terbuka untuk umum", default=False)
    created_at = models.DateTimeField("dibuat", default=timezone.now)

    class Meta:
        verbose_name = "putaran program"
        verbose_name_plural = "putaran program"
        ordering = ("-year", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(year__gte=EARLIEST_YEAR, year__lte=LATEST_YEAR), name="programmeround_year_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoundStage(models.Model):
    """A deadline of a round."""

    round = models.ForeignKey(ProgrammeRound, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField("tahap", max_length=16, choices=RoundStageKind)
    deadline = models.DateField("tenggat")

    class Meta:
        verbose_name = "tahap putaran"
        verbose_name_plural = "tahap putaran"
        ordering = ("deadline", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "kind"), name="roundstage_once"),
            one_of("kind", RoundStageKind.values, table="roundstage"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.deadline}"


class Cluster(models.Model):
    """Regencies of one round that are looked after together, such as those around a priority tourism area."""

    round = models.ForeignKey(ProgrammeRound, on_delete=models.CASCADE, related_name="clusters")
    name = models.CharField("nama klaster", max_length=80)

    class Meta:
        verbose_name = "klaster"
        verbose_name_plural = "klaster"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("round", "name"), name="cluster_named_once"),)

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """A regency in a round; `region_code` is its official code in the catalogue, as in "33.22"."""

    round = models.ForeignKey(ProgrammeRound, on_delete=models.CASCADE, related_name="participations")
    region_code = models.CharField("kode wilayah", max_length=5)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="participations", verbose_name="klaster"
    )

    class Meta:
        verbose_name = "keikutsertaan"
        verbose_name_plural = "keikutsertaan"
        ordering = ("region_code",)
        constraints = (models.UniqueConstraint(fields=("round", "region_code"), name="participation_once"),)
        indexes = (models.Index(fields=("region_code",), name="participation_of_region"),)

    def __str__(self) -> str:
        return f"{self.region_code}, {self.round}"
