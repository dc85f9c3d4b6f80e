"""A regency at the size the desk is made for, with all that its pages read. Rows are made in bulk.

Hundreds of initiatives cannot each walk through the actions, so the states are written as the actions leave them: an
approved initiative has decided links, one of them accepted; whoever sent does not approve. The constraints of the
database hold here as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, AgencyKind, District, Regency, User
from agencies.roles import Role
from masterplan.models import (
    Activity,
    AlignmentLink,
    BudgetCeiling,
    CodeCounter,
    DevelopmentPlan,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeIndicator,
    InitiativeTarget,
    MasterPlan,
    PlanElement,
    StatusChange,
    SubDimension,
    YearBudget,
)
from masterplan.models.plans.plan_element import code_sort_key
from masterplan.reference import InitiativeStatus, Level, LinkState, PlanKind
from tests.answers import TEXT

from .initiatives import ROUTES
from .people import make_district, make_person, make_regency
from .plans import make_master_plan, make_rpjmd

MISSIONS, GOALS, OBJECTIVES = 8, 2, 3  # goals of a mission, objectives of a goal
RENSTRA_PROGRAMS = 4
# Where nothing is planned: the sub-dimensions are holes, and so is the last mission.
EMPTY_SUB_DIMENSIONS = ("energy", "harmony")
# Every so many programs nobody carries out, and every so many initiatives stand outside the RPJMD.
IDLE, LOOSE = 5, 12

_FIELDS = (
    "Pendidikan", "Kesehatan", "Pekerjaan Umum dan Penataan Ruang", "Perumahan dan Kawasan Permukiman", "Sosial",
    "Tenaga Kerja", "Lingkungan Hidup", "Kependudukan dan Pencatatan Sipil", "Pemberdayaan Masyarakat dan Desa",
    "Perhubungan", "Komunikasi dan Informatika", "Koperasi dan Usaha Mikro", "Penanaman Modal", "Kepemudaan dan Olahraga",
    "Kearsipan dan Perpustakaan", "Pertanian", "Perikanan", "Pariwisata", "Perdagangan dan Perindustrian", "Kebudayaan",
)  # fmt: skip
_AIMS = (
    "Peningkatan mutu layanan", "Pengelolaan dan pengembangan sistem", "Pemerataan akses", "Pembinaan dan pengawasan",
    "Penyelenggaraan data terpadu", "Penguatan kelembagaan", "Pemberdayaan warga",
)  # fmt: skip
_TOOLS = (
    "Layanan daring", "Dasbor pemantauan", "Peta digital", "Pengaduan terpadu", "Pembayaran nontunai", "Pusat belajar",
    "Sensor lapangan",
)  # fmt: skip
# Fields of the nomenclature of programs, one for each of `_FIELDS`.
_FIELD_CODES = (
    "1.01", "1.02", "1.03", "1.04", "1.06", "2.07", "2.11", "2.12", "2.13", "2.15",
    "2.16", "2.17", "2.18", "2.19", "2.23", "3.27", "3.25", "3.26", "3.30", "2.22",
)  # fmt: skip
_STATUSES = ("draft", "submitted", "in_review", "approved", "approved", "returned", "submitted")


@dataclass(frozen=True)
class LargeRegency:
    """What was made. `head` leads the first agency."""

    regency: Regency
    plan: MasterPlan
    agencies: list[Agency]
    programs: list[PlanElement]
    initiatives: list[Initiative]
    coordinator: User
    head: User

    @property
    def rows(self) -> int:
        """Agencies, nodes of the RPJMD and initiatives: what its lists are made of."""
        return len(self.agencies) + self.plan.development_plan.elements.count() + len(self.initiatives)


def make_large_regency(*, agencies: int = 60, programs: int = 400, initiatives: int = 300) -> LargeRegency:
    """A regency with so many agencies, RPJMD programs below eight missions, and initiatives with all their tables.

    Two of three agencies are offices, the others districts. The same numbers give the same regency.
    """
    regency = make_regency("Besar Uji", "kabupaten-besar-uji")
    holders = _agencies(regency, agencies)
    coordinator = make_person(regency, Role.COORDINATOR)
    heads = [make_person(regency, Role.AGENCY_HEAD, agency) for agency in holders]
    rpjmd = make_rpjmd(regency)
    plan = make_master_plan(regency, rpjmd)
    nodes = rpjmd_programs(rpjmd, holders, programs)
    renstra = _renstra(regency, holders, nodes)
    made = _initiatives(plan, holders, heads, coordinator, initiatives)
    _tables(made, plan)
    _links(made, nodes, renstra, heads, coordinator)
    _history(made, coordinator)
    return LargeRegency(regency, plan, holders, nodes, made, coordinator, heads[0])


def _agencies(regency: Regency, count: int) -> list[Agency]:
    offices, districts = count - count // 3, count // 3
    rows = [
        Agency(
            regency=regency,
            name=f"Dinas {turning(_FIELDS, n)}" + (f" Wilayah {n // len(_FIELDS) + 1}" if n >= len(_FIELDS) else ""),
            short_name=f"DIN-{n + 1:02d}",
            kind=AgencyKind.OFFICE,
            order=n,
        )
        for n in range(offices)
    ]
    for n in range(districts):
        district = make_district(regency, f"Besar {n + 1}")
        rows.append(
            Agency(
                regency=regency,
                name=f"Kecamatan {district.name}",
                short_name=f"KEC-{n + 1:02d}",
                kind=AgencyKind.DISTRICT,
                order=offices + n,
                district=district,
            )
        )
    return Agency.objects.bulk_create(rows)


def rpjmd_programs(rpjmd: DevelopmentPlan, holders: Sequence[Agency], count: int) -> list[PlanElement]:
    """So many programs in an empty RPJMD, below missions, goals and objectives, with indicators and ceilings."""
    missions = _nodes(
        _node(
            rpjmd, Level.MISSION, f"{n + 1}", f"Mewujudkan {turning(_FIELDS, n).lower()} yang merata dan berdaya saing"
        )
        for n in range(MISSIONS)
    )
    goals = _nodes(
        _node(rpjmd, Level.GOAL, f"{above.code}.{n + 1}", f"Meningkatnya {turning(_FIELDS, n).lower()} daerah", above)
        for above in missions
        for n in range(GOALS)
    )
    objectives = _nodes(
        _node(rpjmd, Level.OBJECTIVE, f"{above.code}.{n + 1}", f"Meningkatnya mutu {turning(_AIMS, n).lower()}", above)
        for above in goals
        for n in range(OBJECTIVES)
    )
    programs = _nodes(
        _node(
            rpjmd,
            Level.PROGRAM,
            f"{turning(_FIELD_CODES, n // 20)}.{n % 20 + 2:02d}",
            f"Program {turning(_AIMS, n).lower()} bidang {turning(_FIELDS, n // 20).lower()}",
            objectives[n * len(objectives) // count],
            agency=turning(holders, n),
        )
        for n in range(count)
    )
    _measures(programs, rpjmd)
    return programs


def _measures(programs: Sequence[PlanElement], plan: DevelopmentPlan) -> None:
    years = range(plan.start_year, plan.end_year + 1)
    indicators = Indicator.objects.bulk_create(
        Indicator(element=program, name="Cakupan layanan", unit="persen", baseline="40", end_condition="90")
        for program in programs
    )
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=row, year=year, text=str(40 + 8 * n), value=40 + 8 * n)
        for row in indicators
        for n, year in enumerate(years)
    )
    BudgetCeiling.objects.bulk_create(
        BudgetCeiling(element=program, year=year, amount=1_000_000_000 + 10_000_000 * (n % 40))
        for n, program in enumerate(programs)
        for year in years
    )


def _renstra(regency: Regency, holders: Sequence[Agency], programs: Sequence[PlanElement]) -> list[PlanElement]:
    """A Renstra of each agency; three of its four programs carry out one of the RPJMD."""
    plans = DevelopmentPlan.objects.bulk_create(
        DevelopmentPlan(
            regency=regency,
            kind=PlanKind.RENSTRA,
            agency=agency,
            title=f"Renstra {agency.name}",
            start_year=2021,
            end_year=2026,
        )
        for agency in holders
    )
    return _nodes(
        _node(
            plan,
            Level.PROGRAM,
            f"{turning(_FIELD_CODES, n)}.{number + 2:02d}",
            f"Program {turning(_AIMS, number).lower()} pada {plan.title.removeprefix('Renstra ')}",
            agency=holders[n],
            carries_out=turning(programs, n * RENSTRA_PROGRAMS + number) if number else None,
        )
        for n, plan in enumerate(plans)
        for number in range(RENSTRA_PROGRAMS)
    )


def _initiatives(
    plan: MasterPlan, holders: Sequence[Agency], heads: Sequence[User], coordinator: User, count: int
) -> list[Initiative]:
    subs = [
        sub
        for sub in SubDimension.objects.filter(dimension__regency=None).select_related("dimension")
        if sub.key not in EMPTY_SUB_DIMENSIONS
    ]
    last: dict[Any, int] = {}
    rows = []
    for n in range(count):
        sub, place = turning(subs, n * 5), _lead(n, len(holders))
        last[sub.dimension] = last.get(sub.dimension, 0) + 1
        rows.append(
            Initiative(
                master_plan=plan,
                code=f"{sub.dimension.code}-{last[sub.dimension]:02d}",
                name=f"{turning(_TOOLS, n)} {turning(_FIELDS, n * 3).lower()} {n + 1}",
                sub_dimension=sub,
                lead_agency=holders[place],
                created_by=heads[place],
                updated_by=heads[place],
                updated_at=moment(n),
                **_answers(plan, n),
                **_state(turning(_STATUSES, n), n, heads[place], coordinator),
            )
        )
    CodeCounter.objects.bulk_create(
        CodeCounter(master_plan=plan, dimension=dimension, last=number) for dimension, number in last.items()
    )
    return Initiative.objects.bulk_create(rows)


def _lead(n: int, holders: int) -> int:
    """Who leads initiative `n`: some agencies many, most a few, every tenth none."""
    busy = holders - holders // 10
    return n * n % (busy // 3) if n % 3 == 0 else n * 7 % busy


def _answers(plan: MasterPlan, n: int) -> dict[str, Any]:
    texts = ("problem", "description", "smart_city_target", "strategy", "risk", "mitigation")
    return {
        **dict.fromkeys(texts, TEXT),
        "beneficiaries": f"Warga dan pelaku {turning(_FIELDS, n * 3).lower()} di {n % 50 + 1} desa",
        "benefit_citizens": "" if n % 20 == 7 else TEXT,
        "benefit_business": TEXT if n % 3 else "",
        "whole_regency": n % 4 == 0,
        "horizon": "medium",
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "quick_win": n % 40 == 0,
    }


def _state(status: str, n: int, head: User, coordinator: User) -> dict[str, Any]:
    at, moves = moment(n), ROUTES[status]
    found: dict[str, Any] = {"status": status}
    if "submit" in moves:
        found |= {"submitted_at": at, "submitted_by": head}
    if "start_review" in moves:
        found["review_started_at"] = at
    if "return" in moves:
        found["returned_at"] = at
    if "approve" in moves:
        found |= {"approved_at": at, "approved_by": coordinator}
    # What does without a program of the RPJMD; the others outside it are findings.
    if n % (LOOSE * 3) == 0:
        found |= {
            "waiver_reason": "Diwajibkan peraturan yang lebih baru.",
            "waived_at": at,
            "waived_by": coordinator,
        }
    return found


def _tables(made: Sequence[Initiative], plan: MasterPlan) -> None:
    years = list(plan.years)
    YearBudget.objects.bulk_create(
        YearBudget(initiative=row, year=year, source=source, amount=90_000_000 + 3_000_000 * (n % 90))
        for n, row in enumerate(made)
        for source in (("apbd_regency", "csr") if n % 2 else ("apbd_regency",))
        for year in years
    )
    Activity.objects.bulk_create(
        Activity(initiative=row, name=f"Tahap {step}", start=date(years[0], step, 1), end=date(years[-1], 12, 31))
        for row in made
        for step in (1, 2)
    )
    indicators = InitiativeIndicator.objects.bulk_create(
        InitiativeIndicator(initiative=row, kind=kind, name=f"Ukuran {kind}", unit="persen", baseline="10", order=place)
        for row in made
        for place, kind in enumerate(("output", "outcome"))
    )
    InitiativeTarget.objects.bulk_create(
        InitiativeTarget(indicator=row, year=year, text=str(10 + 5 * n), value=10 + 5 * n)
        for row in indicators
        for n, year in enumerate(years)
    )
    _places(made)


def _places(made: Sequence[Initiative]) -> None:
    """Two supporting agencies each, and three districts where it is not for the whole regency."""
    holders = list(Agency.objects.filter(regency=made[0].master_plan.regency_id))
    districts = list(District.objects.filter(regency=made[0].master_plan.regency_id))
    supporting, named = Initiative.supporting_agencies.through, Initiative.districts.through
    supporting.objects.bulk_create(
        supporting(initiative_id=row.pk, agency_id=agency.pk)
        for n, row in enumerate(made)
        for agency in {turning(holders, n * 3 + 1), turning(holders, n * 11 + 2)}
        if agency.pk != row.lead_agency_id
    )
    named.objects.bulk_create(
        named(initiative_id=row.pk, district_id=district.pk)
        for n, row in enumerate(made)
        if not row.whole_regency
        for district in {turning(districts, n + step) for step in range(3)}
    )


def _links(
    made: Sequence[Initiative],
    programs: Sequence[PlanElement],
    renstra: Sequence[PlanElement],
    heads: Sequence[User],
    coordinator: User,
) -> None:
    """Three programs of the RPJMD and one of the Renstra each; none below the last mission."""
    busy = [p for n, p in enumerate(programs[: len(programs) * (MISSIONS - 1) // MISSIONS]) if n % IDLE]
    by_agency = {head.memberships.all()[0].agency_id: head for head in heads}
    rows = []
    for n, row in enumerate(made):
        chosen = [] if n % LOOSE == 0 else list({turning(busy, n * 11 + step) for step in (0, 2, 149)})
        chosen = [*sorted(chosen, key=lambda program: program.pk), turning(renstra, n * 5)]
        for place, program in enumerate(chosen):
            state = _link_state(row.status, place)
            rows.append(
                AlignmentLink(
                    initiative=row,
                    element=program,
                    state=state,
                    rationale="Melaksanakan program ini.",
                    proposed_by=by_agency[row.lead_agency_id],
                    proposed_at=moment(n),
                    **_decision(state, n, coordinator),
                )
            )
    AlignmentLink.objects.bulk_create(rows)


def _link_state(status: str, place: int) -> LinkState:
    if status == InitiativeStatus.APPROVED:
        return LinkState.REJECTED if place == 2 else LinkState.ACCEPTED
    if status in (InitiativeStatus.IN_REVIEW, InitiativeStatus.RETURNED):
        return (LinkState.ACCEPTED, LinkState.PROPOSED, LinkState.REJECTED, LinkState.PROPOSED)[place]
    return LinkState.PROPOSED


def _decision(state: LinkState, n: int, coordinator: User) -> dict[str, Any]:
    if state == LinkState.PROPOSED:
        return {}
    reason = "Program ini mengatur hal yang lain." if state == LinkState.REJECTED else ""
    return {"decided_by": coordinator, "decided_at": moment(n), "decision_reason": reason}


def _history(made: Sequence[Initiative], coordinator: User) -> None:
    """The moves that led each to its state."""
    steps = {
        "submit": ("draft", "submitted"),
        "start_review": ("submitted", "in_review"),
        "return": ("in_review", "returned"),
        "approve": ("in_review", "approved"),
    }
    StatusChange.objects.bulk_create(
        StatusChange(
            initiative=row,
            transition=move,
            from_status=steps[move][0],
            to_status=steps[move][1],
            comment="Lengkapi target tahun terakhir." if move == "return" else "",
            by=row.created_by if move == "submit" else coordinator,
            at=moment(n) + timedelta(hours=hours),
        )
        for n, row in enumerate(made)
        for hours, move in enumerate(ROUTES[row.status])
    )


def _node(
    plan: DevelopmentPlan, level: Level, code: str, text: str, parent: PlanElement | None = None, **more: Any
) -> PlanElement:
    return PlanElement(
        plan=plan, level=level, code=code, sort_key=code_sort_key(code), text=text, parent=parent, **more
    )


def _nodes(rows: Any) -> list[PlanElement]:
    return PlanElement.objects.bulk_create(list(rows))


def turning(items: Sequence[Any], n: int) -> Any:
    """One of `items`; behind the last comes the first."""
    return items[n % len(items)]


def moment(n: int) -> datetime:
    """When something happened to initiative `n`: in the last hundred days, or a year before that if it is approved."""
    approved = turning(_STATUSES, n) == InitiativeStatus.APPROVED
    return timezone.now() - timedelta(days=n % 100 + 400 * approved, hours=1)
