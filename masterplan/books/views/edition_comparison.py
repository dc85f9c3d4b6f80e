"""The page that sets two editions side by side. What is different is told by `editions.comparison.compare`."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.editions.comparison.compare import ChangedItem, EditionComparison, compare
from masterplan.models import Snapshot
from masterplan.pages.loading import current_plan_or_404
from smartcity.common.htmx import render_page
from smartcity.common.text import whole_number

PER_PAGE = 20


@require_safe
def edition_compare_choice(request: SignedIn, slug: str) -> HttpResponse:
    """Lead to the comparison of the two editions chosen (`dari`, `ke`), by default the newest and its predecessor."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.DOWNLOAD_BOOK, regency)
    plan = current_plan_or_404(regency)
    found = list(plan.snapshots.defer("content").select_related("predecessor").defer("predecessor__content")[:2])
    if len(found) < 2:
        messages.info(request, "Baru ada satu edisi. Perbandingan tersedia setelah edisi berikutnya dibekukan.")
        return redirect("edition_list", slug)
    newest, default = found[0], found[0].predecessor or found[1]
    numbers = [whole_number(request.GET.get(key)) for key in ("dari", "ke")]
    before, after = sorted([numbers[0] or default.number, numbers[1] or newest.number])
    return redirect("edition_compare", slug, before, after)


@require_safe
def edition_compare(request: SignedIn, slug: str, before: int, after: int) -> HttpResponse:
    """What is different between two editions, whole or of one dimension or agency."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.DOWNLOAD_BOOK, regency)
    plan = current_plan_or_404(regency)
    found = {edition.number: edition for edition in plan.snapshots.defer("content")}
    if before not in found or after not in found:
        raise Http404
    if before > after:
        return redirect("edition_compare", slug, after, before)
    whole = {edition.number: edition for edition in plan.snapshots.filter(number__in=(before, after))}
    old, new = whole[before], whole[after]
    comparison = compare(old.content, new.content)
    options = _options(comparison, old, new)
    chosen = {key: request.GET.get(key, "") for key in ("dimensi", "opd")}
    chosen = {key: value if value in dict(options[key]) else "" for key, value in chosen.items()}
    groups = comparison.narrowed(dimension=chosen["dimensi"], agency=chosen["opd"])
    lines = [(group.title, item) for group in groups for item in group.items]
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "before": old,
        "after": new,
        "editions": found.values(),
        "comparison": comparison,
        "groups": _grouped(page),
        "page": page,
        "options": options,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "here": reverse("edition_compare", args=[slug, before, after]),
        "query": urlencode({key: value for key, value in chosen.items() if value}) + "&",
    }
    return render_page(request, "masterplan/books/edition/compare.html", context)


def _grouped(page: Page[Any]) -> list[tuple[str, list[ChangedItem]]]:
    """The items of one page under their headings."""
    return [(title, [item for _, item in lines]) for title, lines in groupby(page, key=lambda line: line[0])]


def _options(comparison: EditionComparison, old: Snapshot, new: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Dimensions and agencies of which an initiative is different."""
    contents = (old.content, new.content)
    dimensions = {row["code"]: row["name"] for content in contents for row in content["dimensions"]}
    agencies = {row["id"]: row["name"] for content in contents for row in content["agencies"]}
    used = {
        "dimensi": {code for item in comparison.initiatives for code in item.dimensions},
        "opd": {key for item in comparison.initiatives for key in item.agencies},
    }
    names = {"dimensi": dimensions, "opd": agencies}
    return {key: [(code, name) for code, name in names[key].items() if code in used[key]] for key in used}
