"""Pages on which the coordinator reads and writes the narrative of Buku 2, section by section."""

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
from masterplan.actions.sections import SectionConflict, prefill, save_section
from masterplan.documents.outline import OUTLINE
from masterplan.forms.sections import SectionForm
from masterplan.models import MasterPlan, Section
from masterplan.views.loading import current_plan_or_404
from smartcity.common.markup import rich_html

EMPTY, PREFILLED, WRITTEN = "not_started", "started", "complete"
_ADDED = "Bagian tambahan"
_CHAPTERS = {entry.key: entry.chapter for entry in OUTLINE}
# A section that a regency added itself belongs to the chapter whose keys begin as its own.
_CHAPTER_OF_PREFIX = {entry.key.partition(".")[0]: entry.chapter for entry in OUTLINE}


@dataclass(frozen=True)
class Line:
    """A section as a line of the list."""

    section: Section

    @property
    def chapter(self) -> str:
        """The chapter it stands in."""
        key = self.section.key
        return _CHAPTERS.get(key) or _CHAPTER_OF_PREFIX.get(key.partition(".")[0], _ADDED)

    @property
    def state(self) -> str:
        """Whether it is empty, as the outline gave it, or written by somebody."""
        if not self.section.body:
            return EMPTY
        return WRITTEN if self.section.updated_at else PREFILLED

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.section.body.split())


@require_safe
def section_list(request: SignedIn, slug: str) -> HttpResponse:
    """All sections by chapter, with the state of each."""
    plan, _ = _enter(request, slug)
    lines = _lines(plan)
    context = {
        "plan": plan,
        "chapters": [(chapter, list(found)) for chapter, found in groupby(lines, key=lambda line: line.chapter)],
        "lines": lines,
        "words": sum(line.words for line in lines),
        "written": sum(line.state == WRITTEN for line in lines),
        "empty": sum(line.state == EMPTY for line in lines),
        "missing": len(_CHAPTERS.keys() - {line.section.key for line in lines}),
    }
    return render(request, "masterplan/section/list.html", context)


@require_POST
def section_prefill(request: SignedIn, slug: str) -> HttpResponse:
    """Give the plan the sections it lacks, with the outline's own opening texts."""
    plan, by = _enter(request, slug)
    try:
        count = prefill(plan, bodies={}, by=by)
    except ValidationError as locked:
        messages.warning(request, locked.messages[0])
    else:
        messages.success(request, f"{count} bagian naskah diisi." if count else "Semua bagian naskah sudah ada.")
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
    """The sections in book order; the outline's place counts, so that a later addition stands in its chapter."""
    place = {entry.key: number for number, entry in enumerate(OUTLINE)}
    last = {entry.chapter: number for number, entry in enumerate(OUTLINE)}
    lines = [Line(section) for section in plan.sections.all()]
    end = len(OUTLINE)
    return sorted(lines, key=lambda line: place.get(line.section.key, last.get(line.chapter, end) + 0.5))


def _version(request: SignedIn) -> int:
    """The version the person saw; one that is no number counts as long past."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
