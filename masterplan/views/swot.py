"""Pages of SWOT: items by kind and the strategies that answer them, and the short pages on which they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import User
from agencies.views.requests import SignedIn
from masterplan.actions import analyses as actions
from masterplan.forms.analyses import (
    BeginForm,
    SwotItemBeginForm,
    SwotItemForm,
    SwotStrategyBeginForm,
    SwotStrategyForm,
)
from masterplan.forms.written import WrittenForm
from masterplan.models import MasterPlan, SwotItem, SwotStrategy, numbered
from masterplan.reference import STRATEGY_PARTS, SwotKind, SwotStrategyKind
from masterplan.views.analyses import (
    ask_and_remove,
    crumbs,
    desk_of,
    enter,
    move_and_return,
    row_or_404,
    swot_words,
)
from masterplan.views.autosaving import Desk
from masterplan.views.beginning import once
from masterplan.views.written import MakeForm, Place, written_autosave, written_page

Numbers = dict[int, str]


@require_safe
def swot_list(request: SignedIn, slug: str) -> HttpResponse:
    """The items of the four kinds, then the strategies with the items they name."""
    plan, _ = enter(request, slug)
    items = list(plan.swot_items.select_related("dimension"))
    strategies = list(plan.swot_strategies.prefetch_related("items"))
    numbers = {item.pk: number for number, item in numbered(items)}
    has, lacks = swot_words(items, strategies)
    named = {row.pk: {item.pk for item in row.items.all()} for row in strategies}
    context = {
        "plan": plan,
        "kinds": [_kind(kind, numbered(items)) for kind in SwotKind],
        "strategies": [
            _kind(kind, numbered(strategies))
            | {"parts": [SwotKind(part).label.lower() for part in STRATEGY_PARTS[kind.value]]}
            for kind in SwotStrategyKind
        ],
        "numbers": {
            row.pk: ", ".join(number for pk, number in numbers.items() if pk in named[row.pk]) for row in strategies
        },
        "item_count": len(items),
        "strategy_count": len(strategies),
        "has": has,
        "lacks": lacks,
        "items": crumbs(slug),
    }
    return render(request, "masterplan/swot/list.html", context)


def _kind(kind: SwotKind | SwotStrategyKind, rows: list[tuple[str, Any]]) -> dict[str, Any]:
    own = [(number, row) for number, row in rows if row.kind == kind]
    return {
        "kind": kind.value,
        "label": kind.label,
        "rows": [
            {"number": number, "row": row, "may_rise": place > 0, "may_sink": place < len(own) - 1}
            for place, (number, row) in enumerate(own)
        ],
    }


def _numbers(plan: MasterPlan) -> Numbers:
    return {item.pk: number for number, item in numbered(plan.swot_items.all())}


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
    return render(request, "masterplan/swot_item/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_item_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One item."""
    held = _enter_item(request, slug, pk)
    number = _numbers(held.plan)[pk]
    context = {"number": number, "label": SwotKind(held.row.kind).label, **_back(slug)}
    place = _place("item", slug, held, "masterplan/swot_item/edit.html", context)
    return written_page(request, held.desk(), held.make, place)


@require_POST
def swot_item_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one item while one types."""
    held = _enter_item(request, slug, pk)
    return written_autosave(request, held.desk(), held.make)


@require_POST
def swot_item_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down within its kind."""
    held = _enter_item(request, slug, pk)
    return move_and_return(request, held.row, held.by, reverse("swot_list", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def swot_item_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take an item away."""
    held = _enter_item(request, slug, pk)
    count = held.row.strategies.count()
    loses = ["Butir sesudahnya naik satu nomor."]
    loses += [f"{count} strategi yang menyebut butir ini tidak lagi menyebutnya."] if count else []
    back = _back(slug)
    url, items = back["back_url"], back["items"]
    return ask_and_remove(
        request, held.row, held.by, what="butir", says=held.row.text, loses=loses, url=url, items=items
    )


# Strategies -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_create(request: SignedIn, slug: str, kind: str) -> HttpResponse:
    """Add a strategy of one kind; pressing twice adds one."""
    plan, by = enter(request, slug)
    if kind.upper() not in SwotStrategyKind.values:
        raise Http404
    label = SwotStrategyKind(kind.upper())
    data = request.POST if request.method == "POST" else None
    form = SwotStrategyBeginForm(plan, label.value, _numbers(plan), data)
    begun = _begin(request, slug, "strategy", form, lambda: SwotStrategy(master_plan=plan, kind=label.value), by)
    if begun is not None:
        return begun
    context = {"plan": plan, "form": form, "kind": label.value, "label": label.label, **_back(slug)}
    return render(request, "masterplan/swot_strategy/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One strategy."""
    held = _enter_strategy(request, slug, pk)
    number = next(number for number, row in numbered(held.plan.swot_strategies.all()) if row.pk == pk)
    context = {"number": number, "label": SwotStrategyKind(held.row.kind).label, **_back(slug)}
    place = _place("strategy", slug, held, "masterplan/swot_strategy/edit.html", context)
    return written_page(request, held.desk(), held.make, place)


@require_POST
def swot_strategy_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one strategy while one types."""
    held = _enter_strategy(request, slug, pk)
    return written_autosave(request, held.desk(), held.make)


@require_POST
def swot_strategy_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down within its kind."""
    held = _enter_strategy(request, slug, pk)
    return move_and_return(request, held.row, held.by, reverse("swot_list", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def swot_strategy_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then take a strategy away."""
    held = _enter_strategy(request, slug, pk)
    loses = ["Butir yang dijawabnya tetap ada."]
    back = _back(slug)
    url, items = back["back_url"], back["items"]
    return ask_and_remove(
        request, held.row, held.by, what="strategi", says=held.row.text, loses=loses, url=url, items=items
    )


# What both share ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Held:
    """An item or a strategy with the person who asked for it."""

    plan: MasterPlan
    by: User
    row: Any
    form: type[WrittenForm]
    make: MakeForm

    def desk(self) -> Desk:
        return desk_of(self.plan, self.by, self.row, self.form)


def _enter_item(request: SignedIn, slug: str, pk: int) -> _Held:
    plan, by = enter(request, slug)
    row = row_or_404(plan, plan.swot_items.all(), pk)
    return _Held(plan, by, row, SwotItemForm, partial(SwotItemForm, row))


def _enter_strategy(request: SignedIn, slug: str, pk: int) -> _Held:
    plan, by = enter(request, slug)
    row = row_or_404(plan, plan.swot_strategies.prefetch_related("items"), pk)
    return _Held(plan, by, row, SwotStrategyForm, partial(SwotStrategyForm, row, _numbers(plan)))


def _back(slug: str) -> dict[str, Any]:
    url = reverse("swot_list", args=[slug])
    return {"back_url": url, "items": crumbs(slug, ("SWOT", url))}


def _place(what: str, slug: str, held: _Held, template: str, context: dict[str, Any]) -> Place:
    pk = held.row.pk
    return Place(
        template=template,
        name=f"{held.plan.pk}:swot-{what}:{pk}",
        url=reverse(f"swot_{what}_edit", args=[slug, pk]),
        autosave_url=reverse(f"swot_{what}_autosave", args=[slug, pk]),
        back_url=context["back_url"],
        next_url=f"{context['back_url']}#swot_{what}-{pk}",
        context=context,
    )


def _begin(
    request: SignedIn, slug: str, what: str, form: BeginForm, new: Callable[[], Any], by: User
) -> HttpResponse | None:
    """Store what a form without fault begins, and go back to the list; None where there is nothing to store."""
    if not form.is_bound or not form.is_valid():
        return None
    answers = dict(form.cleaned_data)
    token = answers.pop("token")
    pk = once(request, f"swot-{what}", token, lambda: actions.add(new(), by=by, data=answers).pk)
    url = reverse("swot_list", args=[slug])
    if pk is None:
        messages.info(request, "Isian ini sedang disimpan. Muat ulang daftar sebentar lagi.")
        return redirect(url)
    return redirect(f"{url}#swot_{what}-{pk}")
