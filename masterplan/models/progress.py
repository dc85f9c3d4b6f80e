"""Quarterly reports on approved initiatives: what was done, what it cost, what was reached, with evidence.

A locked plan is still carried out, so the lock does not hold for reports. `masterplan.progress` says what they mean
(late, stale, on track); they are changed only through `masterplan.monitoring.actions`.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.access import AnyUser, can
from agencies.models import Regency
from agencies.roles import Permission
from masterplan.models.initiatives.evidence import AttachedFile, EvidenceFile
from masterplan.models.initiatives.initiative import Initiative
from masterplan.models.texts.writing import WrittenRow
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import MOST_DAYS, USUAL_DAYS, Calendar
from masterplan.progress.states import ProgressState
from masterplan.reference import FundingSource, IndicatorKind, WritingKind
from smartcity.common.constraints import both_or_neither, one_of

from .master_plan import MasterPlan

PROGRESS_TEXT_LIMIT = 1500
VALUE_LIMIT = 40
_KEY_LENGTH = 10


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    """Reports as pages need them."""

    def delivered(self) -> "ProgressReportQuerySet":
        """Those that were handed in."""
        return self.filter(reported_at__isnull=False)

    def known_to(self, user: AnyUser, initiative: Initiative) -> "ProgressReportQuerySet":
        """Those that `user` may read: what is still being written belongs to the agency and the regency's desks."""
        return (
            self
            if can(user, Permission.VIEW_DRAFTS, initiative.regency, initiative.lead_agency_id)
            else (self.delivered())
        )

    def complete(self) -> "ProgressReportQuerySet":
        """With amounts, values and evidence."""
        files = models.Prefetch("evidence", queryset=ProgressEvidence.objects.select_related("file"))
        return self.prefetch_related("amounts", "values", files)


class ProgressReport(WrittenRow):
    """One quarter of one initiative. Money and values are those reached by the end of the quarter, within its year."""

    writing_kind = WritingKind.PROGRESS

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="progress_reports")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="progress_reports")
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("triwulan")
    state = models.CharField("keadaan", max_length=12, choices=ProgressState, blank=True)
    output = models.TextField("realisasi keluaran", blank=True, max_length=PROGRESS_TEXT_LIMIT)
    problem = models.TextField("masalah", blank=True, max_length=PROGRESS_TEXT_LIMIT)
    follow_up = models.TextField("tindak lanjut", blank=True, max_length=PROGRESS_TEXT_LIMIT)
    # Set once: a report that is corrected later was still handed in on that day.
    reported_at = models.DateTimeField("dilaporkan", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_as = models.CharField("dilaporkan sebagai", max_length=200, blank=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan kemajuan"
        verbose_name_plural = "laporan kemajuan"
        ordering = ("initiative", "year", "number")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "year", "number"), name="progressreport_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=4), name="progressreport_quarter_known"),
            models.CheckConstraint(
                condition=Q(state__in=["", *ProgressState.values]), name="progressreport_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | (~Q(state="") & ~Q(output="")),
                name="progressreport_delivered_is_told",
            ),
            both_or_neither("updated_at", "updated_by", table="progressreport"),
            both_or_neither("reported_at", "reported_by", table="progressreport"),
        )

    def __str__(self) -> str:
        return self.quarter.label

    @property
    def quarter(self) -> Quarter:
        """The quarter it reports on."""
        return Quarter(self.year, self.number)

    @property
    def spent(self) -> int | None:
        """Money of all sources together, None while none is given."""
        amounts = [row.amount for row in self.amounts.all()]
        return sum(amounts) if amounts else None

    @property
    def reached(self) -> dict[str, str]:
        """What was reached, by the key of the indicator, as it was written."""
        return {row.key: row.text for row in self.values.all()}


class ProgressAmount(models.Model):
    """Money of one source that was spent from January to the end of the quarter, in whole rupiah."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="amounts")
    source = models.CharField("sumber dana", max_length=14, choices=FundingSource)
    amount = models.BigIntegerField("realisasi")

    class Meta:
        verbose_name = "realisasi anggaran"
        verbose_name_plural = "realisasi anggaran"
        ordering = ("report", "source")
        constraints = (
            models.UniqueConstraint(fields=("report", "source"), name="progressamount_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="progressamount_not_negative"),
            one_of("source", FundingSource.values, table="progressamount"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"


class ProgressValue(models.Model):
    """What an indicator had reached by the end of the quarter: as written, and as understood.

    It names its indicator by key and by words: the rows of an initiative's indicators are new with every save of them.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="values")
    key = models.CharField("kunci indikator", max_length=_KEY_LENGTH)
    kind = models.CharField("jenis", max_length=8, choices=IndicatorKind)
    name = models.CharField("indikator", max_length=200)
    unit = models.CharField("satuan", max_length=40, blank=True)
    text = models.CharField("capaian", max_length=VALUE_LIMIT)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "capaian indikator"
        verbose_name_plural = "capaian indikator"
        ordering = ("report", "pk")
        constraints = (
            models.UniqueConstraint(fields=("report", "key"), name="progressvalue_once"),
            models.CheckConstraint(condition=~Q(text=""), name="progressvalue_has_text"),
            one_of("kind", IndicatorKind.values, table="progressvalue"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


class ProgressEvidence(AttachedFile):
    """A file that supports a report; its bytes are kept once, with those of all other evidence."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="progress_evidence")

    class Meta:
        verbose_name = "bukti laporan"
        verbose_name_plural = "bukti laporan"
        ordering = ("report", "pk")
        constraints = (
            models.UniqueConstraint(fields=("report", "sent_sha256"), name="progressevidence_sent_once"),
            models.UniqueConstraint(fields=("report", "file"), name="progressevidence_file_once"),
        )

    @property
    def regency(self) -> Regency:
        """The regency whose initiative this is about."""
        return self.report.regency


class ProgressCalendar(models.Model):
    """From when on a plan's initiatives report, and within how many days after the end of a quarter."""

    master_plan = models.OneToOneField(MasterPlan, on_delete=models.CASCADE, related_name="progress_calendar")
    first_year = models.PositiveSmallIntegerField("tahun pertama")
    first_number = models.PositiveSmallIntegerField("triwulan pertama")
    days = models.PositiveSmallIntegerField("hari sesudah triwulan berakhir", default=USUAL_DAYS)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("ditetapkan", default=timezone.now)

    class Meta:
        verbose_name = "jadwal pelaporan"
        verbose_name_plural = "jadwal pelaporan"
        constraints = (
            models.CheckConstraint(
                condition=Q(first_number__gte=1, first_number__lte=4), name="progresscalendar_quarter_known"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=MOST_DAYS), name="progresscalendar_days_few"),
        )

    def __str__(self) -> str:
        return f"Mulai {self.first.label}, {self.days} hari"

    @property
    def first(self) -> Quarter:
        """The first quarter that is asked for."""
        return Quarter(self.first_year, self.first_number)


def years_of(initiative: Initiative) -> tuple[int, int]:
    """The first and the last year of an initiative; those of the plan where it does not say."""
    plan = initiative.master_plan
    return initiative.start_year or plan.start_year, initiative.end_year or plan.end_year


def owed_by(initiative: Initiative, calendar: Calendar, today: date) -> list[Quarter]:
    """The quarters that an initiative reports and that have begun; none before it was approved."""
    if initiative.approved_at is None:
        return []
    first, last = years_of(initiative)
    approved = timezone.localdate(initiative.approved_at)
    return calendar.quarters(approved=approved, start_year=first, end_year=last, today=today)


def calendar_of(plan: MasterPlan) -> Calendar:
    """The calendar of a plan; the usual one until somebody has set it."""
    row: ProgressCalendar | None = getattr(plan, "progress_calendar", None)
    return Calendar(row.first, row.days) if row else Calendar()
