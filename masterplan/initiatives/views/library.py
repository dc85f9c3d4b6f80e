"""Pages of the library of model initiatives: browse, read one, begin a draft from it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.views.creation import create_initiative_once
from masterplan.initiatives.actions.copying import begin_from_model
from masterplan.initiatives.forms.copying import ModelForm
from masterplan.library import ModelInitiative, find, models, search
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.prerequisites import refuse_closed
from masterplan.reference import DIMENSIONS
from smartcity.common.text import search_words


@require_safe
def initiative_library(request: SignedIn, slug: str) -> HttpResponse:
    """All models by dimension and sub-dimension, or those that fit a search."""
    regency = get_regency_or_404(request.user, slug)
    words = search_words(request.GET.get("q", ""))
    dimension = request.GET.get("dimensi", "")
    dimension = dimension if dimension in {each.code for each in DIMENSIONS} else ""
    found = search(words, dimension)
    context = {
        "words": words,
        "pills": _pills(words, dimension),
        "groups": _by_dimension(found),
        "count": len(found),
        "total": len(models()),
        "may_begin": can(request.user, Permission.EDIT_INITIATIVE, regency),
    }
    return render(request, "masterplan/initiatives/initiative/library.html", context)


def _pills(words: str, current: str) -> list[dict[str, Any]]:
    rows = [("", "Semua dimensi"), *((each.code, each.name) for each in DIMENSIONS)]
    return [
        {
            "label": label,
            "url": f"?{urlencode({'dimensi': code, 'q': words})}",
            "code": code,
            "count": len(search(words, code)),
            "current": code == current,
        }
        for code, label in rows
    ]


def _by_dimension(found: list[ModelInitiative]) -> list[dict[str, Any]]:
    return [
        {"dimension": dimension, "models": rows}
        for dimension in DIMENSIONS
        if (rows := [model for model in found if model.dimension == dimension])
    ]


@require_safe
def model_detail(request: SignedIn, slug: str, key: str) -> HttpResponse:
    """One model, whole."""
    regency = get_regency_or_404(request.user, slug)
    model = _model_or_404(key)
    context = {
        "model": model,
        "others": [each for each in search("", model.dimension.code) if each != model],
        "may_begin": can(request.user, Permission.EDIT_INITIATIVE, regency),
    }
    return render(request, "masterplan/initiatives/model/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def model_use(request: SignedIn, slug: str, key: str) -> HttpResponse:
    """Begin a draft from a model; pressing twice begins one."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    refuse_closed(request.user, plan)
    model, user = _model_or_404(key), request.user
    form = ModelForm(model, plan, user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        token = answers.pop("token")
        begin = partial(begin_from_model, model=model, plan=plan, by=user, **answers)
        if begun := create_initiative_once(request, regency, token, begin, form):
            return begun
    return render(request, "masterplan/initiatives/model/use.html", {"model": model, "form": form, "plan": plan})


def _model_or_404(key: str) -> ModelInitiative:
    model = find(key)
    if model is None:
        raise Http404
    return model
