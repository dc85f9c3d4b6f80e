"""The library of models: every sub-dimension is there, every answer can be stored, and copies of it are recognised."""

from copy import deepcopy

import pytest

from masterplan.library import faults_of, find, models, not_adapted, placeholders, search
from masterplan.reference import DIMENSIONS, IndicatorKind
from masterplan.registry import FIELDS, Kind
from smartcity.common.text import clean_text
from tests.factories import make_initiative

# What every model must say, so that somebody who begins from it only has local facts to add.
WHOLE = {
    *("name", "problem", "description", "smart_city_target", "strategy", "action_kind", "novelty", "beneficiaries"),
    *("benefit_citizens", "benefit_business", "partners", "horizon", "activities", "indicators", "budget_basis"),
    *("budget_fallback", "data_needs", "integration_needs", "risk", "mitigation", "sustainability"),
}
YEARS = range(2025, 2030)


def row(**answers):
    return {"key": "uji", "sub_dimension": "tourism", "summary": "", "answers": answers}


def test_every_sub_dimension_has_a_model():
    wanted = {sub.key for dimension in DIMENSIONS for sub in dimension.sub_dimensions}

    assert {model.sub_dimension.key for model in models()} == wanted
    assert len(models()) >= 18


def test_keys_and_names_are_given_once():
    assert len({model.key for model in models()}) == len({model.name for model in models()}) == len(models())


@pytest.mark.parametrize("model", models(), ids=lambda model: model.key)
def test_every_model_is_whole(model):
    given = {key for key, value in model.answers.items() if value}
    kinds = {indicator["kind"] for indicator in model.answers["indicators"]}
    texts = [value for key, value in model.answers.items() if FIELDS[key].kind in (Kind.TEXT, Kind.LINE)]

    assert WHOLE - given == set()
    assert kinds == set(IndicatorKind.values)
    assert any(placeholders(text) for text in texts), "nothing local is asked for"
    assert all(text == clean_text(text, 1500) for text in texts), "saving would change the words"
    assert len(model.answers["activities"]) >= 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(colour="merah"), "colour tidak ada di daftar isian"),
        (row(name="x" * 121), "121 karakter, batasnya 120"),
        (row(novelty="older"), "pilihan older tidak ada"),
        (row(budgets=[]), "setempat"),
        (row() | {"sub_dimension": "sea"}, "sub-dimensi sea tidak ada"),
        (row(partners=[{"kind": "king", "name": "x", "contribution": ""}]), "jenis mitra king tidak ada"),
        (row(partners=[{"kind": "media", "name": "x" * 161, "contribution": ""}]), "name terlalu panjang"),
        (row(activities=[{"name": "x", "output": "", "from": [2, 1], "to": [1, 12]}]), "tidak berurutan"),
        (row(indicators=[{"kind": "output", "name": "x", "unit": "", "direction": "up", "targets": []}]), "satuan"),
        (
            row(indicators=[{"kind": "output", "name": "x", "unit": "%", "direction": "up", "targets": ["1..2"]}]),
            "1..2",
        ),
    ],
)
def test_a_fault_in_the_data_is_named(wrong, said):
    assert said in "; ".join(faults_of(wrong))


def test_years_count_from_the_chosen_one():
    content = find("tiket-wisata-nontunai").content(2026, YEARS)

    assert (content["start_year"], content["end_year"]) == (2026, 2028)
    assert content["activities"][0] | {"name": ""} == {
        "name": "", "start": "2026-01-01", "end": "2026-03-31", "output": "Perjanjian kerja sama",
    }  # fmt: skip
    assert content["indicators"][0]["targets"] == {"2026": "3", "2027": "6", "2028": "9", "2029": "12"}
    assert content["indicators"][0]["baseline"] == ""


def test_what_leaves_the_plan_is_left_open():
    content = find("tiket-wisata-nontunai").content(2029, YEARS)

    assert content["end_year"] == 2029
    assert [activity["start"] for activity in content["activities"]] == ["2029-01-01", "2029-03-01", "2029-05-01", None]
    assert content["indicators"][0]["targets"] == {"2029": "3"}


def test_search_reads_every_word_of_a_model():
    assert find("tiket-wisata-nontunai") in search("kas DAERAH qr")
    assert {model.dimension.code for model in search("", "EN")} == {"EN"}
    assert search("katayangtidakada") == []


def test_placeholders_are_found_and_ordinary_brackets_are_not():
    assert placeholders("Ada [sebutkan jumlah kios] kios dan [Isi nama].") == ["[sebutkan jumlah kios]", "[Isi nama]"]
    assert placeholders("Sebanyak .... orang, ____ desa") == ["....", "____"]
    assert placeholders("Lihat [lampiran 2] dan pasal 3...") == []


# What is still the model's ---------------------------------------------------------------------------------------------


def from_model(plan, agency, by, **changes):
    answers = deepcopy(find("tiket-wisata-nontunai").content(plan.start_year, plan.years)) | changes
    answers.pop("name")
    initiative = make_initiative(plan, agency=agency, by=by, **answers)
    initiative.model_key = "tiket-wisata-nontunai"
    return initiative


def test_answers_are_marked_until_they_are_changed(plan, agency, agency_head):
    model = find("tiket-wisata-nontunai")
    whole = not_adapted(from_model(plan, agency, agency_head))
    changed = not_adapted(from_model(plan, agency, agency_head, problem="Antrean di Kopeng.", partners=[]))

    assert {"problem", "partners", "activities", "indicators", "risk"} <= whole
    assert {"name", "novelty", "horizon"}.isdisjoint(whole)
    assert whole - changed == {"problem", "partners"}
    assert whole <= set(model.answers)


def test_other_years_alone_are_no_adaptation_but_other_words_are(plan, agency, agency_head):
    later = find("tiket-wisata-nontunai").content(plan.start_year + 1, plan.years)
    renamed = deepcopy(later["activities"])
    renamed[0]["name"] = "Perjanjian dengan bank"

    assert "activities" in not_adapted(from_model(plan, agency, agency_head, activities=later["activities"]))
    assert "activities" not in not_adapted(from_model(plan, agency, agency_head, activities=renamed))


def test_nothing_is_marked_without_a_model(plan, agency, agency_head):
    initiative = from_model(plan, agency, agency_head)
    initiative.model_key = ""
    assert not_adapted(initiative) == frozenset()
    initiative.model_key = "contoh-yang-sudah-dihapus"
    assert not_adapted(initiative) == frozenset()
