"""What one save changed. `InitiativeChange` and `WritingChange` are such records, each with a table of its own."""

from django.conf import settings
from django.db import models
from django.utils import timezone

REQUEST_KEY_LIMIT = 36


class ChangeSource(models.TextChoices):
    """Through which feature a change came. Whether it was made for another agency is a column of its own."""

    FORM = "form", "Formulir"
    WORKBOOK = "workbook", "Excel"
    BULK = "bulk", "Ubah beberapa sekaligus"
    COPY = "copy", "Salinan"
    RESTORE = "restore", "Dipulihkan dari riwayat"
    API = "api", "API"
    SAMPLE = "sample", "Data contoh"


class RecordedChange(models.Model):
    """The answers that one save changed, before and after, and by whom. Rows are only ever added."""

    version = models.PositiveIntegerField("versi")
    source = models.CharField("sumber", max_length=10, choices=ChangeSource, default=ChangeSource.FORM)
    # What a browser calls the packet it sends: the same key sent again is the same save, however often it arrives.
    request_key = models.CharField("kunci kiriman", max_length=REQUEST_KEY_LIMIT, blank=True)
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField("sebagai", max_length=200, blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ("-version",)
