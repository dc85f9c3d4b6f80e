"""What a written row was (a section, a row of the analyses): its saves by sitting, and the way back to any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.analyses import actions as analyses
from masterplan.analyses.forms import GapForm, ReadinessForm, SwotItemForm
from masterplan.analyses.views.swot import strategy_form
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.forms.written import WrittenForm
from masterplan.editing.history import values_at
from masterplan.editing.views import sittings
from masterplan.editing.views.sittings import Edit
from masterplan.models import (
    ChangeSource,
    MasterPlan,
    ProgressReport,
    ReadinessCell,
    Section,
    WritingChange,
    WrittenRow,
)
from masterplan.monitoring import actions as monitoring
from masterplan.monitoring.forms import form_of
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.rows import row_or_404
from masterplan.reference import ReadinessAspect, WritingKind
from masterplan.sections.actions.sections import save_section
from masterplan.sections.forms.sections import BookSectionForm
from masterplan.templatetags.crumb_tags import Step, trail
from smartcity.common.text import whole_number

SITTINGS_PER_PAGE = 20


def _writers_of_books(by: User, row: WrittenRow) -> None:
    require(by, Permission.EDIT_SECTIONS, row.regency)


@dataclass(frozen=True)
class _RestorableKind:
    """A kind of row: where its rows are, the form that puts its answers into words, the page it is written on, and the
    way to that page.
    """

    rows: Callable[[MasterPlan], Any]
    form: Callable[[Any], WrittenForm]
    page: Callable[[str, Any], str]
    above: Callable[[str, Any], list[Step]]
    store: Callable[..., Any] = analyses.save
    # Who may write at its rows, and whether they are written at while the plan is locked.
    admit: Callable[[User, Any], None] = _writers_of_books
    while_locked: bool = False

    def is_open(self, row: WrittenRow) -> bool:
        """Whether its rows can be changed now."""
        return self.while_locked or not row.master_plan.is_locked


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


_KINDS: dict[str, _RestorableKind] = {
    WritingKind.SECTION: _RestorableKind(
        lambda plan: plan.sections.select_related("parent"),
        BookSectionForm,
        _page("section_edit"),
        _above_section,
        save_section,
    ),
    WritingKind.READINESS: _RestorableKind(
        lambda plan: plan.readiness_cells.all(),
        ReadinessForm,
        _cell_page,
        _below_list("readiness_list"),
    ),
    WritingKind.GAP: _RestorableKind(
        lambda plan: plan.gap_items.select_related("sub_dimension__dimension").prefetch_related("initiatives"),
        GapForm,
        _page("gap_edit"),
        _below_list("gap_list"),
    ),
    WritingKind.SWOT_ITEM: _RestorableKind(
        lambda plan: plan.swot_items.all(), SwotItemForm, _page("swot_item_edit"), _below_list("swot_list")
    ),
    WritingKind.SWOT_STRATEGY: _RestorableKind(
        lambda plan: plan.swot_strategies.prefetch_related("items"),
        strategy_form,
        _page("swot_strategy_edit"),
        _below_list("swot_list"),
    ),
    WritingKind.PROGRESS: _RestorableKind(
        lambda plan: plan.progress_reports.select_related("initiative__lead_agency").prefetch_related(
            "amounts", "values", "initiative__budgets", "initiative__indicators__targets"
        ),
        lambda row: form_of(row)(row),
        lambda slug, row: reverse("progress_edit", args=[slug, row.initiative_id, row.quarter.slug]),
        _above_report,
        monitoring.save,
        lambda by, row: require(by, Permission.EDIT_INITIATIVE, row.regency, row.initiative.lead_agency_id),
        while_locked=True,
    ),
}


@dataclass(frozen=True)
class _HeldRow:
    """A row with its answers in words, and who asks."""

    slug: str
    by: User
    row: Any
    kind: _RestorableKind
    form: WrittenForm

    @property
    def labels(self) -> dict[str, str]:
        return {key: label for key, label in self.form.labels().items() if key in self.form.fields}

    def words(self, key: str, value: Any) -> str:
        return self.form.shown(key, value)

    def is_word(self, key: str, value: Any) -> bool:
        return key in self.form.folded or not isinstance(value, str)

    def history_url(self, key: str = "") -> str:
        url = reverse("written_history", args=[self.slug, self.row.writing_kind.value, self.row.pk])
        return f"{url}?{urlencode({'isian': key})}" if key else url

    def restore_url(self, version: int, key: str) -> str:
        return reverse("written_restore", args=[self.slug, self.row.writing_kind.value, self.row.pk, version, key])

    def context(self, *more: tuple[str, str]) -> dict[str, Any]:
        page = self.kind.page(self.slug, self.row)
        return {
            "row": self.row,
            "items": [*self.kind.above(self.slug, self.row), (str(self.row), page), *more],
            "may_edit": self.kind.is_open(self.row),
        }


def _enter(request: SignedIn, slug: str, kind: str, pk: int) -> _HeldRow:
    plan, found = current_plan_or_404(get_regency_or_404(request.user, slug)), _KINDS.get(kind)
    if found is None:
        raise Http404
    row: WrittenRow = row_or_404(plan, found.rows(plan), pk)
    found.admit(request.user, row)
    return _HeldRow(slug, request.user, row, found, found.form(row))


@require_safe
def written_history(request: SignedIn, slug: str, kind: str, pk: int) -> HttpResponse:
    """Every sitting with what it changed, of all questions or of one (`?isian=`)."""
    held = _enter(request, slug, kind, pk)
    asked = request.GET.get("isian", "")
    key = asked if asked in held.labels else ""
    found = sittings.group(sittings.light_rows(held.row, key))
    page = Paginator(found, SITTINGS_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    sittings.fill(held.row, shown, [key] if key else held.labels)
    first = _first_changes(held)
    context = {
        **held.context(),
        "page": page,
        "saves": sittings.as_shown(
            shown,
            order=held.labels,
            describe=lambda edit, is_today: _field(held, edit, first, is_today=is_today),
            is_newest=page.number == 1,
        ),
        "saved": sum(len(sitting.versions) for sitting in found),
        "asked": key,
        "questions": list(held.labels.items()),
        "label": held.labels.get(key, ""),
        "query": urlencode({"isian": key}) + "&" if key else "",
    }
    return render(request, "masterplan/restoring/written/history.html", context)


def _first_changes(held: _HeldRow) -> dict[str, int]:
    """The version of the first recorded change of each question: before it stood what the row began with."""
    firsts = {f"first_{key}": Min("version", filter=Q(after__has_key=key)) for key in held.labels}
    found: dict[str, int] = held.row.changes.order_by().aggregate(**firsts)
    return {key.removeprefix("first_"): version for key, version in found.items() if version}


def _field(held: _HeldRow, edit: Edit, first: dict[str, int], *, is_today: bool) -> dict[str, Any]:
    may_restore = held.kind.is_open(held.row)
    begins = may_restore and bool(edit.old) and edit.since == first.get(edit.key)
    return {
        "key": edit.key,
        "label": held.labels[edit.key],
        "old": held.words(edit.key, edit.old),
        "new": held.words(edit.key, edit.new),
        "is_word": held.is_word(edit.key, edit.new),
        "is_today": is_today,
        "restore_url": held.restore_url(edit.version, edit.key) if may_restore and not is_today else "",
        "before_url": held.restore_url(edit.since - 1, edit.key) if begins else "",
    }


# The way back --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def written_restore(request: SignedIn, slug: str, kind: str, pk: int, version: int, key: str) -> HttpResponse:
    """Show today's answer and the one that stood at `version`, and put that one back when it is wanted."""
    held = _enter(request, slug, kind, pk)
    changes = held.row.changes.filter(after__has_key=key)
    if key not in held.labels or not 1 <= version <= held.row.edit_version or not changes.exists():
        raise Http404
    current = held.form.stored_values()[key]
    earlier = values_at(held.row, current={key: current}, version=version)[key]
    change = changes.filter(version__lte=version).order_by("-version").first()
    if request.method != "POST":
        return _ask(request, held, key, earlier, change)
    try:
        _save(held, {key: earlier}, whole_number(request.POST.get("edit_version")))
    except EditConflict:
        return _ask(request, _enter(request, slug, kind, pk), key, earlier, change, is_conflict=True)
    except ValidationError as error:
        return _ask(request, held, key, earlier, change, errors=[("", sentence) for sentence in error.messages])
    messages.success(request, f"{held.labels[key]} dipulihkan. Naskah yang tadi tetap ada di riwayat.")
    return redirect(held.history_url(key))


def _save(held: _HeldRow, data: dict[str, Any], version: int) -> None:
    held.kind.store(held.row, by=held.by, data=data, version=version, source=ChangeSource.RESTORE)


def _ask(
    request: SignedIn, held: _HeldRow, key: str, earlier: Any, change: WritingChange | None, **more: Any
) -> HttpResponse:
    current = held.form.stored_values()[key]
    context = {
        **held.context(("Riwayat", held.history_url(key))),
        "label": held.labels[key],
        "change": change,
        "current": held.words(key, current),
        "earlier": held.words(key, earlier),
        "is_word": held.is_word(key, earlier),
        "is_same": earlier == current,
        "back": held.history_url(key),
        "when": f"{timezone.localtime(held.row.updated_at):%H.%M}" if held.row.updated_at else "",
        "errors": [],
        **more,
    }
    return render(request, "masterplan/restoring/written/restore.html", context)
