"""The pages of agencies: list, founding, renaming, ending."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import Agency
from tests.factories import make_agency, make_regency


def page(name, regency, *args):
    return reverse(name, args=[regency.slug, *args])


def answers(**other):
    return {
        "name": "Dinas Arsip",
        "short_name": "DISARSIP",
        "kind": "dinas",
        "order": "7",
        "aliases": "Kantor Arsip\n\nBadan Arsip ",
        "valid_from": "",
        "valid_to": "",
        "successor": "",
    } | other


def listed(client, regency, query=""):
    return client.get(page("agency_list", regency) + query).content.decode()


def test_the_list_shows_and_finds_old_names(client_of, administrator, regency, agency, other_agency):
    Agency.objects.filter(pk=agency.pk).update(aliases=["Dinas Kepariwisataan"])
    client = client_of(administrator)

    assert "2 perangkat daerah" in listed(client, regency)
    found = listed(client, regency, "?q=KEPARIWISATAAN")
    assert agency.name in found
    assert other_agency.name not in found
    assert "Tidak ada yang cocok" in listed(client, regency, "?q=zzz")
    assert "Tidak ada yang cocok" in listed(client, regency, "?jenis=kecamatan")
    assert "2 perangkat daerah" in listed(client, regency, "?jenis=tidak-ada")


def test_an_agency_that_ended_is_still_listed(client_of, administrator, regency, agency, other_agency):
    Agency.objects.filter(pk=agency.pk).update(valid_to=date(2020, 12, 31), successor=other_agency)
    text = listed(client_of(administrator), regency)

    assert "31 Desember 2020, diganti DINKES" in text


def test_the_list_of_a_new_regency_says_what_to_do(client_of, administrator, regency):
    assert "Belum ada perangkat daerah" in listed(client_of(administrator), regency)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_three_queries_however_long(count, client_of, administrator, regency, django_assert_num_queries):
    successor = make_agency(regency)
    for _ in range(count):
        make_agency(regency, valid_to=date(2020, 1, 1), successor=successor)
    client = client_of(administrator)
    listed(client, regency)

    with django_assert_num_queries(3):
        listed(client, regency)


def test_an_agency_is_founded(client_of, administrator, regency):
    answer = client_of(administrator).post(page("agency_create", regency), answers())

    agency = Agency.objects.get()
    assert answer.url == page("agency_list", regency)
    assert (agency.regency, agency.name, agency.order) == (regency, "Dinas Arsip", 7)
    assert agency.aliases == ["Kantor Arsip", "Badan Arsip"]


def test_an_agency_is_renamed(client_of, administrator, regency, agency):
    form = page("agency_edit", regency, agency.pk)
    assert "Dinas Pariwisata" in client_of(administrator).get(form).content.decode()

    client_of(administrator).post(form, answers(aliases=""))

    agency.refresh_from_db()
    assert agency.name == "Dinas Arsip"
    assert agency.aliases == ["Dinas Pariwisata", "DINPAR"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"name": ""}, "Nama: Isian ini masih kosong."),
        ({"kind": "kerajaan"}, "Pilihan ini tidak ada"),
        ({"order": "tujuh"}, "Tulis angka bulat"),
        ({"valid_from": "1 Maret 2022", "valid_to": "1 Maret 2021"}, "lebih awal"),
        ({"valid_to": "entah"}, "entah"),
        ({"name": "Dinas Kesehatan"}, "sudah dipakai perangkat daerah lain"),
        ({"name": "n" * 161}, "batasnya 160"),
    ],
)
def test_bad_input_is_named_and_kept(bad, words, client_of, administrator, regency, agency, other_agency):
    text = client_of(administrator).post(page("agency_edit", regency, agency.pk), answers(**bad)).content.decode()

    assert "<title>Galat: " in text
    assert words in text
    assert "DISARSIP" in text
    agency.refresh_from_db()
    assert agency.name == "Dinas Pariwisata"


def test_fields_the_form_does_not_offer_change_nothing(client_of, administrator, regency, agency):
    foreign = make_regency()
    hostile = {"regency": foreign.pk, "regency_id": foreign.pk, "id": 99, "district": 1, "members": 5}
    client_of(administrator).post(page("agency_edit", regency, agency.pk), answers(**hostile))

    agency.refresh_from_db()
    assert (agency.regency, agency.district, agency.name) == (regency, None, "Dinas Arsip")


def test_a_successor_of_another_regency_cannot_be_slipped_in(client_of, administrator, regency, agency):
    foreign = make_agency(make_regency())
    client_of(administrator).post(
        page("agency_edit", regency, agency.pk), answers(valid_to="1 Maret 2025", successor=foreign.pk)
    )

    agency.refresh_from_db()
    assert agency.successor is None


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("drafter", 403),
        ("agency_head", 403),
        ("executive", 403),
        ("expert", 403),
        ("outsider", 404),
        ("suspended", 404),
    ],
)
def test_the_pages_are_for_the_secretariat(persona, status, client_of, regency, agency, request):
    client = client_of(request.getfixturevalue(persona))
    assert client.get(page("agency_list", regency)).status_code == status
    for address in (page("agency_create", regency), page("agency_edit", regency, agency.pk)):
        assert client.get(address).status_code == status
        assert client.post(address, answers()).status_code == status
    assert list(Agency.objects.filter(regency=regency).values_list("name", flat=True)) == ["Dinas Pariwisata"]


def test_an_agency_of_another_regency_is_not_found(client_of, administrator, regency):
    foreign = make_agency(make_regency())

    assert client_of(administrator).get(page("agency_edit", regency, foreign.pk)).status_code == 404
    assert client_of(administrator).post(page("agency_edit", regency, foreign.pk), answers()).status_code == 404
