"""What stands beside a link when it is decided."""

import pytest

from masterplan.alignment import link_checks
from masterplan.alignment.actions import links
from masterplan.reference import Level
from tests.factories import make_element, make_indicator, make_initiative, make_program


@pytest.fixture
def program(plan, agency):
    return make_program(plan.development_plan, agency)


@pytest.fixture
def initiative(plan, agency, agency_head):
    budgets = [
        {"source": "apbd_regency", "amounts": {"2022": 100, "2023": 50}},
        {"source": "dak", "amounts": {"2022": 25}},
        {"source": "csr", "amounts": {"2022": 1000, "2025": 1000}},
    ]
    return make_initiative(plan, agency=agency, by=agency_head, budgets=budgets)


def test_the_nodes_above_the_widest_first(program, django_assert_num_queries):
    activity = make_element(program.plan, Level.ACTIVITY, program)

    with django_assert_num_queries(1):
        found = link_checks.lineage(activity)

    assert [node.level for node in found] == ["mission", "goal", "objective", "program"]


def test_what_the_regency_pays_is_added_up_year_by_year(initiative, program):
    program.ceilings.create(year=2022, amount=120)
    program.ceilings.create(year=2024, amount=10)

    found = [(row.year, row.budget, row.ceiling, row.exceeds) for row in link_checks.money_beside(initiative, program)]

    assert found == [(2022, 125, 120, True), (2023, 50, None, False), (2024, None, 10, False)]


def test_nothing_to_say_about_a_good_link(initiative, program, agency_head):
    program.ceilings.create(year=2022, amount=125)
    link = links.propose(initiative, element=program, indicator=make_indicator(program), by=agency_head)

    assert link_checks.findings(link, link_checks.money_beside(initiative, program)) == []


def test_findings_say_what_deserves_a_look(initiative, program, agency_head, other_agency):
    program.agency = other_agency
    program.ceilings.create(year=2022, amount=120)
    link = links.propose(initiative, element=program, by=agency_head)

    assert link_checks.findings(link, link_checks.money_beside(initiative, program)) == [
        "Anggaran 2022 dari APBD sebesar Rp125 melebihi pagu program Rp120.",
        "Program ini dipimpin Dinas Kesehatan, sedangkan inisiatif dipimpin Dinas Pariwisata.",
        "Usulan ini tidak menyebut indikator program.",
    ]
