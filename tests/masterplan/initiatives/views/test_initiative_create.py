"""Beginning an initiative."""

import pytest
from django.urls import reverse

from masterplan.models import Initiative, SubDimension
from tests.factories import make_agency
from tests.masterplan.page_form import form_of


@pytest.fixture
def address(regency, plan):
    return reverse("initiative_create", args=[regency.slug])


def answers(client, address, agency, **more):
    sub_dimension = SubDimension.objects.get(key="tourism")
    given = {"name": "Tiket wisata", "sub_dimension": sub_dimension.pk, "lead_agency": agency.pk}
    return form_of(client.get(address)) | given | more


def test_three_answers_begin_an_initiative(client_of, drafter, agency, address):
    client = client_of(drafter)

    response = client.post(address, answers(client, address, agency))

    initiative = Initiative.objects.get()
    assert response.url == reverse("initiative_edit", args=[agency.regency.slug, initiative.pk, "identitas"])
    assert (initiative.name, initiative.code, initiative.lead_agency) == ("Tiket wisata", "BR-01", agency)
    assert initiative.created_by == drafter


def test_the_only_agency_is_chosen_already(client_of, drafter, agency, address):
    assert form_of(client_of(drafter).get(address))["lead_agency"] == [str(agency.pk)]


def test_who_comes_from_an_empty_sub_dimension_finds_it_chosen(client_of, drafter, address):
    tourism = SubDimension.objects.get(key="tourism")
    html = client_of(drafter).get(f"{address}?sub={tourism.pk}")

    assert form_of(html)["sub_dimension"] == [str(tourism.pk)]
    for unknown in ("999999", "x", "-1"):
        assert form_of(client_of(drafter).get(f"{address}?sub={unknown}"))["sub_dimension"] == [""]


def test_who_comes_from_an_empty_dimension_chooses_among_its_own(client_of, drafter, address):
    tourism = SubDimension.objects.select_related("dimension").get(key="tourism")
    page = client_of(drafter).get(f"{address}?dimensi={tourism.dimension_id}")

    form = page.context["form"]
    assert [group for group, _ in form.fields["sub_dimension"].choices] == ["", "Smart Branding"]
    assert "Yang ditawarkan hanya sub-dimensi <b>Smart Branding</b>." in page.content.decode()
    everything = client_of(drafter).get(f"{address}?dimensi=999999").context["form"]
    assert (len(everything.fields["sub_dimension"].choices), everything.narrowed_to) == (7, "")


def test_pressing_twice_begins_one(client_of, drafter, agency, address):
    client = client_of(drafter)
    data = answers(client, address, agency)

    first, second = client.post(address, data), client.post(address, data)

    assert first.url == second.url
    assert Initiative.objects.count() == 1


def test_the_same_name_from_a_new_page_is_another_one(client_of, drafter, agency, address):
    client = client_of(drafter)
    for _ in range(2):
        client.post(address, answers(client, address, agency))

    assert [row.code for row in Initiative.objects.order_by("pk")] == ["BR-01", "BR-02"]


def test_a_second_press_while_the_first_is_stored_is_sent_to_the_list(client_of, drafter, agency, address, monkeypatch):
    client = client_of(drafter)
    data = answers(client, address, agency)
    client.post(address, data)
    monkeypatch.setattr("masterplan.editing.views.creation.cache.get", lambda key: "")

    assert client.post(address, data).url == reverse("initiative_list", args=[agency.regency.slug])
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Isian ini masih kosong."),
        ("name", "x" * 121, "batasnya 120"),
        ("sub_dimension", "", "Belum dipilih: pilih salah satu."),
        ("sub_dimension", "999999", "Pilihan ini tidak ada."),
        ("lead_agency", "x", "Pilihan ini tidak ada."),
        ("token", "x", "Halaman ini sudah lama terbuka."),
    ],
)
def test_an_error_keeps_what_was_typed(client_of, drafter, agency, address, field, value, sentence):
    client = client_of(drafter)

    response = client.post(address, answers(client, address, agency) | {field: value})
    html = response.content.decode()

    assert sentence in html
    assert "<title>Galat: " in html
    assert Initiative.objects.count() == 0
    assert form_of(response)["name"] == [value if field == "name" else "Tiket wisata"]


def test_staff_cannot_begin_for_another_agency(client_of, drafter, agency, other_agency, address):
    client = client_of(drafter)

    response = client.post(address, answers(client, address, agency, lead_agency=other_agency.pk))

    assert "Pilihan ini tidak ada." in response.content.decode()
    assert Initiative.objects.count() == 0


def test_the_coordinator_begins_for_any_agency_of_the_regency(client_of, coordinator, other_agency, outsider, address):
    foreign = make_agency(outsider.memberships.get().regency, "Dinas Tetangga")
    client = client_of(coordinator)
    html = client.get(address).content.decode()

    client.post(address, answers(client, address, other_agency))

    assert foreign.name not in html
    assert Initiative.objects.get().lead_agency == other_agency
