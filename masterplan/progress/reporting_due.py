"""Whether a report is due, late or there, and what is stale: in states and sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from masterplan.progress.quarters import Quarter, span
from smartcity.common.formatting import format_date, format_delay

# Days after the end of a quarter within which reports are awaited, until a regency says otherwise.
USUAL_DAYS = 15
MOST_DAYS = 90
# From the second quarter without a report on, an initiative counts as one nobody tells about any more.
SILENT_QUARTERS = 2


@dataclass(frozen=True)
class Calendar:
    """From when on reports are asked for (None: from the quarter of an initiative's approval), and how many days they
    may take after the end of a quarter.
    """

    first: Quarter | None = None
    days: int = USUAL_DAYS

    def due(self, quarter: Quarter) -> date:
        """The last day on which a report of `quarter` is in time."""
        return quarter.end + timedelta(days=self.days)

    def begins(self, approved: date) -> Quarter:
        """The first quarter that an initiative approved on that day reports."""
        return self.first or Quarter.of(approved)

    def quarters(self, *, approved: date, start_year: int, end_year: int, today: date) -> list[Quarter]:
        """The quarters of an initiative's years that have begun, from the first that is asked for on."""
        first = max(self.begins(approved), Quarter(start_year, 1))
        return span(first, min(Quarter(end_year, 4), Quarter.of(today)))


class ReportState(StrEnum):
    """Where the report of a quarter stands."""

    REPORTED = "reported"
    REPORTED_LATE = "reported_late"
    OPEN = "open"
    DUE = "due"
    LATE = "late"


LABELS: dict[ReportState, str] = {
    ReportState.REPORTED: "Sudah dilaporkan",
    ReportState.REPORTED_LATE: "Dilaporkan terlambat",
    ReportState.OPEN: "Sedang berjalan",
    ReportState.DUE: "Ditunggu",
    ReportState.LATE: "Terlambat",
}
DELIVERED = frozenset({ReportState.REPORTED, ReportState.REPORTED_LATE})


@dataclass(frozen=True)
class ReportStatus:
    """The state of a quarter's report; `days` is how many it is or was late, or how many are left."""

    state: ReportState
    days: int
    sentence: str

    @property
    def label(self) -> str:
        """The state in words."""
        return LABELS[self.state]

    @property
    def is_missing(self) -> bool:
        """Whether the quarter is over and nothing was delivered."""
        return self.state in (ReportState.DUE, ReportState.LATE)


def report_status(quarter: Quarter, *, delivered: date | None, today: date, calendar: Calendar) -> ReportStatus:
    """Where the report of `quarter` stands today; `delivered` is the day on which it was."""
    due = calendar.due(quarter)
    if delivered is not None:
        late = (delivered - due).days
        if late > 0:
            return ReportStatus(
                ReportState.REPORTED_LATE,
                late,
                f"Dilaporkan {format_date(delivered)}, {format_delay(late)} sesudah batasnya.",
            )
        return ReportStatus(ReportState.REPORTED, 0, f"Dilaporkan {format_date(delivered)}.")
    left = (due - today).days
    if today <= quarter.end:
        return ReportStatus(ReportState.OPEN, left, f"Triwulan berakhir {format_date(quarter.end)}.")
    if left >= 0:
        return ReportStatus(ReportState.DUE, left, f"Ditunggu sampai {format_date(due)}.")
    return ReportStatus(ReportState.LATE, -left, f"Terlambat {format_delay(-left)}, batasnya {format_date(due)}.")


def silence_warning(quarter: Quarter, *, owed: Iterable[Quarter], newest: Quarter | None) -> str:
    """A sentence when nothing was delivered for several of the quarters `owed` up to `quarter`; else "".

    `newest` is the newest quarter up to `quarter` of which there is a report.
    """
    missing = [each for each in owed if each <= quarter and (newest is None or each > newest)]
    if len(missing) < SILENT_QUARTERS:
        return ""
    if newest is None:
        return f"Belum pernah melapor; {len(missing)} triwulan terlewat."
    return f"Tidak ada laporan sejak {newest.label}; {len(missing)} triwulan terlewat."


@dataclass(frozen=True)
class ReportContent:
    """What a report tells, as far as it can be told again: its text, and the values by the key of their indicator."""

    output: str
    values: dict[str, str]
    is_finished: bool = False


def repetition_warning(now: ReportContent | None, before: ReportContent | None) -> str:
    """A sentence when a report says word for word what the one before said; else "". A finished one may."""
    if now is None or before is None or now.is_finished or not now.output:
        return ""
    same = " ".join(now.output.split()).casefold() == " ".join(before.output.split()).casefold()
    return "Isinya sama dengan laporan triwulan sebelumnya." if same and now.values == before.values else ""
