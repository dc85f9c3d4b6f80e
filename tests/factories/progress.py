"""Quarterly reports, written and handed in by the people who would do it."""

from datetime import date
from typing import Any

from agencies.models import User
from masterplan.models import Initiative, ProgressCalendar, ProgressReport
from masterplan.monitoring import actions as monitoring
from masterplan.progress.measures import indicator_key
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import USUAL_DAYS

TOLD = "Pelatihan petugas selesai di dua belas kecamatan."


def begin_reporting(initiative: Initiative, by: User, first: str = "2022-1", days: int = USUAL_DAYS) -> None:
    """Ask for reports from a quarter on; that of an approval is the present one."""
    ProgressCalendar.objects.update_or_create(
        master_plan=initiative.master_plan,
        defaults={"first_year": int(first[:4]), "first_number": int(first[5:]), "days": days, "set_by": by},
    )


def report_answers(report: ProgressReport, **answers: Any) -> dict[str, Any]:
    """Answers to every question that a report must answer; further ones for indicators by their names (`values`)."""
    values = answers.pop("values", {})
    spent = dict.fromkeys((monitoring.AMOUNT + source for source in monitoring.planned(report)), 50_000_000)
    told = {monitoring.VALUE + row.key: values.get(row.name, "15") for row in monitoring.measured(report)}
    return {"state": "on_track", "output": TOLD, **spent, **told, **answers}


def new_report(initiative: Initiative, quarter: str = "2022-1") -> ProgressReport:
    """A report that nobody has begun."""
    asked = Quarter.parse(quarter)
    assert asked is not None
    return ProgressReport(
        initiative=initiative, master_plan=initiative.master_plan, year=asked.year, number=asked.number
    )


def make_report(
    initiative: Initiative,
    by: User,
    quarter: str = "2022-1",
    *,
    deliver: bool = True,
    on: date | None = None,
    **answers: Any,
) -> ProgressReport:
    """A report on an approved initiative; `on` is the day on which it was handed in (today when not given)."""
    report = new_report(initiative, quarter)
    stored = monitoring.save(report, by=by, data=report_answers(report, **answers), version=1)
    if deliver:
        monitoring.deliver(stored, by=by)
    if on:
        ProgressReport.objects.filter(pk=stored.pk).update(reported_at=f"{on.isoformat()}T03:00:00+00:00")
    return ProgressReport.objects.complete().select_related("initiative__master_plan__regency").get(pk=stored.pk)


def value_key(kind: str, name: str) -> str:
    """The question about an indicator."""
    return monitoring.VALUE + indicator_key(kind, name)
