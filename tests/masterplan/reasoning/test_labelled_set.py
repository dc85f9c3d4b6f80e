"""The labelled set by which suggestions are measured is sound: it speaks of the sample regency and repeats nothing."""

import pytest

from masterplan.management.sample.files import reference_rows, sample
from masterplan.reference import DIMENSIONS
from masterplan.registry import FIELDS
from tests.benchmarks.labelled import labelled_drafts


@pytest.fixture(scope="module")
def drafts():
    return labelled_drafts()


@pytest.fixture(scope="module")
def rpjmd():
    """The codes of its programs."""
    goals = [goal for mission in sample("rpjmd.json")["missions"] for goal in mission["goals"]]
    objectives = [objective for goal in goals for objective in goal["objectives"]]
    return {program["code"] for objective in objectives for program in objective["programs"]}


def test_there_are_enough(drafts):
    assert sum(len(draft.pairs) for draft in drafts) >= 120


def test_every_program_of_the_rpjmd_is_wanted_and_none_is_invented(drafts, rpjmd):
    assert {code for draft in drafts for code in draft.rpjmd} == rpjmd


def test_programs_of_a_renstra_are_those_of_the_lead_agency(drafts):
    own = {row["agency"]: {program["code"] for program in row["programs"]} for row in sample("renstra.json")}
    for draft in drafts:
        assert set(draft.renstra) <= own.get(draft.lead_agency, set()), draft.name
        assert bool(draft.renstra) == (draft.lead_agency in own), draft.name


def test_each_draft_names_one_to_three_programs_once(drafts):
    for draft in drafts:
        assert 1 <= len(draft.rpjmd) <= 3, draft.name
        assert len(set(draft.pairs)) == len(draft.pairs), draft.name


def test_the_agencies_exist_and_districts_lead_too(drafts):
    districts = {f"Kecamatan {row['name']}" for row in reference_rows("kabupaten-semarang-districts.csv")}
    others = {row["short_name"] for row in reference_rows("kabupaten-semarang-agencies.csv")}
    leads = {draft.lead_agency for draft in drafts}
    assert leads <= districts | others
    assert leads & districts


def test_all_sub_dimensions_are_there(drafts):
    national = {each.key for dimension in DIMENSIONS for each in dimension.sub_dimensions}
    assert {draft.sub_dimension for draft in drafts} == national


def test_nothing_is_there_twice_nor_in_the_sample(drafts):
    rows = [*sample("initiatives-go-br-ec.json"), *sample("initiatives-li-so-en.json")]
    for key in ("name", "problem"):
        texts = [getattr(draft, key).casefold() for draft in drafts] + [row[key].casefold() for row in rows]
        assert len(set(texts)) == len(texts)


def test_the_form_would_take_them(drafts):
    for draft in drafts:
        assert 0 < len(draft.name) <= FIELDS["name"].limit, draft.name
        assert 0 < len(draft.problem) <= FIELDS["problem"].limit, draft.name
