"""How far each agency is: its initiatives by state, their completeness, what is still talked about, how long is left.

Eight queries whatever the number of agencies and initiatives. Knows only what it is given: who may not know of drafts
hands in initiatives without them. The wording of the page is in `overview.views.overview`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agencies.models import Agency, Regency
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.models.thread import open_thread_count
from masterplan.overview.stages import DueStage
from masterplan.reasoning.completeness import completeness_of
from masterplan.reference import InitiativeStatus

S = InitiativeStatus
# The steps an initiative passes, in order; a withdrawn one is on none of them.
STEPS = (S.DRAFT, S.RETURNED, S.SUBMITTED, S.IN_REVIEW, S.APPROVED)
# Since when an initiative has been on its step.
_SINCE = {
    S.DRAFT: "updated_at",
    S.RETURNED: "returned_at",
    S.SUBMITTED: "submitted_at",
    S.IN_REVIEW: "review_started_at",
    S.APPROVED: "approved_at",
}


def is_all_approved(statuses: Iterable[str]) -> bool:
    """Whether an agency with initiatives in `statuses` has sent something and all it has sent is approved.

    A draft does not count: not everybody may know of it, and the figure is the same for everybody on every page.
    """
    return set(statuses) - {S.DRAFT, S.WITHDRAWN} == {S.APPROVED}


@dataclass
class AgencyProgress:
    """An agency with its initiatives as far as they are known to who asks.

    `since` is when the first of those on a step got there. `due` is None where no stage has a deadline.
    """

    agency: Agency
    due: datetime | None = None
    days_left: int | None = None
    is_past: bool = False
    is_extended: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    since: dict[str, datetime] = field(default_factory=dict)
    percents: list[int] = field(default_factory=list)
    open_threads: int = 0
    last_change: datetime | None = None

    @property
    def total(self) -> int:
        """How many initiatives it leads."""
        return self.counts.total()

    @property
    def sent(self) -> int:
        """How many of them were ever sent."""
        return self.total - self.counts[S.DRAFT]

    @property
    def owes(self) -> bool:
        """Whether it is the agency's turn: nothing was sent, or something is still to be sent or mended."""
        return not self.sent or bool(self.counts[S.DRAFT] or self.counts[S.RETURNED])

    @property
    def is_done(self) -> bool:
        """Whether all that it has sent is approved; it may still owe what it has not sent."""
        return is_all_approved(status for status, count in self.counts.items() if count)

    @property
    def is_late(self) -> bool:
        """Whether it is its turn although its deadline is past."""
        return self.is_past and self.owes

    @property
    def completeness(self) -> int | None:
        """Mean completeness of its initiatives in whole percent; None without any."""
        return round(sum(self.percents) / len(self.percents)) if self.percents else None

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """Its place among those most behind: who owes comes first, of them who has sent and filled least."""
        return not self.owes, self.sent + self.counts[S.APPROVED], bool(self.total), self.completeness or 0


@dataclass(frozen=True)
class AgencyFilter:
    """A quick filter: its word in the address, its label, and which agencies it keeps."""

    key: str
    label: str
    keeps: Callable[[AgencyProgress], bool]
    needs_drafts: bool = False


FILTERS = (
    AgencyFilter("", "Semua", lambda row: True),
    AgencyFilter("belum-mengisi", "Belum mengisi", lambda row: not row.total, needs_drafts=True),
    AgencyFilter("belum-mengirim", "Belum mengirim", lambda row: not row.sent),
    AgencyFilter("perbaikan", "Perlu perbaikan", lambda row: bool(row.counts[S.RETURNED])),
    AgencyFilter("terlambat", "Terlambat", lambda row: row.is_late),
    AgencyFilter("selesai", "Semua disetujui", lambda row: row.is_done),
)


def _by_age(row: AgencyProgress) -> tuple[bool, Any]:
    return row.last_change is not None, row.last_change or 0


# By the word in the address: label and key. Python's sort keeps the agencies' own order among equals.
ORDERS: dict[str, tuple[str, Callable[[AgencyProgress], Any]]] = {
    "tertinggal": ("Paling tertinggal", lambda row: row.rank),
    "opd": ("Perangkat daerah", lambda row: 0),
    "lama": ("Paling lama tidak berubah", _by_age),
    "kelengkapan": ("Kelengkapan terendah", lambda row: row.completeness or 0),
    "catatan": ("Catatan terbuka terbanyak", lambda row: -row.open_threads),
}


def load(
    regency: Regency,
    initiatives: InitiativeQuerySet,
    *,
    stage: DueStage,
    now: datetime,
    readers: Collection[int] = (),
    measured: bool = True,
) -> list[AgencyProgress]:
    """The agencies of today in their own order, and those that ended but still lead one of `initiatives`.

    Open threads are counted as far as people of the agencies `readers` may read them. Completeness is half of the work
    and left out unless `measured`.
    """
    today = regency.local(now).date()
    rows = {agency.pk: _begin(agency, regency, stage, now) for agency in regency.agencies.all()}
    known = initiatives.exclude(status=S.WITHDRAWN)
    percents = completeness_of(known) if measured else {}
    columns = ("pk", "lead_agency_id", "status", "updated_at", "open_threads", *_SINCE.values())
    for values in known.annotate(open_threads=open_thread_count(readers)).order_by().values(*dict.fromkeys(columns)):
        _add(rows[values["lead_agency_id"]], values, percents.get(values["pk"]))
    return [row for row in rows.values() if row.total or row.agency.exists_on(today)]


def _begin(agency: Agency, regency: Regency, stage: DueStage, now: datetime) -> AgencyProgress:
    due = stage.due(agency.pk)
    if due is None:
        return AgencyProgress(agency)
    days = (regency.local(due).date() - regency.local(now).date()).days
    return AgencyProgress(agency, due, days, due < now, stage.extension(agency.pk) is not None)


def _add(row: AgencyProgress, values: dict[str, Any], percent: int | None) -> None:
    status, since = values["status"], values[_SINCE[values["status"]]]
    row.counts[status] += 1
    row.since[status] = min(row.since.get(status, since), since)
    row.percents += [percent] if percent is not None else []
    row.open_threads += values["open_threads"]
    row.last_change = max(row.last_change or values["updated_at"], values["updated_at"])


def totals(rows: Iterable[AgencyProgress]) -> Counter[str]:
    """How many initiatives of all agencies are on each step."""
    return sum((row.counts for row in rows), Counter())
