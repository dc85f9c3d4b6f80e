"""Readiness, gaps and SWOT: stored once, recorded, moved and removed; nobody silently overwrites anybody."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from masterplan.analyses import actions as analyses
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.models import (
    GAP_TEXT_LIMIT,
    GapItem,
    ReadinessCell,
    SubDimension,
    SwotItem,
    WritingChange,
    numbered,
)
from masterplan.reference import ReadinessAspect, SwotKind
from tests.factories import (
    make_gap,
    make_initiative,
    make_master_plan,
    make_regency,
    make_swot_item,
    make_swot_strategy,
)


@pytest.fixture
def cell(plan) -> ReadinessCell:
    """A cell nobody has written yet."""
    return ReadinessCell(master_plan=plan, aspect=ReadinessAspect.PEOPLE)


@pytest.fixture
def public_service(db) -> SubDimension:
    return SubDimension.objects.get(key="public_service")


@pytest.fixture
def gap(plan, coordinator) -> GapItem:
    return make_gap(plan, coordinator)


# Saving ---------------------------------------------------------------------------------------------------------------


def test_the_first_save_of_a_cell_makes_it(cell, coordinator):
    stored = analyses.save(cell, by=coordinator, data={"condition": "Cukup.", "score": "Sedang"}, version=1)

    assert (stored.condition, stored.score, stored.edit_version) == ("Cukup.", "Sedang", 2)
    assert stored.updated_by == coordinator
    assert ReadinessCell.objects.count() == 1


def test_two_people_who_begin_the_same_cell_write_into_one(cell, plan, coordinator):
    analyses.save(cell, by=coordinator, data={"condition": "Satu."}, version=1)
    other = ReadinessCell(master_plan=plan, aspect=cell.aspect)

    stored = analyses.save(other, by=coordinator, data={"evidence": "Dua."}, version=1)

    assert (stored.condition, stored.evidence) == ("Satu.", "Dua.")
    assert ReadinessCell.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"cause": "x" * (GAP_TEXT_LIMIT + 1)}, "batasnya 600"),
        ({"indicator": "  "}, "tidak boleh kosong"),
        ({"sub_dimension": 10**6}, "tidak ada di wilayah"),
        ({"initiatives": [10**6]}, "tidak ada di wilayah"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(gap, coordinator, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        analyses.save(gap, by=coordinator, data=data, version=1)

    assert gap.changes.count() == 1


def test_a_gap_names_initiatives_of_its_own_plan_only(gap, agency, coordinator):
    own = make_initiative(gap.master_plan, agency=agency)
    elsewhere = make_regency("Lain", "kabupaten-lain")
    foreign = make_initiative(make_master_plan(elsewhere))

    stored = analyses.save(gap, by=coordinator, data={"initiatives": [own.pk]}, version=1)

    assert list(stored.initiatives.all()) == [own]
    with pytest.raises(ValidationError):
        analyses.save(gap, by=coordinator, data={"initiatives": [foreign.pk]}, version=2)


def test_only_who_may_write_the_books_may_write_here(gap, drafter, executive, outsider):
    for person in (drafter, executive, outsider):
        with pytest.raises(PermissionDenied):
            analyses.save(gap, by=person, data={"cause": "x"}, version=1)
        with pytest.raises(PermissionDenied):
            analyses.remove(gap, by=person)
        with pytest.raises(PermissionDenied):
            analyses.move(gap, by=person, step=1)
        with pytest.raises(PermissionDenied):
            analyses.set_scale(gap.master_plan, by=person, levels=["A", "B"], seen=["Baik", "Sedang", "Kurang"])


def test_the_database_refuses_a_row_without_words(plan, public_service):
    with pytest.raises(IntegrityError), transaction.atomic():
        GapItem.objects.create(master_plan=plan, sub_dimension=public_service, indicator="")
    with pytest.raises(IntegrityError), transaction.atomic():
        SwotItem.objects.create(master_plan=plan, kind="S", aspect="structure", text="")


# Removing and moving --------------------------------------------------------------------------------------------------


def test_what_a_removed_row_held_stays_in_the_record(gap, coordinator):
    pk = gap.pk

    analyses.remove(gap, by=coordinator)

    change = WritingChange.objects.filter(kind="gap", subject_id=pk).first()
    assert change.before["indicator"] == "Layanan daring"
    assert change.after == {}
    assert not GapItem.objects.exists()


def test_rows_move_among_their_like(plan, coordinator, public_service):
    first, second = (make_gap(plan, coordinator, name) for name in ("Satu", "Dua"))
    other = make_gap(plan, coordinator, sub_dimension=SubDimension.objects.get(key="tourism").pk)

    analyses.move(second, by=coordinator, step=-1)

    rows = GapItem.objects.filter(sub_dimension=public_service)
    assert [row.indicator for row in rows] == ["Dua", "Satu"]
    analyses.move(second, by=coordinator, step=-1)  # at the end nothing moves
    analyses.move(other, by=coordinator, step=1)
    assert [row.indicator for row in rows.all()] == ["Dua", "Satu"]
    assert first.changes.count() == 1  # the order is no answer


# SWOT -----------------------------------------------------------------------------------------------------------------


def test_numbers_follow_the_kind_and_the_order(plan, coordinator):
    for kind, text in (("S", "a"), ("O", "b"), ("S", "c")):
        make_swot_item(plan, coordinator, kind, text)

    assert {item.text: number for number, item in numbered(plan.swot_items.all())} == {"a": "S1", "c": "S2", "b": "O1"}


def test_a_strategy_answers_items_of_its_two_kinds(plan, coordinator):
    strength, weakness = make_swot_item(plan, coordinator, "S", "kuat"), make_swot_item(plan, coordinator, "W", "lemah")
    opportunity = make_swot_item(plan, coordinator, "O", "peluang")

    strategy = make_swot_strategy(plan, coordinator, "SO", [strength, opportunity])

    assert {item.kind for item in strategy.items.all()} == {"S", "O"}
    with pytest.raises(ValidationError):
        analyses.save(strategy, by=coordinator, data={"items": [weakness.pk]}, version=1)


def test_an_item_keeps_its_kind(plan, coordinator):
    item = make_swot_item(plan, coordinator, SwotKind.STRENGTH, "kuat")

    with pytest.raises(ValidationError):
        analyses.save(item, by=coordinator, data={"kind": "W"}, version=1)


# The scale ------------------------------------------------------------------------------------------------------------


def test_the_scale_begins_as_three_levels_and_is_the_regencys_own(plan, coordinator):
    assert plan.readiness_scale == ["Baik", "Sedang", "Kurang"]

    analyses.set_scale(plan, by=coordinator, levels=["Siap", " Belum  siap ", ""], seen=plan.readiness_scale)

    plan.refresh_from_db()
    assert plan.readiness_scale == ["Siap", "Belum siap"]
    assert plan.writing_changes.get(kind="readiness_scale").after == {"levels": ["Siap", "Belum siap"]}


def test_a_level_that_is_called_otherwise_takes_its_cells_along(cell, plan, coordinator):
    stored = analyses.save(cell, by=coordinator, data={"score": "Sedang"}, version=1)

    analyses.set_scale(plan, by=coordinator, levels=["Baik", "Cukup", "Kurang"], seen=plan.readiness_scale)

    stored.refresh_from_db()
    assert (stored.score, stored.edit_version) == ("Cukup", 3)


def test_levels_that_change_places_take_no_cell_along(cell, plan, coordinator):
    stored = analyses.save(cell, by=coordinator, data={"score": "Baik"}, version=1)

    analyses.set_scale(plan, by=coordinator, levels=["Kurang", "Sedang", "Baik"], seen=plan.readiness_scale)

    stored.refresh_from_db()
    assert stored.score == "Baik"


def test_a_judgement_outside_a_new_scale_is_kept_and_may_be_saved_again(cell, plan, coordinator):
    stored = analyses.save(cell, by=coordinator, data={"score": "Sedang"}, version=1)
    analyses.set_scale(plan, by=coordinator, levels=["Siap", "Belum"], seen=plan.readiness_scale)

    again = analyses.save(stored, by=coordinator, data={"score": "Sedang", "condition": "Ada."}, version=2)

    assert (again.score, again.condition) == ("Sedang", "Ada.")
    with pytest.raises(ValidationError):
        analyses.save(again, by=coordinator, data={"score": "Baik"}, version=3)


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        (["Baik"], "memuat 1 tingkat"),
        (["a", "b", "c", "d", "e", "f"], "memuat 6 tingkat"),
        (["Baik", "baik"], "dua kali"),
        (["x" * 21, "y"], "batasnya 20"),
    ],
)
def test_a_scale_that_cannot_be_used_is_refused(plan, coordinator, levels, sentence):
    with pytest.raises(ValidationError, match=sentence):
        analyses.set_scale(plan, by=coordinator, levels=levels, seen=plan.readiness_scale)


def test_two_people_who_change_the_scale_meet(plan, coordinator):
    seen = plan.readiness_scale
    analyses.set_scale(plan, by=coordinator, levels=["Siap", "Belum"], seen=seen)

    with pytest.raises(EditConflict) as conflict:
        analyses.set_scale(plan, by=coordinator, levels=["Tinggi", "Rendah"], seen=seen)

    assert conflict.value.current == {"levels": ["Siap", "Belum"]}
