"""The page on which the coordinator changes the tree of a book: order, what is left out, what is added.

Titles and texts are written in `sections`.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agencies.views.requests import SignedIn
from masterplan.models import MasterPlan, Section
from masterplan.pages.rows import STEPS, ask_before, enter, row_or_404
from masterplan.reference import BookName
from masterplan.sections.actions import outline
from masterplan.sections.forms.outline import AddSectionForm, MoveSectionForm
from masterplan.sections.views.sections import OutlineLine, lines_of
from masterplan.templatetags.crumb_tags import Step, trail

_INDENT = "\u2003"


@require_http_methods(["GET", "HEAD", "POST"])
def outline_edit(request: SignedIn, slug: str, book: str) -> HttpResponse:
    """The tree as it will be numbered and printed, each place with what can be done; POST adds a place."""
    plan, by = enter(request, slug)
    if book not in BookName.values:
        raise Http404
    lines = lines_of(plan, book, by)
    form = AddSectionForm(_parents(lines), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            section = outline.add_section(plan, by=by, book=book, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Bagian “{section.title}” ditambahkan.")
            return redirect(f"{reverse('outline_edit', args=[slug, book])}#bagian-{section.pk}")
    context = {
        "plan": plan,
        "book": book,
        "label": BookName(book).label,
        "books": BookName.choices,
        "rows": _rows(lines),
        "form": form,
    }
    return render(request, "masterplan/sections/outline/edit.html", context)


@require_POST
def outline_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    plan, by = enter(request, slug)
    section = _section(plan, pk)
    outline.move_section(section, by=by, step=STEPS.get(request.POST.get("arah", ""), 0))
    return _back(slug, section)


@require_POST
def outline_include(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Print a place, or leave it out; its text is kept."""
    plan, by = enter(request, slug)
    section = _section(plan, pk)
    included = request.POST.get("dimuat") == "ya"
    outline.include_section(section, by=by, included=included)
    messages.success(request, f"“{section.title}” {'dimuat lagi' if included else 'dikeluarkan dari buku'}.")
    return _back(slug, section)


@require_http_methods(["GET", "HEAD", "POST"])
def outline_relocate(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """To another chapter of the same book."""
    plan, by = enter(request, slug)
    section = _section(plan, pk)
    chapters = [line.section for line in lines_of(plan, section.book, by) if line.is_chapter]
    form = MoveSectionForm(chapters, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            outline.move_below(section, by=by, parent=form.cleaned_data["parent"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(slug, section)
    context = {"section": section, "form": form, "items": outline_crumbs(slug, section.book)}
    return render(request, "masterplan/sections/outline/relocate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outline_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take away a place that the plan added itself."""
    plan, by = enter(request, slug)
    section = _section(plan, pk)
    if not outline.is_own(section):
        raise Http404
    if request.method == "POST":
        outline.remove_section(section, by=by)
        messages.success(request, f"Bagian “{section.title}” dihapus.")
        return redirect("outline_edit", slug, section.book)
    count, pictures = section.children.count(), section.pictures.count()
    talk = next(line.open_threads for line in lines_of(plan, section.book, by) if line.section == section)
    loses = [
        "Naskahnya ikut dihapus; riwayatnya tetap disimpan.",
        *([f"{talk} catatan yang belum selesai ikut dihapus."] if talk else []),
        *([f"{count} bagian di bawahnya ikut dihapus."] if count else []),
        *([f"{pictures} gambarnya ikut dihapus."] if pictures else []),
    ]
    return ask_before(
        request,
        question="Hapus bagian ini?",
        consequence=section.title,
        warnings=loses,
        confirm_label="Hapus bagian",
        cancel_url=reverse("outline_edit", args=[slug, section.book]),
        items=outline_crumbs(slug, section.book),
    )


def _section(plan: MasterPlan, pk: int) -> Section:
    section: Section = row_or_404(plan, plan.sections.select_related("parent"), pk)
    return section


def _rows(lines: list[OutlineLine]) -> list[dict[str, object]]:
    """Each line with whether it can rise or sink among its own, and what else can be done to it."""
    rows = []
    for line in lines:
        own = [each for each in lines if each.section.parent_id == line.section.parent_id]
        if line.depth == 0:
            own = [each for each in own if each.is_chapter == line.is_chapter]
        place = own.index(line)
        rows.append(
            {
                "line": line,
                "may_rise": place > 0,
                "may_sink": place < len(own) - 1,
                "may_relocate": line.depth == 1,
                "is_own": outline.is_own(line.section),
            }
        )
    return rows


def _parents(lines: list[OutlineLine]) -> list[tuple[Section, str]]:
    """What a place can be added below, with its name as the list shows it."""
    return [
        (line.section, f"{_INDENT * line.depth}{line.number} {line.section.title}")
        for line in lines
        if line.depth < outline.DEEPEST - 1 and line.is_included
    ]


def _back(slug: str, section: Section) -> HttpResponse:
    return redirect(f"{reverse('outline_edit', args=[slug, section.book])}#bagian-{section.pk}")


def outline_crumbs(slug: str, book: str) -> list[Step]:
    """The way to a page below the outline of a book."""
    outline_url = reverse("outline_edit", args=[slug, book])
    return [*trail(slug, "section_list", buku=book), (f"Susunan {BookName(book).label}", outline_url)]
