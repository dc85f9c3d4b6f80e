"""Reports of progress that an agency owes, on its first page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from masterplan.home.views.tasks import HomeContext, Task, TaskGroup, group, initiative_task
from masterplan.models import Initiative, ProgressReport, calendar_of, owed_by
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import ReportState, ReportStatus, report_status
from masterplan.reference import InitiativeStatus


@dataclass(frozen=True)
class _Owed:
    """The oldest report that an initiative owes, and how many more."""

    initiative: Any
    quarter: Quarter
    status: ReportStatus
    more: int
    is_begun: bool


def reports_due(home: HomeContext, rows: Iterable[Initiative]) -> TaskGroup:
    """The approved initiatives among `rows` of which a quarter is over and not told of, the latest first."""
    approved = [row for row in rows if row.status == InitiativeStatus.APPROVED]
    owed = _owed(home, approved) if approved else []
    owed.sort(key=lambda each: (each.status.state != ReportState.LATE, -each.status.days, each.initiative.code))
    return group("Laporan kemajuan", owed, lambda each: _task(home, each), more=home.url("progress_list"))


def _owed(home: HomeContext, approved: list[Initiative]) -> list[_Owed]:
    plan, today = home.plan, timezone.localdate()
    if plan is None:
        return []
    calendar = calendar_of(plan)
    reports = plan.progress_reports.filter(initiative__in=approved)
    told: dict[tuple[int, Quarter], ProgressReport] = {
        (row.initiative_id, row.quarter): row
        for row in reports.only("master_plan", "initiative", "year", "number", "reported_at", "updated_at")
    }
    found = []
    for initiative in approved:
        initiative.master_plan = plan
        missing = [
            quarter
            for quarter in owed_by(initiative, calendar, today)
            if quarter.end < today and not _delivered(told.get((initiative.pk, quarter)))
        ]
        if missing:
            first = missing[0]
            report = told.get((initiative.pk, first))
            where = report_status(first, delivered=None, today=today, calendar=calendar)
            begun = report is not None and report.updated_at is not None
            found.append(_Owed(initiative, first, where, len(missing) - 1, begun))
    return found


def _delivered(report: ProgressReport | None) -> bool:
    return report is not None and report.reported_at is not None


def _task(home: HomeContext, owed: _Owed) -> Task:
    late = owed.status.state is ReportState.LATE
    more = f" {owed.more} triwulan berikutnya juga ditunggu." if owed.more else ""
    return initiative_task(
        owed.initiative,
        home.url("progress_edit", owed.initiative.pk, owed.quarter.slug),
        f"{'Lanjutkan laporan' if owed.is_begun else 'Laporkan'}: {owed.initiative.name}",
        strong=owed.quarter.label,
        why=f"{owed.status.sentence}{more}",
        status="late" if late else "queued",
        label=owed.status.label,
    )
