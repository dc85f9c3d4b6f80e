"""Reports of progress as a snapshot holds them. Printing them is `books.chapters.annexes.monitoring`.

An edition tells of the last quarters of the plan that were over on its day. What came before stands in the editions
before it, so that an annex does not grow for ever.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from masterplan.editions.analyses import label_of
from masterplan.editions.files import file_facts
from masterplan.editions.schema import FrozenMonitoring, FrozenQuarter, FrozenReport
from masterplan.models import Initiative, MasterPlan, ProgressReport, calendar_of, owed_by
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import Calendar
from masterplan.progress.states import ProgressState
from masterplan.reference import FundingSource, IndicatorKind

# A year of quarters.
QUARTERS = 4


def monitored_of(plan: MasterPlan, initiatives: Iterable[Initiative], day: date) -> FrozenMonitoring:
    """The reports on `initiatives` that were handed in up to `day`, and by quarter of which reports were awaited.

    Snapshots taken before there were reports do not have this.
    """
    calendar, rows = calendar_of(plan), {initiative.pk: initiative for initiative in initiatives}
    last = min(Quarter.of(day).shifted(-1), Quarter(plan.end_year, 4))
    quarters = [last.shifted(-back) for back in range(QUARTERS - 1, -1, -1)]
    reports = plan.progress_reports.delivered().filter(initiative__in=rows, reported_at__date__lte=day).complete()
    told = {(report.initiative_id, report.quarter): report for report in reports.filter(year__gte=quarters[0].year)}
    for initiative in rows.values():
        initiative.master_plan = plan
    owed = {pk: owed_by(initiative, calendar, day) for pk, initiative in rows.items()}
    awaited = {
        quarter: [f"in-{rows[pk].code}" for pk, found in owed.items() if quarter in found and (pk, quarter) not in told]
        for quarter in quarters
    }
    frozen = [
        _report(told[pk, quarter], rows[pk], calendar) for quarter in quarters for pk in rows if (pk, quarter) in told
    ]
    asked: list[FrozenQuarter] = [
        {"year": quarter.year, "number": quarter.number, "awaited": codes}
        for quarter, codes in awaited.items()
        if codes or any(each == quarter for _, each in told)
    ]
    return {"quarters": asked, "reports": frozen}


def _report(report: ProgressReport, initiative: Initiative, calendar: Calendar) -> FrozenReport:
    delivered = timezone.localdate(report.reported_at)
    return {
        "id": f"in-{initiative.code}",
        "year": report.year,
        "number": report.number,
        "date": delivered.isoformat(),
        "days_late": max(0, (delivered - calendar.due(report.quarter)).days),
        "state": report.state,
        "state_label": label_of(report.state, ProgressState),
        "output": report.output,
        "problem": report.problem,
        "follow_up": report.follow_up,
        "amounts": [
            {"source": row.source, "source_label": label_of(row.source, FundingSource), "amount": row.amount}
            for row in report.amounts.all()
        ],
        "values": [
            {
                "kind": row.kind,
                "kind_label": label_of(row.kind, IndicatorKind),
                "name": row.name,
                "unit": row.unit,
                "text": row.text,
            }
            for row in report.values.all()
        ],
        "evidence": [file_facts(row) for row in report.evidence.all()],
    }
