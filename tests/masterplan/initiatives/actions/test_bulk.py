"""One answer for many initiatives: each says what became of it, and nobody's newer answer is overwritten."""

import pytest

from masterplan.initiatives.actions import bulk, initiatives
from masterplan.initiatives.actions.bulk import Way, change_many, propose
from masterplan.models import ChangeSource, Initiative
from masterplan.registry import FIELDS, Kind
from tests.factories import make_agency, make_district, make_initiative


@pytest.fixture
def rows(plan, agency, agency_head):
    """Three drafts of one agency."""
    return [make_initiative(plan, agency=agency, by=agency_head, name=f"Draf {n}", horizon="short") for n in range(3)]


def loaded(rows):
    found = Initiative.objects.complete().select_related("master_plan__regency").filter(pk__in=[r.pk for r in rows])
    return list(found.order_by("pk"))


def change(rows, by, key, value, versions=None, **more):
    rows = loaded(rows)
    seen = {row.pk: row.edit_version for row in rows} if versions is None else versions
    return change_many(rows, by=by, field=FIELDS[key], value=value, versions=seen, **more)


def test_questions_for_many_are_those_that_many_may_share():
    assert {field.kind for field in bulk.bulk_questions()} == set(bulk.BULK_KINDS)
    assert Kind.TEXT not in bulk.BULK_KINDS


def test_all_are_changed_and_the_record_says_how(rows, drafter):
    outcomes = change(rows, drafter, "horizon", "long")

    assert [outcome.obstacle for outcome in outcomes] == ["", "", ""]
    for row in loaded(rows):
        assert row.horizon == "long"
        newest = row.changes.first()
        assert (newest.source, newest.before, newest.after) == (
            ChangeSource.BULK,
            {"horizon": "short"},
            {"horizon": "long"},
        )
        assert newest.by == drafter


def test_a_proposal_writes_nothing_and_names_what_cannot_be(plan, rows, agency, other_agency, agency_head, drafter):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    foreign = make_initiative(plan, agency=other_agency)
    same = make_initiative(plan, agency=agency, by=agency_head, horizon="long")
    before = list(Initiative.objects.order_by("pk").values_list("pk", "edit_version"))

    proposals = propose(loaded([rows[0], sent, foreign, same]), by=drafter, field=FIELDS["horizon"], value="long")

    assert {each.initiative.pk: each.obstacle for each in proposals} == {
        rows[0].pk: "",
        sent.pk: "Isiannya terkunci: diajukan.",
        foreign.pk: "Anda tidak mengisi untuk perangkat daerah ini.",
        same.pk: "Jawabannya sudah sama.",
    }
    assert (proposals[0].old, proposals[0].new) == ("short", "long")
    assert list(Initiative.objects.order_by("pk").values_list("pk", "edit_version")) == before


def test_one_obstacle_stops_only_its_own_row(plan, rows, agency, agency_head, drafter):
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    outcomes = change([*rows, sent], drafter, "horizon", "long")

    assert [bool(outcome.obstacle) for outcome in outcomes] == [False, False, False, True]
    assert Initiative.objects.get(pk=sent.pk).horizon == "medium"
    assert all(row.horizon == "long" for row in loaded(rows))


def test_a_newer_answer_to_the_same_question_wins_and_is_named(rows, drafter, agency_head):
    seen = {row.pk: row.edit_version for row in rows}
    initiatives.save(rows[1], by=agency_head, data={"horizon": "medium"}, version=rows[1].edit_version)

    outcomes = change(rows, drafter, "horizon", "long", versions=seen)

    assert ["diubah orang lain" in outcome.obstacle for outcome in outcomes] == [False, True, False]
    assert (outcomes[1].theirs, outcomes[1].mine) == ("medium", "long")
    assert [row.horizon for row in loaded(rows)] == ["long", "medium", "long"]


def test_a_newer_answer_to_another_question_is_kept(rows, drafter, agency_head):
    seen = {row.pk: row.edit_version for row in rows}
    initiatives.save(rows[1], by=agency_head, data={"risk": "Hujan."}, version=rows[1].edit_version)

    assert not any(outcome.obstacle for outcome in change(rows, drafter, "horizon", "long", versions=seen))
    assert (loaded(rows)[1].risk, loaded(rows)[1].horizon) == ("Hujan.", "long")


def test_without_a_version_seen_what_others_wrote_is_safe(rows, drafter):
    outcomes = change(rows, drafter, "horizon", "long", versions={})

    assert all(outcome.obstacle for outcome in outcomes)
    assert [row.horizon for row in loaded(rows)] == ["short"] * 3


@pytest.mark.parametrize(("way", "expected"), [(Way.ADD, {"A", "B"}), (Way.REMOVE, set()), (Way.REPLACE, {"B"})])
def test_names_are_added_taken_away_or_exchanged(plan, regency, agency, agency_head, way, expected):
    places = {name: make_district(regency, name) for name in "AB"}
    row = make_initiative(plan, agency=agency, by=agency_head, districts=[places["A"].pk])
    value = [places["A" if way == Way.REMOVE else "B"].pk]

    change([row], agency_head, "districts", value, way=way)

    assert {place.name for place in loaded([row])[0].districts.all()} == expected


def test_an_agency_never_supports_itself(plan, regency, agency, agency_head):
    other = make_agency(regency)
    row = make_initiative(plan, agency=agency, by=agency_head)

    change([row], agency_head, "supporting_agencies", [agency.pk, other.pk], way=Way.ADD)

    assert list(loaded([row])[0].supporting_agencies.all()) == [other]


@pytest.mark.parametrize(("key", "value"), [("start_year", 2026), ("end_year", 2022)])
def test_years_are_never_turned_round(plan, agency, agency_head, key, value):
    row = make_initiative(plan, agency=agency, by=agency_head, start_year=2023, end_year=2025)

    outcome = change([row], agency_head, key, value)[0]

    assert "lebih awal dari tahun mulai" in outcome.obstacle
    assert (loaded([row])[0].start_year, loaded([row])[0].end_year) == (2023, 2025)


@pytest.mark.parametrize("person", ["executive", "expert", "administrator", "outsider"])
def test_who_may_not_fill_in_changes_nothing(request, rows, person):
    outcomes = change(rows, request.getfixturevalue(person), "horizon", "long")

    assert all(outcome.obstacle for outcome in outcomes)
    assert [row.horizon for row in loaded(rows)] == ["short"] * 3
