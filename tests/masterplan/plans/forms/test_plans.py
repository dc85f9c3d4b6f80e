"""The forms of one node of a development plan."""

import pytest

from masterplan.models import PlanElement
from masterplan.plans.actions.plan_elements import content_of
from masterplan.plans.forms.plans import open_forms
from masterplan.reference import Level
from tests.factories import make_agency, make_element, make_indicator, make_program

NEW = {"agency": None, "indicators": [], "ceilings": {}}


@pytest.fixture
def program(plan, agency) -> PlanElement:
    return make_program(plan.development_plan, agency, code="2.11.11")


def opened(element):
    """The forms as the edit page opens them."""
    return open_forms(element, content_of(element))


def test_agencies_that_have_ended_are_offered_only_where_they_are_named(program, regency, agency, other_agency):
    ended = make_agency(regency, "Badan Lama", valid_to="2020-12-31")
    named = make_agency(regency, "Badan Lain", valid_to="2020-12-31")
    program.agency = named
    program.save()

    offered = [value for value, _ in opened(program).main.fields["agency"].choices]

    assert offered[0] == ""
    assert set(offered[1:]) == {str(a.pk) for a in (agency, other_agency, named)}
    assert str(ended.pk) not in offered


def test_a_node_may_move_only_below_the_level_above(plan, program):
    other = make_program(plan.development_plan)
    strategy = make_element(plan.development_plan, Level.STRATEGY, other.parent)

    offered = {value for value, _ in opened(program).main.fields["parent"].choices}

    assert offered == {"", str(program.parent_id), str(other.parent_id), str(strategy.pk)}
    assert "" not in {value for value, _ in opened(program.parent).main.fields["parent"].choices}


def test_questions_that_do_not_apply_are_left_out(plan, program):
    assert set(opened(program).main.fields) == {"parent", "code", "text", "agency"}
    new = PlanElement(plan=plan.development_plan, parent=program.parent, level=Level.STRATEGY)
    assert set(open_forms(new, NEW).main.fields) == {"level", "code", "text", "agency"}


def test_years_that_are_stored_stay_although_the_plan_has_others(program):
    program.ceilings.create(year=2019, amount=5)
    make_indicator(program).targets.create(year=2030, text="9")

    forms = opened(program)

    assert [cell.label for cell in forms.ceilings.cells][:2] == ["2019", "2021"]
    assert [field.label for field in forms.indicators.forms[0].targets][-1] == "Target 2030"


def test_what_is_stored_comes_back_unchanged(program, other_agency):
    indicator = make_indicator(program)
    indicator.agency = other_agency
    indicator.save()
    program.ceilings.create(year=2022, amount=1_250_000_000)
    stored = content_of(program)
    first = opened(program)
    data = {field.html_name: field.value() for field in [*first.main, *first.ceilings, *first.indicators.forms[0]]}
    data |= {field.html_name: field.value() for field in first.indicators.management_form}
    data["indikator-INITIAL_FORMS"] = "0"

    again = open_forms(program, stored, {key: "" if value is None else str(value) for key, value in data.items()})

    assert again.is_valid(), again.error_links
    assert again.content() == {key: stored[key] for key in again.content()}


def test_all_errors_show_at_once(program):
    data = {
        "parent": str(program.parent_id),
        "text": "",
        "pagu-tahun_2022": "banyak",
        "indikator-TOTAL_FORMS": "1",
        "indikator-INITIAL_FORMS": "0",
        "indikator-0-name": "Nilai",
        "indikator-0-direction": "up",
        "indikator-0-target_2022": "12x",
    }

    forms = open_forms(program, content_of(program), data)

    assert not forms.is_valid()
    assert [anchor for anchor, _ in forms.error_links] == [
        "id_text",
        "id_indikator-0-target_2022",
        "id_pagu-tahun_2022",
    ]


def test_rows_without_their_counter_are_told(program):
    forms = open_forms(program, content_of(program), {"text": "Program", "parent": str(program.parent_id)})

    assert not forms.is_valid()
    assert "Sebagian isian tidak ikut terkirim." in forms.error_links[0][1]
