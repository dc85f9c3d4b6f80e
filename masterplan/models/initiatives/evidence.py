"""Evidence of an initiative: the rows, uploads on their way, and the files shared with section pictures and workshops.

What a file really is is decided before it gets here (`smartcity.common.storage.file_kinds`, `pictures`); who may add
or remove one is said in `masterplan.initiatives.actions.evidence`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.reference import EvidenceKind, EvidencePlacement
from smartcity.common.codes import short_fingerprint
from smartcity.common.constraints import both_or_neither, one_of
from smartcity.common.formatting import format_size
from smartcity.common.storage.files import forget_with_files, private_storage

from .initiative import Initiative

EVIDENCE_TITLE_LIMIT = 160
# What nobody names any more is kept for a while: a print that was asked for before may still need it.
_KEPT = timedelta(days=1)
# A person comes back the next morning to go on; after a week nobody does.
_UPLOAD_KEPT = timedelta(days=7)


class EvidenceFile(models.Model):
    """Bytes in private storage, kept once however many initiatives, sections and editions name them.

    A picture has two companions: a small one for pages, and one made ready for print that editions stay with.
    """

    sha256 = models.CharField("sidik berkas", max_length=64, unique=True)
    kind = models.CharField("jenis berkas", max_length=4, choices=EvidenceKind)
    stored = models.FileField("berkas", storage=private_storage, max_length=200)
    size = models.PositiveIntegerField("ukuran")
    thumbnail = models.FileField("gambar kecil", storage=private_storage, max_length=200, blank=True)
    printed = models.FileField("gambar cetak", storage=private_storage, max_length=200, blank=True)
    width = models.PositiveIntegerField("lebar", null=True, blank=True)
    height = models.PositiveIntegerField("tinggi", null=True, blank=True)
    used_at = models.DateTimeField("terakhir disebut", default=timezone.now)

    class Meta:
        verbose_name = "berkas bukti"
        verbose_name_plural = "berkas bukti"
        constraints = (
            one_of("kind", EvidenceKind.values, table="evidencefile"),
            both_or_neither("width", "height", table="evidencefile"),
            models.CheckConstraint(condition=Q(size__gte=1), name="evidencefile_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.pictures(), width__isnull=False) & ~Q(thumbnail="") & ~Q(printed="")
                | (~Q(kind__in=EvidenceKind.pictures()) & Q(width__isnull=True, thumbnail="", printed="")),
                name="evidencefile_picture_is_measured",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:8]}"

    @property
    def names(self) -> list[str]:
        """Its names in private storage."""
        return [field.name for field in (self.stored, self.thumbnail, self.printed) if field.name]

    @property
    def code(self) -> str:
        """Short fingerprint for people: `3FA2-91C0`."""
        return short_fingerprint(self.sha256)


class AttachedFile(models.Model):
    """A file under a title of its own, and who attached it. A subclass has the `file` and what it is attached to."""

    file: EvidenceFile

    title = models.CharField("judul", max_length=EVIDENCE_TITLE_LIMIT)
    original_name = models.CharField("nama berkas", max_length=120)
    # Of the bytes as they were sent: pictures are stored anew, and the same one sent twice must be recognised.
    sent_sha256 = models.CharField("sidik kiriman", max_length=64)
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_as = models.CharField("diunggah sebagai", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> str:
        """`Gambar PNG, 1,2 MB`."""
        return f"{self.file.get_kind_display()}, {format_size(self.file.size)}"


class Evidence(AttachedFile):
    """A file that an agency shows for its initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="evidence")
    placement = models.CharField(
        "letak dalam buku", max_length=6, choices=EvidencePlacement, default=EvidencePlacement.ANNEX
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "bukti dukung"
        verbose_name_plural = "bukti dukung"
        ordering = ("initiative", "order", "pk")
        constraints = (
            one_of("placement", EvidencePlacement.values, table="evidence"),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.UniqueConstraint(fields=("initiative", "sent_sha256"), name="evidence_sent_once"),
            models.UniqueConstraint(fields=("initiative", "file"), name="evidence_file_once"),
        )

    @property
    def is_picture(self) -> bool:
        """Whether it can stand as a figure."""
        return self.file.kind in EvidenceKind.pictures()


class EvidenceUpload(models.Model):
    """A file that arrives in chunks. The row says how much has arrived, so that an upload can be continued."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence_uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # What the browser calls this file: made of its name, size and time of change, the same after a reload.
    key = models.CharField("kunci", max_length=64)
    name = models.CharField("nama berkas", max_length=120)
    size = models.PositiveIntegerField("ukuran")
    received = models.PositiveIntegerField("diterima", default=0)
    part = models.CharField("berkas sementara", max_length=100)
    started_at = models.DateTimeField("dimulai", default=timezone.now)
    touched_at = models.DateTimeField("terakhir diterima", default=timezone.now)

    class Meta:
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"
        ordering = ("started_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("initiative", "by", "key"), name="evidenceupload_once"),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="evidenceupload_not_beyond_size"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.received} dari {self.size}"


def evidence_of(initiative: Initiative) -> list[Evidence]:
    """The evidence of an initiative with its files, asked of the database once and kept on the object."""
    load_evidence([initiative])
    return list(initiative.evidence.all())


def load_evidence(initiatives: list[Initiative]) -> None:
    """The evidence of many initiatives in one query."""
    rows = models.Prefetch("evidence", queryset=Evidence.objects.select_related("file"))
    models.prefetch_related_objects(initiatives, rows)


def forget_unused_files() -> int:
    """Delete files that nothing names: no plan, report, edition or workshop, for a day. Returns how many."""
    named = {
        "evidence": None,
        "section_pictures": None,
        "progress_evidence": None,
        "snapshots": None,
        "workshop_materials": None,
    }
    unused = EvidenceFile.objects.filter(used_at__lt=timezone.now() - _KEPT, **named)
    return forget_with_files(unused, lambda file: file.names)


def forget_abandoned_uploads() -> int:
    """Delete uploads that nobody has continued for a week, with what had arrived. Returns how many."""
    abandoned = EvidenceUpload.objects.filter(touched_at__lt=timezone.now() - _UPLOAD_KEPT)
    return forget_with_files(abandoned, lambda upload: [upload.part])
