"""The pages of agencies: list, founding, renaming, ending."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import Agency


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
