"""Pages on which answers are copied from another initiative: into a new draft, or into the gaps of one (`?ke=`)."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import get_regency_or_404, is_regency_wide, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.views.creation import create_initiative_once
from masterplan.initiatives.actions.copying import begin_from, fill_gaps
from masterplan.initiatives.forms.copying import BeginInitiativeForm, QuestionsForm
from masterplan.models import Initiative
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.pages.loading import (
    copy_sources,
    current_plan_or_404,
    get_bare_initiative_or_404,
    get_copy_source_or_404,
)
from masterplan.pages.prerequisites import refuse_closed
from masterplan.registry import FIELDS
from smartcity.common.text import search_words, whole_number

PER_PAGE = 20


@require_safe
def initiative_copy(request: SignedIn, slug: str) -> HttpResponse:
    """Look for the initiative to copy from."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    target = _target(request, regency)
    words = search_words(request.GET.get("q", ""))
    rows = _matching(copy_sources(request.user, regency), words)
    if target:
        rows = rows.exclude(pk=target.pk)
    page = Paginator(rows.for_list().order_by("-master_plan__start_year", "code"), PER_PAGE)
    kept = {"q": words, "ke": target.pk if target else ""}
    context = {
        "target": target,
        "words": words,
        "page": page.get_page(request.GET.get("page")),
        "whole_regency": is_regency_wide(request.user, Permission.EDIT_INITIATIVE, regency),
        "query": "".join(f"{urlencode({key: value})}&" for key, value in kept.items() if value),
    }
    return render(request, "masterplan/initiatives/initiative/copy.html", context)


def _matching(rows: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(lead_agency__name__icontains=word)
            | Q(description__icontains=word)
        )
    return rows


def _target(request: SignedIn, regency: Regency) -> Initiative | None:
    """The draft whose gaps are to be filled, None for a new one; 404 or 403 when it is not this person's to fill in."""
    text = request.GET.get("ke", "")
    if not text:
        return None
    target = get_bare_initiative_or_404(request.user, regency, whole_number(text))
    require(request.user, Permission.EDIT_INITIATIVE, regency, target.lead_agency_id)
    return target


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_copy_from(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Choose what goes along, then copy it."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    source = get_copy_source_or_404(request.user, regency, pk)
    target = _target(request, regency)
    if target and not target.is_open:
        messages.warning(request, target.frozen_sentence)
        return redirect("initiative_detail", slug, target.pk)
    if target is None:
        refuse_closed(request.user, plan)
    data = request.POST if request.method == "POST" else None
    questions = QuestionsForm(source, plan, data)
    own = None if target else BeginInitiativeForm(plan, request.user, data, name=source.name, agency=source.lead_agency)
    if data is not None and all([questions.is_valid(), own is None or own.is_valid()]):
        if target:
            return _fill(request, regency, target, source, questions.answers())
        if begun := _begin(request, regency, source, own, questions.answers()):
            return begun
    errors = [*(own.error_links if own else []), *questions.error_links]
    context = {"source": source, "target": target, "form": own, "questions": questions, "errors": errors, "plan": plan}
    return render(request, "masterplan/initiatives/initiative/copy_from.html", context)


def _begin(
    request: SignedIn, regency: Regency, source: Initiative, own: BeginInitiativeForm | None, chosen: dict[str, Any]
) -> HttpResponse | None:
    assert own is not None
    answers = dict(own.cleaned_data)
    token = answers.pop("token")
    plan = current_plan_or_404(regency)
    begin = partial(begin_from, source=source, plan=plan, by=request.user, **answers, **chosen)
    return create_initiative_once(request, regency, token, begin, own)


def _fill(
    request: SignedIn, regency: Regency, target: Initiative, source: Initiative, chosen: dict[str, Any]
) -> HttpResponse:
    try:
        filled = fill_gaps(target, source=source, by=request.user, **chosen)
    except NotEditable as locked:
        messages.warning(request, str(locked))
    else:
        names = ", ".join(FIELDS[key].label for key in filled)
        filled_words = f"{len(filled)} isian kosong terisi dari {source.code}: {names}." if filled else ""
        messages.success(request, filled_words or "Tidak ada isian kosong yang dapat diisi dari inisiatif itu.")
    return redirect("initiative_detail", regency.slug, target.pk)
