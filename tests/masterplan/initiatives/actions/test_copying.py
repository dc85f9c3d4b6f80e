"""Drafts from models and other initiatives: what goes along, what stays behind, and who may."""

import pytest
from django.core.exceptions import PermissionDenied

from masterplan.editing.actions.locking import NotEditable
from masterplan.initiatives.actions import copying
from masterplan.library import find
from masterplan.models import ChangeSource, Initiative
from masterplan.registry import FIELDS
from masterplan.registry.reading import read
from tests.factories import make_agency, make_initiative, make_master_plan, make_rpjmd

WORKSHEET = {"deliverable": "Loket", "due_date": "2022-11-30", "aspects": []}


@pytest.fixture
def earlier(regency):
    """The master plan of the period before."""
    return make_master_plan(regency, make_rpjmd(regency, 2011, 2016), start_year=2012, end_year=2016, is_current=False)


@pytest.fixture
def source(earlier, agency, agency_head):
    """A finished initiative of the period before."""
    return make_initiative(
        earlier,
        agency=agency,
        by=agency_head,
        complete=True,
        name="Tiket lama",
        partners=[{"kind": "media", "name": "Radio", "contribution": "Siaran"}],
        quick_win=True,
        worksheet=WORKSHEET | {"due_date": "2012-11-30"},
    )


def everything(source):
    return [field.key for field in copying.copyable(source)]


def begin(source, plan, by, agency, **more):
    terms = {"name": "Tiket baru", "lead_agency": agency, "keys": everything(source), "shift": 10} | more
    return copying.begin_from(source=source, plan=plan, by=by, **terms)


# From a model ---------------------------------------------------------------------------------------------------------


def test_a_draft_from_a_model_holds_its_words(plan, agency, drafter):
    model = find("tiket-wisata-nontunai")
    draft = copying.begin_from_model(
        model=model, plan=plan, by=drafter, name="Tiket kita", lead_agency=agency, first_year=2023
    )

    assert (draft.name, draft.code, draft.model_key, draft.status) == ("Tiket kita", "BR-01", model.key, "draft")
    assert draft.problem == model.answers["problem"]
    assert (draft.start_year, draft.end_year) == (2023, 2025)
    assert [row.name for row in draft.activities.all()] == [row["name"] for row in model.answers["activities"]]
    assert [change.source for change in draft.changes.all()] == [ChangeSource.COPY, ChangeSource.FORM]


@pytest.mark.parametrize("person", ["executive", "expert", "administrator", "outsider"])
def test_who_may_not_fill_in_begins_nothing(request, plan, agency, person):
    by = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        copying.begin_from_model(
            model=find("tiket-wisata-nontunai"), plan=plan, by=by, name="x", lead_agency=agency, first_year=2023
        )
    assert not Initiative.objects.exists()


# From another initiative ----------------------------------------------------------------------------------------------


def test_a_copy_moves_years_and_leaves_what_was_measured(source, plan, agency, drafter):
    draft = begin(source, plan, drafter, agency)
    content = read(draft)

    assert (draft.based_on, draft.name, draft.sub_dimension) == (source, "Tiket baru", source.sub_dimension)
    assert (draft.start_year, draft.end_year) == (2022, 2026)
    assert content["problem"] == source.problem
    assert content["partners"] == read(source)["partners"]
    assert content["activities"] == [
        {"name": "Uji coba", "start": "2022-01-01", "end": "2022-06-30", "output": "Laporan"}
    ]
    assert content["budgets"] == [{"source": "apbd_regency", "amounts": {"2022": 150_000_000}}]
    assert content["worksheet"]["due_date"] == "2022-11-30"
    for row in content["indicators"]:
        assert (row["baseline"], row["targets"], row["end_condition"]) == ("", {}, "")
        assert row["unit"] == "persen"
    assert content["links"] == []


def test_within_one_plan_targets_go_along(plan, agency, drafter, agency_head):
    source = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    draft = begin(source, plan, drafter, agency, shift=0)
    rows = read(draft)["indicators"]

    assert [row["targets"] for row in rows] == [{"2022": "20", "2026": "60"}] * 2
    assert [row["baseline"] for row in rows] == ["", ""]


def test_only_what_was_chosen_goes_along(source, plan, agency, drafter):
    draft = begin(source, plan, drafter, agency, keys=["problem", "name", "links", "lead_agency", "nonsense"])

    assert draft.problem == source.problem
    assert (draft.name, draft.risk, list(draft.activities.all())) == ("Tiket baru", "", [])


def test_years_can_be_left_open(source, plan, agency, drafter):
    draft = begin(source, plan, drafter, agency, shift=None)
    content = read(draft)

    assert (content["start_year"], content["end_year"], content["budgets"]) == (None, None, [])
    assert [(row["start"], row["end"]) for row in content["activities"]] == [(None, None)]


def test_every_kind_of_answer_can_go_along_or_says_why_not(source):
    left = set(FIELDS) - set(everything(source))
    unanswered = {key for key, value in read(source).items() if value == FIELDS[key].empty}

    assert left - unanswered == {"name", "sub_dimension", "lead_agency", "links"}
    assert {"evidence", "districts", "data_needs"} <= unanswered


def test_one_copies_from_ones_own_agency_only(plan, earlier, other_agency, agency, drafter, coordinator):
    foreign = make_initiative(earlier, agency=other_agency, complete=True)

    with pytest.raises(PermissionDenied):
        begin(foreign, plan, drafter, agency)
    assert begin(foreign, plan, coordinator, agency).based_on == foreign


def test_nothing_crosses_the_border_of_a_regency(outsider, source, drafter, agency):
    theirs = outsider.memberships.get().regency
    there = make_master_plan(theirs)

    with pytest.raises(PermissionDenied):
        begin(source, there, outsider, make_agency(theirs))


# Into the gaps --------------------------------------------------------------------------------------------------------


def test_only_gaps_are_filled(source, plan, agency, drafter):
    target = make_initiative(plan, agency=agency, by=drafter, problem="Kata saya sendiri.", novelty="continuing")
    filled = copying.fill_gaps(target, source=source, by=drafter, keys=everything(source), shift=10)
    target = Initiative.objects.complete().get(pk=target.pk)

    assert target.problem == "Kata saya sendiri."
    assert target.novelty == "continuing"
    assert target.risk == source.risk
    assert "problem" not in filled
    assert "risk" in filled
    assert target.based_on == source
    assert target.changes.first().source == ChangeSource.COPY


def test_what_contradicts_an_answer_stays_behind(source, plan, agency, drafter, regency):
    target = make_initiative(plan, agency=agency, by=drafter, end_year=2021)
    filled = copying.fill_gaps(target, source=source, by=drafter, keys=everything(source), shift=10)

    assert "start_year" not in filled
    assert Initiative.objects.get(pk=target.pk).start_year is None


def test_whole_regency_is_not_set_beside_chosen_districts(source, plan, agency, drafter, regency):
    from tests.factories import make_district

    place = make_district(regency)
    target = make_initiative(plan, agency=agency, by=drafter, districts=[place.pk])
    copying.fill_gaps(target, source=source, by=drafter, keys=["whole_regency"], shift=0)

    assert source.whole_regency
    assert not Initiative.objects.get(pk=target.pk).whole_regency


def test_filling_again_changes_nothing(source, plan, agency, drafter):
    target = make_initiative(plan, agency=agency, by=drafter)
    keys = [key for key in everything(source) if key != "whole_regency"]
    copying.fill_gaps(target, source=source, by=drafter, keys=keys, shift=10)
    version = Initiative.objects.get(pk=target.pk).edit_version

    assert copying.fill_gaps(target, source=source, by=drafter, keys=keys, shift=10) == []
    assert Initiative.objects.get(pk=target.pk).edit_version == version


def test_what_was_sent_is_not_filled(source, plan, agency, agency_head):
    target = make_initiative(plan, agency=agency, by=agency_head, status="submitted", budget_fallback="")
    Initiative.objects.filter(pk=source.pk).update(budget_fallback="Satu loket dulu.")
    source = Initiative.objects.complete().get(pk=source.pk)

    with pytest.raises(NotEditable):
        copying.fill_gaps(target, source=source, by=agency_head, keys=["budget_fallback"], shift=0)


def test_the_gaps_of_another_agency_are_not_ours(source, plan, other_agency, drafter):
    target = make_initiative(plan, agency=other_agency)
    with pytest.raises(PermissionDenied):
        copying.fill_gaps(target, source=source, by=drafter, keys=["risk"], shift=0)
    assert Initiative.objects.get(pk=target.pk).risk == ""
