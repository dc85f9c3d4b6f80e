"""Who carries out what, and where nobody does."""

import pytest

from masterplan.alignment.actions import links as alignment
from masterplan.models import DevelopmentPlan
from masterplan.reasoning.coverage import NO_GROUP, renstra_coverage, rpjmd_coverage
from masterplan.reference import Level, PlanKind
from tests.factories import make_element, make_indicator, make_initiative, make_program, make_rpjmd


@pytest.fixture
def rpjmd(plan):
    return plan.development_plan


@pytest.fixture
def program(rpjmd):
    return make_program(rpjmd)


def cover(plan):
    return rpjmd_coverage(plan, plan.initiatives.all())


def test_programs_stand_in_the_order_of_their_missions(plan, rpjmd, agency):
    second, first = (make_element(rpjmd, Level.MISSION, code=code, text=f"Misi teks {code}") for code in ("10", "2"))
    late = make_element(rpjmd, Level.PROGRAM, make_element(rpjmd, Level.GOAL, second), code="1.01", agency=agency)
    early = make_element(rpjmd, Level.PROGRAM, make_element(rpjmd, Level.GOAL, first), code="2.16")
    loose = make_element(rpjmd, Level.PROGRAM, code="0.01")

    found = cover(plan).programs

    assert [p.pk for p in found] == [early.pk, late.pk, loose.pk]
    assert [p.group.label for p in found] == ["Misi 2. Misi teks 2", "Misi 10. Misi teks 10", NO_GROUP.label]
    assert [p.agency for p in found] == ["", agency.name, ""]


def test_states_are_counted_and_rejections_cover_nothing(plan, rpjmd, coordinator):
    programs = [make_program(rpjmd) for _ in range(3)]
    initiative = make_initiative(plan)
    links = [alignment.propose(initiative, element=p, by=coordinator) for p in programs]
    alignment.decide(links[0], accept=True, by=coordinator)
    alignment.decide(links[1], accept=False, reason="Bukan.", by=coordinator)

    found = cover(plan)

    assert found.accepted == 1
    assert [waiting.link for waiting in found.pending] == [links[2].pk]
    assert [p.pk for p in found.idle_programs] == [programs[1].pk]
    assert found.by_initiative[initiative.pk] == 2
    assert found.marks[programs[1].pk, initiative.pk].state == "rejected"


def test_the_weightiest_link_of_a_cell_is_shown(plan, program, coordinator):
    initiative = make_initiative(plan)
    indicators = [make_indicator(program, name) for name in ("Pertama", "Kedua")]
    first, second = (
        alignment.propose(initiative, element=program, indicator=indicator, by=coordinator) for indicator in indicators
    )
    alignment.decide(first, accept=True, by=coordinator)

    found = cover(plan)

    assert found.marks[program.pk, initiative.pk].link == first.pk
    assert [waiting.link for waiting in found.pending] == [second.pk]
    assert found.by_program[program.pk] == 1


def test_a_new_proposal_outweighs_an_old_rejection(plan, program, coordinator):
    initiative = make_initiative(plan)
    alignment.decide(
        alignment.propose(initiative, element=program, by=coordinator), accept=False, reason="Belum.", by=coordinator
    )
    again = alignment.propose(initiative, element=program, by=coordinator)

    assert cover(plan).marks[program.pk, initiative.pk].link == again.pk


def test_a_link_to_an_activity_counts_for_its_program(plan, program, rpjmd, coordinator):
    activity = make_element(rpjmd, Level.ACTIVITY, program)
    initiative = make_initiative(plan)
    alignment.propose(initiative, element=activity, by=coordinator)

    assert cover(plan).by_program[program.pk] == 1


def test_gaps_on_both_sides(plan, program, coordinator):
    loose, waived, linked = make_initiative(plan), make_initiative(plan, status="in_review"), make_initiative(plan)
    alignment.decide(waived.links.get(), accept=False, reason="Bukan.", by=coordinator)
    alignment.waive(waived, reason="Peraturan baru.", by=coordinator)
    served = make_program(plan.development_plan)
    alignment.propose(linked, element=served, by=coordinator)

    found = cover(plan)

    assert {i.pk for i in found.unlinked_initiatives} == {loose.pk, waived.pk}
    assert [p.pk for p in found.idle_programs] == [program.pk]


def test_renstra_programs_name_what_they_carry_out(plan, program, regency, agency, coordinator):
    renstra = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra Uji", start_year=2021, end_year=2026
    )
    past = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra Lama", start_year=2010, end_year=2015
    )
    make_program(past)
    anchored, drifting = make_program(renstra, carries_out=program), make_program(renstra)
    initiative = make_initiative(plan, agency=agency)
    alignment.propose(initiative, element=anchored, by=coordinator)

    found = renstra_coverage(plan, plan.initiatives.all())

    assert [(p.pk, p.carries_out, p.group.label) for p in found.programs] == [
        (anchored.pk, str(program), "Renstra Uji"),
        (drifting.pk, "", "Renstra Uji"),
    ]
    assert [p.pk for p in found.unanchored_programs] == [drifting.pk]
    assert [p.pk for p in found.idle_programs] == [drifting.pk]
    assert cover(plan).by_initiative[initiative.pk] == 0


def test_other_plans_of_the_regency_do_not_mix_in(plan, program, regency):
    make_program(make_rpjmd(regency, 2027, 2031))

    assert [p.pk for p in cover(plan).programs] == [program.pk]
