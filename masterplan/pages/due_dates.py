"""When answers of one agency are due: the regency's workshops, read once per page. Submitting is bound to no date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from agencies.models import Regency
from masterplan.models import due_workshops
from masterplan.reference import Phase
from masterplan.registry import FIELDS
from masterplan.registry.completeness import Missing
from smartcity.common.formatting import format_clock, format_date, format_time_left, format_weekday

# The stage of the workshop at which a phase ends, as the workshops' rows name it.
_STAGES = {Phase.FORMS: "II", Phase.ROADMAP: "III"}


@dataclass(frozen=True)
class Due:
    """The answers of one phase that are still missing; `day` is "" where the workshop has no date yet."""

    phase: Phase
    day: str
    is_past: bool
    missing: tuple[Missing, ...]


class DueDates:
    """The workshops of one regency with their deadlines for one agency, in the time of the place."""

    def __init__(self, regency: Regency, agency_id: int | None) -> None:
        self._regency, self._agency = regency, agency_id

    @cached_property
    def _moments(self) -> list[tuple[str, datetime]]:
        """Stage and deadline of each workshop, the earliest first."""
        rows = due_workshops(self._regency, self._agency).order_by("due").values_list("stage", "due")
        return [(stage.strip().upper(), self._regency.local(due)) for stage, due in rows]

    def of(self, phase: Phase) -> datetime | None:
        """When the answers of a phase are due, None while its workshop has no date."""
        return next((due for stage, due in self._moments if stage == _STAGES[phase]), None)

    def words(self, phase: Phase) -> str:
        """`Bimtek II, 20 September 2021`, or only the workshop's name."""
        moment = self.of(phase)
        return f"{phase.label}, {format_date(moment)}" if moment else str(phase.label)

    def next(self) -> dict[str, str] | None:
        """The next time by which initiatives are expected, or the last one when all are past."""
        moments = [due for _, due in self._moments]
        if not moments:
            return None
        now = timezone.now()
        moment = next((m for m in moments if m >= now), moments[-1])
        return {"day": format_weekday(moment), "time": format_clock(moment), "left": format_time_left(moment, now)}

    def grouped(self, missing: Iterable[Missing]) -> list[Due]:
        """What is missing by the phase in which it is due, the earlier phase first."""
        rows = list(missing)
        groups = []
        for phase in Phase:
            own = tuple(gap for gap in rows if FIELDS[gap.field].phase is phase)
            moment = self.of(phase)
            day = format_date(moment) if moment else ""
            if own:
                groups.append(Due(phase, day, moment is not None and moment < timezone.now(), own))
        return groups
