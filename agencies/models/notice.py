"""Notices to people: their text, which of them still wait for a mail, and how people want to receive each kind.

`masterplan.notifications` decides who receives what, `agencies.notices` when mails leave.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.notice_kinds import NoticeKind
from agencies.roles import Role
from smartcity.common.constraints import one_of

from .agency import Agency
from .outgoing_mail import OutgoingMail
from .regency import Regency

SUBJECT_LIMIT = 200


class Delivery(models.TextChoices):
    """How notices of a kind are delivered by mail. The portal lists all of them in any case."""

    NOW = "now", "Langsung"
    DIGEST = "digest", "Ringkasan harian"
    NONE = "none", "Tidak"


@dataclass(frozen=True)
class News:
    """The hint on the settings page, and how a kind is delivered unless the person has chosen."""

    hint: str
    usual: Delivery


# At once comes what waits for the person alone; the rest is read once a day. Whom a kind can reach is declared with the
# role.
NEWS: dict[NoticeKind, News] = {
    NoticeKind.RETURNED: News("Diskominfo meminta perbaikan.", Delivery.NOW),
    NoticeKind.ASSIGNED: News("Seseorang meminta Anda menanganinya.", Delivery.NOW),
    NoticeKind.REMINDED: News("Isian yang masih ditunggu dari perangkat daerah Anda.", Delivery.NOW),
    NoticeKind.EXTENDED: News("Perangkat daerah Anda mendapat waktu lebih.", Delivery.NOW),
    NoticeKind.INVITED: News("Hari, tempat, dan tautan daringnya.", Delivery.NOW),
    NoticeKind.BOOK: News("Siap diunduh, gagal disusun, atau dibatalkan.", Delivery.NOW),
    NoticeKind.SUBMITTED: News("Menunggu tinjauan Diskominfo.", Delivery.DIGEST),
    NoticeKind.APPROVED: News("Tinjauan Diskominfo selesai.", Delivery.DIGEST),
    NoticeKind.COMMENTED: News("Pada isian inisiatif dan pada naskah buku.", Delivery.DIGEST),
    NoticeKind.LINK_DECIDED: News("Diterima atau ditolaknya tautan ke RPJMD.", Delivery.DIGEST),
    NoticeKind.FILLED_IN: News("Agar Anda dapat memeriksa isiannya.", Delivery.DIGEST),
}

# What a mail that is made of several notices says it is made of: all that comes at once, or all of the digest.
TOGETHER = (Delivery.NOW, Delivery.DIGEST)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whether they wait for a mail or were read."""

    def waiting(self) -> "NoticeQuerySet":
        """Notices that wait for a mail."""
        return self.exclude(waits="")

    def unread(self) -> "NoticeQuerySet":
        """Notices that were not opened from the list."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One notice to one person, who receives it as `role` of `agency` (None: for the whole regency).

    It is known and mailed only as long as they hold that role. A notice to somebody of the ministry that concerns no
    single regency, such as a grant for a round, has no `regency`. `waits` names the mail that it still waits for.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("sebagai", max_length=16, choices=Role)
    kind = models.CharField("jenis", max_length=16, choices=NoticeKind)
    subject = models.CharField("perihal", max_length=SUBJECT_LIMIT)
    text = models.TextField("isi", blank=True)
    path = models.CharField("alamat", max_length=300)
    created_at = models.DateTimeField("waktu", default=timezone.now)
    read_at = models.DateTimeField("dibaca", null=True, blank=True)
    waits = models.CharField("menunggu surel", max_length=8, blank=True, choices=Delivery)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "kabar"
        verbose_name_plural = "kabar"
        ordering = ("-created_at", "-pk")
        constraints = (
            one_of("role", Role.values, table="notice"),
            one_of("kind", NoticeKind.values, table="notice"),
            one_of("waits", ["", *TOGETHER], table="notice"),
            models.CheckConstraint(condition=Q(waits="") | Q(mail__isnull=True), name="notice_waits_without_mail"),
        )
        indexes = (
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
            models.Index(fields=["user", "waits"], condition=~Q(waits=""), name="notice_waiting"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def about(self) -> str:
        """The place it concerns, for lists of notices from several."""
        return self.regency.full_name if self.regency else "Kementerian"

    @property
    def url(self) -> str:
        """The full address of the page it is about, for mails."""
        return settings.BASE_URL + self.path


class NoticeChoice(models.Model):
    """How a person wants to receive one kind of notice; without a row the default of `NEWS` applies."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField("jenis", max_length=16, choices=NoticeKind)
    delivery = models.CharField("cara", max_length=8, choices=Delivery)

    class Meta:
        verbose_name = "pilihan kabar"
        verbose_name_plural = "pilihan kabar"
        constraints = (
            models.UniqueConstraint(fields=("user", "kind"), name="noticechoice_once"),
            one_of("kind", NoticeKind.values, table="noticechoice"),
            one_of("delivery", Delivery.values, table="noticechoice"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_delivery_display().lower()}"


class Digest(models.Model):
    """The digest that a person received on a day; only the process that stores this row sends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField("hari")

    class Meta:
        verbose_name = "ringkasan harian"
        verbose_name_plural = "ringkasan harian"
        constraints = (models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.day}"
