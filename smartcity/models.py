"""The tables of the project itself: when recurring work was last done, and the audit log's seals."""

from django.db import models


class Heartbeat(models.Model):
    """A sign of life: `worker` is written by a task that beat sends and a worker runs, so it proves both; `backup` is
    the moment whose state the newest backup holds.
    """

    name = models.CharField("nama", max_length=40, unique=True)
    at = models.DateTimeField("terakhir terlihat")

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class AuditSeal(models.Model):
    """A seal on rows of one table of the audit log, and a link of the chain of all seals. Rows are only ever added.

    It covers the ids in `rows`: all that were there above `after_id`, and late ones in the gaps of the seal before.
    """

    number = models.PositiveBigIntegerField("nomor", unique=True)
    table = models.CharField("tabel", max_length=60)
    columns = models.JSONField("kolom")
    after_id = models.PositiveBigIntegerField("sesudah baris")
    last_id = models.PositiveBigIntegerField("sampai baris")
    # First and last id of each unbroken run, and in the same order a digest for each row.
    rows = models.JSONField("baris")
    digests = models.BinaryField("sidik baris")
    # Ids below `last_id` of which no row was seen: first, last, and since when (seconds of the epoch).
    open_gaps = models.JSONField("nomor yang belum ada")
    made_at = models.DateTimeField("disegel")
    previous = models.CharField("nilai segel sebelumnya", max_length=64, blank=True)
    value = models.CharField("nilai segel", max_length=64)

    class Meta:
        verbose_name = "segel catatan"
        verbose_name_plural = "segel catatan"
        ordering = ("number",)
        indexes = (models.Index(fields=["table", "-number"], name="auditseal_last_of_table"),)

    def __str__(self) -> str:
        return f"Segel {self.number}"
