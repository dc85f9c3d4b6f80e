"""The regency at one look: every agency with what it has on each step, who is behind, and how long is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from agencies.access import can
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.file_names import CONTENT_TYPES
from masterplan.overview.progress import FILTERS, ORDERS, AgencyFilter, AgencyProgress, totals
from masterplan.overview.views.frame import OverviewContext, days_in_words, open_overview
from masterplan.overview.workbook import overview_workbook
from masterplan.reference import BookFormat, InitiativeStatus
from smartcity.common.formatting import format_age, format_clock, format_deadline
from smartcity.common.htmx import render_page
from smartcity.common.text import search_words

S = InitiativeStatus
# How a step looks (colour and icon), and whether what stands there waits for somebody.
_LOOKS = {
    S.DRAFT: ("draft", "pencil", False),
    S.RETURNED: ("returned", "arrow-counterclockwise", True),
    S.SUBMITTED: ("submitted", "send-fill", True),
    S.IN_REVIEW: ("in_review", "eye", True),
    S.APPROVED: ("done", "check-lg", False),
}
# Days: beyond a year the date says more, however narrow the column.
_LONGEST_AGE = 365


@require_safe
def regency_overview(request: SignedIn, slug: str) -> HttpResponse:
    """All agencies against all steps, narrowed and sorted, those most behind first."""
    overview = open_overview(request, slug)
    with timezone.override(overview.regency.zone):
        return render_page(request, "masterplan/overview/regency/overview.html", _context(request, overview))


@require_safe
def regency_overview_export(request: SignedIn, slug: str) -> HttpResponse:
    """The rows of the page, narrowed and sorted as there, as an Excel file."""
    overview = open_overview(request, slug)
    chosen = _choose(request, overview)
    data = overview_workbook(
        chosen.rows, overview.steps, overview.regency, workshop=overview.stage.workshop, now=overview.now
    )
    response = HttpResponse(data, content_type=CONTENT_TYPES[BookFormat.EXCEL])
    name = f"Ikhtisar_{overview.regency.slug}_{overview.regency.local(overview.now):%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True)
class _Choice:
    """What the address asks for: `found` by name, `rows` of these by the quick filter and in order."""

    wanted: AgencyFilter
    words: str
    order: str
    found: list[AgencyProgress]
    rows: list[AgencyProgress]


def _choose(request: SignedIn, overview: OverviewContext) -> _Choice:
    wanted, words = _wanted(request, overview), search_words(request.GET.get("q", ""))
    order = request.GET.get("urut", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    found = [row for row in overview.agencies if _is_named(row, words)]
    rows = sorted((row for row in found if wanted.keeps(row)), key=ORDERS[order][1])
    return _Choice(wanted, words, order, found, rows)


def _context(request: SignedIn, overview: OverviewContext) -> dict[str, Any]:
    chosen = _choose(request, overview)
    wanted, words, order, found, rows = chosen.wanted, chosen.words, chosen.order, chosen.found, chosen.rows
    query = {"tahap": overview.wanted_stage, "q": words, "urut": order if order != next(iter(ORDERS)) else ""}
    stage = overview.stage.workshop
    may_remind = can(overview.user, Permission.REVIEW_INITIATIVE, overview.regency)
    desk = _desk(overview) if may_remind else {}
    return {
        "rows": [_row(overview, row, desk) for row in rows],
        "total": len(overview.agencies),
        "steps": [(step.label, sum(row.counts[step] for row in rows)) for step in overview.steps],
        "known": totals(overview.agencies).total(),
        "pills": _pills(overview, found, wanted, query),
        "query": _query(query | {"saring": wanted.key}),
        "wanted": wanted,
        "words": words,
        "order": order,
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "stage": stage,
        "kept_stage": overview.kept_stage,
        "workshops": overview.workshops,
        "deadline": format_deadline(overview.regency.local(stage.deadline)) if stage and stage.deadline else "",
        "as_of": format_clock(overview.regency.local(overview.now)),
        "hides_drafts": not overview.sees_drafts,
        "may_remind": may_remind,
    }


def _desk(overview: OverviewContext) -> dict[str, str]:
    """What a coordinator can do about an agency whose turn it is, and where."""
    slug, stage = overview.regency.slug, overview.stage.workshop
    found = {"Ingatkan": reverse("regency_reminders", args=[slug])}
    return found | ({"Perpanjang": reverse("regency_deadline_extend", args=[slug, stage.pk])} if stage else {})


def _wanted(request: SignedIn, overview: OverviewContext) -> AgencyFilter:
    key = request.GET.get("saring", "")
    return next((each for each in _filters(overview) if each.key == key), FILTERS[0])


def _filters(overview: OverviewContext) -> list[AgencyFilter]:
    return [each for each in FILTERS if overview.sees_drafts or not each.needs_drafts]


def _is_named(row: AgencyProgress, words: str) -> bool:
    name = f"{row.agency.name} {row.agency.short_name}".casefold()
    return all(word.casefold() in name for word in words.split())


def _pills(
    overview: OverviewContext, found: list[AgencyProgress], wanted: AgencyFilter, query: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "count": sum(each.keeps(row) for row in found),
            "url": "?" + _query({"saring": each.key} | query),
            "current": each == wanted,
        }
        for each in _filters(overview)
    ]


def _query(values: Mapping[str, str]) -> str:
    return urlencode({key: value for key, value in values.items() if value})


def _row(overview: OverviewContext, row: AgencyProgress, desk: Mapping[str, str]) -> dict[str, Any]:
    asked = "&".join(filter(None, (f"opd={row.agency.pk}", overview.kept_stage)))
    acts = {label: f"{url}?{asked}" for label, url in desk.items()} if row.owes else {}
    return {
        "acts": acts,
        "agency": row.agency,
        "url": reverse("initiative_list", args=[overview.regency.slug]) + f"?opd={row.agency.pk}",
        "cells": [_cell(row, step, overview.now) for step in overview.steps],
        "completeness": row.completeness,
        "threads": row.open_threads,
        "changed": format_age(row.last_change, overview.now, longest=_LONGEST_AGE) if row.last_change else "",
        "due": days_in_words(row),
        "is_late": row.is_late,
        "is_extended": row.is_extended,
        "owes": row.owes,
        "summary": ", ".join(f"{step.label} {row.counts[step]}" for step in overview.steps if row.counts[step]),
        "nothing": "" if row.total else "Belum mengisi" if overview.sees_drafts else "Belum mengirim",
    }


def _cell(row: AgencyProgress, step: InitiativeStatus, now: Any) -> dict[str, Any]:
    """A cell of the matrix: how many of how many are there, and for how long the first of them waits."""
    count, (look, icon, waits) = row.counts[step], _LOOKS[step]
    if not count:
        return {"status": "", "label": ""}
    note = format_age(row.since[step], now, longest=_LONGEST_AGE) if waits else ""
    return {"status": look, "icon": icon, "label": f"{count} dari {row.total}", "note": note}
