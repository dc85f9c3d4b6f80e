"""What the desk of all regencies shows: which regencies somebody of the ministry sees, and how far each is.

Seven queries for one regency as for 514: figures are stored, the catalogue is in memory, and nothing walks the rows of
plans. Search, filters and order are applied to at most 514 rows in memory, so that they hold for regencies that have
not begun as well.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from agencies.models import Cluster, MinistryMember, Participation, ProgrammeRound, Regency, RoundStage
from agencies.regions import Province, Region, find_region, provinces, regions
from masterplan.models import MasterPlan, PlanFigures
from masterplan.reference_ministry import PlanState
from smartcity.common.text import search_words

# How a state looks: the name of its badge (templates/components/status_badge.html).
BADGES: dict[PlanState, str] = {
    PlanState.NOT_OPENED: "",
    PlanState.PREPARING: "",
    PlanState.DRAFTING: "draft",
    PlanState.SENT: "submitted",
    PlanState.REVIEWED: "in_review",
    PlanState.ADOPTED: "adopted",
    PlanState.MONITORED: "adopted",
}
_ORDER = list(PlanState)


@dataclass
class DeskRow:
    """One regency: what the catalogue says, what there is of it on this portal, and what its newest round asks.

    `figures` is None until a plan was opened and counted; `has_opened` says whether agencies may fill in.
    """

    region: Region
    regency: Regency | None = None
    figures: PlanFigures | None = None
    has_opened: bool = False
    round: ProgrammeRound | None = None
    cluster: Cluster | None = None
    stage: RoundStage | None = None
    is_lead: bool = False
    dimensions: list[str] = field(default_factory=list)

    @cached_property
    def state(self) -> PlanState:
        """How far it is."""
        if self.regency is None:
            return PlanState.NOT_OPENED
        reached = self.figures.state if self.figures else None
        return reached or (PlanState.DRAFTING if self.has_opened else PlanState.PREPARING)

    @property
    def badge(self) -> str:
        """The name of its badge."""
        return BADGES[self.state]

    @property
    def last_activity(self) -> datetime | None:
        """When something was last done for its plan."""
        return self.figures.last_activity if self.figures else None

    def days_left(self, today: date) -> int | None:
        """Days until the next deadline of its round, negative once it is past; None without one."""
        return (self.stage.deadline - today).days if self.stage else None


# The orders of the desk: words, and what is compared. Rows without a value come last.
ORDERS: dict[str, tuple[str, Callable[[DeskRow], Any]]] = {
    # Whoever looks after all 514 would otherwise turn pages until one has begun.
    "mulai": ("Yang sudah mulai dulu", lambda row: (row.regency is None, row.region.code)),
    "wilayah": ("Kode wilayah", lambda row: row.region.code),
    "keadaan": ("Paling jauh", lambda row: (-_ORDER.index(row.state), row.region.code)),
    "terlambat": ("Paling tertinggal", lambda row: (_ORDER.index(row.state), _due(row), row.region.code)),
    "kegiatan": ("Kegiatan terbaru", lambda row: (-_moment(row), row.region.code)),
    "kelengkapan": ("Paling lengkap", lambda row: (-_share(row, "completeness"), row.region.code)),
    "cakupan": ("Cakupan RPJMD terkecil", lambda row: (_share(row, "coverage"), row.region.code)),
}
USUAL_ORDER = "mulai"


def _due(row: DeskRow) -> date:
    return row.stage.deadline if row.stage else date.max


def _moment(row: DeskRow) -> float:
    return row.last_activity.timestamp() if row.last_activity else 0


def _share(row: DeskRow, name: str) -> int:
    share = getattr(row.figures, name) if row.figures else None
    return -1 if share is None else share


@dataclass(frozen=True)
class DeskFilter:
    """The search, filters and order of the desk; a value that means nothing filters nothing."""

    words: str = ""
    province: str = ""
    round: str = ""
    cluster: str = ""
    state: str = ""
    mine: bool = False
    order: str = USUAL_ORDER

    @classmethod
    def read(cls, given: QueryDict) -> "DeskFilter":
        """What an address says."""
        order = given.get("urut", "")
        state = given.get("keadaan", "")
        return cls(
            words=search_words(given.get("q", "")),
            province=given.get("provinsi", "")[:2],
            round=_digits(given.get("putaran", "")),
            cluster=_digits(given.get("klaster", "")),
            state=state if state in PlanState.values else "",
            mine=given.get("milik") == "utama",
            order=order if order in ORDERS else USUAL_ORDER,
        )

    def query(self, **other: str) -> str:
        """The part of an address after "?", without what is usual; `other` takes the place of what is chosen."""
        chosen = {
            "q": self.words,
            "provinsi": self.province,
            "putaran": self.round,
            "klaster": self.cluster,
            "keadaan": self.state,
            "milik": "utama" if self.mine else "",
            "urut": "" if self.order == USUAL_ORDER else self.order,
        } | other
        return urlencode({name: value for name, value in chosen.items() if value})

    def fits(self, row: DeskRow) -> bool:
        """Whether a row is wanted, whatever its state: the pills count all of them."""
        found = f"{row.region.full_name} {row.region.code} {row.region.province.name}".casefold()
        return (
            all(word in found for word in self.words.casefold().split())
            and self.province in ("", row.region.province.code)
            and self.round in ("", str(row.round.pk) if row.round else None)
            and self.cluster in ("", str(row.cluster.pk) if row.cluster else None)
            and (row.is_lead or not self.mine)
        )


def _digits(text: str) -> str:
    return text[:9] if text.isdecimal() else ""


@dataclass(frozen=True)
class Desk:
    """The rows of somebody's scope, and of these the ones that a filter leaves."""

    rows: list[DeskRow]
    chosen: DeskFilter
    rounds: list[ProgrammeRound]

    @cached_property
    def fitting(self) -> list[DeskRow]:
        """The rows that the filter leaves, of every state."""
        return [row for row in self.rows if self.chosen.fits(row)]

    @cached_property
    def found(self) -> list[DeskRow]:
        """The rows in the chosen state and order."""
        _, key = ORDERS[self.chosen.order]
        wanted = self.chosen.state
        return sorted((row for row in self.fitting if wanted in ("", row.state)), key=key)

    @cached_property
    def counts(self) -> Counter[PlanState]:
        """How many of the fitting rows are in each state."""
        return Counter(row.state for row in self.fitting)

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters of the scope by name."""
        found = {row.cluster.pk: row.cluster for row in self.rows if row.cluster}
        return sorted(found.values(), key=lambda cluster: cluster.name)

    @property
    def provinces(self) -> list[Province]:
        """The provinces of the scope in the order of their codes."""
        known = {row.region.province.code for row in self.rows}
        return [province for province in provinces() if province.code in known]

    @property
    def by_province(self) -> list[tuple[Province, list[DeskRow]]]:
        """The rows found, by province, in the order of the codes."""
        found: dict[str, list[DeskRow]] = {}
        for row in sorted(self.found, key=lambda each: each.region.code):
            found.setdefault(row.region.province.code, []).append(row)
        return [(province, found[province.code]) for province in provinces() if province.code in found]


def load_desk(member: MinistryMember, chosen: DeskFilter) -> Desk:
    """The desk of somebody of the ministry today."""
    today = timezone.localdate()
    rounds = {each.pk: each for each in ProgrammeRound.objects.order_by("year", "pk")}
    taking_part = list(Participation.objects.select_related("cluster").order_by("round__year", "round_id", "pk"))
    rows = _scope(member, taking_part, today)
    stages = _next_stages(today)
    for participation in taking_part:  # the newest round comes last, and is the one that counts
        row = rows.get(participation.region_code)
        if row is not None:
            row.round, row.cluster = rounds[participation.round_id], participation.cluster
            row.stage = stages.get(participation.round_id)
    _add_plans(rows)
    return Desk(list(rows.values()), chosen, list(reversed(rounds.values())))


def _scope(member: MinistryMember, taking_part: Iterable[Participation], today: date) -> dict[str, DeskRow]:
    """A row for each regency that somebody may read, begun or not, by official code."""
    if member.spec.reaches_every_regency:
        return {region.code: DeskRow(region) for region in regions()}
    by_scope: dict[tuple[str, int], list[str]] = {}
    for each in taking_part:
        by_scope.setdefault(("round", each.round_id), []).append(each.region_code)
        if each.cluster_id:
            by_scope.setdefault(("cluster", each.cluster_id), []).append(each.region_code)
    rows: dict[str, DeskRow] = {}
    for grant in member.grants.active_on(today):
        if grant.region_code:
            codes = [grant.region_code]
        elif grant.round_id:
            codes = by_scope.get(("round", grant.round_id), [])
        else:
            codes = by_scope.get(("cluster", grant.cluster_id or 0), [])
        for code in codes:
            region = find_region(code)
            if region is not None:
                row = rows.setdefault(code, DeskRow(region))
                row.is_lead = row.is_lead or grant.is_lead
                row.dimensions = [*row.dimensions, *grant.dimensions]
    return dict(sorted(rows.items()))


def _next_stages(today: date) -> dict[int, RoundStage]:
    """The stage of each round whose deadline comes next, or the last one that is past."""
    found: dict[int, RoundStage] = {}
    for stage in RoundStage.objects.order_by("deadline", "pk"):
        known = found.get(stage.round_id)
        if known is None or known.deadline < today:
            found[stage.round_id] = stage
    return found


def _add_plans(rows: dict[str, DeskRow]) -> None:
    """What there is on this portal of the regencies of `rows`."""
    regencies = Regency.objects.all() if len(rows) >= len(regions()) else Regency.objects.filter(code__in=rows)
    by_pk = {}
    for regency in regencies:
        if regency.code in rows:
            rows[regency.code].regency = by_pk[regency.pk] = regency
    plans = MasterPlan.objects.filter(is_current=True, regency__in=by_pk).select_related("figures")
    for plan in plans.only("regency_id", "filling_opened_at", "figures"):
        row = rows[by_pk[plan.regency_id].code]
        row.has_opened = plan.is_open_for_filling
        row.figures = getattr(plan, "figures", None)
