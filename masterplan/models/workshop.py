"""Bimtek: the workshops, who took part, what was handed out and what is expected of each agency."""

from django.db import models

from agencies.models import Agency, Regency
from masterplan.reference import AttendanceMode
from smartcity.common.constraints import one_of, years_in_order


class Workshop(models.Model):
    """One stage of guidance. Stages are data: some rounds ran three, some four."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="workshops")
    stage = models.CharField("tahap", max_length=20)
    title = models.CharField("judul", max_length=200)
    start_date = models.DateField("mulai", null=True, blank=True)
    end_date = models.DateField("selesai", null=True, blank=True)
    place = models.CharField("tempat", max_length=200, blank=True)
    is_hybrid = models.BooleanField("hibrida", default=False)
    agenda = models.TextField("isi", blank=True)
    expected_output = models.TextField("hasil yang diharapkan", blank=True)
    deadline = models.DateTimeField("batas kirim", null=True, blank=True)
    source = models.CharField("sumber", max_length=300, blank=True)
    is_sample = models.BooleanField("contoh", default=False)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "bimtek"
        verbose_name_plural = "bimtek"
        ordering = ("regency", "order", "start_date")
        constraints = (
            models.UniqueConstraint(fields=("regency", "stage"), name="workshop_stage_once"),
            years_in_order("start_date", "end_date", table="workshop"),
        )

    def __str__(self) -> str:
        return f"Bimtek Tahap {self.stage}"


class Attendance(models.Model):
    """How an agency took part."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendances")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="attendances")
    mode = models.CharField("cara hadir", max_length=8, choices=AttendanceMode)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ("workshop", "agency")
        constraints = (
            models.UniqueConstraint(fields=("workshop", "agency"), name="attendance_once"),
            one_of("mode", AttendanceMode.values, table="attendance"),
        )

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_mode_display()}"


class WorkshopOutput(models.Model):
    """What an agency is expected to deliver at a stage, and when it did."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="outputs")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="workshop_outputs")
    title = models.CharField("hasil", max_length=200)
    delivered_at = models.DateTimeField("diserahkan", null=True, blank=True)

    class Meta:
        verbose_name = "hasil bimtek"
        verbose_name_plural = "hasil bimtek"
        ordering = ("workshop", "agency", "pk")
        constraints = (models.UniqueConstraint(fields=("workshop", "agency", "title"), name="workshopoutput_once"),)

    def __str__(self) -> str:
        return self.title
