"""Pages of SWOT: items by kind and the strategies that answer them, and the short pages on which they are written."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import User
from agencies.views.requests import SignedIn
from masterplan.analyses import actions
from masterplan.analyses.forms import (
    BeginRowForm,
    SwotItemBeginForm,
    SwotItemForm,
    SwotStrategyBeginForm,
    SwotStrategyForm,
)
from masterplan.analyses.views.analyses import swot_words
from masterplan.analyses.views.rows import RowPages
from masterplan.editing.views.creation import create_once
from masterplan.models import SwotItem, SwotStrategy, numbered
from masterplan.pages.rows import enter
from masterplan.reference import STRATEGY_PARTS, SwotKind, SwotStrategyKind
from masterplan.templatetags.crumb_tags import trail

Numbers = dict[int, str]


@require_safe
def swot_list(request: SignedIn, slug: str) -> HttpResponse:
    """The items of the four kinds, then the strategies with the items they name."""
    plan, _ = enter(request, slug)
    items = list(plan.swot_items.select_related("dimension"))
    strategies = list(plan.swot_strategies.prefetch_related("items"))
    numbers = {item.pk: number for number, item in numbered(items)}
    has, lacks = swot_words(items, strategies)
    item_lines = [(number, item, _item_facts(item)) for number, item in numbered(items)]
    strategy_lines = [(number, row, _strategy_facts(row, numbers)) for number, row in numbered(strategies)]
    context = {
        "plan": plan,
        "kinds": [_kind(slug, "item", kind, item_lines) for kind in SwotKind],
        "strategies": [
            _kind(slug, "strategy", kind, strategy_lines)
            | {"parts": [SwotKind(part).label.lower() for part in STRATEGY_PARTS[kind.value]]}
            for kind in SwotStrategyKind
        ],
        "item_count": len(items),
        "strategy_count": len(strategies),
        "has": has,
        "lacks": lacks,
    }
    return render(request, "masterplan/analyses/swot/list.html", context)


def _item_facts(item: SwotItem) -> str:
    return ", ".join([item.get_aspect_display(), *([item.dimension.name] if item.dimension else [])])


def _strategy_facts(strategy: SwotStrategy, numbers: Numbers) -> str:
    """The items it answers by their numbers, in the order of the list."""
    own = {item.pk for item in strategy.items.all()}
    named = ", ".join(number for pk, number in numbers.items() if pk in own)
    return f"Menjawab {named}" if named else "Belum menyebut butir"


def _kind(slug: str, what: str, kind: SwotKind | SwotStrategyKind, lines: list[tuple[str, Any, str]]) -> dict[str, Any]:
    own = [line for line in lines if line[1].kind == kind]
    return {
        "kind": kind.value,
        "label": kind.label,
        "rows": [
            {
                "number": number,
                "row": row,
                "facts": facts,
                "edit_url": reverse(f"swot_{what}_edit", args=[slug, row.pk]),
                "move_url": reverse(f"swot_{what}_move", args=[slug, row.pk]),
                "may_rise": place > 0,
                "may_sink": place < len(own) - 1,
            }
            for place, (number, row, facts) in enumerate(own)
        ],
    }


# Items ----------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def swot_item_create(request: SignedIn, slug: str, kind: str) -> HttpResponse:
    """Add an item of one kind; pressing twice adds one."""
    plan, by = enter(request, slug)
    if kind.upper() not in SwotKind.values:
        raise Http404
    label = SwotKind(kind.upper())
    form = SwotItemBeginForm(plan, request.POST if request.method == "POST" else None)
    begun = _begin(request, slug, "item", form, lambda: SwotItem(master_plan=plan, kind=label.value), by)
    if begun is not None:
        return begun
    context = {"plan": plan, "form": form, "label": label.label, **_back(slug)}
    return render(request, "masterplan/analyses/swot_item/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_item_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One item."""
    return ITEMS.edit(request, slug, pk)


@require_POST
def swot_item_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one item while one types."""
    return ITEMS.autosave(request, slug, pk)


@require_POST
def swot_item_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down within its kind."""
    return ITEMS.move(request, slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_item_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take an item away."""
    return ITEMS.remove(request, slug, pk)


# Strategies -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_create(request: SignedIn, slug: str, kind: str) -> HttpResponse:
    """Add a strategy of one kind; pressing twice adds one."""
    plan, by = enter(request, slug)
    if kind.upper() not in SwotStrategyKind.values:
        raise Http404
    label = SwotStrategyKind(kind.upper())
    data = request.POST if request.method == "POST" else None
    form = SwotStrategyBeginForm(plan, label.value, data)
    begun = _begin(request, slug, "strategy", form, lambda: SwotStrategy(master_plan=plan, kind=label.value), by)
    if begun is not None:
        return begun
    context = {"plan": plan, "form": form, "kind": label.value, "label": label.label, **_back(slug)}
    return render(request, "masterplan/analyses/swot_strategy/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One strategy."""
    return STRATEGIES.edit(request, slug, pk)


@require_POST
def swot_strategy_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one strategy while one types."""
    return STRATEGIES.autosave(request, slug, pk)


@require_POST
def swot_strategy_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down within its kind."""
    return STRATEGIES.move(request, slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take a strategy away."""
    return STRATEGIES.remove(request, slug, pk)


# What both share ------------------------------------------------------------------------------------------------------


def _page_context(row: SwotItem | SwotStrategy) -> dict[str, Any]:
    rows: Any = row.master_plan.swot_items if isinstance(row, SwotItem) else row.master_plan.swot_strategies
    number = next(number for number, other in numbered(rows.all()) if other.pk == row.pk)
    return {"number": number, "label": row.get_kind_display()}


def _lost_with(item: SwotItem) -> list[str]:
    count = item.strategies.count()
    named = [f"{count} strategi yang menyebut butir ini tidak lagi menyebutnya."] if count else []
    return ["Butir sesudahnya naik satu nomor.", *named]


ITEMS = RowPages(
    name="swot_item",
    list_name="swot_list",
    noun="butir",
    rows=lambda plan: plan.swot_items.all(),
    form=SwotItemForm,
    context=_page_context,
    text=lambda item: item.text,
    losses=_lost_with,
)
STRATEGIES = RowPages(
    name="swot_strategy",
    list_name="swot_list",
    noun="strategi",
    rows=lambda plan: plan.swot_strategies.prefetch_related("items"),
    form=SwotStrategyForm,
    context=_page_context,
    text=lambda strategy: strategy.text,
    losses=lambda strategy: ["Butir yang dijawabnya tetap ada."],
)


def _back(slug: str) -> dict[str, Any]:
    url = reverse("swot_list", args=[slug])
    return {"back_url": url, "items": trail(slug, "swot_list")}


def _begin(
    request: SignedIn, slug: str, what: str, form: BeginRowForm, new: Callable[[], Any], by: User
) -> HttpResponse | None:
    """Store what a form without fault begins, and go back to the list; None where there is nothing to store."""
    if not form.is_bound or not form.is_valid():
        return None
    answers = dict(form.cleaned_data)
    token = answers.pop("token")
    pk = create_once(request, f"swot-{what}", token, lambda: actions.add(new(), by=by, data=answers).pk)
    url = reverse("swot_list", args=[slug])
    if pk is None:
        messages.info(request, "Isian ini sedang disimpan. Muat ulang daftar sebentar lagi.")
        return redirect(url)
    return redirect(f"{url}#swot_{what}-{pk}")
