"""Bimtek: the stages with their agenda, what is handed out at them, and that they were closed.

Who was invited, who came and what each agency delivers is in `attendance`; the printed minutes are `workshop_paper`.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.initiatives.evidence import EvidenceFile
from smartcity.common.constraints import both_or_neither, years_in_order
from smartcity.common.formatting import format_size, format_weekday
from smartcity.common.times import format_time

# Days of one stage: longer than any round has had one, short enough to list.
MOST_DAYS = 14
MINUTES_LIMIT = 12_000
NOTE_LIMIT = 1_000
LINK_LIMIT = 300


class Workshop(models.Model):
    """One stage of guidance. Stages are data: some rounds ran three, some four."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="workshops")
    stage = models.CharField("tahap", max_length=20)
    title = models.CharField("judul", max_length=200)
    start_date = models.DateField("mulai", null=True, blank=True)
    end_date = models.DateField("selesai", null=True, blank=True)
    place = models.CharField("tempat", max_length=200, blank=True)
    is_hybrid = models.BooleanField("hibrida", default=False)
    online_link = models.URLField("tautan daring", max_length=LINK_LIMIT, blank=True)
    agenda = models.TextField("isi", blank=True)
    expected_output = models.TextField("hasil yang diharapkan", blank=True)
    deadline = models.DateTimeField("batas kirim", null=True, blank=True)
    minutes = models.TextField("notulen", blank=True, max_length=MINUTES_LIMIT)
    source = models.CharField("sumber", max_length=300, blank=True)
    is_sample = models.BooleanField("contoh", default=False)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    # For calendars that hold an earlier file of this stage: how often what they show has changed, and when last.
    sequence = models.PositiveIntegerField("perubahan jadwal", default=0)
    changed_at = models.DateTimeField("jadwal diubah", default=timezone.now)

    class Meta:
        verbose_name = "bimtek"
        verbose_name_plural = "bimtek"
        ordering = ("regency", "order", "start_date")
        constraints = (
            models.UniqueConstraint(fields=("regency", "stage"), name="workshop_stage_once"),
            years_in_order("start_date", "end_date", table="workshop"),
            models.CheckConstraint(
                condition=Q(online_link="") | Q(online_link__startswith="https://"), name="workshop_link_is_https"
            ),
        )

    def __str__(self) -> str:
        return f"Bimtek Tahap {self.stage}"

    @property
    def days(self) -> list[date]:
        """The days it takes, at most MOST_DAYS; none while no date is set."""
        first, last = self.start_date or self.end_date, self.end_date or self.start_date
        if first is None or last is None:
            return []
        return [first + timedelta(n) for n in range(min((last - first).days + 1, MOST_DAYS))]

    @property
    def notifies_people(self) -> bool:
        """Whether invitations are sent: not for a sample, and not for a stage that is over."""
        is_ahead = not self.days or self.days[-1] >= self.regency.today()
        return is_ahead and not self.is_sample

    @property
    def schedule(self) -> dict[str, str]:
        """When and where, in words, as an invitation says it; "" for what is not set."""
        items = list(self.agenda_items.all())
        days = [self._hours(day, [item for item in items if item.day == n]) for n, day in enumerate(self.days, 1)]
        return {
            "Hari": "; ".join(days),
            "Tempat": self.place,
            "Cara mengikuti": "di tempat atau daring" if self.is_hybrid else "di tempat",
            "Tautan daring": self.online_link,
        }

    def _hours(self, day: date, items: "list[AgendaItem]") -> str:
        """`Senin, 6 September 2021 pukul 08.00–15.30 WIB`; the day alone without an agenda."""
        if not items:
            return format_weekday(day)
        start, end = min(item.start for item in items), max(item.end for item in items)
        until = datetime.combine(day, end, self.regency.zone)
        return f"{format_weekday(day)} pukul {format_time(start)}–{format_time(end)} {until:%Z}"


class AgendaItem(models.Model):
    """One item of a stage's agenda. Days are counted, so that a stage can be moved with its agenda."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="agenda_items")
    day = models.PositiveSmallIntegerField("hari ke", default=1)
    start = models.TimeField("mulai")
    end = models.TimeField("selesai")
    topic = models.CharField("acara", max_length=200)
    # An institution, never a person: agendas are public within the regency and are printed.
    speaker = models.CharField("instansi narasumber", max_length=160, blank=True)

    class Meta:
        verbose_name = "acara bimtek"
        verbose_name_plural = "acara bimtek"
        ordering = ("workshop", "day", "start", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="agendaitem_start_before_end"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=MOST_DAYS), name="agendaitem_day_of_stage"),
        )

    def __str__(self) -> str:
        return self.topic


class WorkshopMaterial(models.Model):
    """What is handed out at a stage: a file, or an https address of one."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField("judul", max_length=160)
    file = models.ForeignKey(
        EvidenceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="workshop_materials"
    )
    original_name = models.CharField("nama berkas", max_length=120, blank=True)
    link = models.URLField("tautan", max_length=LINK_LIMIT, blank=True)
    added_at = models.DateTimeField("ditambahkan", default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "materi bimtek"
        verbose_name_plural = "materi bimtek"
        ordering = ("workshop", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | Q(file__isnull=True, link__startswith="https://"),
                name="workshopmaterial_file_or_link",
            ),
            models.UniqueConstraint(fields=("workshop", "file"), name="workshopmaterial_file_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> str:
        """`PDF, 1,2 MB`; "" for a link."""
        return f"{self.file.get_kind_display()}, {format_size(self.file.size)}" if self.file else ""


class WorkshopClosing(models.Model):
    """A stage was closed, and perhaps opened again with a reason. The newest row says how it stands."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="closings")
    note = models.TextField("catatan penutupan", blank=True, max_length=NOTE_LIMIT)
    closed_at = models.DateTimeField("ditutup", default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_as = models.CharField("ditutup sebagai", max_length=200)
    reason = models.TextField("alasan dibuka lagi", blank=True, max_length=NOTE_LIMIT)
    reopened_at = models.DateTimeField("dibuka lagi", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_as = models.CharField("dibuka lagi sebagai", max_length=200, blank=True)

    class Meta:
        verbose_name = "penutupan bimtek"
        verbose_name_plural = "penutupan bimtek"
        ordering = ("workshop", "-closed_at", "-pk")
        constraints = (
            both_or_neither("reopened_at", "reopened_by", table="workshopclosing"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reason=""), name="workshopclosing_reopened_has_reason"
            ),
            models.UniqueConstraint(
                fields=("workshop",), condition=Q(reopened_at__isnull=True), name="workshopclosing_one_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.workshop} ditutup {self.closed_at:%Y-%m-%d}"
