"""The record of a written row (a section, a row of the analyses, a report), and restoring any of its states."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.analyses import actions as analyses
from masterplan.analyses.forms import GapForm, ReadinessForm, SwotItemForm, SwotStrategyForm
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.forms.written import WrittenForm
from masterplan.editing.views.history import RowHistory, history_url, restore, show_history
from masterplan.models import MasterPlan, ProgressReport, ReadinessCell, Section, WrittenRow
from masterplan.monitoring import actions as monitoring
from masterplan.monitoring.forms import form_of
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.rows import row_or_404
from masterplan.reference import ReadinessAspect, WritingKind
from masterplan.sections.actions.sections import SECTION
from masterplan.sections.forms.sections import BookSectionForm
from masterplan.templatetags.crumb_tags import Step, trail


def _writers_of_books(by: User, row: WrittenRow) -> None:
    require(by, Permission.EDIT_SECTIONS, row.regency)


@dataclass(frozen=True)
class _RowPages:
    """Where rows of a kind are, the form that puts their answers into words, the page a row is edited on, the way to
    that page, who may edit, and whether that is possible while the plan is locked.
    """

    kind: WrittenKind
    rows: Callable[[MasterPlan], Any]
    form: Callable[[Any], WrittenForm]
    page: Callable[[str, Any], str]
    above: Callable[[str, Any], list[Step]]
    admit: Callable[[User, Any], None] = _writers_of_books
    while_locked: bool = False


def _above_section(slug: str, row: Section) -> list[Step]:
    return trail(slug, "section_list", buku=row.book)


def _above_report(slug: str, row: ProgressReport) -> list[Step]:
    detail_url = reverse("progress_detail", args=[slug, row.initiative_id])
    return trail(slug, "progress_list", (str(row.initiative), detail_url))


def _below_list(name: str) -> Callable[[str, Any], list[Step]]:
    return lambda slug, row: trail(slug, name)


def _page(name: str) -> Callable[[str, Any], str]:
    return lambda slug, row: reverse(name, args=[slug, row.pk])


def _cell_page(slug: str, row: ReadinessCell) -> str:
    return reverse("readiness_edit", args=[slug, ReadinessAspect(row.aspect).slug])


_PAGES: dict[str, _RowPages] = {
    WritingKind.SECTION: _RowPages(
        SECTION,
        lambda plan: plan.sections.select_related("parent"),
        BookSectionForm,
        _page("section_edit"),
        _above_section,
    ),
    WritingKind.READINESS: _RowPages(
        analyses.READINESS,
        lambda plan: plan.readiness_cells.all(),
        ReadinessForm,
        _cell_page,
        _below_list("readiness_list"),
    ),
    WritingKind.GAP: _RowPages(
        analyses.GAP,
        lambda plan: plan.gap_items.select_related("sub_dimension__dimension").prefetch_related("initiatives"),
        GapForm,
        _page("gap_edit"),
        _below_list("gap_list"),
    ),
    WritingKind.SWOT_ITEM: _RowPages(
        analyses.SWOT_ITEM,
        lambda plan: plan.swot_items.all(),
        SwotItemForm,
        _page("swot_item_edit"),
        _below_list("swot_list"),
    ),
    WritingKind.SWOT_STRATEGY: _RowPages(
        analyses.SWOT_STRATEGY,
        lambda plan: plan.swot_strategies.prefetch_related("items"),
        SwotStrategyForm,
        _page("swot_strategy_edit"),
        _below_list("swot_list"),
    ),
    WritingKind.PROGRESS: _RowPages(
        monitoring.REPORT,
        lambda plan: plan.progress_reports.select_related("initiative__lead_agency").prefetch_related(
            "amounts", "values", "initiative__budgets", "initiative__indicators__targets"
        ),
        lambda row: form_of(row)(row),
        lambda slug, row: reverse("progress_edit", args=[slug, row.initiative_id, row.quarter.slug]),
        _above_report,
        lambda by, row: require(by, Permission.EDIT_INITIATIVE, row.regency, row.initiative.lead_agency_id),
        while_locked=True,
    ),
}


class _WrittenHistory(RowHistory):
    """The record of a row with the form that puts its answers into words."""

    history_template = "masterplan/restoring/written/history.html"
    restore_template = "masterplan/restoring/written/restore.html"
    has_initial_texts = True

    def __init__(self, slug: str, by: User, row: Any, pages: _RowPages) -> None:
        form = pages.form(row)
        labels = {key: label for key, label in form.labels().items() if key in form.fields}
        super().__init__(row, pages.kind, by, labels)
        self.slug, self.form, self.pages = slug, form, pages

    def shown(self, key: str, value: Any) -> str:
        return self.form.shown(key, value)

    def is_word(self, key: str, value: Any) -> bool:
        return key in self.form.folded or not isinstance(value, str)

    def may_restore(self, key: str) -> bool:
        return self._is_open

    @property
    def _is_open(self) -> bool:
        return self.pages.while_locked or not self.row.master_plan.is_locked

    def history_url(self, key: str = "") -> str:
        return history_url(self.slug, self.row, key)

    def restore_url(self, version: int, key: str) -> str:
        return reverse("written_restore", args=[self.slug, self.row.writing_kind.value, self.row.pk, version, key])

    def context(self, *crumbs: tuple[str, str]) -> dict[str, Any]:
        page = self.pages.page(self.slug, self.row)
        items = [*self.pages.above(self.slug, self.row), (str(self.row), page), *crumbs]
        return {"row": self.row, "items": items, "may_edit": self._is_open}


def _history(request: SignedIn, slug: str, kind: str, pk: int) -> _WrittenHistory:
    plan, pages = current_plan_or_404(get_regency_or_404(request.user, slug)), _PAGES.get(kind)
    if pages is None:
        raise Http404
    row: WrittenRow = row_or_404(plan, pages.rows(plan), pk)
    pages.admit(request.user, row)
    return _WrittenHistory(slug, request.user, row, pages)


@require_safe
def written_history(request: SignedIn, slug: str, kind: str, pk: int) -> HttpResponse:
    """Every edit session with what it changed, of all questions or of one (`?isian=`)."""
    return show_history(request, _history(request, slug, kind, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def written_restore(request: SignedIn, slug: str, kind: str, pk: int, version: int, key: str) -> HttpResponse:
    """Show today's answer and the one that the row had at `version`; POST restores that one."""
    return restore(request, _history(request, slug, kind, pk), version, key)
