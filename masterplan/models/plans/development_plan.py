"""Development plans: the regency's RPJMD and the agencies' Renstra. Their nodes live in `plan_element`."""

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Regency
from masterplan.reference import PlanKind, PlanStatus
from smartcity.common.constraints import once, one_of, years_in_order


class DevelopmentPlan(models.Model):
    """A five-year plan. Known by regency, kind, agency and period: regulation numbers repeat between regencies."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="development_plans")
    kind = models.CharField("jenis", max_length=8, choices=PlanKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="strategic_plans")
    title = models.CharField("judul", max_length=200)
    start_year = models.PositiveSmallIntegerField("tahun awal")
    end_year = models.PositiveSmallIntegerField("tahun akhir")
    vision = models.TextField("visi", blank=True)
    legal_basis = models.CharField("dasar hukum", max_length=300, blank=True)
    source = models.TextField("sumber", blank=True)
    status = models.CharField("keadaan", max_length=8, choices=PlanStatus, default=PlanStatus.VALID)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="pendahulu"
    )
    is_sample = models.BooleanField("contoh", default=False)

    class Meta:
        verbose_name = "dokumen perencanaan"
        verbose_name_plural = "dokumen perencanaan"
        ordering = ("kind", "-start_year", "title")
        constraints = (
            *once("regency", "kind", "start_year", "end_year", nullable="agency", table="developmentplan"),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.RPJMD, agency__isnull=True) | Q(kind=PlanKind.RENSTRA, agency__isnull=False),
                name="developmentplan_renstra_has_agency",
            ),
            one_of("kind", PlanKind.values, table="developmentplan"),
            one_of("status", PlanStatus.values, table="developmentplan"),
            years_in_order("start_year", "end_year", table="developmentplan"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> range:
        """The years of the plan, both ends included."""
        return range(self.start_year, self.end_year + 1)
