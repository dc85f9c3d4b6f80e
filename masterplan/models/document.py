"""Editions and books: the frozen copy, the request to print it, and the file that came of it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import Regency
from masterplan.models.initiatives.evidence import EvidenceFile
from masterplan.models.initiatives.initiative import Initiative
from masterplan.reference import USUAL_PAPER_FORMAT, BookFormat, EditionScope, EditionStatus
from smartcity.common.codes import draw_code, short_fingerprint
from smartcity.common.constraints import both_or_neither, one_of, state_needs
from smartcity.common.formatting import format_date
from smartcity.common.jobs import LeasedJob
from smartcity.common.storage.files import forget_with_files, private_storage

from .master_plan import MasterPlan

# Groups of the code by which people ask about an issued file.
CODE_GROUPS = 4
DECREE_LIMIT = 160
REASON_LIMIT = 600


class SnapshotIsFrozen(Exception):
    """Somebody tried to change an edition's content."""


class Snapshot(models.Model):
    """An edition: the whole plan as it was at one moment, as canonical JSON. Its content never changes."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField("edisi")
    label = models.CharField("keterangan", max_length=160, blank=True)
    reason = models.TextField("alasan", max_length=REASON_LIMIT, blank=True)
    scope = models.CharField("cakupan", max_length=10, choices=EditionScope, default=EditionScope.SUBMITTED)
    status = models.CharField("keadaan", max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    content = models.JSONField("isi")
    sha256 = models.CharField("sidik isi", max_length=64)
    # Held so that an edition still prints after somebody has taken a picture away.
    evidence_files = models.ManyToManyField(EvidenceFile, related_name="snapshots", blank=True)
    # What its book tells the changes since: chosen when it is frozen, so that the same edition always prints the same.
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField("dibekukan", default=timezone.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField("ditinjau", null=True, blank=True)
    adopted_at = models.DateTimeField("ditetapkan", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The decree by which it was adopted: printed beside the frozen content, and never changed once it is there.
    decree_number = models.CharField("keputusan", max_length=DECREE_LIMIT, blank=True)
    decree_date = models.DateField("tanggal keputusan", null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(decree_number="", decree_date__isnull=True)
                | (~Q(decree_number="") & Q(decree_date__isnull=False, adopted_at__isnull=False)),
                name="snapshot_decree_is_whole",
            ),
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
        """The fingerprint of the content, short enough to compare by eye."""
        return short_fingerprint(self.sha256)

    @property
    def badge(self) -> str:
        """Name of the badge; an edition's draft is not an initiative's."""
        return "edition_draft" if self.status == EditionStatus.DRAFT else self.status

    @property
    def is_draft(self) -> bool:
        """Books carry the DRAF mark until the edition is adopted."""
        return self.adopted_at is None

    @property
    def decree(self) -> str:
        """`Keputusan Bupati Nomor 12 Tahun 2021, 20 September 2021`; "" without one."""
        return f"{self.decree_number}, {format_date(self.decree_date)}" if self.decree_date else ""


class BookFile(models.Model):
    """A finished file in private storage, named by the hash of its bytes. Only a PDF has pages."""

    sha256 = models.CharField("sidik berkas", max_length=64, unique=True)
    stored = models.FileField("berkas", storage=private_storage, max_length=200)
    size = models.PositiveBigIntegerField("ukuran")
    format = models.CharField("bentuk", max_length=4, choices=BookFormat, default=BookFormat.PDF)
    pages = models.PositiveIntegerField("halaman", null=True, blank=True)
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    # Only after the signature in the file was found to hold: the subject of the certificate, and when.
    signed_by = models.CharField("ditandatangani oleh", max_length=300, null=True, blank=True, editable=False)
    signed_at = models.DateTimeField("ditandatangani", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "berkas buku"
        verbose_name_plural = "berkas buku"
        constraints = (
            both_or_neither("signed_at", "signed_by", table="bookfile"),
            models.CheckConstraint(
                condition=Q(format=BookFormat.PDF, pages__isnull=False, pages__gte=1)
                | (~Q(format=BookFormat.PDF) & Q(pages__isnull=True)),
                name="bookfile_has_pages",
            ),
            one_of("format", BookFormat.values, table="bookfile"),
        )

    def __str__(self) -> str:
        size = f"{self.pages} halaman" if self.pages else self.get_format_display()
        return f"{size}, {self.sha256[:8]}"

    @property
    def storage_name(self) -> str:
        """Its name in private storage."""
        return self.stored.name or ""


# What a file of the whole edition is called.
_WHOLE = {BookFormat.EXCEL: "Tabel Excel", BookFormat.OPEN_DATA: "Data terbuka", BookFormat.BUNDLE: "ZIP semua berkas"}


def verification_code() -> str:
    """A code for one issued file: 16 letters and digits, some 78 bits, so that nobody finds one by trying."""
    return draw_code(CODE_GROUPS)


class BookJob(LeasedJob):
    """A request for one file of one edition. The same request is the same row, however often it is made.

    Its `code` is printed in the file and leads to the public page that says what the file is.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="book_jobs")
    # Empty for a file that holds the whole edition: its tables, its data, the ZIP of all.
    book = models.CharField("buku", max_length=20, blank=True)
    variant = models.CharField("ragam", max_length=20, default=USUAL_PAPER_FORMAT)
    format = models.CharField("bentuk", max_length=4, choices=BookFormat, default=BookFormat.PDF)
    # What of it: the anchor of one chapter; of a ZIP the fingerprint of the files that are in it.
    portion = models.CharField("bagian", max_length=120, blank=True)
    packed = models.ManyToManyField("self", symmetrical=False, related_name="packed_in", blank=True)
    draft_mark = models.BooleanField("bertanda draf")
    # Drawn once, with the request, so that whichever worker prints it and however often, the bytes are the same.
    code = models.CharField(
        "kode pemeriksaan", max_length=CODE_GROUPS * 5 - 1, unique=True, default=verification_code, editable=False
    )
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
            models.UniqueConstraint(
                fields=("snapshot", "book", "variant", "format", "portion", "draft_mark"), name="bookjob_once"
            ),
            one_of("format", BookFormat.values, table="bookjob"),
            models.CheckConstraint(
                condition=Q(format__in=[BookFormat.PDF, BookFormat.WORD]) ^ Q(book=""), name="bookjob_book_or_edition"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(file__isnull=False), name="bookjob_done_has_file"),
        )

    def __str__(self) -> str:
        variant = "" if self.variant == USUAL_PAPER_FORMAT else f" ({self.variant})"
        what = self.book.capitalize().replace("-", " ") or _WHOLE[BookFormat(self.format)]
        if self.is_chapter:
            what += f" {self.portion.replace('-', ' ')}"
        if self.format == BookFormat.WORD:
            what += " (Word)"
        return f"{what} edisi {self.snapshot.number}{variant}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, and then the file."""
        return reverse("book_progress", args=[self.regency.slug, self.pk])

    @property
    def is_chapter(self) -> bool:
        """Whether it is one chapter or annex of a book, and not the whole."""
        return bool(self.book and self.portion)

    @property
    def check_url(self) -> str:
        """The whole address of the public page about this file, as its QR holds it."""
        return settings.BASE_URL + reverse("verification_detail", args=[self.code])

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
    """Who took which book when. Rows are only ever added."""

    job = models.ForeignKey(BookJob, on_delete=models.CASCADE, related_name="downloads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "unduhan"
        verbose_name_plural = "unduhan"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.job} {self.at:%Y-%m-%d}"


class EditionReading(models.Model):
    """When a person last read an edition: opened its page or took one of its books."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("dibaca")

    class Meta:
        verbose_name = "pembacaan edisi"
        verbose_name_plural = "pembacaan edisi"
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=("snapshot", "user"), name="editionreading_once"),)

    def __str__(self) -> str:
        return f"{self.snapshot} {self.at:%Y-%m-%d}"


def newest_books(plan: MasterPlan) -> models.QuerySet[BookJob]:
    """The requests for whole PDF books of a plan's newest edition, with the mark that its books carry now."""
    newest = Snapshot.objects.filter(master_plan=plan).order_by("-number").values("pk")[:1]
    marked_as_now = Q(draft_mark=True, snapshot__adopted_at=None) | Q(
        draft_mark=False, snapshot__adopted_at__isnull=False
    )
    return BookJob.objects.filter(marked_as_now, snapshot=models.Subquery(newest), format=BookFormat.PDF, portion="")


def forget_old_sheets() -> int:
    """Delete previews of sheets that ended more than settings.NEWS_KEPT_DAYS ago, and files that no request names.

    Whoever looks again has it printed again. Returns how many previews.
    """
    limit = timezone.now() - timedelta(days=settings.NEWS_KEPT_DAYS)
    count, _ = SheetJob.objects.filter(finished_at__lt=limit).delete()
    unnamed = BookFile.objects.filter(created_at__lt=limit, jobs=None, sheet_jobs=None)
    forget_with_files(unnamed, lambda file: [file.storage_name])
    return count
