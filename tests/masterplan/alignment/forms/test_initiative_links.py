"""The form that proposes a link: which programs it offers, and what it refuses."""

import pytest

from agencies.roles import Role
from masterplan.models import DevelopmentPlan
from masterplan.pages.link_form import LinkForm
from masterplan.reference import PlanKind
from tests.factories import make_indicator, make_initiative, make_person, make_program, make_regency, make_rpjmd


@pytest.fixture
def initiative(plan, agency):
    return make_initiative(plan, agency=agency, by=make_person(plan.regency, Role.AGENCY_HEAD, agency))


def renstra(regency, agency, start_year=2021, end_year=2026):
    values = {"start_year": start_year, "end_year": end_year, "title": f"Renstra {agency.name} {start_year}"}
    return DevelopmentPlan.objects.create(regency=regency, kind=PlanKind.RENSTRA, agency=agency, **values)


def offered(form):
    return {title: [label for _, label in options] for title, options in form.fields["element"].choices[1:]}


def test_programs_stand_below_their_mission(plan, agency, other_agency, initiative):
    own = make_program(plan.development_plan, agency)
    other = make_program(plan.development_plan, other_agency)
    mission = other.parent.parent.parent

    assert offered(LinkForm(initiative)) == {
        f"RPJMD, dipimpin {agency.name}": [str(own)],
        f"RPJMD, misi {mission.code}: {mission.text}": [str(other)],
    }


def test_the_agencys_own_renstra_of_these_years_is_offered(regency, agency, other_agency, initiative):
    own = make_program(renstra(regency, agency))
    make_program(renstra(regency, agency, 2011, 2016))
    make_program(renstra(regency, other_agency))

    assert offered(LinkForm(initiative)) == {f"Renstra: {own.plan.title}": [str(own)]}


def test_another_rpjmd_is_not_offered(regency, initiative):
    make_program(make_rpjmd(regency, 2025, 2029))
    make_program(make_rpjmd(make_regency()))

    assert offered(LinkForm(initiative)) == {}


def test_a_search_shortens_the_list_but_keeps_what_was_chosen(plan, initiative):
    waste = make_program(plan.development_plan, code="2.11.11", text="Program Pengelolaan Persampahan")
    make_program(plan.development_plan, code="3.26.02", text="Program Pariwisata")

    form = LinkForm(initiative, search="sampah 2.11", chosen=str(waste.pk))
    assert form.count == 1
    assert LinkForm(initiative, search="tidak ada").count == 0
    kept = LinkForm(initiative, search="pariwisata", chosen=str(waste.pk))
    assert (str(waste.pk), str(waste)) in kept.fields["element"].choices


def test_a_proposal_is_understood_as_objects(plan, initiative):
    program = make_program(plan.development_plan)
    indicator = make_indicator(program)
    form = LinkForm(initiative, {"element": program.pk, "indicator": indicator.pk, "rationale": " Karena. "})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"element": program, "indicator": indicator, "rationale": "Karena."}


@pytest.mark.parametrize("element", ["", "x", "999999"])
def test_an_unknown_program_is_no_choice(plan, initiative, element):
    make_program(plan.development_plan)
    form = LinkForm(initiative, {"element": element, "indicator": "", "rationale": "x"})

    assert list(form.errors) == ["element"]


def test_an_indicator_of_another_program_is_refused(plan, initiative):
    program, other = make_program(plan.development_plan), make_program(plan.development_plan)
    form = LinkForm(initiative, {"element": program.pk, "indicator": make_indicator(other).pk})

    assert form.errors["indicator"] == ["Indikator ini bukan milik program yang dipilih. Pilih lagi, atau kosongkan."]
