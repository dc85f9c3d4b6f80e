"""Pages on which the coordinator reads and writes the narrative of the books, section by section."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import get_regency_or_404, require
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.actions.outline import complete_outline, missing_places
from masterplan.actions.sections import SectionConflict, save_section
from masterplan.forms.sections import SectionForm
from masterplan.models import MasterPlan, Section
from masterplan.reference import BookName
from masterplan.views.loading import current_plan_or_404
from smartcity.common.markup import rich_html

EMPTY, PREFILLED, WRITTEN = "not_started", "started", "complete"


@dataclass(frozen=True)
class Line:
    """A place of the outline as a line of the list; `depth` 0 is a chapter or an annex."""

    section: Section
    chapter: Section
    depth: int

    @property
    def state(self) -> str:
        """Whether it is empty, as a new plan has it, or written by somebody."""
        if not self.section.body:
            return EMPTY
        return WRITTEN if self.section.updated_at else PREFILLED

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.section.body.split())


@require_safe
def section_list(request: SignedIn, slug: str) -> HttpResponse:
    """All sections by book and chapter, with the state of each."""
    plan, _ = _enter(request, slug)
    lines = _lines(plan)
    books = [
        (
            BookName(book).label,
            [(chapter, list(found)) for chapter, found in groupby(own, key=lambda line: line.chapter)],
        )
        for book, own in groupby(lines, key=lambda line: line.section.book)
    ]
    context = {
        "plan": plan,
        "books": books,
        "lines": lines,
        "words": sum(line.words for line in lines),
        "written": sum(line.state == WRITTEN for line in lines),
        "empty": sum(line.state == EMPTY for line in lines),
        "missing": missing_places(plan),
    }
    return render(request, "masterplan/section/list.html", context)


@require_POST
def section_prefill(request: SignedIn, slug: str) -> HttpResponse:
    """Give the plan the places it lacks, with the texts a new plan opens with."""
    plan, by = _enter(request, slug)
    count = complete_outline(plan, bodies={}, by=by)
    messages.success(request, f"{count} bagian naskah ditambahkan." if count else "Semua bagian naskah sudah ada.")
    return redirect("section_list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One section with its preview; a stale version shows both texts and loses neither."""
    plan, by = _enter(request, slug)
    lines = _lines(plan)
    place = next((place for place, line in enumerate(lines) if line.section.pk == pk), None)
    if place is None:
        raise Http404
    section, after = lines[place].section, lines[place + 1 : place + 2]
    form = SectionForm(request.POST if request.method == "POST" else None, initial={"body": section.body})
    context: dict[str, Any] = {"version": section.edit_version, "conflict": None}
    if request.method == "POST" and form.is_valid():
        context["version"] = _version(request)
        try:
            save_section(section, by=by, body=form.cleaned_data["body"], version=context["version"])
        except ValidationError as error:
            form.add_error("body", error)
        except SectionConflict as conflict:
            section.refresh_from_db()
            context |= {"version": conflict.version, "conflict": conflict}
        else:
            goes_on = "next" in request.POST and after
            return redirect("section_edit", slug, after[0].section.pk if goes_on else pk)
    elif request.method == "POST":
        context["version"] = _version(request)
    context |= {
        "plan": plan,
        "section": section,
        "form": form,
        "line": lines[place],
        "number": place + 1,
        "count": len(lines),
        "preview": rich_html(section.body),
        "neighbours": [line for line in lines if line.chapter == lines[place].chapter],
        "before": lines[place - 1].section if place else None,
        "after": after[0].section if after else None,
        "saved_today": bool(section.updated_at and timezone.localdate(section.updated_at) == timezone.localdate()),
    }
    return render(request, "masterplan/section/edit.html", context)


def _enter(request: SignedIn, slug: str) -> tuple[MasterPlan, User]:
    regency: Regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_SECTIONS, regency)
    assert isinstance(request.user, User)
    return current_plan_or_404(regency), request.user


def _lines(plan: MasterPlan) -> list[Line]:
    """The places of all books in their order. A chapter with an opener has no text of its own and is no line."""
    below: dict[int | None, list[Section]] = {}
    for section in plan.sections.all():
        below.setdefault(section.parent_id, []).append(section)

    def walk(chapter: Section, parent: Section, depth: int) -> Iterator[Line]:
        if depth or not below.get(parent.pk):
            yield Line(parent, chapter, depth)
        for section in below.get(parent.pk, []):
            yield from walk(chapter, section, depth + 1)

    return [line for chapter in below.get(None, []) for line in walk(chapter, chapter, 0)]


def _version(request: SignedIn) -> int:
    """The version the person saw; one that is no number counts as long past."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
