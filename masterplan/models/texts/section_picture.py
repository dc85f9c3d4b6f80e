"""Pictures in the texts of the books: what each shows, in which section, and the file it shares with evidence.

Where a picture is printed is decided by the text that names it (`masterplan.editions.figures`).
"""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from masterplan.models.initiatives.evidence import EvidenceFile
from masterplan.models.master_plan import MasterPlan
from masterplan.reference import WritingKind
from smartcity.common.constraints import both_or_neither
from smartcity.common.formatting import format_size

from .section import Section
from .writing import WritingChange, WrittenRow

PICTURE_CAPTION_LIMIT = 200
PICTURE_ALT_LIMIT = 600
PICTURE_SOURCE_LIMIT = 200


class SectionPicture(WrittenRow):
    """A picture of one section. `alt` is what it says to who cannot see it; empty until somebody has written it."""

    writing_kind = WritingKind.PICTURE

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="section_pictures")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="section_pictures")
    caption = models.CharField("keterangan gambar", max_length=PICTURE_CAPTION_LIMIT)
    alt = models.TextField("teks pengganti", max_length=PICTURE_ALT_LIMIT, blank=True)
    source = models.CharField("sumber", max_length=PICTURE_SOURCE_LIMIT, blank=True)
    original_name = models.CharField("nama berkas", max_length=120)
    # Of the bytes as they were sent: pictures are stored anew, and the same one sent twice must be recognised.
    sent_sha256 = models.CharField("sidik kiriman", max_length=64)
    order = models.PositiveSmallIntegerField(default=0)
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now)

    class Meta:
        verbose_name = "gambar naskah"
        verbose_name_plural = "gambar naskah"
        ordering = ("section", "order", "pk")
        constraints = (
            both_or_neither("updated_at", "updated_by", table="sectionpicture"),
            models.CheckConstraint(condition=~Q(caption=""), name="sectionpicture_has_caption"),
            models.UniqueConstraint(fields=("section", "sent_sha256"), name="sectionpicture_sent_once"),
            models.UniqueConstraint(fields=("section", "file"), name="sectionpicture_file_once"),
        )

    def __str__(self) -> str:
        return self.caption

    @property
    def facts(self) -> str:
        """`Gambar PNG, 1200 × 800 piksel, 1,2 MB`."""
        file = self.file
        return f"{file.get_kind_display()}, {file.width} × {file.height} piksel, {format_size(file.size)}"


def picture_changes(section: Section) -> QuerySet[WritingChange]:
    """What was done to the pictures of a section, newest first; also to those that are there no more."""
    of_plan = WritingChange.objects.filter(master_plan=section.master_plan_id, kind=WritingKind.PICTURE)
    added = of_plan.filter(after__section=section.pk).values("subject_id")
    return of_plan.filter(subject_id__in=added).order_by("-at", "-pk")
