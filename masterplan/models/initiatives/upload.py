"""What every workbook has that somebody uploaded for a worker to read and, once confirmed, to store as a whole.

Initiatives come in as `workbook.WorkbookImport`, development plans as `plan_import.PlanImport`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from smartcity.common.jobs import JobState, LeasedJob
from smartcity.common.storage.files import forget_with_files, private_storage

# How long an upload can be looked up after it was sent.
_KEPT = timedelta(days=30)


class UploadJob(LeasedJob):
    """One upload. A subclass has a `phase` with at least the two below, and `result` is what the last one found."""

    READ, STORE = "read", "store"

    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.FileField("berkas", storage=private_storage, max_length=200)
    filename = models.CharField("nama berkas", max_length=160)
    size = models.PositiveIntegerField("ukuran")
    result = models.JSONField("hasil", default=dict, blank=True)
    confirmed_at = models.DateTimeField("disetujui", null=True, blank=True)

    phase: str

    class Meta(LeasedJob.Meta):
        abstract = True
        ordering = ("-requested_at",)

    def __str__(self) -> str:
        return f"{self.filename} {timezone.localtime(self.requested_at):%Y-%m-%d %H.%M}"

    @property
    def stored_names(self) -> list[str]:
        """Its files in private storage."""
        return [self.file.name] if self.file.name else []

    def has_ended(self, phase: str) -> bool:
        """Whether that phase was its last, and ended well."""
        return self.phase == phase and self.state == JobState.DONE

    @property
    def is_read(self) -> bool:
        """Whether it was read to the end and waits for a word."""
        return self.has_ended(self.READ)

    @property
    def is_stored(self) -> bool:
        """Whether everything was stored."""
        return self.has_ended(self.STORE)

    @property
    def standing(self) -> str:
        """Where it stands, in words for a list."""
        if self.is_open:
            return "Sedang diproses"
        if self.is_stored:
            return "Tersimpan"
        return "Menunggu keputusan Anda" if self.is_read else "Gagal"

    @classmethod
    def forget_old(cls) -> int:
        """Delete uploads of more than a month ago with their files; what they stored stays. Returns how many."""
        old = cls._default_manager.filter(requested_at__lt=timezone.now() - _KEPT)
        return forget_with_files(old, lambda upload: upload.stored_names)
