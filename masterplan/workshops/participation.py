"""Who took part in a stage of the bimtek, who contributed and who delivered: read from what the portal knows.

Writes nothing. An output of a kind that the portal can see is delivered when the agency did it, whoever ticked what.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from agencies.models import Agency, Regency
from masterplan.models import Attendance, Attendee, InitiativeChange, Workshop, WorkshopOutput, later_deadlines
from masterplan.models.initiatives.initiative import current_initiatives
from masterplan.reference import UNSENT_STATUSES, InitiativeStatus
from masterplan.reference_bimtek import AttendanceMode, OutputKind


@dataclass(frozen=True)
class OutputState:
    """How an output stands for one agency."""

    output: WorkshopOutput
    delivered_at: datetime | None
    ticked_as: str
    deadline: datetime | None
    now: datetime

    @property
    def is_delivered(self) -> bool:
        """Whether it is there."""
        return self.delivered_at is not None

    @property
    def is_late(self) -> bool:
        """Whether it came after the deadline, or has not come although that is past."""
        return self.deadline is not None and (self.delivered_at or self.now) > self.deadline

    @property
    def is_automatic(self) -> bool:
        """Whether the portal sees for itself that it is there."""
        return self.output.kind != OutputKind.TICKED

    @property
    def key(self) -> str:
        """`delivered`, `late` or `open`."""
        return "delivered" if self.is_delivered else "late" if self.is_late else "open"

    @property
    def words(self) -> str:
        """The state as people read it."""
        if self.is_delivered:
            return "Diserahkan terlambat" if self.is_late else "Diserahkan"
        return "Terlambat" if self.is_late else "Belum diserahkan"


@dataclass
class AgencyShare:
    """What one invited agency put into a stage."""

    attendance: Attendance
    people: int
    contributed: bool
    outputs: list[OutputState] = field(default_factory=list)

    @property
    def agency(self) -> Agency:
        """Whose it is."""
        return self.attendance.agency

    @property
    def delivered(self) -> bool:
        """Whether nothing that is asked of it is missing; where nothing is asked, nothing can be delivered."""
        return bool(self.outputs) and all(state.is_delivered for state in self.outputs)

    @property
    def open_outputs(self) -> list[OutputState]:
        """What is still missing."""
        return [state for state in self.outputs if not state.is_delivered]


@dataclass(frozen=True)
class Summary:
    """What "effective and participatory" comes to, in numbers of agencies, and of their people who signed in."""

    invited: int
    on_site: int
    online: int
    absent: int
    unknown: int
    contributed: int
    delivered: int
    people: int
    asked: bool

    @property
    def present(self) -> int:
        """Agencies that took part in either way."""
        return self.on_site + self.online


def shares_of(workshop: Workshop) -> list[AgencyShare]:
    """Each invited agency with what it did, in the order of agencies. Eight queries, whatever the number of rows."""
    attendances = list(workshop.attendances.select_related("agency").order_by("agency__order", "agency__name"))
    outputs = list(workshop.outputs.prefetch_related("deliveries"))
    seen = _what_portal_sees(workshop.regency) if any(o.kind != OutputKind.TICKED for o in outputs) else {}
    people, contributors = _people(workshop), _contributors(workshop)
    now, later = timezone.now(), later_deadlines(workshop)
    due = {row.agency_id: later.get(row.agency_id, workshop.deadline) for row in attendances}
    return [
        AgencyShare(
            attendance,
            people.get(attendance.agency_id, 0),
            attendance.agency_id in contributors,
            [_state(output, attendance.agency_id, seen, due[attendance.agency_id], now) for output in outputs],
        )
        for attendance in attendances
    ]


def summary_of(shares: Iterable[AgencyShare]) -> Summary:
    """The shares counted."""
    rows = list(shares)
    modes = [row.attendance.mode for row in rows]
    return Summary(
        invited=len(rows),
        on_site=modes.count(AttendanceMode.ON_SITE),
        online=modes.count(AttendanceMode.ONLINE),
        absent=modes.count(AttendanceMode.ABSENT),
        unknown=modes.count(AttendanceMode.INVITED),
        contributed=sum(row.contributed for row in rows),
        delivered=sum(row.delivered for row in rows),
        people=sum(row.people for row in rows),
        asked=any(row.outputs for row in rows),
    )


def _period(workshop: Workshop) -> tuple[datetime, datetime] | None:
    """From the first moment of the stage to the end of its last day, or to its deadline if that is later."""
    days = workshop.days
    if not days:
        return None
    zone = workshop.regency.zone
    start = datetime.combine(days[0], datetime.min.time(), zone)
    end = datetime.combine(days[-1] + timedelta(1), datetime.min.time(), zone)
    return start, max(end, workshop.deadline or end)


def _people(workshop: Workshop) -> dict[int, int]:
    """How many signed in for each agency, each name once however many days they came."""
    rows = Attendee.objects.filter(page__workshop=workshop, agency__isnull=False).order_by()
    counted = rows.values_list("agency_id").annotate(people=Count("name", distinct=True))
    return {agency: people for agency, people in counted if agency is not None}


def _contributors(workshop: Workshop) -> set[int]:
    """The agencies whose initiatives somebody of theirs worked on during the stage."""
    period = _period(workshop)
    if period is None:
        return set()
    rows = InitiativeChange.objects.filter(
        initiative__master_plan__regency=workshop.regency, on_behalf=False, at__gte=period[0], at__lt=period[1]
    )
    return set(rows.order_by().values_list("initiative__lead_agency_id", flat=True).distinct())


Seen = dict[int, dict[str, datetime | None]]


def _what_portal_sees(regency: Regency) -> Seen:
    """By agency: when the last of its initiatives was sent for the first time, and when its first quick win was."""
    sent = Min("status_changes__at", filter=Q(status_changes__to_status=InitiativeStatus.SUBMITTED))
    rows = current_initiatives(regency).order_by().annotate(sent_at=sent)
    found: dict[int, list[tuple[str, bool, datetime | None]]] = {}
    for agency, status, quick_win, at in rows.values_list("lead_agency_id", "status", "quick_win", "sent_at"):
        found.setdefault(agency, []).append((status, quick_win, at))
    return {
        agency: {OutputKind.INITIATIVES.value: _all_sent(own), OutputKind.QUICK_WIN.value: _first_quick_win(own)}
        for agency, own in found.items()
    }


def _all_sent(rows: list[tuple[str, bool, datetime | None]]) -> datetime | None:
    kept = [(status, at) for status, _, at in rows if status != InitiativeStatus.WITHDRAWN]
    moments = [at for status, at in kept if at is not None and status not in UNSENT_STATUSES]
    return max(moments) if moments and len(moments) == len(kept) else None


def _first_quick_win(rows: list[tuple[str, bool, datetime | None]]) -> datetime | None:
    moments = [at for status, quick_win, at in rows if quick_win and at is not None and status not in UNSENT_STATUSES]
    return min(moments, default=None)


def _state(output: WorkshopOutput, agency: int, seen: Seen, deadline: datetime | None, now: datetime) -> OutputState:
    if output.kind != OutputKind.TICKED:
        return OutputState(output, seen.get(agency, {}).get(output.kind), "", deadline, now)
    delivery = next((each for each in output.deliveries.all() if each.agency_id == agency), None)
    if delivery is None:
        return OutputState(output, None, "", deadline, now)
    return OutputState(output, delivery.delivered_at, delivery.ticked_as, deadline, now)
