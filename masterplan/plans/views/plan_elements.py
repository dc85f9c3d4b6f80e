"""Pages on which the coordinator adds, changes and removes single nodes of a development plan."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.forms.rows import data_to_redraw
from masterplan.models import DevelopmentPlan, PlanElement
from masterplan.plans.actions.plan_elements import content_of, create_element, delete_element, save_element
from masterplan.plans.actions.plans import allowed_levels, obstacles_to_deletion
from masterplan.plans.forms.plans import ElementForms, open_forms
from masterplan.plans.views.tree import plan_or_404
from masterplan.registry import Content
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.formatting import format_money
from smartcity.common.text import whole_number

_LABELS = {
    "parent": "Berada di bawah",
    "code": "Kode",
    "text": "Uraian",
    "agency": "Penanggung jawab",
    "carries_out": "Melaksanakan program RPJMD",
    "replaces": "Menggantikan",
    "indicators": "Indikator",
    "ceilings": "Pagu indikatif",
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_element_create(request: SignedIn, slug: str, plan_pk: int) -> HttpResponse:
    """A new node below `?induk=`, or at the top of the plan."""
    regency, by = _enter(request, slug)
    plan = plan_or_404(regency, plan_pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    parent = _parent_or_404(plan, request.GET.get("induk", ""))
    levels = allowed_levels(plan, parent)
    if not levels:
        raise Http404
    element = PlanElement(plan=plan, parent=parent, level=levels[0], is_sample=plan.is_sample)
    forms = _posted(request, element, {"agency": None, "indicators": [], "ceilings": {}})
    if request.method == "POST" and forms.is_valid():
        try:
            made = create_element(plan=plan, parent=parent, by=by, data=forms.content())
        except ValidationError as error:
            _tell(forms, error)
        else:
            messages.success(request, f"{made.get_level_display()} {made} ditambahkan.")
            return redirect(_place_of(regency, made))
    way_back = _place_of(regency, parent) if parent else reverse("development_plan_detail", args=[slug, plan.pk])
    context = {
        "plan": plan,
        "parent": parent,
        "element": element,
        "forms": forms,
        "levels": levels,
        "way_back": way_back,
    }
    return render(request, "masterplan/plans/plan_element/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_element_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One node with its indicators and ceilings; a stale version shows both texts and loses neither."""
    regency, by = _enter(request, slug)
    element = element_or_404(regency, pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    stored = content_of(element)
    forms = _posted(request, element, stored)
    context: dict[str, Any] = {"version": _version(request, element), "conflict": []}
    if request.method == "POST" and forms.is_valid():
        try:
            save_element(element, by=by, data=forms.content(), version=context["version"])
        except ValidationError as error:
            _tell(forms, error)
        except EditConflict as conflict:
            context["version"] = conflict.version
            context["conflict"] = list(_differences(element, conflict.mine, conflict.current))
        else:
            messages.success(request, f"{element.get_level_display()} {element} disimpan.")
            return redirect(_place_of(regency, element))
    context |= {
        "plan": element.plan,
        "element": element,
        "forms": forms,
        "place": _place_of(regency, element),
        "may_have_children": bool(allowed_levels(element.plan, element)),
    }
    return render(request, "masterplan/plans/plan_element/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_element_delete(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Asks before a node goes, and says what keeps it from going."""
    regency, by = _enter(request, slug)
    element = element_or_404(regency, pk)
    require(by, Permission.EDIT_DEVELOPMENT_PLAN, regency)
    obstacles, errors = obstacles_to_deletion(element), []
    plan, name = element.plan, f"{element.get_level_display()} {element}"
    if request.method == "POST":
        try:
            delete_element(element, by=by)
        except ValidationError as error:
            errors = [("", sentence) for sentence in error.messages]
        else:
            messages.success(request, f"{name} dihapus.")
            return redirect("development_plan_detail", slug, plan.pk)
    context = {
        "question": f"Hapus {element.get_level_display().lower()} {element.code}?".replace(" ?", "?"),
        "consequence": f"{name} belum dapat dihapus dari {plan.title}:"
        if obstacles
        else f"{name} dihapus dari {plan.title} beserta indikator, target, dan pagunya. Ini tidak dapat dibatalkan.",
        "warnings": [] if errors else obstacles,
        "errors": errors,
        "confirm_label": "Hapus",
        "danger": True,
        "cancel_url": reverse("plan_element_edit", args=[slug, element.pk]),
        "items": trail(slug, plan),
    }
    return render(request, "components/confirm.html", context)


def element_or_404(regency: Regency, pk: int) -> PlanElement:
    """A node of any development plan of the regency."""
    plan = regency.development_plans.select_related("agency", "predecessor").filter(elements__pk=pk).first()
    element = plan.elements.select_related("parent").filter(pk=pk).first() if plan else None
    if plan is None or element is None:
        raise Http404
    plan.regency, element.plan = regency, plan
    return element


def _enter(request: SignedIn, slug: str) -> tuple[Regency, User]:
    return get_regency_or_404(request.user, slug), request.user


def _parent_or_404(plan: DevelopmentPlan, text: str) -> PlanElement | None:
    """The node named in the address; an unknown one is not taken for the top of the plan."""
    if not text:
        return None
    parent = plan.elements.filter(pk=whole_number(text)).first()
    if parent is None:
        raise Http404
    return parent


def _posted(request: SignedIn, element: PlanElement, stored: Content) -> ElementForms:
    """The forms, empty of judgement where the page is only drawn again."""
    if request.method != "POST":
        return open_forms(element, stored)
    data = data_to_redraw(request.POST)
    return open_forms(element, stored, request.POST if data is None else data, quiet=data is not None)


def _version(request: SignedIn, element: PlanElement) -> int:
    """The version the person saw; one that is no number counts as long past."""
    return whole_number(request.POST.get("version")) if request.method == "POST" else element.edit_version


def _tell(forms: ElementForms, error: ValidationError) -> None:
    """Put what an action refused beside the field it is about, else above the form."""
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for key, sentences in named.items():
        for sentence in sentences:
            forms.main.add_error(key if key in forms.main.fields else None, sentence)


def _place_of(regency: Regency, element: PlanElement) -> str:
    """The node on the page of its plan, its branch opened."""
    page = reverse("development_plan_detail", args=[regency.slug, element.plan_id])
    return f"{page}?cabang={element.pk}#el-{element.pk}"


def _differences(element: PlanElement, mine: Content, theirs: Content) -> Iterator[dict[str, Any]]:
    """What differs, in words: label, what somebody else saved, what this person wrote."""
    regency = element.plan.regency
    names: dict[str, dict[int, str]] = {"agency": {agency.pk: agency.name for agency in regency.agencies.all()}}
    for key, label in _LABELS.items():
        if key not in mine:
            continue
        said = [_said(key, side[key], names.get(key, {})) for side in (theirs, mine)]
        if said[0] != said[1]:
            yield {"label": label, "theirs": said[0], "mine": said[1], "is_prose": key == "text"}


def _said(key: str, value: Any, names: dict[int, str]) -> str:
    if key == "indicators":
        return "\n".join(_said_of_indicator(row) for row in value)
    if key == "ceilings":
        return "\n".join(f"{year}: {format_money(amount)}" for year, amount in sorted(value.items()))
    return names.get(value, str(value or "")) if not isinstance(value, str) else value


def _said_of_indicator(row: Content) -> str:
    targets = ", ".join(f"{year}: {text}" for year, text in sorted(row["targets"].items()))
    return (
        f"{row['name']} ({row['unit']}), awal {row['baseline'] or '-'}; {targets}; akhir {row['end_condition'] or '-'}"
    )
