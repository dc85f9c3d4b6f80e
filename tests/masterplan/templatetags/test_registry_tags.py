"""Values of the registry in words."""

import pytest

from masterplan.registry import FIELDS, Kind
from masterplan.registry.reading import read
from masterplan.templatetags.registry_tags import ValueNames, display_text, show_field
from tests.factories import complete_answers, make_district, make_initiative, make_program, propose_program


@pytest.fixture
def district(regency):
    return make_district(regency, "Bandungan")


@pytest.fixture
def initiative(plan, agency, other_agency, agency_head, district):
    aspects = [{"aspect": "risk", "score": 4, "note": "Terkendali"}, {"aspect": "benefit", "score": None, "note": ""}]
    answers = complete_answers(plan) | {
        "whole_regency": False,
        "districts": [district.pk],
        "supporting_agencies": [other_agency.pk],
        "partners": [{"kind": "media", "name": "Radio <b>desa</b>", "contribution": "Siaran"}],
        "worksheet": {"deliverable": "Tiga loket", "due_date": "2022-11-30", "aspects": aspects},
        "problem": "Satu\n\n- dua\n- tiga",
    }
    made = make_initiative(plan, agency=agency, by=agency_head, **answers)
    propose_program(made, agency_head, make_program(plan.development_plan, code="3.26.02", text="Program wisata"))
    return type(made).objects.complete().get(pk=made.pk)


IN_WORDS = {
    "problem": "Satu\n\n- dua\n- tiga",
    "sub_dimension": "Smart Governance, Pelayanan publik",
    "action_kind": "Aplikasi dan perangkat lunak",
    "lead_agency": "Dinas Pariwisata",
    "supporting_agencies": "Dinas Kesehatan",
    "partners": "- Media, Radio <b>desa</b>, Siaran",
    "whole_regency": "Tidak",
    "districts": "Bandungan",
    "start_year": "2022",
    "activities": "- Uji coba, Januari 2022 sampai Juni 2022, keluaran: Laporan",
    "budgets": "- APBD Kabupaten/Kota, 2022: Rp150.000.000",
    "links": "- 3.26.02 Program wisata, diusulkan",
    "nomenclature_code": "",
    "worksheet": (
        "Yang diserahkan: Tiga loket\nTanggal: 30 November 2022\n"
        "- Manfaat: belum dinilai\n- Manajemen risiko: 4, Terkendali"
    ),
}


@pytest.mark.parametrize("key", IN_WORDS)
def test_a_value_as_text(initiative, regency, key):
    value = read(initiative, [key])[key]

    assert display_text(value, FIELDS[key], ValueNames(regency)) == IN_WORDS[key]


def test_an_indicator_as_text(initiative, regency):
    value = read(initiative, ["indicators"])["indicators"][:1]

    assert display_text(value, FIELDS["indicators"], ValueNames(regency)) == (
        "- Keluaran: Loket terhubung, persen, kondisi awal 10, arah naik, target 2022: 20; 2026: 60, kondisi akhir 60"
    )


def test_what_no_longer_exists_is_said(regency):
    assert display_text(999_999, FIELDS["lead_agency"], ValueNames(regency)) == "(sudah tidak ada)"
    assert display_text("gone", FIELDS["novelty"], ValueNames(regency)) == "gone"


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_can_be_shown_and_told(initiative, regency, key):
    """Also as a reader of the answers meets it: something stands there, and nothing is raw."""
    html = show_field(initiative, key)

    assert html.strip()
    assert "<b>desa</b>" not in html
    assert isinstance(display_text(read(initiative, [key])[key], FIELDS[key], ValueNames(regency)), str)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("problem", ["<p>Satu</p>", "<li>dua</li>"]),
        ("novelty", ["Baru"]),
        ("nomenclature_code", ["Belum diisi"]),
        ("districts", ["Bandungan"]),
        ("partners", ["Radio &lt;b&gt;desa&lt;/b&gt;", "Media"]),
        ("activities", ["Januari 2022 sampai Juni 2022"]),
        ("indicators", ["Loket terhubung", ">2024<", ">60<"]),
        ("budgets", ["APBD Kabupaten/Kota", ">150<", "Rp150.000.000"]),
        ("links", ["3.26.02 Program wisata", "Diusulkan", "Melaksanakan program ini."]),
        ("worksheet", ["30 November 2022", "Manajemen risiko", "Terkendali"]),
    ],
)
def test_a_value_as_html(initiative, key, parts):
    html = show_field(initiative, FIELDS[key])

    assert [part for part in parts if part not in html] == []


def test_a_whole_regency_needs_no_list(plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head, whole_regency=True)

    assert show_field(initiative, "districts") == "Seluruh wilayah"


def test_names_are_asked_for_once_and_only_when_needed(initiative, regency, django_assert_num_queries):
    names, value = ValueNames(regency), read(initiative)
    with django_assert_num_queries(0):
        display_text(value["novelty"], FIELDS["novelty"], names)
    with django_assert_num_queries(1):
        for _ in range(2):
            display_text(value["lead_agency"], FIELDS["lead_agency"], names)
            display_text(value["supporting_agencies"], FIELDS["supporting_agencies"], names)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_in_use(kind):
    assert any(field.kind is kind for field in FIELDS.values())
