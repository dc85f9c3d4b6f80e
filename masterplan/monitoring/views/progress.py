"""Progress after approval: the regency in one quarter, one initiative with its curves, and the calendar of reports.

Writing at a report, handing it in and its evidence are in `progress_reports`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.models import Agency, Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import Initiative, MasterPlan, ProgressReport, calendar_of, owed_by
from masterplan.monitoring import actions
from masterplan.monitoring.forms import CalendarForm
from masterplan.monitoring.rows import ReportRow, load_tracks, rows_of, standing_of
from masterplan.pages.loading import current_plan_or_404, get_bare_initiative_or_404, visible_initiatives
from masterplan.progress import measures
from masterplan.progress.curve import draw
from masterplan.progress.measures import TRACK_LABELS, indicator_key
from masterplan.progress.quarters import Quarter, span
from masterplan.progress.reporting_due import DELIVERED, Calendar, ReportState
from masterplan.reference import InitiativeStatus
from smartcity.common.htmx import render_page
from smartcity.common.text import search_words, whole_number

PER_PAGE = 30
# What the list shows of an initiative, or counts by; its long texts are none of it.
_SHOWN = (
    "code", "name", "status", "approved_at", "start_year", "end_year", "master_plan", "lead_agency__name",
    "lead_agency__short_name", "lead_agency__regency", "sub_dimension__dimension__code",
)  # fmt: skip
_MISSING, _LATE, _REPORTED, _ATTENTION = "belum", "terlambat", "sudah", "perhatian"
_SHOWS = {
    _MISSING: ("Belum melapor", lambda row: row.standing.state not in DELIVERED),
    _LATE: ("Terlambat", lambda row: row.standing.state is ReportState.LATE),
    _REPORTED: ("Sudah melapor", lambda row: row.standing.state in DELIVERED),
    _ATTENTION: ("Perlu perhatian", lambda row: row.needs_attention),
}
# The badge of components/status_badge.html for each state.
BADGES = {
    ReportState.REPORTED: "done",
    ReportState.REPORTED_LATE: "done",
    ReportState.OPEN: "running",
    ReportState.DUE: "queued",
    ReportState.LATE: "late",
}


@dataclass(frozen=True)
class ReportFilter:
    """What the list is narrowed to; an unknown value narrows nothing."""

    quarter: Quarter
    show: str = ""
    agency: int = 0
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], *, usual: Quarter) -> "ReportFilter":
        """From the address; without a quarter it is the `usual` one."""
        show = query.get("tampil", "")
        return cls(
            Quarter.parse(query.get("triwulan", "")) or usual,
            show if show in _SHOWS else "",
            whole_number(query.get("opd", "")),
            search_words(query.get("q", "")),
        )

    def fits(self, row: ReportRow) -> bool:
        """Whether a row is about the chosen agency and has the words."""
        made = row.initiative
        if self.agency and made.lead_agency_id != self.agency:
            return False
        text = f"{made.code} {made.name} {made.lead_agency.name} {made.lead_agency.short_name}".casefold()
        return all(word.casefold() in text for word in self.q.split())

    def query(self, **changes: str) -> str:
        """The address's query with `changes`; the page number is left out."""
        now = {"triwulan": self.quarter.slug, "tampil": self.show, "opd": str(self.agency or ""), "q": self.q}
        return "?" + urlencode({key: value for key, value in (now | changes).items() if value})


@require_safe
def progress_list(request: SignedIn, slug: str) -> HttpResponse:
    """All approved initiatives in one quarter: who has reported, what is late, stale or behind."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    plan = current_plan_or_404(regency)
    require(user, Permission.VIEW_REGENCY, regency)
    calendar, today = calendar_of(plan), timezone.localdate()
    quarters = quarters_of(plan, calendar, today)
    wanted = ReportFilter.read(request.GET, usual=usual_quarter(quarters, today))
    approved = visible_initiatives(user, plan).filter(status=InitiativeStatus.APPROVED).for_list().only(*_SHOWN)
    everything = rows_of(plan, list(approved), wanted.quarter, calendar=calendar, today=today)
    fitting = [row for row in everything if wanted.fits(row)]
    shown = [row for row in fitting if not wanted.show or _SHOWS[wanted.show][1](row)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    load_tracks(page)
    context = {
        "plan": plan,
        "wanted": wanted,
        "quarters": quarters if wanted.quarter in quarters else sorted([*quarters, wanted.quarter]),
        "due": calendar.due(wanted.quarter),
        "page": page,
        "rows": [_shown(slug, row, may_see_drafts=_sees_drafts(request, regency, row)) for row in page],
        "pills": _pills(fitting, wanted),
        "query": wanted.query()[1:] + "&",
        "agencies": sorted({row.initiative.lead_agency for row in everything}, key=lambda agency: agency.name),
        "by_agency": _by_agency(everything),
        "total": len(everything),
        "may_set": can(user, Permission.REVIEW_INITIATIVE, regency),
    }
    return render_page(request, "masterplan/monitoring/progress/list.html", context)


def quarters_of(plan: MasterPlan, calendar: Calendar, today: date) -> list[Quarter]:
    """The quarters of a plan that have begun, newest first."""
    first = calendar.first or Quarter(plan.start_year, 1)
    last = min(Quarter.of(today), Quarter(plan.end_year, 4))
    return span(first, last)[::-1]


def usual_quarter(quarters: list[Quarter], today: date) -> Quarter:
    """The newest quarter that is over; the present one where none is."""
    ended = [quarter for quarter in quarters if quarter.end < today]
    return (ended or quarters or [Quarter.of(today)])[0]


def _sees_drafts(request: SignedIn, regency: Regency, row: ReportRow) -> bool:
    return can(request.user, Permission.VIEW_DRAFTS, regency, row.initiative.lead_agency_id)


def _shown(slug: str, row: ReportRow, *, may_see_drafts: bool) -> dict[str, Any]:
    return {
        "row": row,
        "badge": BADGES[row.standing.state],
        "url": reverse("progress_detail", args=[slug, row.initiative.pk]),
        "is_begun": row.is_begun and row.report is None and may_see_drafts,
    }


def _pills(rows: list[ReportRow], wanted: ReportFilter) -> list[dict[str, Any]]:
    pills: list[dict[str, Any]] = [{"label": "Semua", "count": len(rows), "url": wanted.query(tampil=""),
                                    "current": not wanted.show}]  # fmt: skip
    for key, (label, fits) in _SHOWS.items():
        count = sum(map(fits, rows))
        if count or key == wanted.show:
            pills.append(
                {"label": label, "count": count, "url": wanted.query(tampil=key), "current": key == wanted.show}
            )
    return pills


def _by_agency(rows: list[ReportRow]) -> list[dict[str, Any]]:
    """Which agencies still owe reports, those that owe most first."""
    counts: dict[Agency, list[int]] = {}
    for row in rows:
        count = counts.setdefault(row.initiative.lead_agency, [0, 0, 0])
        count[0] += row.standing.state not in DELIVERED
        count[1] += 1
        count[2] += row.standing.state is ReportState.LATE
    found = [
        {"agency": agency, "missing": missing, "all": total, "late": late}
        for agency, (missing, total, late) in counts.items()
        if missing
    ]
    return sorted(found, key=lambda line: (-line["missing"], line["agency"].name))


# One initiative -------------------------------------------------------------------------------------------------------


@require_safe
def progress_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One initiative: its quarters, what each report says, its money by year, and the curve of each indicator."""
    regency = get_regency_or_404(request.user, slug)
    initiative = get_bare_initiative_or_404(request.user, regency, pk)
    prefetch_related_objects([initiative], "indicators__targets", "budgets")
    plan, today = initiative.master_plan, timezone.localdate()
    calendar = calendar_of(plan)
    reports = {row.quarter: row for row in initiative.progress_reports.known_to(request.user, initiative).complete()}
    delivered = {quarter: row for quarter, row in reports.items() if row.reported_at}
    owed = owed_by(initiative, calendar, today) if initiative.status == InitiativeStatus.APPROVED else []
    may_write = can(request.user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id) and bool(owed)
    for row in reports.values():
        row.initiative = initiative
    lines = [
        _line(initiative, quarter, reports.get(quarter), calendar=calendar, today=today, may_write=may_write)
        for quarter in sorted({*owed, *delivered}, reverse=True)
    ]
    context = {
        "initiative": initiative,
        "lines": lines,
        "next": next((line for line in reversed(lines) if may_write and line["standing"].is_missing), None),
        "years": _years(initiative, delivered, {quarter.year for quarter in owed}),
        "curves": [_curve(row, delivered) for row in initiative.indicators.all()],
        "newest": max(delivered) if delivered else None,
        "may_write": may_write,
        "is_approved": initiative.status == InitiativeStatus.APPROVED,
    }
    return render(request, "masterplan/monitoring/progress/detail.html", context)


def _line(
    initiative: Initiative,
    quarter: Quarter,
    report: ProgressReport | None,
    *,
    calendar: Calendar,
    today: date,
    may_write: bool,
) -> dict[str, Any]:
    """A quarter with its report, if there is one that may be read."""
    where = standing_of(report, quarter, calendar=calendar, today=today)
    begun = report is not None and report.updated_at is not None and report.reported_at is None
    slug = initiative.regency.slug
    return {
        "quarter": quarter,
        "report": report if report and report.reported_at else None,
        "standing": where,
        "badge": BADGES[where.state],
        "is_begun": begun,
        "url": reverse("progress_edit", args=[slug, initiative.pk, quarter.slug]) if may_write else "",
        "history_url": reverse("written_history", args=[slug, report.writing_kind.value, report.pk])
        if may_write and report
        else "",
    }


def _years(initiative: Initiative, reports: Mapping[Quarter, ProgressReport], owed: set[int]) -> list[dict[str, Any]]:
    """Money planned and spent in the years that are reported on; spent is what the newest report of the year says."""
    planned: dict[int, int] = {}
    for row in initiative.budgets.all():
        planned[row.year] = planned.get(row.year, 0) + row.amount
    newest = {quarter.year: report for quarter, report in sorted(reports.items()) if report.spent is not None}
    return [
        {
            "year": year,
            "planned": planned.get(year),
            "spent": newest[year].spent if year in newest else None,
            "upto": newest[year].quarter if year in newest else None,
            "share": measures.absorption(newest[year].spent if year in newest else None, planned.get(year)),
        }
        for year in sorted({*newest, *owed})
    ]


def _curve(indicator: Any, reports: Mapping[Quarter, ProgressReport]) -> dict[str, Any]:
    """An indicator with its curve, and the same as a table."""
    key = indicator_key(indicator.kind, indicator.name)
    targets = {target.year: target.text for target in indicator.targets.all()}
    reached = {quarter: text for quarter, report in sorted(reports.items()) if (text := report.reached.get(key))}
    last = max(reached) if reached else None
    judged = (
        measures.track(reached[last], last, baseline=indicator.baseline, targets=targets, direction=indicator.direction)
        if last
        else None
    )
    return {
        "indicator": indicator,
        "curve": draw(baseline=indicator.baseline, targets=targets, reached=reached, unit=indicator.unit),
        "targets": sorted(targets.items()),
        "reached": list(reached.items()),
        "last": last,
        "track": judged,
        "track_label": TRACK_LABELS[judged] if judged else "",
    }


# The calendar ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def progress_calendar(request: SignedIn, slug: str) -> HttpResponse:
    """From which quarter on reports are asked for, and how many days they may take."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.REVIEW_INITIATIVE, regency)
    form = CalendarForm(plan, calendar_of(plan), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.set_calendar(plan, first=form.quarter(), days=form.cleaned_data["days"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Jadwal pelaporan disimpan.")
            return redirect("progress_list", slug)
    list_url = reverse("progress_list", args=[slug])
    context = {"plan": plan, "form": form, "errors": form.error_links, "back_url": list_url}
    return render(request, "masterplan/monitoring/progress/calendar.html", context)
