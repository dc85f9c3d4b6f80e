"""When the agencies of a regency are due at each stage, extensions included.

Extensions are given in `overview.actions.deadlines`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Regency
from masterplan.models import DeadlineExtension, Workshop, due_workshops


@dataclass(frozen=True)
class DueStage:
    """A workshop with the deadline of everybody, None while it has none, and the later ones of some by agency id."""

    workshop: Workshop | None = None
    extensions: Mapping[int, DeadlineExtension] | None = None

    def due(self, agency: int) -> datetime | None:
        """When that agency is due. An extension that the general deadline has meanwhile passed counts no more."""
        general, own = self.workshop.deadline if self.workshop else None, self.extension(agency)
        return own.deadline if own else general

    def extension(self, agency: int) -> DeadlineExtension | None:
        """What was given to that agency, as long as it is later than the deadline of everybody."""
        general = self.workshop.deadline if self.workshop else None
        own = (self.extensions or {}).get(agency)
        return own if own and general and own.deadline > general else None


def dated_stages(regency: Regency) -> list[Workshop]:
    """The workshops with a deadline, the earliest deadline first."""
    return list(due_workshops(regency).order_by("deadline", "pk"))


def stage_of(workshops: list[Workshop], now: datetime, wanted: str = "") -> DueStage:
    """The stage whose id is `wanted`, else the next that is due, else the last; empty where none has a deadline."""
    chosen = next((w for w in workshops if str(w.pk) == wanted), None)
    coming = (w for w in workshops if w.deadline and w.deadline >= now)
    workshop = chosen or next(coming, workshops[-1] if workshops else None)
    if workshop is None:
        return DueStage()
    return DueStage(workshop, {row.agency_id: row for row in workshop.extensions.all()})
