"""Programs suggested for an initiative, from what its form says."""

import pytest

from masterplan.alignment.actions import links
from masterplan.initiatives.actions import initiatives
from masterplan.models import DevelopmentPlan, Initiative, PlanElement
from masterplan.pages.link_form import programs_on_offer
from masterplan.reasoning.suggestions import LIMIT, suggest
from masterplan.reference import PlanKind
from tests.factories import make_indicator, make_initiative, make_program


@pytest.fixture
def draft(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, name="Retribusi pasar dibayar nontunai")


@pytest.fixture
def markets(plan, agency):
    return make_program(plan.development_plan, agency, text="Program Sarana Distribusi Perdagangan")


@pytest.fixture
def roads(plan, agency):
    return make_program(plan.development_plan, agency, text="Program Penyelenggaraan Jalan")


def suggested(initiative):
    initiative = Initiative.objects.select_related("master_plan", "lead_agency").get(pk=initiative.pk)
    offer = programs_on_offer(initiative)
    return suggest(initiative, offer.programs, offer.elements)


def names(initiative):
    return [suggestion.program for suggestion in suggested(initiative)]


def test_a_program_is_suggested_by_its_name(draft, markets, roads):
    assert names(draft) == [markets]
    assert suggested(draft)[0].words[0] == "retribusi pasar"


def test_what_a_program_measures_leads_to_it_too(draft, roads):
    make_indicator(roads, name="Jumlah pasar yang terhubung jalan")
    assert names(draft) == [roads]


def test_so_does_the_objective_it_serves(draft, roads):
    PlanElement.objects.filter(pk=roads.parent_id).update(text="Meningkatnya kelancaran perdagangan")
    assert names(draft) == [roads]


def test_the_answers_are_read_as_far_as_they_go(draft, agency_head, roads):
    assert names(draft) == []
    data = {"problem": "Jalan menuju lapak rusak."}
    initiatives.save(draft, by=agency_head, data=data, version=draft.edit_version)
    assert names(draft) == [roads]


def test_what_is_tied_already_is_not_suggested_again(draft, markets, agency_head):
    links.propose(draft, element=markets, by=agency_head)
    assert names(draft) == []


def test_the_agencys_renstra_stands_behind_the_rpjmd(regency, agency, draft, markets):
    values = {"start_year": 2021, "end_year": 2026, "title": "Renstra"}
    renstra = DevelopmentPlan.objects.create(regency=regency, kind=PlanKind.RENSTRA, agency=agency, **values)
    own = make_program(renstra, text="Program Pasar Rakyat")
    assert names(draft) == [markets, own]


def test_there_are_never_too_many(plan, agency, draft):
    for number in range(LIMIT + 3):
        make_program(plan.development_plan, agency, text=f"Program Pasar {number}")
    assert len(names(draft)) == LIMIT
