"""What a reader of the printed pages would notice, each at the question where it can be corrected."""

import pytest

from masterplan.print_warnings import print_warnings, unfilled_placeholders
from masterplan.registry import SECTION_BY_KEY
from tests.factories import complete_answers, make_initiative


def sentences(initiative, problems=()):
    return [(warning.field, warning.sentence) for warning in print_warnings(initiative, problems)]


@pytest.fixture
def make(plan, agency, agency_head):
    def filled(**answers):
        return make_initiative(plan, agency=agency, by=agency_head, complete=True, **answers)

    return filled


def test_a_complete_sheet_has_no_warning(make):
    assert sentences(make()) == []


def test_an_empty_cell_is_named(make):
    assert [field for field, _ in sentences(make(risk=""))] == ["risk"]


def test_a_request_nobody_answered_is_named(make):
    initiative = make(problem="Antrean [sebutkan jumlah orang] orang dan [sebutkan jam] jam.", mitigation="Ada ____.")

    assert sentences(initiative) == [
        ("problem", "Masalah yang dijawab: “[sebutkan jumlah orang]” dan 1 lainnya belum diganti dengan keadaan Anda."),
        ("mitigation", "Mitigasi: “____” belum diganti dengan keadaan Anda."),
    ]
    assert [warning.field for warning in unfilled_placeholders(initiative)] == ["problem", "mitigation"]


def test_a_request_in_a_table_is_found(make, plan):
    rows = [{"kind": "media", "name": "[sebutkan media]", "contribution": ""}]

    assert [field for field, _ in sentences(make(partners=rows))] == ["partners"]


def test_targets_without_unit_or_outside_the_plan_are_named(make, plan):
    first, second = complete_answers(plan)["indicators"]
    extra = first | {"name": "Kunjungan", "unit": "", "targets": {str(plan.end_year + 4): "5"}}

    assert sentences(make(indicators=[first, second, extra])) == [
        ("indicators", "Indikator “Kunjungan” punya target tanpa satuan."),
        ("indicators", f"Indikator “Kunjungan” punya target {plan.end_year + 4}, di luar masa rencana."),
    ]


def test_an_activity_outside_the_years_of_the_initiative_is_named(make, plan):
    rows = [{"name": "Uji coba", "start": f"{plan.start_year}-01-01", "end": f"{plan.end_year}-06-30", "output": ""}]

    found = sentences(make(activities=rows, end_year=plan.start_year))
    assert found == [
        ("activities", f"Kegiatan “Uji coba” berlangsung di luar {plan.start_year} sampai {plan.start_year}, tahun inisiatif ini."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "sentence", "field"),
    [
        ("initiatives[GO-01].problem", "Teks tidak tercetak.", "problem"),
        ("initiatives[GO-01].indicators[0].name", "Teks tidak tercetak.", "indicators"),
        ("in-GO-01", "Bagian “Lembar” memuat teks yang melewati tepi kertas: Antreanpanjangsekali", "strategy"),
        ("in-GO-01", "Bagian “Lembar” memuat teks yang melewati tepi kertas: Ya", ""),
        ("evidence", "Gambar terlalu kasar untuk dicetak.", "evidence"),
    ],
)
def test_a_problem_of_the_press_stands_at_its_question(make, key, sentence, field):
    initiative = make(strategy="Antreanpanjangsekali di loket")
    problems = [{"key": key, "sentence": sentence}]

    assert sentences(initiative, problems) == [(field, sentence)]
    warning = print_warnings(initiative, problems)[0]
    assert (warning.section is None) == (field == "")
    assert warning.section in (None, *SECTION_BY_KEY.values())
