"""Laying a coverage out as a table."""

import pytest

from masterplan.alignment.actions import links
from masterplan.alignment.filters import AlignmentFilter
from masterplan.alignment.matrix import groups_of, lay_out, objectives_by_dimension
from masterplan.models import DevelopmentPlan
from masterplan.reasoning.coverage import rpjmd_coverage
from masterplan.reference import Level, PlanKind
from tests.factories import make_element, make_initiative, make_program


@pytest.fixture
def coverage(plan, coordinator):
    """Two missions with a program each, carried out by GO-01 and, for the first, LI-01 too."""
    first, second = make_program(plan.development_plan), make_program(plan.development_plan)
    go = make_initiative(plan, sub_dimension="public_service")
    li = make_initiative(plan, sub_dimension="health")
    for initiative, program in ((go, first), (li, first), (go, second)):
        links.propose(initiative, element=program, by=coordinator)
    return rpjmd_coverage(plan, plan.initiatives.all())


def parts(table):
    return [part for block in table.blocks for part in block.parts]


def test_each_objective_is_a_table_of_what_is_tied_to_it(coverage):
    table = lay_out(coverage)

    assert [block.group for block in table.blocks] == groups_of(coverage)
    assert [part.objective.label.startswith("Sasaran ") for part in parts(table)] == [True, True]
    assert [[initiative.code for initiative in part.initiatives] for part in parts(table)] == [
        ["GO-01", "LI-01"],
        ["GO-01"],
    ]
    assert [(band.code, band.name, band.width) for band in parts(table)[0].bands] == [
        ("GO", "Governance", 1),
        ("LI", "Living", 1),
    ]
    assert [part.width for part in parts(table)] == [4, 3]
    assert table.programs == 2


def test_a_mission_says_what_it_holds(coverage, plan, coordinator):
    idle = make_program(plan.development_plan)

    blocks = lay_out(rpjmd_coverage(plan, plan.initiatives.all())).blocks

    assert [(block.programs, block.ties, block.waiting, block.idle) for block in blocks] == [
        (1, 2, 2, 0),
        (1, 1, 1, 0),
        (1, 0, 0, 1),
    ]
    assert blocks[2].rows[0].program.pk == idle.pk


def test_a_program_carried_out_through_a_renstra_is_no_gap(plan, agency, coordinator):
    program = make_program(plan.development_plan, agency)
    renstra = DevelopmentPlan.objects.create(
        regency=plan.regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra", start_year=2021, end_year=2026
    )
    carrying = make_program(renstra, agency, carries_out=program)
    activity = make_element(renstra, Level.ACTIVITY, carrying)
    link = links.propose(make_initiative(plan), element=activity, by=coordinator)

    found = rpjmd_coverage(plan, plan.initiatives.all())

    row = parts(lay_out(found))[0].rows[0]
    assert (row.total, row.through, found.idle_programs) == (0, True, [])
    assert lay_out(found).blocks[0].idle == 0
    links.decide(link, accept=False, reason="Bukan.", by=coordinator)
    assert [gap.pk for gap in rpjmd_coverage(plan, plan.initiatives.all()).idle_programs] == [program.pk]


def test_objectives_count_each_initiative_once(coverage, plan, coordinator):
    objective = coverage.programs[0].objective
    beside = make_element(plan.development_plan, Level.PROGRAM, plan.development_plan.elements.get(pk=objective.pk))
    go = plan.initiatives.get(code="GO-01")
    links.decide(links.propose(go, element=beside, by=coordinator), accept=True, by=coordinator)

    blocks = objectives_by_dimension(rpjmd_coverage(plan, plan.initiatives.all()), ["GO", "BR", "LI"])

    first = blocks[0].rows[0]
    assert (first.objective, first.programs, first.total) == (objective, 2, 2)
    assert [(share.code, share.count, share.waiting, share.heat) for share in first.shares] == [
        ("GO", 1, 0, 1),
        ("BR", 0, 0, 0),
        ("LI", 1, 1, 1),
    ]
    assert [(block.total, block.idle) for block in blocks] == [(2, 0), (1, 0)]


def test_objectives_without_programs_stand_there_and_narrow(coverage, plan):
    mission = plan.development_plan.elements.get(pk=coverage.programs[0].group.pk)
    empty = make_element(
        plan.development_plan, Level.OBJECTIVE, make_element(plan.development_plan, Level.GOAL, mission)
    )
    found = rpjmd_coverage(plan, plan.initiatives.all())

    every = objectives_by_dimension(found, ["GO"])
    narrow = objectives_by_dimension(found, ["GO"], AlignmentFilter(dimension="LI"))

    assert [[row.objective.pk for row in block.rows].count(empty.pk) for block in every] == [1, 0]
    assert every[0].idle == 1
    assert [[row.objective for row in block.rows] for block in narrow] == [[coverage.programs[0].objective]]
