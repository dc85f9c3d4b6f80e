"""The screen of a plenary: a few things in large type, one after the other, without anything to press.

The answer itself says when the browser goes on, by a header that needs no JavaScript; pausing is a link.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.views.requests import SignedIn
from masterplan.overview.distribution import distribution_of
from masterplan.overview.progress import AgencyProgress, totals
from masterplan.overview.views.frame import OverviewContext, open_overview
from masterplan.reference import InitiativeStatus
from smartcity.common.formatting import format_clock, format_deadline, format_time_left

S = InitiativeStatus
NEXT_SECONDS, PAUSED_SECONDS = 30, 60

# Where an agency stands, worst first: kind (its colour in the bar), words, whose it is.
_GROUPS: tuple[tuple[str, str, Callable[[AgencyProgress], bool]], ...] = (
    ("none", "Belum mengirim", lambda row: not row.sent),
    ("returned", "Perlu perbaikan", lambda row: bool(row.counts[S.RETURNED])),
    ("submitted", "Sebagian masih draf", lambda row: bool(row.counts[S.DRAFT]) and not row.is_done),
    ("in_review", "Menunggu tinjauan", lambda row: not row.is_done),
    ("approved", "Semua disetujui", lambda row: row.is_done),
)


@require_safe
def regency_plenary(request: SignedIn, slug: str) -> HttpResponse:
    """One of the slides; `jeda` keeps it, and it is only read again."""
    overview = open_overview(request, slug, measures=False)
    keys = list(_SLIDES)
    key = request.GET.get("bagian", "")
    key = key if key in _SLIDES else keys[0]
    following = keys[(keys.index(key) + 1) % len(keys)]
    paused = request.GET.get("jeda") == "1"
    with timezone.override(overview.regency.zone):
        context = {
            "slide": key,
            "place": f"{keys.index(key) + 1} dari {len(keys)}",
            "paused": paused,
            "again": f"?bagian={key}",
            "following": f"?bagian={following}",
            "as_of": format_clock(overview.regency.local(overview.now)),
            **_deadline(overview),
            **_SLIDES[key](overview),
        }
        response = render(request, "masterplan/overview/regency/plenary.html", context)
    again, onwards = f"{PAUSED_SECONDS}; url=?bagian={key}&jeda=1", f"{NEXT_SECONDS}; url=?bagian={following}"
    response.headers["Refresh"] = again if paused else onwards
    return response


def _deadline(overview: OverviewContext) -> dict[str, str]:
    """The deadline of the stage and how long is left, for everybody."""
    stage = overview.stage.workshop
    if stage is None or stage.deadline is None:
        return {"stage": "", "deadline": "", "left": ""}
    until = overview.regency.local(stage.deadline)
    left = format_time_left(until, overview.now)
    return {"stage": stage.stage, "deadline": format_deadline(until), "left": left}


def _group_of(row: AgencyProgress) -> str:
    return next(kind for kind, _, holds in _GROUPS if holds(row))


def _progress(overview: OverviewContext) -> dict[str, Any]:
    """How many agencies and initiatives are how far."""
    kinds = [_group_of(row) for row in overview.agencies]
    segments, start = [], 0
    for kind, label, _ in reversed(_GROUPS):
        count = kinds.count(kind)
        segments.append({"kind": kind, "label": label, "count": count, "start": start})
        start += count
    counts = totals(overview.agencies)
    return {
        "segments": segments,
        "total": len(overview.agencies),
        "sent_agencies": sum(bool(row.sent) for row in overview.agencies),
        "sent": sum(row.sent for row in overview.agencies),
        "approved": counts[S.APPROVED],
    }


def _names(overview: OverviewContext) -> dict[str, Any]:
    """The agencies by where they stand."""
    names: dict[str, list[str]] = {kind: [] for kind, *_ in _GROUPS}
    for row in overview.agencies:
        names[_group_of(row)].append(row.agency.short_name)
    return {"groups": [(kind, label, names[kind]) for kind, label, _ in _GROUPS if names[kind]]}


def _coverage(overview: OverviewContext) -> dict[str, Any]:
    """Dimensions and missions with what stands for them."""
    found = distribution_of(overview.plan, overview.initiatives)
    return {
        "distribution": found,
        "most": max((row.count for row in [*found.dimensions, *found.missions]), default=0) or 1,
    }


# By the word in the address, in the order in which they follow each other.
_SLIDES: dict[str, Callable[[OverviewContext], dict[str, Any]]] = {
    "kemajuan": _progress,
    "perangkat-daerah": _names,
    "cakupan": _coverage,
}
