"""Laying a coverage out as a table."""

import pytest

from masterplan.actions import alignment
from masterplan.alignment.coverage import rpjmd_coverage
from masterplan.alignment.matrix import dimensions_of, groups_of, lay_out
from tests.factories import make_initiative, make_program


@pytest.fixture
def coverage(plan, coordinator):
    """Two missions with a program each, carried out by GO-01 and, for the first, LI-01 too."""
    first, second = make_program(plan.development_plan), make_program(plan.development_plan)
    go = make_initiative(plan, sub_dimension="public_service")
    li = make_initiative(plan, sub_dimension="health")
    for initiative, program in ((go, first), (li, first), (go, second)):
        alignment.propose(initiative, element=program, by=coordinator)
    return rpjmd_coverage(plan, plan.initiatives.all())


def test_rows_are_grouped_by_mission_and_columns_by_dimension(coverage):
    table = lay_out(coverage)

    assert [block.group for block in table.blocks] == groups_of(coverage)
    assert [(band.code, band.name, band.width) for band in table.bands] == [
        ("GO", "Governance", 1),
        ("LI", "Living", 1),
    ]
    assert [[bool(cell) for cell in block.rows[0].cells] for block in table.blocks] == [[True, True], [True, False]]
    assert table.width == 4


def test_totals_count_both_ways(coverage):
    table = lay_out(coverage)

    assert [block.rows[0].total for block in table.blocks] == [2, 1]
    assert table.totals == [2, 1]
    assert table.total == 3


def test_filters_hide_but_totals_keep_counting(coverage):
    second = groups_of(coverage)[1]

    by_mission = lay_out(coverage, group=second.pk)
    by_dimension = lay_out(coverage, dimension="LI")

    assert [len(block.rows) for block in by_mission.blocks] == [1]
    assert by_mission.totals == [2, 1]
    assert [initiative.code for initiative in by_dimension.initiatives] == ["LI-01"]
    assert [block.rows[0].total for block in by_dimension.blocks] == [2, 1]
    assert by_dimension.blocks[1].rows[0].ties == []


def test_cells_speak(coverage):
    cell = lay_out(coverage).blocks[0].rows[0].ties[0]

    assert cell.state == "diusulkan"
    assert cell.label == f"GO-01 dan {coverage.programs[0].code}: diusulkan"


def test_dimensions_stand_in_their_fixed_order(coverage):
    assert [dimension.code for dimension in dimensions_of(coverage)] == ["GO", "LI"]
