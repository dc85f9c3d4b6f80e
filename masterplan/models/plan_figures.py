"""The figures of one master plan as the pages over all regencies show them: counted by a job, read by those pages.

They repeat what other tables say and may be thrown away at any time; `masterplan.reasoning.plan_figures` counts them.
"""

from django.db import models

from masterplan.reference_ministry import PlanState

from .master_plan import MasterPlan


class PlanFigures(models.Model):
    """What was counted of a plan, and when. Money is in rupiah, `completeness` in whole percent."""

    master_plan = models.OneToOneField(
        MasterPlan, on_delete=models.CASCADE, related_name="figures", verbose_name="rencana induk"
    )
    counted_at = models.DateTimeField("dihitung")
    agencies = models.PositiveIntegerField("perangkat daerah", default=0)
    agencies_sent = models.PositiveIntegerField("perangkat daerah yang sudah mengirim", default=0)
    initiatives = models.PositiveIntegerField("inisiatif", default=0)
    sent = models.PositiveIntegerField("inisiatif dikirim", default=0)
    examined = models.PositiveIntegerField("inisiatif yang sudah mulai ditinjau", default=0)
    approved = models.PositiveIntegerField("inisiatif disetujui", default=0)
    quick_wins = models.PositiveIntegerField("quick win", default=0)
    completeness = models.PositiveSmallIntegerField("kelengkapan", null=True, blank=True)
    programs = models.PositiveIntegerField("program RPJMD", default=0)
    programs_covered = models.PositiveIntegerField("program RPJMD tercakup", default=0)
    findings = models.PositiveIntegerField("temuan terbuka", default=0)
    budget = models.BigIntegerField("anggaran", default=0)
    editions = models.PositiveIntegerField("edisi", default=0)
    reports = models.PositiveIntegerField("laporan kemajuan", default=0)
    adopted_at = models.DateTimeField("ditetapkan", null=True, blank=True)
    last_activity = models.DateTimeField("kegiatan terakhir", null=True, blank=True)

    class Meta:
        verbose_name = "angka rencana induk"
        verbose_name_plural = "angka rencana induk"
        ordering = ("master_plan",)

    def __str__(self) -> str:
        return f"{self.master_plan}, {self.counted_at:%Y-%m-%d %H:%M}"

    @property
    def coverage(self) -> int | None:
        """The share of RPJMD programs that an initiative carries out, in whole percent; None without programs."""
        return round(100 * self.programs_covered / self.programs) if self.programs else None

    @property
    def state(self) -> PlanState | None:
        """How far these figures say that the plan is; None while nothing was sent or adopted."""
        if self.adopted_at:
            return PlanState.MONITORED if self.reports else PlanState.ADOPTED
        if self.examined:
            return PlanState.REVIEWED
        return PlanState.SENT if self.sent else None
