"""The smart city master plan of a regency and the counters that give codes. Its texts are in `section`."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import cached_property

from agencies.models import Regency, User
from masterplan.models.plans.development_plan import DevelopmentPlan
from smartcity.common.constraints import years_in_order

from .dimension import Dimension

# A level of the scale by which readiness is judged.
SCORE_LIMIT = 20
DEFAULT_SCALE = ("Baik", "Sedang", "Kurang")
if TYPE_CHECKING:
    from .document import Snapshot


class MasterPlan(models.Model):
    """A master plan for some years, answering to one RPJMD."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="master_plans")
    development_plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="master_plans")
    title = models.CharField("judul", max_length=200)
    start_year = models.PositiveSmallIntegerField("tahun awal")
    end_year = models.PositiveSmallIntegerField("tahun akhir")
    vision = models.TextField("visi smart city", blank=True)
    # Levels from best to worst; empty as long as the regency has not chosen its own.
    readiness_levels = models.JSONField("skala kesiapan", default=list, blank=True)
    is_current = models.BooleanField("sedang berjalan", default=True)
    # Agencies begin initiatives only once the coordinator has opened the plan for them.
    filling_opened_at = models.DateTimeField("pengisian dibuka", null=True, blank=True)
    filling_opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dibuka oleh"
    )
    # While an adopted edition holds the plan, `lock` keeps the database from taking any change of what is in it.
    locked_edition = models.ForeignKey(
        "Snapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dikunci edisi"
    )

    class Meta:
        verbose_name = "rencana induk"
        verbose_name_plural = "rencana induk"
        ordering = ("-start_year",)
        constraints = (
            models.UniqueConstraint(fields=("regency", "start_year", "end_year"), name="masterplan_once_per_period"),
            models.UniqueConstraint(
                fields=("regency",), condition=models.Q(is_current=True), name="masterplan_one_current"
            ),
            years_in_order("start_year", "end_year", table="masterplan"),
            models.CheckConstraint(
                # Plans from before this question was asked were open, and nobody knows by whom.
                condition=models.Q(filling_opened_by__isnull=True) | models.Q(filling_opened_at__isnull=False),
                name="masterplan_opener_has_moment",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> range:
        """The years of the plan, both ends included."""
        return range(self.start_year, self.end_year + 1)

    @property
    def is_open_for_filling(self) -> bool:
        """Whether agencies may begin initiatives."""
        return self.filling_opened_at is not None

    @property
    def filling_sentence(self) -> str:
        """Why agencies cannot begin initiatives yet, and who changes that; "" once the plan is open for them."""
        if self.is_open_for_filling:
            return ""
        secretariat = self.regency.secretariat
        who = f"sekretariat ({secretariat.name})" if secretariat else "sekretariat"
        return (
            f"Pengisian belum dibuka oleh {who}. Inisiatif dapat ditambahkan perangkat daerah sesudah koordinator "
            "membuka pengisian."
        )

    @property
    def readiness_scale(self) -> list[str]:
        """The levels by which readiness is judged, from best to worst."""
        return list(self.readiness_levels or DEFAULT_SCALE)

    @property
    def is_locked(self) -> bool:
        """Whether an adopted edition holds the plan as it is."""
        return self.locked_edition_id is not None

    @cached_property
    def locking_edition(self) -> "Snapshot | None":
        """The edition that holds the plan, without its content."""
        if self.locked_edition_id is None:
            return None
        return self.snapshots.defer("content").get(pk=self.locked_edition_id)

    @property
    def lock_sentence(self) -> str:
        """What is locked, by which decree, and who can open it; "" while the plan is open."""
        edition = self.locking_edition
        if edition is None:
            return ""
        decree = f" dengan {edition.decree}" if edition.decree else ""
        return (
            f"Rencana induk terkunci: edisi {edition.number} ditetapkan{decree}. "
            "Isiannya dapat diubah lagi setelah koordinator atau pimpinan daerah membuka kuncinya."
        )


class CodeCounter(models.Model):
    """The last number given to an initiative of a dimension; numbers are given once and never again."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="code_counters")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "penomor inisiatif"
        verbose_name_plural = "penomor inisiatif"
        constraints = (models.UniqueConstraint(fields=("master_plan", "dimension"), name="codecounter_once"),)

    def __str__(self) -> str:
        return f"{self.dimension.code}-{self.last:02d}"
