"""The list of initiatives: who sees what, and how it is narrowed."""

import pytest
from django.urls import reverse

from tests.factories import make_initiative


@pytest.fixture
def address(regency, plan):
    return reverse("initiative_list", args=[regency.slug])


def names(response):
    return [row.name for row in response.context["page"]]


@pytest.fixture
def several(plan, agency, other_agency, agency_head):
    """Two of the agency, one of another that was sent and one that was not."""
    make_initiative(plan, agency=agency, by=agency_head, name="Tiket wisata", sub_dimension="transaction")
    make_initiative(plan, agency=agency, by=agency_head, name="Papan petunjuk", sub_dimension="appearance")
    make_initiative(plan, agency=other_agency, name="Antrean puskesmas", sub_dimension="health", status="submitted")
    make_initiative(plan, agency=other_agency, name="Posyandu digital", sub_dimension="health")


def test_staff_begin_with_their_own_agency(client_of, drafter, agency, address, several):
    response = client_of(drafter).get(address)

    assert names(response) == ["Papan petunjuk", "Tiket wisata"]
    assert response.context["agency"] == agency


def test_staff_see_what_other_agencies_sent_but_not_their_drafts(client_of, drafter, address, several):
    assert names(client_of(drafter).get(address, {"opd": "semua"})) == [
        "Papan petunjuk",
        "Tiket wisata",
        "Antrean puskesmas",
    ]


def test_the_coordinator_sees_all(client_of, coordinator, address, several):
    assert len(names(client_of(coordinator).get(address))) == 4


def test_the_expert_sees_what_was_sent(client_of, expert, address, several):
    response = client_of(expert).get(address)

    assert names(response) == ["Antrean puskesmas"]
    assert "Posyandu" not in response.content.decode()
    assert "Tambah inisiatif" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "tiket"}, ["Tiket wisata"]),
        ({"q": "EC-01"}, ["Tiket wisata"]),
        ({"q": "kesehatan puskesmas"}, ["Antrean puskesmas"]),
        ({"status": "submitted"}, ["Antrean puskesmas"]),
        ({"dimensi": "LI", "urut": "nama"}, ["Antrean puskesmas", "Posyandu digital"]),
        ({"urut": "terbaru", "dimensi": "BR"}, ["Papan petunjuk"]),
        ({"q": "%"}, []),
        ({"status": "x", "dimensi": "", "urut": "x", "page": "x", "opd": "x", "q": "\x00tiket"}, ["Tiket wisata"]),
    ],
)
def test_filters(client_of, coordinator, address, several, query, expected):
    assert names(client_of(coordinator).get(address, query)) == expected


@pytest.mark.parametrize("agency_id", ["999999", "99999999999999999999", "-1"])
def test_an_agency_that_does_not_exist_narrows_to_nothing_or_not_at_all(
    client_of, coordinator, address, several, agency_id
):
    assert client_of(coordinator).get(address, {"opd": agency_id}).status_code == 200


def test_counts_of_states_follow_the_other_filters(client_of, coordinator, address, several):
    pills = client_of(coordinator).get(address, {"dimensi": "LI"}).context["pills"]

    assert {pill["label"]: pill["count"] for pill in pills} == {"Semua": 2, "Draf": 1, "Diajukan": 1}


def test_an_empty_list_says_what_to_do(client_of, drafter, executive, address):
    assert "Mulai dari satu, isi sedikit demi sedikit." in client_of(drafter).get(address).content.decode()
    assert "Tambah inisiatif" not in client_of(executive).get(address).content.decode()


def test_a_search_without_result_offers_to_clear_it(client_of, coordinator, address, several):
    html = client_of(coordinator).get(address, {"q": "tidak ada yang begini"}).content.decode()

    assert "Tidak ada yang cocok. Hapus saringan untuk melihat semua 4." in html


def test_the_list_is_divided_into_pages(client_of, plan, agency, agency_head, address, monkeypatch):
    monkeypatch.setattr("masterplan.initiatives.views.initiatives.PER_PAGE", 2)
    for n in range(3):
        make_initiative(plan, agency=agency, by=agency_head, name=f"Inisiatif {n}")
    client = client_of(agency_head)

    first, second = client.get(address, {"q": "inisiatif"}), client.get(address, {"q": "inisiatif", "page": 2})

    assert names(first) == ["Inisiatif 0", "Inisiatif 1"]
    assert names(second) == ["Inisiatif 2"]
    assert f"q=inisiatif&amp;opd={agency.pk}&amp;page=2" in first.content.decode()
