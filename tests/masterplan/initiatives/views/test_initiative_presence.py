"""Who else has the form open: seen while their page is heard, by role and agency, and gone when it falls silent."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from masterplan.models import InitiativePresence
from masterplan.tasks import prune_presence
from tests.factories import make_initiative


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head)


@pytest.fixture
def tell(client_of, initiative):
    """Tell as somebody that a section is open (or left), and give who else is there."""
    address = reverse("initiative_presence", args=[initiative.regency.slug, initiative.pk])

    def post(person, section="manfaat", **more):
        response = client_of(person).post(address, {"section": section, **more})
        assert response.status_code == 200
        return response.json()["others"]

    return post


def test_the_other_is_shown_by_role_agency_and_section(tell, drafter, agency_head):
    with time_machine.travel("2027-03-02 03:30Z", tick=False):
        assert tell(agency_head) == []
        assert tell(drafter, "anggaran") == [
            "Kepala perangkat daerah, Dinas Pariwisata (bagian Manfaat, sejak pukul 10.30 WIB)"
        ]
        assert agency_head.name not in str(tell(drafter))


def test_one_does_not_see_oneself_and_moves_along(tell, drafter, agency_head):
    tell(drafter)
    tell(drafter, "anggaran")
    assert tell(drafter, "anggaran") == []
    assert "Anggaran" in tell(agency_head)[0]
    assert InitiativePresence.objects.filter(user=drafter).count() == 1


def test_who_leaves_is_gone_but_not_who_went_on_to_another_section(tell, drafter, agency_head):
    tell(drafter, "manfaat")
    tell(drafter, "anggaran")
    tell(drafter, "manfaat", left="1")
    assert tell(agency_head) != []
    tell(drafter, "anggaran", left="1")
    assert tell(agency_head) == []


def test_who_falls_silent_is_gone_and_begins_anew(tell, drafter, agency_head):
    with time_machine.travel("2027-03-02 03:30Z", tick=False) as clock:
        tell(drafter)
        clock.shift(timedelta(seconds=90))
        assert tell(agency_head) != []
        clock.shift(timedelta(seconds=90))
        assert tell(agency_head) == []
        tell(drafter)
        assert "pukul 10.33" in tell(agency_head)[0]


def test_silent_pages_are_forgotten(tell, drafter, agency_head):
    with time_machine.travel("2027-03-02 03:30Z", tick=False) as clock:
        tell(drafter)
        clock.shift(timedelta(minutes=5))
        tell(agency_head)
        prune_presence()
        assert [row.user for row in InitiativePresence.objects.all()] == [agency_head]


def test_nonsense_is_not_kept(tell, drafter):
    assert tell(drafter, "tidak-ada") == []
    assert not InitiativePresence.objects.exists()


def test_an_open_page_does_not_keep_its_session_alive(client_of, drafter, initiative, settings):
    settings.SESSION_IDLE_SECONDS = 600
    address = reverse("initiative_presence", args=[initiative.regency.slug, initiative.pk])
    background = {"X-Background": "1", "Accept": "application/json"}
    with time_machine.travel("2027-03-02 03:30Z", tick=False) as clock:
        client = client_of(drafter)
        for expected in (200, 200, 401):
            assert client.post(address, {"section": "manfaat"}, headers=background).status_code == expected
            clock.shift(timedelta(seconds=400))
