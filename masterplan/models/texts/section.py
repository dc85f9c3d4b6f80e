"""The outline of the books of a plan and the text of each of its places.

What a new plan opens with is data of `masterplan.editions.outline`; how the tree is numbered and printed is decided in
`masterplan.books`.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.access import AnyUser, is_regency_wide, own_agency_ids
from agencies.models import Agency, Regency
from agencies.roles import Permission
from masterplan.models.master_plan import MasterPlan
from masterplan.reference import BookName, WritingKind, WritingState
from smartcity.common.constraints import both_or_neither, one_of

from .writing import WrittenRow

SECTION_LIMIT = 20_000
LEAD_LIMIT = 400
SECTION_TITLE_LIMIT = 160


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections, narrowed to what a person may know."""

    def known_to(self, user: AnyUser, regency: Regency) -> "SectionQuerySet":
        """Those whose text `user` may read before it is printed: all for the desks that have a say in the whole
        regency, for people of an agency those that it is answerable for.
        """
        if is_regency_wide(user, Permission.COMMENT, regency):
            return self
        return self.filter(owner_agency__in=own_agency_ids(user, regency))


class Section(WrittenRow):
    """One place in the outline of a book: a chapter or an annex without `parent`, below it sections and sub-sections.

    `key` says what is printed there besides the text; a section of the regency's own has a key that nothing knows.
    The text has light marks: blank lines part paragraphs, "- " and "1. " make lists.
    """

    writing_kind = WritingKind.SECTION

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="sections")
    book = models.CharField("buku", max_length=8, choices=BookName, default=BookName.MASTER_PLAN)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name="di bawah"
    )
    key = models.CharField("kunci", max_length=80)
    title = models.CharField("judul", max_length=SECTION_TITLE_LIMIT)
    lead = models.TextField("pengantar pembuka bab", blank=True)
    body = models.TextField("naskah", blank=True)
    is_included = models.BooleanField("dimuat", default=True)
    order = models.PositiveSmallIntegerField(default=0)
    owner_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name="penanggung jawab",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections_to_write",
        verbose_name="penulis",
    )
    writing_state = models.CharField(
        "keadaan naskah", max_length=12, choices=WritingState, default=WritingState.NOT_STARTED
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah bab"
        verbose_name_plural = "naskah bab"
        ordering = ("book", "order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "key"), name="section_once"),
            both_or_neither("updated_at", "updated_by", table="section"),
            one_of("book", BookName.values, table="section"),
            one_of("writing_state", WritingState.values, table="section"),
            models.CheckConstraint(condition=~Q(title=""), name="section_has_title"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def answering_agency(self) -> Agency | None:
        """Whose people answer when somebody asks about it."""
        return self.owner_agency

    @property
    def answering_agency_id(self) -> int | None:
        """The same by its id, without reading it."""
        return self.owner_agency_id


class OutlineCount(models.Model):
    """What each place of a book would hold if an edition were frozen, as a worker last counted it.

    `places` has by key of the place its tables, figures and initiatives, and whether it would print next to nothing
    (`books.blueprint.counted`).
    """

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.CASCADE, related_name="outline_counts")
    book = models.CharField("buku", max_length=8, choices=BookName)
    places = models.JSONField("bagian", default=dict)
    counted_at = models.DateTimeField("dihitung")

    class Meta:
        verbose_name = "hitungan susunan"
        verbose_name_plural = "hitungan susunan"
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "book"), name="outlinecount_once"),
            one_of("book", BookName.values, table="outlinecount"),
        )

    def __str__(self) -> str:
        return f"{self.get_book_display()}: {len(self.places)}"


def current_sections(regency: Regency) -> SectionQuerySet:
    """The sections of the plan a regency is working on, with that plan, their parents and their writers."""
    rows = Section.objects.filter(master_plan__regency=regency, master_plan__is_current=True)
    return rows.select_related("master_plan", "parent", "owner_agency", "responsible")
