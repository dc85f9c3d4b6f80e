"""The first address and the guide."""

from django.urls import reverse

from agencies.models import Membership
from agencies.roles import Role


def test_several_regencies_are_chosen_from(client_of, outsider, regency):
    Membership.objects.create(user=outsider, regency=regency, role=Role.EXECUTIVE)
    text = client_of(outsider).get("/").content.decode()

    assert "Pilih wilayah" in text
    assert reverse("regency_home", args=[regency.slug]) in text
    assert reverse("regency_home", args=["kabupaten-magelang-uji"]) in text
    assert "Pimpinan daerah" in text
    assert "Koordinator" in text


def test_a_suspended_person_learns_what_to_do(client_of, suspended):
    answer = client_of(suspended).get("/")

    assert answer.status_code == 200
    assert suspended.email in answer.content.decode()


def test_the_guide_is_open_to_everybody_and_has_steps_for_every_role(client_of, drafter, db):
    page = client_of(None).get(reverse("guide"))

    assert page.status_code == 200
    assert [role.label for role in Role if f">{role.label}</h2>" not in page.content.decode()] == []
    assert client_of(drafter).get(reverse("guide")).status_code == 200
