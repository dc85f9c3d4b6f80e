"""What happened to people's access: who invited, suspended or changed whom, what was refused, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .regency import Regency


class SecurityEventKind(models.TextChoices):
    """The acts that change who may do what, and the attempts that were refused."""

    INVITED = "invited", "Mengundang"
    INVITATION_ACCEPTED = "invitation_accepted", "Menerima undangan"
    INVITATION_REVOKED = "invitation_revoked", "Membatalkan undangan"
    MEMBERSHIP_CHANGED = "membership_changed", "Mengubah keanggotaan"
    SUSPENDED = "suspended", "Menonaktifkan"
    REINSTATED = "reinstated", "Mengaktifkan kembali"
    SETUP_LINK_MADE = "setup_link_made", "Membuat tautan penyiapan"
    OPERATOR_MADE = "operator_made", "Membuat akun pengelola"
    REGENCY_OPENED = "regency_opened", "Membuka kabupaten/kota"
    GRANTED = "granted", "Menugaskan tenaga ahli"
    GRANT_ENDED = "grant_ended", "Mencabut penugasan"
    ROUND_CHANGED = "round_changed", "Mengubah putaran program"
    EMAIL_CHANGED = "email_changed", "Mengganti alamat surel"
    PASSWORD_CHANGED = "password_changed", "Mengganti kata sandi"
    FACTOR_CHANGED = "factor_changed", "Mengubah langkah kedua"
    IDENTITY_BOUND = "identity_bound", "Menghubungkan identitas instansi"
    IDENTITY_REFUSED = "identity_refused", "Menolak identitas instansi"
    ACCESS_REFUSED = "access_refused", "Akses ditolak"


class SecurityEvent(models.Model):
    """One change of access, or one refusal. Rows are only ever added.

    `subject` is the e-mail address it concerns, kept as text so that it outlives accounts. What concerns an account or
    the whole portal has no `regency`, what a command did no `actor`.
    """

    regency = models.ForeignKey(
        Regency, on_delete=models.PROTECT, null=True, blank=True, related_name="security_events"
    )
    kind = models.CharField("kejadian", max_length=24, choices=SecurityEventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject = models.EmailField("yang dikenai", blank=True)
    detail = models.CharField("keterangan", max_length=400, blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "kejadian akses"
        verbose_name_plural = "kejadian akses"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}".strip()
