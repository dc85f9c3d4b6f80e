"""Every check has a plan in which it finds something, and one next to it in which it does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from masterplan.reasoning.inspection import CHECK_BY_CODE, CHECKS
from masterplan.reasoning.inspection.facts import ElementFacts, IndicatorFacts, InitiativeFacts, LinkFacts, PlanFacts

HEALTH, ROADS = 1, 2  # agencies
MISSION, GOAL, OBJECTIVE, CLINICS, HOSPITALS, RENSTRA = range(1, 7)
UNGARAN = 7
HEALTH_CARE, MOBILITY, TOURISM = 31, 32, 33
LIVING, BRANDING = 3, 4


def element(pk, level, *, parent=None, agency=None, kind="rpjmd", carries_out=None, ceilings=None):
    return ElementFacts(pk, parent, level, f"1.{pk}", f"Unsur {pk}", agency, 1, kind, carries_out, ceilings or {})


def elements(**renstra: Any):
    nodes = [
        element(MISSION, "mission"),
        element(GOAL, "goal", parent=MISSION),
        element(OBJECTIVE, "objective", parent=GOAL),
        element(CLINICS, "program", parent=OBJECTIVE, agency=HEALTH, ceilings={2022: 100, 2023: 100}),
        element(HOSPITALS, "program", parent=OBJECTIVE, agency=ROADS),
        element(
            RENSTRA,
            "program",
            agency=HEALTH,
            kind="renstra",
            ceilings={2022: 10},
            **({"carries_out": CLINICS} | renstra),
        ),
    ]
    return {node.pk: node for node in nodes}


def link(element=CLINICS, *, state="accepted", indicator=None):
    return LinkFacts(element, indicator, state)


def indicator(name="Pasien terlayani", unit="persen", direction="up", **targets):
    return IndicatorFacts(name, unit, direction, {int(year[1:]): Decimal(value) for year, value in targets.items()})


def initiative(pk=1, **fields: Any):
    """One that no check has anything to say about."""
    plain = {
        "pk": pk, "code": f"LI-{pk:02d}", "name": f"Nama{pk}", "lead": HEALTH, "sub_dimension": HEALTH_CARE,
        "dimension": "LI", "start_year": 2022, "end_year": 2023, "quick_win": False, "spbe_application": "",
        "beneficiaries": "", "benefit_citizens": "Antrean singkat.", "benefit_business": "", "waived_at": None,
        "due_date": None, "links": [link()], "districts": {UNGARAN}, "supporting": {ROADS},
        "budgets": {(2022, "apbd_regency"): 50, (2022, "apbn"): 50},
    }  # fmt: skip
    return InitiativeFacts(**(plain | fields))  # type: ignore[arg-type]


def plan(*initiatives: InitiativeFacts, **parts: Any):
    whole = PlanFacts(
        start_year=2022,
        end_year=2026,
        initiatives=list(initiatives) or [initiative()],
        elements=elements(),
        agencies={HEALTH: "Dinas Kesehatan", ROADS: "Dinas Pekerjaan Umum"},
        districts={UNGARAN: "Ungaran"},
        sub_dimensions={HEALTH_CARE: ("Kesehatan", LIVING)},
        dimensions={LIVING: "Smart Living"},
    )
    return replace(whole, **parts)


def measured(**own: Any):
    """Tied to the program's indicator, with an indicator of its own."""
    target = indicator("Angka kematian ibu", unit="per 100.000", direction="down")
    return initiative(links=[link(indicator=target)], indicators=[indicator(**own)])


SAME = {"name": "Angka kematian ibu", "unit": "per 100.000", "direction": "down"}
TWO_AGENCIES = {"supporting": set(), "spbe_application": "SIMPUS 2.0"}
SAME_PEOPLE = {"name": "Antar obat lansia Tengaran", "beneficiaries": "Lansia di Tengaran", "supporting": set()}
ONCE = plan(initiative(supporting=set()), initiative(2, name="Jembatan gantung", lead=ROADS, supporting=set()))

# code: a plan that raises it, a part of the sentence, a plan beside it that does not.
CASES: dict[str, tuple[PlanFacts, str, PlanFacts]] = {
    "initiative_without_program": (
        plan(initiative(links=[link(state="rejected"), link(RENSTRA)])),
        "Belum terhubung",
        plan(initiative(links=[], waived_at=datetime(2026, 1, 1))),
    ),
    "mission_without_initiative": (
        plan(initiative(links=[])),
        "Programnya dipimpin Dinas Kesehatan, Dinas Pekerjaan Umum.",
        plan(initiative(links=[link(RENSTRA)])),
    ),
    "objective_without_initiative": (plan(initiative(links=[])), "Belum ada inisiatif pada programnya", plan()),
    "program_without_initiative": (
        plan(),
        "melaksanakan program ini",
        plan(initiative(links=[link(CLINICS), link(HOSPITALS, state="proposed")])),
    ),
    "renstra_without_rpjmd": (plan(elements=elements(carries_out=None)), "belum menyebut program RPJMD", plan()),
    "program_of_another_agency": (
        plan(initiative(links=[link(HOSPITALS)], supporting=set())),
        "dipimpin Dinas Pekerjaan Umum",
        plan(initiative(links=[link(HOSPITALS)], supporting={ROADS})),
    ),
    "unit_differs": (plan(measured(unit="kali")), "bersatuan per 100.000", plan(measured(**SAME))),
    "direction_differs": (plan(measured(**SAME | {"direction": "up"})), "diharapkan naik", plan(measured(**SAME))),
    "targets_against_direction": (
        plan(initiative(indicators=[indicator(y2022="10", y2023="8")])),
        "turun dari 2022 ke 2023",
        plan(initiative(indicators=[indicator(direction="down", y2022="10", y2023="8"), indicator(y2022="1")])),
    ),
    "above_ceiling": (
        plan(initiative(budgets={(2022, "apbd_regency"): 90, (2022, "dak"): 11})),
        "sebesar Rp101 melebihi pagu program",
        plan(
            initiative(
                budgets={(2022, "apbd_regency"): 100, (2022, "apbn"): 900, (2024, "dak"): 900},
                links=[link(CLINICS), link(RENSTRA)],
            )
        ),
    ),
    "ceiling_shared_out": (
        plan(*(initiative(pk, budgets={(2022, "apbd_regency"): 60}) for pk in (1, 2))),
        "untuk 2 inisiatif berjumlah Rp120",
        plan(initiative(1, budgets={(2022, "apbd_regency"): 60}), initiative(2, budgets={(2023, "apbd_regency"): 60})),
    ),
    "years_outside": (
        plan(initiative(budgets={(2021, "apbn"): 1})),
        "Anggaran pada 2021 di luar masa rencana 2022–2026",
        plan(initiative(budgets={(2022, "apbn"): 1, (2030, "apbn"): 0})),
    ),
    "regional_money_only": (
        plan(initiative(budgets={(2022, "apbd_regency"): 1, (2022, "apbn"): 0})),
        "APBD saja",
        plan(initiative(budgets={})),
    ),
    "no_citizen_benefit": (plan(initiative(benefit_citizens=" ")), "warga belum ditulis", plan()),
    "no_business_benefit": (plan(initiative(dimension="EC")), "usaha dan iklim investasi", plan()),
    "quick_win_too_long": (
        plan(initiative(quick_win=True, activities=[("", date(2022, 1, 1), date(2023, 6, 30))])),
        "sekitar 18 bulan",
        plan(initiative(quick_win=True, end_year=2022), initiative(2, end_year=2026)),
    ),
    "same_application": (
        plan(
            initiative(**TWO_AGENCIES), initiative(2, lead=ROADS, **TWO_AGENCIES | {"spbe_application": "Simpus-2.0"})
        ),
        "juga dibangun pada LI-02",
        plan(initiative(**TWO_AGENCIES), initiative(2, **TWO_AGENCIES)),
    ),
    "same_purpose": (
        plan(initiative(**SAME_PEOPLE), initiative(2, lead=ROADS, **SAME_PEOPLE)),
        "mirip dengan LI-02 Antar obat lansia Tengaran (Dinas Pekerjaan Umum)",
        plan(initiative(**SAME_PEOPLE), initiative(2, lead=ROADS, **SAME_PEOPLE | {"supporting": {HEALTH}})),
    ),
    "dimension_without_initiative": (
        plan(dimensions={LIVING: "Smart Living", BRANDING: "Smart Branding"}),
        "Belum ada inisiatif pada dimensi ini",
        plan(),
    ),
    "sub_dimension_without_initiative": (
        plan(sub_dimensions={HEALTH_CARE: ("Kesehatan", LIVING), MOBILITY: ("Transportasi", LIVING)}),
        "Belum ada inisiatif pada sub-dimensi ini",
        plan(
            sub_dimensions={HEALTH_CARE: ("Kesehatan", LIVING), TOURISM: ("Pariwisata", BRANDING)},
            dimensions={LIVING: "Smart Living", BRANDING: "Smart Branding"},
        ),
    ),
    "agency_without_initiative": (plan(initiative(supporting=set())), "satu inisiatif pun", plan()),
    "district_without_initiative": (plan(initiative(districts=set())), "berlokasi di kecamatan ini", plan()),
}


def test_every_check_has_a_case() -> None:
    """A new check fails here until somebody has said when it speaks and when it is silent."""
    assert set(CASES) == set(CHECK_BY_CODE)
    assert len(CHECK_BY_CODE) == len(CHECKS)


@pytest.mark.parametrize("code", CASES)
def test_a_check_speaks(code: str) -> None:
    raising, part, _ = CASES[code]
    sentences = [finding.sentence for finding in CHECK_BY_CODE[code].look(raising)]
    assert sentences
    assert part in sentences[0]


@pytest.mark.parametrize("code", CASES)
def test_a_check_is_silent(code: str) -> None:
    _, _, silent = CASES[code]
    assert list(CHECK_BY_CODE[code].look(silent)) == []


def test_a_plan_without_faults_has_findings_only_where_it_is_empty() -> None:
    looks: dict[str, Callable[[PlanFacts], Any]] = {check.code: check.look for check in CHECKS}
    spoken = {code for code, look in looks.items() if list(look(plan()))}
    assert spoken == {"program_without_initiative"}


def test_of_many_agencies_a_few_are_named() -> None:
    led = {pk: element(pk, "program", parent=OBJECTIVE, agency=pk) for pk in range(100, 108)}
    crowd = plan(initiative(links=[]), elements=elements() | led, agencies={pk: f"Dinas {pk}" for pk in led})
    (finding,) = CHECK_BY_CODE["mission_without_initiative"].look(crowd)
    named = "Dinas 100, Dinas 101, Dinas 102, Dinas 103, Dinas 104, dan 3 perangkat daerah lain."
    assert finding.sentence.endswith(named)


def test_different_purposes_of_two_agencies_are_no_overlap() -> None:
    assert list(CHECK_BY_CODE["same_purpose"].look(ONCE)) == []


def test_a_finding_names_who_can_mend_it() -> None:
    (finding,) = CHECK_BY_CODE["no_citizen_benefit"].look(plan(initiative(benefit_citizens="")))
    assert (finding.subject, finding.name, finding.agency, finding.field) == (
        1,
        "LI-01 Nama1",
        HEALTH,
        "benefit_citizens",
    )
