"""Adding, changing and removing nodes of a development plan."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from masterplan.editing.actions.conflicts import EditConflict
from masterplan.models import DevelopmentPlan, Indicator, PlanElement
from masterplan.plans.actions.plan_elements import content_of, create_element, delete_element, save_element
from masterplan.plans.actions.plans import allowed_levels, create_plan, obstacles_to_deletion, set_predecessor
from masterplan.reference import Level, PlanKind
from tests.factories import (
    make_agency,
    make_element,
    make_indicator,
    make_initiative,
    make_program,
    make_regency,
    make_rpjmd,
)


@pytest.fixture
def rpjmd(plan) -> DevelopmentPlan:
    return plan.development_plan


@pytest.fixture
def program(rpjmd, agency) -> PlanElement:
    return make_program(rpjmd, agency, code="2.11.11", text="Program Pengelolaan Persampahan")


@pytest.fixture
def renstra(regency, agency) -> DevelopmentPlan:
    return DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra uji", start_year=2021, end_year=2026
    )


def indicator_row(**fields):
    row = {"id": None, "name": "Sampah terkelola", "unit": "persen", "baseline": "-", "end_condition": "84"}
    return row | {"direction": "up", "agency": None, "targets": {"2022": "62", "2023": "70-75"}} | fields


def sentences(error) -> str:
    return " ".join(error.value.messages)


# Adding --------------------------------------------------------------------------------------------------------------


def test_a_program_is_added_with_indicators_and_ceilings(rpjmd, program, agency, coordinator):
    made = create_element(
        plan=rpjmd,
        parent=program.parent,
        by=coordinator,
        data={
            "level": "program",
            "code": "2.11.03",
            "text": " Program Pengendalian Pencemaran ",
            "agency": agency.pk,
            "indicators": [indicator_row()],
            "ceilings": {"2022": 1_500_000_000, "2023": None},
        },
    )

    stored = PlanElement.objects.get(pk=made.pk)
    assert (stored.text, stored.agency, stored.parent) == ("Program Pengendalian Pencemaran", agency, program.parent)
    assert content_of(stored)["ceilings"] == {"2022": 1_500_000_000}
    targets = stored.indicators.get().targets
    assert list(targets.values_list("year", "text", "value")) == [(2022, "62", 62), (2023, "70-75", None)]


def test_the_same_node_sent_twice_is_made_once(rpjmd, coordinator):
    data = {"level": "mission", "code": "", "text": "Membangun manusia"}

    first = create_element(plan=rpjmd, parent=None, by=coordinator, data=data)

    assert create_element(plan=rpjmd, parent=None, by=coordinator, data=data) == first
    assert rpjmd.elements.count() == 1


@pytest.mark.parametrize(
    ("kind", "parent", "expected"),
    [
        (PlanKind.RPJMD, None, ("mission", "goal", "program")),
        (PlanKind.RENSTRA, None, ("goal", "program")),
        (PlanKind.RPJMD, "mission", ("goal",)),
        (PlanKind.RPJMD, "objective", ("strategy", "program")),
        (PlanKind.RPJMD, "program", ()),
        (PlanKind.RENSTRA, "program", ("activity",)),
        (PlanKind.RENSTRA, "sub_activity", ()),
    ],
)
def test_levels_that_may_stand_below(kind, parent, expected):
    above = PlanElement(level=parent) if parent else None

    assert allowed_levels(DevelopmentPlan(kind=kind), above) == expected


def test_a_level_out_of_place_is_refused(rpjmd, program, coordinator):
    with pytest.raises(ValidationError, match="Jenjang ini tidak dapat berdiri di sini"):
        create_element(plan=rpjmd, parent=program, by=coordinator, data={"level": "mission", "text": "Misi"})


def test_a_parent_of_another_plan_is_refused(regency, program, coordinator):
    other = make_rpjmd(regency, 2026, 2030)

    with pytest.raises(ValidationError, match="tidak ada di wilayah Anda"):
        create_element(plan=other, parent=program.parent, by=coordinator, data={"level": "program", "text": "Program"})


def test_a_text_is_needed(rpjmd, coordinator):
    with pytest.raises(ValidationError) as error:
        create_element(plan=rpjmd, parent=None, by=coordinator, data={"level": "mission"})

    assert list(error.value.message_dict) == ["text"]


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator", "outsider"])
def test_only_the_coordinator_may(request, rpjmd, program, person):
    by = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        create_element(plan=rpjmd, parent=None, by=by, data={"level": "mission", "text": "Misi"})
    with pytest.raises(PermissionDenied):
        save_element(program, by=by, data={"text": "Lain"}, version=1)
    with pytest.raises(PermissionDenied):
        delete_element(program, by=by)


# Changing ------------------------------------------------------------------------------------------------------------


def test_only_what_is_handed_in_is_changed(program, coordinator):
    saved = save_element(program, by=coordinator, data={"text": "Program Persampahan"}, version=1)

    program.refresh_from_db()
    assert (program.text, program.code, program.edit_version) == ("Program Persampahan", "2.11.11", 2)
    assert saved == program


def test_saving_nothing_new_changes_nothing(program, coordinator):
    data = content_of(program)

    assert save_element(program, by=coordinator, data=data, version=0).edit_version == 1


def test_a_double_click_on_a_new_indicator_is_no_conflict(program, coordinator):
    data = {"indicators": [indicator_row()]}
    save_element(program, by=coordinator, data=data, version=1)

    save_element(program, by=coordinator, data=data, version=1)

    assert program.indicators.count() == 1


def test_a_stale_version_is_a_conflict_and_writes_nothing(program, coordinator):
    save_element(program, by=coordinator, data={"text": "Naskah pertama"}, version=1)

    with pytest.raises(EditConflict) as conflict:
        save_element(program, by=coordinator, data={"text": "Naskah kedua"}, version=1)

    assert (conflict.value.current, conflict.value.version) == ({"text": "Naskah pertama"}, 2)
    program.refresh_from_db()
    assert (program.text, program.edit_version) == ("Naskah pertama", 2)


def test_a_code_is_used_once_per_level(rpjmd, program, coordinator):
    other = make_program(rpjmd, code="2.11.12")

    with pytest.raises(ValidationError) as error:
        save_element(other, by=coordinator, data={"code": "2.11.11"}, version=1)

    assert error.value.message_dict["code"] == [
        "Kode 2.11.11 sudah dipakai program lain di dokumen ini. Tulis kode yang lain."
    ]


def test_a_node_moves_below_a_node_of_the_level_above(rpjmd, program, coordinator):
    other = make_program(rpjmd).parent

    save_element(program, by=coordinator, data={"parent": other.pk}, version=1)

    program.refresh_from_db()
    assert program.parent == other


def test_a_node_never_comes_to_stand_below_itself(rpjmd, program, coordinator):
    goal = program.parent.parent

    for below in (goal, program.parent, program):
        with pytest.raises(ValidationError):
            save_element(goal, by=coordinator, data={"parent": below.pk}, version=1)


def test_what_needs_a_parent_is_not_put_on_top(program, coordinator):
    with pytest.raises(ValidationError, match="Pilih induknya"):
        save_element(program.parent, by=coordinator, data={"parent": None}, version=1)


def test_ids_from_elsewhere_are_refused(rpjmd, program, renstra, outsider, coordinator):
    abroad = outsider.memberships.get().regency
    foreign = make_program(make_rpjmd(abroad))
    planned = make_element(renstra, Level.PROGRAM)
    indicator = make_indicator(foreign)
    attempts = [
        (program, {"agency": make_agency(abroad).pk}),
        (program, {"parent": foreign.parent_id}),
        (program, {"carries_out": make_program(rpjmd).pk}),
        (program, {"replaces": foreign.pk}),
        (planned, {"carries_out": foreign.pk}),
        (program, {"indicators": [indicator_row(id=indicator.pk)]}),
        (program, {"indicators": [indicator_row(agency=foreign.pk + 1000)]}),
    ]

    for element, data in attempts:
        with pytest.raises(ValidationError, match="tidak ada di wilayah Anda"):
            save_element(element, by=coordinator, data=data, version=1)


def test_a_renstra_program_carries_out_an_rpjmd_program(program, renstra, coordinator):
    planned = make_element(renstra, Level.PROGRAM)

    save_element(planned, by=coordinator, data={"carries_out": program.pk}, version=1)

    planned.refresh_from_db()
    assert planned.carries_out == program


def test_a_program_replaces_one_of_the_period_before(regency, rpjmd, program, coordinator):
    after = make_program(make_rpjmd(regency, 2027, 2031, predecessor=rpjmd))

    save_element(after, by=coordinator, data={"replaces": program.pk}, version=1)

    after.refresh_from_db()
    assert after.replaces == program


def test_a_plan_is_told_which_one_came_before_it(regency, agency, other_agency, rpjmd, renstra, coordinator, drafter):
    merged = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=other_agency, title="Gabungan", start_year=2027, end_year=2031
    )
    make_program(merged)

    assert set_predecessor(merged, by=coordinator, predecessor=renstra)
    assert not set_predecessor(merged, by=coordinator, predecessor=renstra)
    merged.refresh_from_db()
    assert merged.predecessor == renstra
    foreign = make_rpjmd(make_regency(), 2011, 2016)
    for plan, wrong in ((merged, rpjmd), (merged, merged), (renstra, merged), (rpjmd, foreign)):
        with pytest.raises(ValidationError, match="tidak ada di wilayah Anda"):
            set_predecessor(plan, by=coordinator, predecessor=wrong)
    with pytest.raises(PermissionDenied):
        set_predecessor(merged, by=drafter, predecessor=None)
    assert set_predecessor(merged, by=coordinator, predecessor=None)


def test_a_plan_keeps_its_predecessor_while_nodes_are_tied_to_it(regency, rpjmd, program, coordinator):
    new = create_plan(
        regency, by=coordinator, kind="rpjmd", agency=None, title="RPJMD berikutnya", start_year=2027, end_year=2031
    )
    assert new.predecessor == rpjmd  # the latest that began before it
    after = make_program(new)
    save_element(after, by=coordinator, data={"replaces": program.pk}, version=1)
    program.successions.create(new=after, decided_by=coordinator)

    with pytest.raises(ValidationError) as error:
        set_predecessor(new, by=coordinator, predecessor=None)
    assert "Ada 1 unsur" in sentences(error) and "Ada 1 padanan" in sentences(error)

    program.successions.all().delete()
    save_element(after, by=coordinator, data={"replaces": None}, version=2)
    assert set_predecessor(new, by=coordinator, predecessor=None)


def test_a_text_that_is_too_long_says_its_limit(program, coordinator):
    with pytest.raises(ValidationError) as error:
        save_element(program, by=coordinator, data={"text": "x" * 1501}, version=1)

    assert "batasnya 1.500" in error.value.message_dict["text"][0]


# Indicators and money ------------------------------------------------------------------------------------------------


def test_an_indicator_keeps_its_id_when_it_changes(program, coordinator):
    kept, gone = make_indicator(program, "Tetap"), make_indicator(program, "Hilang")
    rows = [indicator_row(name="Baru"), indicator_row(id=kept.pk, name="Tetap dan berubah", targets={})]

    save_element(program, by=coordinator, data={"indicators": rows}, version=1)

    assert list(program.indicators.values_list("name", "order")) == [("Baru", 0), ("Tetap dan berubah", 1)]
    assert Indicator.objects.get(pk=kept.pk).targets.count() == 0
    assert not Indicator.objects.filter(pk=gone.pk).exists()


def test_an_indicator_that_a_link_names_is_not_lost(plan, program, coordinator, agency_head, agency):
    indicator = make_indicator(program, "Sampah terkelola")
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    initiative.links.create(element=program, indicator=indicator, proposed_by=agency_head)

    with pytest.raises(ValidationError) as error:
        save_element(program, by=coordinator, data={"indicators": []}, version=1)

    assert "dirujuk 1 inisiatif" in sentences(error)
    assert program.indicators.count() == 1


def test_indicators_have_names_of_their_own(program, coordinator):
    for rows, sentence in (([indicator_row(name="")], "Tulis nama"), ([indicator_row()] * 2, "ditulis dua kali")):
        with pytest.raises(ValidationError, match=sentence):
            save_element(program, by=coordinator, data={"indicators": rows}, version=1)


def test_a_name_still_held_by_another_row_is_refused(program, coordinator):
    first, second = make_indicator(program, "Satu"), make_indicator(program, "Dua")
    rows = [indicator_row(id=first.pk, name="Dua"), indicator_row(id=second.pk, name="Satu")]

    with pytest.raises(ValidationError, match="masih dipakai indikator lain"):
        save_element(program, by=coordinator, data={"indicators": rows}, version=1)

    assert set(program.indicators.values_list("name", flat=True)) == {"Satu", "Dua"}


def test_money_begins_at_the_program(program, coordinator):
    with pytest.raises(ValidationError, match="mulai dari jenjang program"):
        save_element(program.parent, by=coordinator, data={"ceilings": {"2022": 5}}, version=1)


def test_ceilings_are_replaced(program, coordinator):
    save_element(program, by=coordinator, data={"ceilings": {"2022": 5, "2023": 6}}, version=1)
    save_element(program, by=coordinator, data={"ceilings": {"2023": 7}}, version=2)

    assert list(program.ceilings.values_list("year", "amount")) == [(2023, 7)]


# Removing ------------------------------------------------------------------------------------------------------------


def test_a_node_goes_with_its_indicators(program, coordinator):
    make_indicator(program)

    delete_element(program, by=coordinator)

    assert not PlanElement.objects.filter(pk=program.pk).exists()
    assert not Indicator.objects.exists()


def test_what_hangs_on_a_node_keeps_it(regency, plan, rpjmd, program, renstra, coordinator, agency, agency_head):
    make_element(renstra, Level.PROGRAM, carries_out=program)
    make_program(make_rpjmd(regency, 2027, 2031, predecessor=rpjmd), replaces=program)
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    initiative.links.create(element=program, proposed_by=agency_head)

    with pytest.raises(ValidationError) as error:
        delete_element(program, by=coordinator)

    assert error.value.messages == obstacles_to_deletion(program)
    assert [sentence.split()[1] for sentence in error.value.messages] == ["1", "1", "1"]
    assert PlanElement.objects.filter(pk=program.pk).exists()


def test_children_keep_a_node(program, coordinator):
    with pytest.raises(ValidationError, match="Masih ada 1 unsur di bawahnya"):
        delete_element(program.parent, by=coordinator)
