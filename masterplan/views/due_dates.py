"""When answers are due: the regency's workshops, read once per page. Submitting is bound to none of these dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from agencies.models import Regency
from masterplan.completeness import Missing
from masterplan.models import Workshop
from masterplan.reference import Phase
from masterplan.registry import FIELDS
from smartcity.common.formatting import format_date, format_days_left, format_weekday

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
    """The workshops of one regency with their deadlines."""

    def __init__(self, regency: Regency) -> None:
        self._regency = regency

    @cached_property
    def _workshops(self) -> list[Workshop]:
        return list(self._regency.workshops.exclude(deadline=None).order_by("deadline"))

    def of(self, phase: Phase) -> datetime | None:
        """When the answers of a phase are due, None while its workshop has no date."""
        return next((w.deadline for w in self._workshops if w.stage.strip().upper() == _STAGES[phase]), None)

    def words(self, phase: Phase) -> str:
        """`Bimtek II, 20 September 2021`, or only the workshop's name."""
        moment = self.of(phase)
        return f"{phase.label}, {format_date(timezone.localdate(moment))}" if moment else str(phase.label)

    def next(self) -> dict[str, str] | None:
        """The next time by which initiatives are expected, or the last one when all are past."""
        moments = [workshop.deadline for workshop in self._workshops if workshop.deadline]
        if not moments:
            return None
        now = timezone.now()
        moment = timezone.localtime(next((m for m in moments if m >= now), moments[-1]))
        days = (moment.date() - timezone.localdate()).days
        left = format_days_left(days) if moment >= now else "sudah lewat"
        return {"day": format_weekday(moment), "time": f"pukul {moment:%H.%M}", "left": left}

    def grouped(self, missing: Iterable[Missing]) -> list[Due]:
        """What is missing by the phase in which it is due, the earlier phase first."""
        rows = list(missing)
        groups = []
        for phase in Phase:
            own = tuple(gap for gap in rows if FIELDS[gap.field].phase is phase)
            moment = self.of(phase)
            day = format_date(timezone.localdate(moment)) if moment else ""
            if own:
                groups.append(Due(phase, day, moment is not None and moment < timezone.now(), own))
        return groups
