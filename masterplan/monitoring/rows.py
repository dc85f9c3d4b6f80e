"""The reports of a plan's initiatives in one quarter, for lists, pages and reminders; read in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Q, Sum, prefetch_related_objects
from django.utils import timezone

from masterplan.models import Initiative, MasterPlan, ProgressReport, owed_by
from masterplan.progress import measures
from masterplan.progress.measures import Track, indicator_key
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import (
    Calendar,
    ReportContent,
    ReportStatus,
    repetition_warning,
    report_status,
    silence_warning,
)
from masterplan.progress.states import ProgressState

# States that an agency gives itself and that want a look.
_WORRYING = frozenset({ProgressState.BEHIND, ProgressState.HALTED})


@dataclass
class ReportRow:
    """An initiative in one quarter. `report` is only there once it was handed in."""

    initiative: Initiative
    quarter: Quarter
    standing: ReportStatus
    report: ProgressReport | None
    planned: int | None
    spent: int | None = None
    reached: Mapping[str, str] = field(default_factory=dict)
    is_begun: bool = False
    flags: list[str] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)

    @property
    def absorption(self) -> str:
        """`62,5 %`, or "" where there is nothing to say."""
        share = measures.absorption(self.spent, self.planned)
        return f"{measures.format_number(share)} %" if share is not None else ""

    @property
    def needs_attention(self) -> bool:
        """Whether something is flagged besides a report that is late."""
        return bool(self.flags) or (self.report is not None and self.report.state in _WORRYING)

    @property
    def on_track(self) -> int:
        """How many indicators are where they should be, or further."""
        return sum(track in (Track.REACHED, Track.ON_TRACK) for track in self.tracks)

    @property
    def judged(self) -> int:
        """How many indicators can be judged."""
        return sum(track is not Track.UNKNOWN for track in self.tracks)


def rows_of(
    plan: MasterPlan, initiatives: Sequence[Initiative], quarter: Quarter, *, calendar: Calendar, today: date
) -> list[ReportRow]:
    """Those of the approved `initiatives` that report on `quarter`, or have done so."""
    before = quarter.shifted(-1)
    figures = _ReportFigures(plan, (before, quarter))
    newest = _newest(plan, quarter)
    budgets = _budgets(plan, quarter.year)
    rows = []
    for initiative in initiatives:
        owed = owed_by(initiative, calendar, today)
        found = figures.reports.get((initiative.pk, quarter))
        report = found if found and found.reported_at else None
        if quarter not in owed and report is None:
            continue
        row = ReportRow(
            initiative=initiative,
            quarter=quarter,
            standing=standing_of(found, quarter, calendar=calendar, today=today),
            report=report,
            planned=budgets.get(initiative.pk),
            spent=figures.spent.get(report.pk) if report else None,
            reached=figures.reached.get(report.pk, {}) if report else {},
            is_begun=found is not None and found.updated_at is not None,
        )
        last = newest.get(initiative.pk)
        ended = [each for each in owed if each.end < today]
        repeated = repetition_warning(figures.of(initiative, quarter), figures.of(initiative, before))
        row.flags = _flags(row, silence_warning(quarter, owed=ended, newest=last), repeated)
        rows.append(row)
    return rows


def standing_of(report: ProgressReport | None, quarter: Quarter, *, calendar: Calendar, today: date) -> ReportStatus:
    """Where the report of a quarter stands today."""
    delivered = timezone.localdate(report.reported_at) if report and report.reported_at else None
    return report_status(quarter, delivered=delivered, today=today, calendar=calendar)


def load_tracks(rows: Iterable[ReportRow]) -> None:
    """Judge the indicators of the rows that are shown."""
    reported = [row for row in rows if row.report]
    prefetch_related_objects([row.initiative for row in reported], "indicators__targets")
    for row in reported:
        row.tracks = [
            measures.track(
                row.reached.get(indicator_key(each.kind, each.name), ""),
                row.quarter,
                baseline=each.baseline,
                targets={target.year: target.text for target in each.targets.all()},
                direction=each.direction,
            )
            for each in row.initiative.indicators.all()
        ]


def _flags(row: ReportRow, silent: str, repeated: str) -> list[str]:
    found = [silent, repeated]
    if row.report:
        found.append(measures.spending(row.spent, row.planned, row.quarter))
    return [sentence for sentence in found if sentence]


class _ReportFigures:
    """The reports of some quarters with their figures, without a row of the database for each figure."""

    def __init__(self, plan: MasterPlan, quarters: Iterable[Quarter]) -> None:
        wanted = Q()
        for quarter in quarters:
            wanted |= Q(year=quarter.year, number=quarter.number)
        rows = plan.progress_reports.filter(wanted)
        plain = rows.defer("problem", "follow_up", "reported_as").order_by()
        self.reports = {(row.initiative_id, row.quarter): row for row in plain}
        sums = rows.order_by().values_list("pk").annotate(Sum("amounts__amount"))
        self.spent = {pk: int(amount) for pk, amount in sums if amount is not None}
        self.reached: dict[int, dict[str, str]] = {}
        for pk, key, text in rows.filter(values__isnull=False).values_list("pk", "values__key", "values__text"):
            self.reached.setdefault(pk, {})[key] = text

    def of(self, initiative: Initiative, quarter: Quarter) -> ReportContent | None:
        """What the report of that quarter tells, once it was handed in."""
        report = self.reports.get((initiative.pk, quarter))
        if report is None or report.reported_at is None:
            return None
        finished = report.state == ProgressState.FINISHED
        return ReportContent(report.output, self.reached.get(report.pk, {}), is_finished=finished)


def _newest(plan: MasterPlan, quarter: Quarter) -> dict[int, Quarter]:
    """The newest quarter up to `quarter` of which each initiative has handed in a report."""
    place = F("year") * 4 + F("number")
    rows = plan.progress_reports.delivered().annotate(place=place).filter(place__lte=quarter.place)
    newest = rows.order_by().values_list("initiative").annotate(Max("place"))
    return {pk: Quarter.at(place) for pk, place in newest}


def _budgets(plan: MasterPlan, year: int) -> dict[int, int]:
    rows = plan.initiatives.filter(budgets__year=year).order_by().values_list("pk")
    return {pk: int(amount) for pk, amount in rows.annotate(Sum("budgets__amount"))}
