"""Pages of readiness: nine cells in a grid of three by three, one short page each, and the scale they are judged by."""

from functools import partial
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import User
from agencies.views.requests import SignedIn
from masterplan.analyses.actions import READINESS, set_scale
from masterplan.analyses.forms import ReadinessForm, ScaleForm
from masterplan.analyses.views.analyses import cell_lacks, cells_of, readiness_words
from masterplan.books.chapters.analysis.readiness import tone
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.editing.views.written import WrittenPage, written_page
from masterplan.models import MasterPlan, ReadinessCell
from masterplan.pages.rows import enter
from masterplan.reference import ReadinessAspect
from masterplan.templatetags.crumb_tags import trail

_ASPECTS = {aspect.slug: aspect for aspect in ReadinessAspect}


@require_safe
def readiness_list(request: SignedIn, slug: str) -> HttpResponse:
    """The grid, each cell with its judgement and what it lacks."""
    plan, _ = enter(request, slug)
    cells = cells_of(plan)
    has, lacks = readiness_words(cells)
    context = {
        "plan": plan,
        "scale": plan.readiness_scale,
        "groups": [
            {"label": group, "cells": [_square(slug, plan, aspect, cells[aspect]) for aspect in aspects]}
            for group, aspects in _groups()
        ],
        "has": has,
        "lacks": lacks,
    }
    return render(request, "masterplan/analyses/readiness/list.html", context)


def _groups() -> list[tuple[str, list[ReadinessAspect]]]:
    return [(group, list(aspects)) for group, aspects in groupby(ReadinessAspect, key=lambda aspect: aspect.group)]


def _square(slug: str, plan: MasterPlan, aspect: ReadinessAspect, cell: ReadinessCell) -> dict[str, Any]:
    lacks = cell_lacks(cell)
    return {
        "title": aspect.own_label,
        "url": reverse("readiness_edit", args=[slug, aspect.slug]),
        "score": cell.score,
        "tone": tone(cell.score, plan.readiness_scale),
        "lacks": lacks,
        "is_empty": cell.pk is None or not any((cell.condition, cell.score, cell.evidence, cell.problem)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def readiness_edit(request: SignedIn, slug: str, cell: str) -> HttpResponse:
    """One cell."""
    plan, by, aspect, row = _enter_cell(request, slug, cell)
    make = partial(ReadinessForm, row)
    following = list(ReadinessAspect)[list(ReadinessAspect).index(aspect) + 1 :]
    url = reverse("readiness_edit", args=[slug, cell])
    list_url = reverse("readiness_list", args=[slug])
    place = WrittenPage(
        template="masterplan/analyses/readiness/edit.html",
        name=f"{plan.pk}:readiness:{aspect.value}",
        url=url,
        autosave_url=reverse("readiness_autosave", args=[slug, cell]),
        back_url=list_url,
        next_url=reverse("readiness_edit", args=[slug, following[0].slug]) if following else list_url,
        save_label="Simpan dan lanjutkan" if following else "Simpan",
        context={
            "aspect": aspect,
            "number": list(ReadinessAspect).index(aspect) + 1,
            "squares": [
                _square(slug, plan, each, other) | {"is_here": each == aspect} for each, other in cells_of(plan).items()
            ],
            "items": trail(slug, "readiness_list"),
        },
    )
    return written_page(request, EditedRow(by, plan.regency, row, READINESS, ReadinessForm.labels()), make, place)


@require_POST
def readiness_autosave(request: SignedIn, slug: str, cell: str) -> JsonResponse:
    """Saving one cell while one types."""
    plan, by, _, row = _enter_cell(request, slug, cell)
    make = partial(ReadinessForm, row)
    return autosave(request, EditedRow(by, plan.regency, row, READINESS, ReadinessForm.labels()), make)


def _enter_cell(request: SignedIn, slug: str, cell: str) -> tuple[MasterPlan, User, ReadinessAspect, ReadinessCell]:
    plan, by = enter(request, slug)
    aspect = _ASPECTS.get(cell)
    if aspect is None:
        raise Http404
    row = plan.readiness_cells.filter(aspect=aspect).first() or ReadinessCell(master_plan=plan, aspect=aspect)
    row.master_plan = plan
    return plan, by, aspect, row


@require_http_methods(["GET", "HEAD", "POST"])
def readiness_scale(request: SignedIn, slug: str) -> HttpResponse:
    """The levels by which readiness is judged."""
    plan, by = enter(request, slug)
    form = ScaleForm(plan.readiness_scale, request.POST if request.method == "POST" else None)
    theirs: list[str] = []
    if form.is_bound and form.is_valid():
        levels, seen = form.cleaned_data["levels"].splitlines(), form.cleaned_data["seen"].splitlines()
        try:
            set_scale(plan, by=by, levels=levels, seen=seen)
        except ValidationError as error:
            form.add_error("levels", error)
        except EditConflict as conflict:
            theirs = conflict.current["levels"]
        else:
            messages.success(request, "Skala penilaian disimpan.")
            return redirect("readiness_list", slug)
    list_url = reverse("readiness_list", args=[slug])
    context = {
        "plan": plan,
        "form": form,
        "theirs": theirs,
        "seen": "\n".join(theirs) or form["seen"].value(),  # whoever sends once more has seen the scale shown now
        "back_url": list_url,
    }
    return render(request, "masterplan/analyses/readiness/scale.html", context)
