"""Pages that show development plans: all of them, one as a tree, two periods side by side."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import DevelopmentPlan, decided_between
from masterplan.plans.forms.plan_filter import ALL, TreeFilter
from masterplan.plans.views.comparison import LABELS, ProgramChange, compare
from masterplan.plans.views.tree import linked_initiatives, plan_or_404, read_tree
from masterplan.reference import Level, PlanKind
from smartcity.common.text import search_words

PAIRS_PER_PAGE = 50

WITH, WITHOUT = "ada", "belum"


@require_safe
def development_plan_list(request: SignedIn, slug: str) -> HttpResponse:
    """The RPJMD periods, and the Renstra agency by agency: an agency without one has a row of its own."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    rpjmd, rows = listed_plans(regency)
    search = search_words(request.GET.get("cari", ""))
    show = request.GET.get("tampil", "")
    context = {
        "rpjmd": rpjmd,
        "answered_id": regency.master_plans.filter(is_current=True).values_list("development_plan", flat=True).first(),
        "rows": [row for row in rows if is_shown(row, search, show)],
        "pills": _renstra_pills(rows, show, search),
        "agencies": len(rows),
        "planned": sum(bool(row["plans"]) for row in rows),
        "search": search,
        "show": show,
        "query": _query(cari=search, tampil=show),
        "may_edit": can(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency),
    }
    return render(request, "masterplan/plans/development_plan/list.html", context)


def listed_plans(regency: Regency) -> tuple[list[Any], list[dict[str, Any]]]:
    """The RPJMD, and a row for each agency with its Renstra; every plan with what it counts."""
    plans = _counted(regency)
    renstra = [plan for plan in plans if plan.kind == PlanKind.RENSTRA]
    return [plan for plan in plans if plan.kind == PlanKind.RPJMD], _agency_rows(regency, renstra)


def _counted(regency: Regency) -> list[Any]:
    """The plans, newest first, each with its programs, those of them that carry out the RPJMD, and its indicators."""
    program = Q(elements__level=Level.PROGRAM)
    carried = program & Q(elements__carries_out__isnull=False)
    rows = regency.development_plans.select_related("predecessor").annotate(
        programs=Count("elements", filter=program, distinct=True),
        carried=Count("elements", filter=carried, distinct=True),
        measures=Count("elements__indicators", distinct=True),
    )
    return list(rows.order_by("-start_year", "title"))


def _agency_rows(regency: Regency, renstra: list[Any]) -> list[dict[str, Any]]:
    """Every agency of today, and any that has a plan though it has ended since, with its plans."""
    today = timezone.localdate()
    by_agency: dict[int, list[Any]] = {}
    for plan in renstra:
        by_agency.setdefault(plan.agency_id, []).append(plan)
    return [
        {"agency": agency, "plans": by_agency.get(agency.pk, []), "ended": not agency.exists_on(today)}
        for agency in regency.agencies.all()
        if agency.pk in by_agency or agency.exists_on(today)
    ]


def is_shown(row: dict[str, Any], search: str, show: str) -> bool:
    """Whether the row of an agency is searched for (`search`), and has or has not what `show` asks."""
    agency = row["agency"]
    words = " ".join((agency.name, agency.short_name, *agency.aliases)).casefold()
    fits = {WITH: bool(row["plans"]), WITHOUT: not row["plans"]}.get(show, True)
    return fits and all(word in words for word in search.casefold().split())


def _renstra_pills(rows: list[dict[str, Any]], show: str, search: str) -> list[dict[str, Any]]:
    names = (("", "Semua"), (WITH, "Sudah ada Renstra"), (WITHOUT, "Belum ada Renstra"))
    current = show if show in (WITH, WITHOUT) else ""
    found = [row for row in rows if is_shown(row, search, "")]
    return [
        {
            "label": label,
            "url": f"?{_query(cari=search, tampil=key)}#renstra",
            "count": sum(is_shown(row, "", key) for row in found),
            "current": key == current,
        }
        for key, label in names
    ]


def _query(**values: str) -> str:
    return urlencode({key: value for key, value in values.items() if value})


@require_safe
def development_plan_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One plan as a tree, whole or narrowed, with money year by year and the initiatives tied to each program."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    plan = plan_or_404(regency, pk)
    wanted = TreeFilter.read(request.GET)
    tree = read_tree(plan, wanted=wanted, links=linked_initiatives(request.user, regency))
    context = {
        "plan": plan,
        "tree": tree,
        "wanted": wanted,
        "expand_query": wanted.query(opened=ALL),
        "folded_query": wanted.query(opened=""),
        "is_renstra": plan.kind == PlanKind.RENSTRA,
        "may_edit": can(request.user, Permission.EDIT_DEVELOPMENT_PLAN, regency),
    }
    return render(request, "masterplan/plans/development_plan/detail.html", context)


@require_safe
def development_plan_compare(request: SignedIn, slug: str) -> HttpResponse:
    """Two RPJMD periods side by side: what is new, changed, unchanged and not continued."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    plans = list(regency.development_plans.filter(kind=PlanKind.RPJMD))
    old, new = _chosen_periods(request, plans)
    context: dict[str, Any] = {"plans": plans, "old": old, "new": new, "pairs": [], "pills": [], "show": ""}
    context["may_carry"] = can(request.user, Permission.DECIDE_ALIGNMENT, regency)
    if old and new and old != new:
        prefetch_related_objects([old, new], "elements__agency", "elements__indicators")
        pairs = compare(old, new, decided_between(old, new))
        show = request.GET.get("tampil", "")
        shown = [pair for pair in pairs if show not in LABELS or pair.change == show]
        page = Paginator(shown, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
        # Ceilings say nothing of what became of a program, so they are read of those that are shown.
        sides = [side for pair in page for side in (pair.old, pair.new) if side]
        prefetch_related_objects([side.element for side in sides], "ceilings")
        context |= {
            "pairs": page.object_list,
            "page": page,
            "query": f"{_query(lama=str(old.pk), baru=str(new.pk), tampil=show)}&",
            "pills": _change_pills(pairs, show, old, new),
            "total": len(pairs),
            "missions": [{"plan": plan, "missions": _missions(plan)} for plan in (old, new)],
        }
    return render(request, "masterplan/plans/development_plan/compare.html", context)


def _chosen_periods(
    request: SignedIn, plans: list[DevelopmentPlan]
) -> tuple[DevelopmentPlan | None, DevelopmentPlan | None]:
    """The plans named in the address (404 for any other); without names the newest and the one before it."""
    by_pk = {str(plan.pk): plan for plan in plans}
    named = [request.GET.get(key, "") for key in ("lama", "baru")]
    for name in named:
        if name and name not in by_pk:
            raise Http404
    newest = next(iter(plans), None)
    new = by_pk.get(named[1], newest)
    before = next((plan for plan in plans if new and plan.pk == new.predecessor_id), None)
    fallback = before or next((plan for plan in plans if plan is not new), None)
    return by_pk.get(named[0], fallback), new


def _change_pills(pairs: list[Any], show: str, old: DevelopmentPlan, new: DevelopmentPlan) -> list[dict[str, Any]]:
    names = [("", "Semua program"), *((change.value, LABELS[change]) for change in ProgramChange)]
    current = show if show in LABELS else ""
    return [
        {
            "label": label,
            "url": f"?{_query(lama=str(old.pk), baru=str(new.pk), tampil=key)}",
            "count": sum(not key or pair.change == key for pair in pairs),
            "current": key == current,
        }
        for key, label in names
    ]


def _missions(plan: DevelopmentPlan) -> list[Any]:
    return [element for element in plan.elements.all() if element.level == Level.MISSION]
