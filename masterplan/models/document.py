"""Editions and books: the frozen copy, the request to print it, and the file that came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import Regency
from masterplan.reference import EditionScope, EditionStatus
from smartcity.common.constraints import both_or_neither, one_of, state_needs
from smartcity.common.files import private_storage
from smartcity.common.jobs import LeasedJob

from .evidence import EvidenceFile
from .initiative import Initiative
from .master_plan import MasterPlan


class SnapshotIsFrozen(Exception):
    """Somebody tried to change an edition's content."""


class Snapshot(models.Model):
    """An edition: the whole plan as it was at one moment, as canonical JSON. Its content never changes."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField("edisi")
    label = models.CharField("keterangan", max_length=160, blank=True)
    scope = models.CharField("cakupan", max_length=10, choices=EditionScope, default=EditionScope.SUBMITTED)
    status = models.CharField("keadaan", max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    # Held so that an edition still prints after an agency has taken a picture away.
    evidence_files = models.ManyToManyField(EvidenceFile, related_name="snapshots", blank=True)
    taken_at = models.DateTimeField("dibekukan", default=timezone.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField("ditinjau", null=True, blank=True)
    adopted_at = models.DateTimeField("ditetapkan", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_at = models.DateTimeField("digantikan", null=True, blank=True)

    class Meta:
        verbose_name = "edisi"
        verbose_name_plural = "edisi"
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "number"), name="snapshot_numbered_once"),
            models.UniqueConstraint(
                fields=("master_plan",), condition=Q(status=EditionStatus.ADOPTED), name="snapshot_one_adopted"
            ),
            one_of("status", EditionStatus.values, table="snapshot"),
            one_of("scope", EditionScope.values, table="snapshot"),
            state_needs(EditionStatus.REVIEWED, "reviewed_at", table="snapshot"),
            state_needs(EditionStatus.ADOPTED, "adopted_at", table="snapshot"),
            state_needs(EditionStatus.SUPERSEDED, "superseded_at", table="snapshot"),
            both_or_neither("adopted_at", "adopted_by", table="snapshot"),
        )

    def __str__(self) -> str:
        return f"Edisi {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an existing one is frozen. States move through a conditional UPDATE in `actions`."""
        if self.pk is not None and not self._state.adding:
            raise SnapshotIsFrozen(f"Edisi {self.number} sudah dibekukan.")
        super().save(*args, **kwargs)

    @property
    def regency(self) -> Regency:
        """The regency whose plan this is."""
        return self.master_plan.regency

    @property
    def code(self) -> str:
        """Short code printed on every page, from the fingerprint of the content."""
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()

    @property
    def badge(self) -> str:
        """Name of the badge; an edition's draft is not an initiative's."""
        return "edition_draft" if self.status == EditionStatus.DRAFT else self.status

    @property
    def is_draft(self) -> bool:
        """Books carry the DRAF mark until the edition is adopted."""
        return self.adopted_at is None


class BookFile(models.Model):
    """A finished PDF in private storage, named by the hash of its bytes."""

    sha256 = models.CharField("sidik berkas", max_length=64, unique=True)
    stored = models.FileField("berkas", storage=private_storage, max_length=200)
    size = models.PositiveBigIntegerField("ukuran")
    pages = models.PositiveIntegerField("halaman")
    created_at = models.DateTimeField("dibuat", default=timezone.now)

    class Meta:
        verbose_name = "berkas buku"
        verbose_name_plural = "berkas buku"
        constraints = (models.CheckConstraint(condition=Q(pages__gte=1), name="bookfile_has_pages"),)

    def __str__(self) -> str:
        return f"{self.pages} halaman, {self.sha256[:8]}"

    @property
    def storage_name(self) -> str:
        """Its name in private storage."""
        return self.stored.name or ""


class BookJob(LeasedJob):
    """A request for one book of one edition. The same request is the same row, however often it is made."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="book_jobs")
    book = models.CharField("buku", max_length=20)
    variant = models.CharField("ragam", max_length=20, default="standar")
    draft_mark = models.BooleanField("bertanda draf")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Everybody who waits for it: they may cancel it, and are told how it ended.
    askers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    file = models.ForeignKey(BookFile, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    report = models.JSONField("laporan", default=dict, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "permintaan buku"
        verbose_name_plural = "permintaan buku"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            models.UniqueConstraint(fields=("snapshot", "book", "variant", "draft_mark"), name="bookjob_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(file__isnull=False), name="bookjob_done_has_file"),
        )

    def __str__(self) -> str:
        return f"{self.book.capitalize().replace('-', ' ')} edisi {self.snapshot.number}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, and then the file."""
        return reverse("book_progress", args=[self.regency.slug, self.pk])

    @property
    def regency(self) -> Regency:
        """The regency whose book this is."""
        return self.snapshot.master_plan.regency


class SheetJob(LeasedJob):
    """A request to print one initiative's own pages, as they are now. The same content is the same row."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sheet_jobs")
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(BookFile, on_delete=models.PROTECT, null=True, blank=True, related_name="sheet_jobs")
    report = models.JSONField("laporan", default=dict, blank=True)

    class Meta(LeasedJob.Meta):
        abstract = False
        verbose_name = "permintaan lembar"
        verbose_name_plural = "permintaan lembar"
        ordering = ("-requested_at",)
        constraints = (
            *LeasedJob.Meta.constraints,
            models.UniqueConstraint(fields=("initiative", "sha256"), name="sheetjob_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(file__isnull=False), name="sheetjob_done_has_file"),
        )

    def __str__(self) -> str:
        return f"Lembar {self.initiative.code}"

    @property
    def regency(self) -> Regency:
        """The regency whose initiative this is."""
        return self.initiative.regency


class BookDownload(models.Model):
    """Who took which book when."""

    job = models.ForeignKey(BookJob, on_delete=models.CASCADE, related_name="downloads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "unduhan"
        verbose_name_plural = "unduhan"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.job} {self.at:%Y-%m-%d}"
