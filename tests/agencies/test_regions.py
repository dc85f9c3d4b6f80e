"""The catalogue of regencies and cities: complete, spelled as people write, with districts and time zones."""

from collections import Counter

import pytest

from agencies.models import District, Regency, TimeZone
from agencies.regions import find_region, provinces, regions, search_regions


def test_it_holds_the_whole_country():
    kinds = Counter(region.kind.label for region in regions())
    administrative = [region for region in regions() if region.name.startswith("Administrasi ")]

    assert kinds == {"Kabupaten": 416, "Kota": 98}
    assert len(provinces()) == 38
    assert Counter(region.kind.label for region in administrative) == {"Kabupaten": 1, "Kota": 5}
    assert {region.province.name for region in administrative} == {"DKI Jakarta"}


def test_codes_and_addresses_are_unique_and_fit_their_columns():
    districts = [district for region in regions() for district in region.districts]
    codes = [*(region.code for region in regions()), *(district.code for district in districts)]
    names = [*((Regency, region.name) for region in regions()), *((District, district.name) for district in districts)]

    assert len(districts) == 7277
    assert len(set(codes)) == len(codes)
    assert len({region.slug for region in regions()}) == 514
    assert all(district.code.startswith(region.code) for region in regions() for district in region.districts)
    assert all(region.districts for region in regions())
    assert all(len(name) <= model._meta.get_field("name").max_length for model, name in names)


def test_names_are_spelled_as_people_write_them():
    for region in regions():
        assert not region.name.isupper(), region
    spelled = {code: find_region(code).full_name for code in ("33.22", "31.01", "73.10", "91.71")}
    assert spelled == {
        "33.22": "Kabupaten Semarang",
        "31.01": "Kabupaten Administrasi Kepulauan Seribu",
        "73.10": "Kabupaten Pangkajene dan Kepulauan",
        "91.71": "Kota Jayapura",
    }


@pytest.mark.parametrize(
    ("zone", "number", "some"),
    [
        (TimeZone.WESTERN, 18, {"Aceh", "DKI Jakarta", "Kalimantan Barat", "Kalimantan Tengah"}),
        (TimeZone.CENTRAL, 12, {"Bali", "Kalimantan Selatan", "Kalimantan Timur", "Kalimantan Utara", "Gorontalo"}),
        (TimeZone.EASTERN, 8, {"Maluku", "Maluku Utara", "Papua", "Papua Barat Daya", "Papua Pegunungan"}),
    ],
)
def test_every_province_has_its_time_zone(zone, number, some):
    there = {province.name for province in provinces() if province.time_zone == zone}

    assert len(there) == number
    assert some <= there


def test_it_is_searched_by_words_code_and_province():
    assert [region.code for region in search_regions("semarang")] == ["33.22", "33.74"]
    assert [region.code for region in search_regions("kota SEMARANG")] == ["33.74"]
    assert [region.code for region in search_regions("33.22")] == ["33.22"]
    assert search_regions("semarang", "91") == []
    assert len(search_regions("", "33")) == 35
    assert find_region("99.99") is None
