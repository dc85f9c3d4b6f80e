"""Django's admin for plans, initiatives and books: only for looking things up. Actions change them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from agencies.admin import ReadOnlyAdmin
from masterplan.models import (
    AlignmentLink,
    BookDownload,
    BookFile,
    BookJob,
    DeadlineExtension,
    DevelopmentPlan,
    Dimension,
    Initiative,
    InitiativeChange,
    LetterJob,
    MasterPlan,
    PlanElement,
    Section,
    SheetJob,
    Snapshot,
    StatusChange,
    SubDimension,
    Thread,
    Workshop,
)
from masterplan.models.thread import readable


@admin.register(DevelopmentPlan)
class DevelopmentPlanAdmin(ReadOnlyAdmin):
    """RPJMD and Renstra."""

    list_display = ("title", "kind", "regency", "start_year", "end_year", "status")
    list_filter = ("kind", "status", "regency")
    search_fields = ("title", "legal_basis")


@admin.register(PlanElement)
class PlanElementAdmin(ReadOnlyAdmin):
    """Nodes of the development plans."""

    list_display = ("code", "text", "level", "plan", "agency")
    list_filter = ("level",)
    list_select_related = ("plan", "agency")
    search_fields = ("code", "text")


@admin.register(Dimension)
class DimensionAdmin(ReadOnlyAdmin):
    """The ministry's dimensions and local ones."""

    list_display = ("code", "name", "regency", "order")
    search_fields = ("code", "name")


@admin.register(SubDimension)
class SubDimensionAdmin(ReadOnlyAdmin):
    """Sub-dimensions."""

    list_display = ("name", "key", "dimension")
    list_select_related = ("dimension",)
    search_fields = ("name", "key")


@admin.register(MasterPlan)
class MasterPlanAdmin(ReadOnlyAdmin):
    """Master plans of the regencies."""

    list_display = ("title", "regency", "start_year", "end_year", "is_current")
    search_fields = ("title", "regency__name")


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    """Narrative sections."""

    list_display = ("title", "key", "master_plan", "owner_agency", "updated_at")
    list_select_related = ("master_plan", "owner_agency")
    search_fields = ("title", "key", "body")


@admin.register(Initiative)
class InitiativeAdmin(ReadOnlyAdmin):
    """Initiatives as they stand."""

    list_display = ("code", "name", "status", "lead_agency", "master_plan", "updated_at")
    list_filter = ("status", "master_plan")
    list_select_related = ("lead_agency", "master_plan")
    search_fields = ("code", "name", "lead_agency__name")


@admin.register(InitiativeChange)
class InitiativeChangeAdmin(ReadOnlyAdmin):
    """What was changed in which save."""

    list_display = ("initiative", "version", "by", "at", "source")
    list_select_related = ("initiative", "by")
    search_fields = ("initiative__code", "initiative__name", "by__email")


@admin.register(AlignmentLink)
class AlignmentLinkAdmin(ReadOnlyAdmin):
    """Links to the development plans and what was decided."""

    list_display = ("initiative", "element", "state", "proposed_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("initiative", "element")
    search_fields = ("initiative__code", "element__code", "element__text")


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnlyAdmin):
    """Every step of initiatives and editions."""

    list_display = ("at", "initiative", "snapshot", "transition", "by", "by_role")
    list_select_related = ("initiative", "snapshot", "by")
    search_fields = ("initiative__code", "initiative__name", "by__email", "comment")


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    """Conversations at fields and sections. What an agency keeps to itself is not looked up here either."""

    list_display = (
        "initiative",
        "section",
        "field",
        "opened_by",
        "opened_at",
        "assigned_as",
        "due_date",
        "resolved_at",
    )
    list_select_related = ("initiative", "section", "opened_by")
    search_fields = ("initiative__code", "section__title", "field", "comments__body")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        """The threads that are nobody's own."""
        return super().get_queryset(request).filter(readable(()))


@admin.register(Workshop)
class WorkshopAdmin(ReadOnlyAdmin):
    """Stages of the bimtek."""

    list_display = ("title", "stage", "regency", "start_date", "deadline")
    list_filter = ("regency",)
    search_fields = ("title", "place")


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Editions; their content is shown in books, not here."""

    list_display = ("master_plan", "number", "status", "label", "taken_at", "taken_by")
    list_filter = ("status",)
    list_select_related = ("master_plan", "taken_by")
    search_fields = ("label", "sha256")
    exclude = ("content",)


@admin.register(BookJob)
class BookJobAdmin(ReadOnlyAdmin):
    """Requests for books and how they ended."""

    list_display = (
        "snapshot",
        "book",
        "format",
        "variant",
        "state",
        "attempts",
        "requested_by",
        "requested_at",
        "error",
    )
    list_filter = ("state", "book", "format")
    list_select_related = ("snapshot", "requested_by")
    search_fields = ("code", "requested_by__email", "error")


@admin.register(SheetJob)
class SheetJobAdmin(ReadOnlyAdmin):
    """Requests for single sheets."""

    list_display = ("initiative", "state", "attempts", "requested_by", "requested_at", "error")
    list_filter = ("state",)
    list_select_related = ("initiative", "requested_by")
    search_fields = ("initiative__code", "requested_by__email", "error")
    exclude = ("content",)


@admin.register(LetterJob)
class LetterJobAdmin(ReadOnlyAdmin):
    """Requests for letters to agencies."""

    list_display = ("title", "regency", "state", "attempts", "requested_by", "requested_at", "error")
    list_filter = ("regency", "state")
    list_select_related = ("regency", "requested_by")
    search_fields = ("title", "error")
    exclude = ("content",)


@admin.register(DeadlineExtension)
class DeadlineExtensionAdmin(ReadOnlyAdmin):
    """Later deadlines of single agencies."""

    list_display = ("agency", "workshop", "deadline", "granted_by", "granted_at")
    list_select_related = ("agency", "workshop", "granted_by")
    search_fields = ("agency__name", "reason")


@admin.register(BookFile)
class BookFileAdmin(ReadOnlyAdmin):
    """Finished files. They are handed out by the book's own page, which notes who took them."""

    list_display = ("sha256", "format", "pages", "size", "signed_by", "created_at")
    search_fields = ("sha256",)
    exclude = ("stored",)


@admin.register(BookDownload)
class BookDownloadAdmin(ReadOnlyAdmin):
    """Who took which book when."""

    list_display = ("at", "job", "by")
    list_select_related = ("job__snapshot", "by")
    search_fields = ("by__email",)
