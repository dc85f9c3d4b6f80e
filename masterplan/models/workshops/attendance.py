"""Attendance of a stage of the bimtek: invitations, outputs and deliveries, and the attendance list of each day.

What an agency delivered is only kept where the portal cannot know it by itself: `OutputKind` says which.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Agency
from masterplan.reference_bimtek import PRESENT_MODES, AttendanceMode, OutputKind
from smartcity.common.codes import draw_code
from smartcity.common.constraints import both_or_neither, one_of

from .workshop import Workshop

# Groups of the code in the address of an attendance page.
SIGN_IN_GROUPS = 4
PERSON_LIMIT, POSITION_LIMIT, INSTITUTION_LIMIT = 120, 120, 160
# How long the portal keeps who came: through the yearly evaluation that asks for it, then it forgets by itself.
_KEPT = timedelta(days=400)


class Attendance(models.Model):
    """An agency was invited; its mode says how it then took part."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendances")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="attendances")
    mode = models.CharField("cara hadir", max_length=8, choices=AttendanceMode, default=AttendanceMode.INVITED)
    invited_at = models.DateTimeField("diundang", default=timezone.now)

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

    @property
    def was_there(self) -> bool:
        """Whether the agency took part, in whichever way."""
        return self.mode in PRESENT_MODES


class WorkshopOutput(models.Model):
    """What every invited agency is expected to deliver at a stage."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="outputs")
    title = models.CharField("hasil", max_length=200)
    kind = models.CharField("cara mengetahui", max_length=12, choices=OutputKind, default=OutputKind.TICKED)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "hasil bimtek"
        verbose_name_plural = "hasil bimtek"
        ordering = ("workshop", "order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("workshop", "title"), name="workshopoutput_once"),
            one_of("kind", OutputKind.values, table="workshopoutput"),
        )

    def __str__(self) -> str:
        return self.title


class OutputDelivery(models.Model):
    """An agency delivered an output that the portal cannot see for itself."""

    output = models.ForeignKey(WorkshopOutput, on_delete=models.CASCADE, related_name="deliveries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="output_deliveries")
    delivered_at = models.DateTimeField("diserahkan", default=timezone.now)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ticked_as = models.CharField("ditandai oleh", max_length=200)

    class Meta:
        verbose_name = "penyerahan hasil"
        verbose_name_plural = "penyerahan hasil"
        ordering = ("output", "agency")
        constraints = (models.UniqueConstraint(fields=("output", "agency"), name="outputdelivery_once"),)

    def __str__(self) -> str:
        return f"{self.agency}: {self.output}"


def sign_in_code() -> str:
    """The code of one day's attendance page: some 78 bits, so that nobody finds one by trying."""
    return draw_code(SIGN_IN_GROUPS)


class SignInPage(models.Model):
    """The public attendance page of one day; it is not available until a coordinator opens it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sign_in_pages")
    day = models.DateField("hari")
    code = models.CharField(
        "kode", max_length=SIGN_IN_GROUPS * 5 - 1, unique=True, default=sign_in_code, editable=False
    )
    opened_at = models.DateTimeField("dibuka", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "halaman daftar hadir"
        verbose_name_plural = "halaman daftar hadir"
        ordering = ("workshop", "day")
        constraints = (
            models.UniqueConstraint(fields=("workshop", "day"), name="signinpage_once_a_day"),
            both_or_neither("opened_at", "opened_by", table="signinpage"),
        )

    def __str__(self) -> str:
        return f"{self.workshop}, {self.day:%Y-%m-%d}"


class Attendee(models.Model):
    """A participant: personal data that only the coordinator sees, deleted after a while."""

    page = models.ForeignKey(SignInPage, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField("nama", max_length=PERSON_LIMIT)
    position = models.CharField("jabatan", max_length=POSITION_LIMIT)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # For guests who belong to no agency of the regency: the ministry, a campus.
    institution = models.CharField("instansi lain", max_length=INSTITUTION_LIMIT, blank=True)
    mode = models.CharField("cara hadir", max_length=8, choices=AttendanceMode)
    agreed_at = models.DateTimeField("setuju dicatat", default=timezone.now)

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ("page", "agreed_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(mode__in=PRESENT_MODES), name="attendee_was_there"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, institution="") | (Q(agency__isnull=True) & ~Q(institution="")),
                name="attendee_agency_or_institution",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="attendee_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def comes_from(self) -> str:
        """The agency, or the institution of a guest."""
        return self.agency.name if self.agency else self.institution


def attendees_of(workshop: Workshop) -> list[Attendee]:
    """The participants of a stage, by day and in the order of their entries, with their agencies."""
    rows = Attendee.objects.filter(page__workshop=workshop).select_related("page", "agency")
    return list(rows.order_by("page__day", "agreed_at", "pk"))


def stages_to_forget() -> models.QuerySet[Workshop]:
    """The stages whose lists of attendees have been kept long enough."""
    limit = timezone.localdate() - _KEPT
    return Workshop.objects.filter(sign_in_pages__day__lt=limit, sign_in_pages__attendees__isnull=False).distinct()
