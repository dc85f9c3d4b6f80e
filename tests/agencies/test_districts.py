"""Where a district stands on the map of squares: both numbers or none, inside the map, one district a square."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agencies.models import District, User
from tests.factories import make_district, make_regency


@pytest.fixture
def district(regency):
    return make_district(regency, "Utara")


def place(district, column, row):
    district.tile_column, district.tile_row = column, row
    district.full_clean()
    district.save()


def test_a_district_may_have_a_place_or_none(district):
    place(district, 3, 1)
    place(district, None, None)

    assert (district.tile_column, district.tile_row) == (None, None)


@pytest.mark.parametrize(
    ("column", "row", "words"),
    [
        (3, None, "Isi kolom dan baris petak bersama-sama, atau kosongkan keduanya."),
        (0, 1, "1"),
        (13, 1, "12"),
        (1, 21, "20"),
    ],
)
def test_a_place_is_whole_and_inside_the_map(district, column, row, words):
    with pytest.raises(ValidationError, match=words):
        place(district, column, row)


def test_two_districts_do_not_share_a_square(regency, district):
    place(district, 3, 1)
    with pytest.raises(ValidationError, match="Petak ini sudah ditempati kecamatan lain"):
        place(make_district(regency, "Selatan"), 3, 1)


def test_another_regency_has_a_map_of_its_own(district):
    place(district, 3, 1)
    place(make_district(make_regency(), "Utara"), 3, 1)

    assert District.objects.filter(tile_column=3, tile_row=1).count() == 2


def test_the_place_is_set_where_districts_are_edited(client_of, district):
    installer = User.objects.create_superuser("pasang@contoh.test", "kata-sandi-panjang", name="Pemasang")
    address = reverse("admin:agencies_district_change", args=[district.pk])
    data = {
        "regency": district.regency_id,
        "code": district.code,
        "name": district.name,
        "villages": 3,
        "urban_villages": 0,
    }
    client = client_of(installer)
    client.post(address, data | {"tile_column": 4, "tile_row": 2})
    district.refresh_from_db()

    assert (district.tile_column, district.tile_row) == (4, 2)
    assert "Isi kolom dan baris petak" in client.post(address, data | {"tile_column": 4}).content.decode()
