"""Pages of the gaps: the rows by dimension and sub-dimension, and the page on which one of them is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.views.requests import SignedIn
from masterplan.analyses import actions
from masterplan.analyses.forms import GapBeginForm, GapForm
from masterplan.analyses.views.analyses import gap_lacks, gap_words, sub_dimensions_of
from masterplan.analyses.views.rows import RowPages
from masterplan.editing.views.creation import create_once
from masterplan.models import GapItem
from masterplan.pages.rows import enter
from smartcity.common.text import search_words

_SEARCHED = ("indicator", "ideal", "existing", "gap", "cause", "response")


@require_safe
def gap_list(request: SignedIn, slug: str) -> HttpResponse:
    """All rows under their sub-dimensions, also those sub-dimensions that have none; or what a search finds."""
    plan, _ = enter(request, slug)
    items = list(plan.gap_items.select_related("sub_dimension__dimension").prefetch_related("initiatives"))
    subs = sub_dimensions_of(plan)
    search = search_words(request.GET.get("cari", ""))
    dimension = request.GET.get("dimensi", "")
    found = [item for item in items if _fits(item, search, dimension)]
    has, lacks = gap_words(items, subs)
    shown = [sub for sub in subs if not dimension or sub.dimension.code == dimension]
    if search:
        shown = [sub for sub in shown if any(item.sub_dimension_id == sub.pk for item in found)]
    context = {
        "plan": plan,
        "search": search,
        "dimension": dimension,
        "dimensions": list({sub.dimension.code: sub.dimension.name for sub in subs}.items()),
        "items_count": len(items),
        "found_count": len(found),
        "is_narrow": bool(search or dimension),
        "groups": [{"sub": sub, "rows": _rows(sub.pk, found, may_move=not search)} for sub in shown],
        "has": has,
        "lacks": lacks,
    }
    return render(request, "masterplan/analyses/gap/list.html", context)


def _fits(item: GapItem, search: str, dimension: str) -> bool:
    words = [item.sub_dimension.name, *(getattr(item, name) for name in _SEARCHED)]
    text = " ".join([*words, *(each.code for each in item.initiatives.all())]).casefold()
    is_there = not dimension or item.sub_dimension.dimension.code == dimension
    return is_there and all(word in text for word in search.casefold().split())


def _rows(sub_pk: int, items: list[GapItem], *, may_move: bool) -> list[dict[str, Any]]:
    rows = [item for item in items if item.sub_dimension_id == sub_pk]
    return [
        {
            "item": item,
            "lacks": gap_lacks(item),
            "may_rise": may_move and place > 0,
            "may_sink": may_move and place < len(rows) - 1,
        }
        for place, item in enumerate(rows)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def gap_create(request: SignedIn, slug: str) -> HttpResponse:
    """Begin a row with the two answers that place and name it; pressing twice begins one."""
    plan, by = enter(request, slug)
    list_url = reverse("gap_list", args=[slug])
    form = GapBeginForm(
        plan, request.POST if request.method == "POST" else None, {"sub_dimension": request.GET.get("sub", "")}
    )
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        token = answers.pop("token")
        pk = create_once(request, "gap", token, lambda: actions.add(GapItem(master_plan=plan), by=by, data=answers).pk)
        if pk is None:
            messages.info(request, "Baris ini sedang disimpan. Muat ulang daftar sebentar lagi.")
            return redirect(list_url)
        return redirect("gap_edit", slug, pk)
    context = {"plan": plan, "form": form, "back_url": list_url}
    return render(request, "masterplan/analyses/gap/create.html", context)


GAPS = RowPages(
    name="gap",
    list_name="gap_list",
    noun="baris",
    rows=lambda plan: plan.gap_items.select_related("sub_dimension__dimension").prefetch_related("initiatives"),
    form=GapForm,
    context=lambda row: {"lacks": gap_lacks(row)},
    text=lambda row: row.indicator,
    losses=lambda row: ["Semua isian baris ini hilang dari tabel kesenjangan; inisiatifnya tetap ada."],
)


@require_http_methods(["GET", "HEAD", "POST"])
def gap_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One row."""
    return GAPS.edit(request, slug, pk)


@require_POST
def gap_autosave(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Saving one row while one types."""
    return GAPS.autosave(request, slug, pk)


@require_POST
def gap_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down within its sub-dimension."""
    return GAPS.move(request, slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def gap_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then remove a row."""
    return GAPS.remove(request, slug, pk)
