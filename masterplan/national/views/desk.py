"""The desk of all regencies as a list, as a map of tiles and as Excel, and one's own views of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from agencies.access import is_manager, require_ministry
from agencies.actions.ministry import get_ministry
from agencies.views.requests import SignedIn
from masterplan.books.file_names import CONTENT_TYPES
from masterplan.models import DeskView
from masterplan.national.actions.desk_views import forget_view, keep_view
from masterplan.national.desk import ORDERS, Desk, DeskFilter, DeskRow, load_desk
from masterplan.national.tiles import tile_letters
from masterplan.national.workbook import desk_workbook
from masterplan.reference import BookFormat
from masterplan.reference_ministry import PlanState
from smartcity.common.formatting import format_age
from smartcity.common.htmx import render_page

PER_PAGE = 50


@require_safe
def national_desk(request: SignedIn) -> HttpResponse:
    """One row for each regency of the person's scope, those not begun included."""
    desk = load_desk(require_ministry(request.user), DeskFilter.read(request.GET))
    page = Paginator(desk.found, PER_PAGE).get_page(request.GET.get("page"))
    query = desk.chosen.query()
    context = _frame(request, desk) | {
        "page": page,
        "rows": [_shown(row) for row in page],
        "query": f"{query}&" if query else "",
        "views": list(request.user.desk_views.all()),
        "address": query,
    }
    return render_page(request, "masterplan/national/desk.html", context)


@require_safe
def national_map(request: SignedIn) -> HttpResponse:
    """The same regencies as tiles, province by province."""
    desk = load_desk(require_ministry(request.user), DeskFilter.read(request.GET))
    context = _frame(request, desk) | {
        "provinces": [(province, [_tile(row) for row in rows]) for province, rows in desk.by_province],
        "legend": [(state, desk.counts[state]) for state in PlanState],
    }
    return render_page(request, "masterplan/national/map.html", context)


@require_safe
def national_export(request: SignedIn) -> HttpResponse:
    """The rows of the page, narrowed and in order as there, as an Excel file."""
    desk = load_desk(require_ministry(request.user), DeskFilter.read(request.GET))
    now = timezone.now()
    data = desk_workbook(desk.found, author=get_ministry().name, now=now)
    response = HttpResponse(data, content_type=CONTENT_TYPES[BookFormat.EXCEL])
    name = f"Wilayah_{timezone.localdate(now):%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def national_view_keep(request: SignedIn) -> HttpResponse:
    """Keep the search, filters and order of the desk under a name."""
    require_ministry(request.user)
    query = _read_query(request.POST.get("saringan", ""))
    try:
        view = keep_view(by=request.user, name=request.POST.get("nama", ""), query=query)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Tampilan “{view.name}” disimpan.")
    return redirect(_desk_url(query))


@require_POST
def national_view_forget(request: SignedIn, pk: int) -> HttpResponse:
    """Forget one of one's own views."""
    require_ministry(request.user)
    view = get_object_or_404(DeskView, pk=pk, user=request.user)
    forget_view(view, by=request.user)
    messages.success(request, f"Tampilan “{view.name}” dihapus.")
    return redirect("national_desk")


def _read_query(text: str) -> str:
    """A query as the desk itself would write it: nothing else is ever stored or redirected to."""
    return DeskFilter.read(QueryDict(text[:600])).query()


def _desk_url(query: str) -> str:
    return reverse("national_desk") + (f"?{query}" if query else "")


def _frame(request: SignedIn, desk: Desk) -> dict[str, Any]:
    """What the list and the map have in common."""
    chosen, counts = desk.chosen, desk.counts
    pills: list[dict[str, Any]] = [_pill("Semua", "", len(desk.fitting), chosen)]
    pills += [_pill(state.label, state.value, counts[state], chosen) for state in PlanState if counts[state]]
    return {
        "desk": desk,
        "chosen": chosen,
        "total": len(desk.rows),
        "begun": sum(row.regency is not None for row in desk.rows),
        "pills": pills,
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "has_leads": any(row.is_lead for row in desk.rows),
        "is_manager": is_manager(request.user),
    }


def _pill(label: str, state: str, count: int, chosen: DeskFilter) -> dict[str, Any]:
    query = chosen.query(keadaan=state)
    return {"label": label, "url": f"?{query}", "count": count, "current": state == chosen.state}


def _shown(row: DeskRow) -> dict[str, Any]:
    """A row of the list."""
    days = row.days_left(timezone.localdate())
    return {
        "row": row,
        "url": reverse("regency_home", args=[row.regency.slug]) if row.regency else "",
        "changed": format_age(row.last_activity) if row.last_activity else "",
        "days": days,
        "is_late": days is not None and days < 0 and row.state in _UNSENT,
    }


# States in which a deadline that is past is told as late.
_UNSENT = frozenset({PlanState.NOT_OPENED, PlanState.PREPARING, PlanState.DRAFTING})


def _tile(row: DeskRow) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("regency_home", args=[row.regency.slug]) if row.regency else "",
        "short": tile_letters()[row.region.code],
    }
