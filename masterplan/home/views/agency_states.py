"""How far the regency is: its agencies with what each has sent, and the sent initiatives by dimension. One query."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from agencies.models import Agency, Regency
from masterplan.models import MasterPlan
from masterplan.overview.progress import is_all_approved
from masterplan.reference import DIMENSIONS, UNSENT_STATUSES, InitiativeStatus

S = InitiativeStatus
# A returned initiative was sent once; a draft never, and a withdrawn one counts no more.
SENT = frozenset(S) - UNSENT_STATUSES

# The segments of the bar, best first: kind (its colour), words.
SEGMENTS = (
    ("approved", "Semua disetujui"),
    ("in_review", "Sedang ditinjau"),
    ("submitted", "Diajukan"),
    ("none", "Belum mengirim"),
)


@dataclass
class AgencyStates:
    """An agency of today and the states of the initiatives it leads."""

    name: str
    short_name: str
    statuses: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The segment it falls into."""
        sent = {status for status in self.statuses if status in SENT}
        if not sent:
            return "none"
        if is_all_approved(self.statuses):
            return "approved"
        return "submitted" if sent <= {S.SUBMITTED, S.APPROVED} else "in_review"


@dataclass
class Overview:
    """The units of a regency and the number of sent initiatives by dimension code."""

    units: list[AgencyStates]
    by_dimension: Counter[str]
    names: dict[str, str]

    @property
    def silent(self) -> list[AgencyStates]:
        """Units that have not sent anything yet."""
        return [unit for unit in self.units if unit.kind == "none"]

    @property
    def sent(self) -> int:
        """How many initiatives were sent."""
        return self.by_dimension.total()

    @property
    def progress(self) -> dict[str, Any]:
        """What the bar of the aside shows."""
        counts = Counter(unit.kind for unit in self.units)
        segments, start = [], 0
        for kind, label in SEGMENTS:
            segments.append({"kind": kind, "label": label, "count": counts[kind], "start": start})
            start += counts[kind]
        return {"segments": segments, "total": len(self.units), "sent": len(self.units) - counts["none"]}

    @property
    def dimensions(self) -> list[dict[str, Any]]:
        """One bar per dimension: the ministry's six always, local ones where they have initiatives."""
        known = {kind.code: kind.name for kind in DIMENSIONS}
        maximum = max(self.by_dimension.values(), default=0) or 1
        return [
            {"code": code, "name": name, "count": self.by_dimension[code], "maximum": maximum}
            for code, name in (known | self.names).items()
        ]


def overview(regency: Regency, plan: MasterPlan | None) -> Overview:
    """All agencies of `regency` with the initiatives they lead in `plan`, read in one query."""
    today = timezone.localdate()
    rows = regency.agencies.annotate(
        led=FilteredRelation("led_initiatives", condition=Q(led_initiatives__master_plan=plan))
    ).order_by("order", "name")
    units: dict[int, AgencyStates] = {}
    by_dimension: Counter[str] = Counter()
    names: dict[str, str] = {}
    dimension = "led__sub_dimension__dimension"
    columns = ("pk", "name", "short_name", "valid_from", "valid_to", "led__status")
    for pk, name, short_name, start, end, status, code, title in rows.values_list(
        *columns, f"{dimension}__code", f"{dimension}__name"
    ):
        if Agency(valid_from=start, valid_to=end).exists_on(today):
            units.setdefault(pk, AgencyStates(name, short_name)).statuses += [status] if status else []
        if status in SENT:
            by_dimension[code] += 1
            names[code] = title
    return Overview(list(units.values()), by_dimension, names)
