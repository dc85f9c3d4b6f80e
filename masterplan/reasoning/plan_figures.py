"""Counting the figures that the ministry's pages show of a plan, so that no page walks the rows of 514 regencies.

What a figure means is said in `masterplan.models.plan_figures`. A count takes the same number of queries for a plan of
any size; whoever counts later has seen everything that was saved before, so a message that is lost costs a night.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone

from masterplan.models import MasterPlan, PlanFigures, YearBudget
from masterplan.reasoning.completeness import completeness_of
from masterplan.reasoning.coverage import rpjmd_coverage
from masterplan.reasoning.inspection import inspect
from masterplan.reasoning.inspection.facts import load
from masterplan.reference import SENT_STATUSES, EditionStatus, InitiativeStatus

_EXAMINED = frozenset({InitiativeStatus.IN_REVIEW, InitiativeStatus.RETURNED, InitiativeStatus.APPROVED})
# What stays to be compared: the moment of counting differs each time.
_WHEN = "counted_at"


def count(plan: MasterPlan) -> dict[str, Any]:
    """The figures of `plan` as it is now, by the name of their column."""
    counting = plan.initiatives.exclude(status=InitiativeStatus.WITHDRAWN)
    rows = list(counting.order_by("pk").values_list("status", "lead_agency", "quick_win"))
    statuses = Counter(status for status, _, _ in rows)
    percents = list(completeness_of(counting).values())
    coverage = rpjmd_coverage(plan, counting)
    return {
        "agencies": plan.regency.agencies.valid_on(plan.regency.today()).count(),
        "agencies_sent": len({agency for status, agency, _ in rows if status in SENT_STATUSES}),
        "initiatives": len(rows),
        "sent": sum(statuses[status] for status in SENT_STATUSES),
        "examined": sum(statuses[status] for status in _EXAMINED),
        "approved": statuses[InitiativeStatus.APPROVED],
        "quick_wins": sum(is_quick_win for _, _, is_quick_win in rows),
        "completeness": round(sum(percents) / len(percents)) if percents else None,
        "programs": len(coverage.programs),
        "programs_covered": len(coverage.programs) - len(coverage.idle_programs),
        "findings": _open_findings(plan),
        "budget": YearBudget.objects.filter(initiative__in=counting).aggregate(total=Sum("amount"))["total"] or 0,
        "editions": plan.snapshots.count(),
        "reports": plan.progress_reports.delivered().count(),
        "adopted_at": plan.snapshots.filter(status=EditionStatus.ADOPTED).aggregate(last=Max("adopted_at"))["last"],
        "last_activity": _last_activity(plan),
    }


def refresh(plan: MasterPlan) -> PlanFigures:
    """Count anew and store the result."""
    counted_at = timezone.now()
    figures, _ = PlanFigures.objects.update_or_create(
        master_plan=plan, defaults={**count(plan), "counted_at": counted_at}
    )
    return figures


def refresh_all() -> list[int]:
    """Count all current plans anew; returns the ids of those whose stored figures were wrong or missing."""
    wrong = []
    plans = MasterPlan.objects.filter(is_current=True).select_related("regency", "development_plan").order_by("pk")
    stored = {figures.master_plan_id: figures for figures in PlanFigures.objects.all()}
    for plan in plans.iterator(chunk_size=50):
        before = stored.get(plan.pk)
        after = refresh(plan)
        if before is None or any(getattr(before, name) != getattr(after, name) for name in _compared()):
            wrong.append(plan.pk)
    return wrong


def _compared() -> list[str]:
    plain = (field.name for field in PlanFigures._meta.concrete_fields if not field.is_relation)
    return [name for name in plain if name not in ("id", _WHEN)]


def _open_findings(plan: MasterPlan) -> int:
    """What the checks find in what was sent, without what a coordinator set aside: experts are shown no drafts."""
    found = inspect(load(plan, plan.initiatives.filter(status__in=SENT_STATUSES)))
    aside = set(plan.check_waivers.values_list("check_code", "subject_id"))
    return sum((code, finding.subject) not in aside for code, rows in found.items() for finding in rows)


def _last_activity(plan: MasterPlan) -> datetime | None:
    """When something of the plan was last written, sent, frozen or reported."""
    moments = [
        *plan.initiatives.aggregate(Max("updated_at"), Max("submitted_at"), Max("approved_at")).values(),
        *plan.snapshots.aggregate(Max("taken_at"), Max("adopted_at")).values(),
        *plan.progress_reports.aggregate(Max("reported_at")).values(),
    ]
    return max(filter(None, moments), default=None)
