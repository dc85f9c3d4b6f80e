"""What was filled in for an agency: shown on its pages and on home, confirmed by the agency, asked about."""

import re

import pytest
from django.urls import reverse

from masterplan.editing.actions.behalf import confirm
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from tests.factories import make_initiative


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, risk="Angin kencang.")


def page(initiative, name="initiative_confirm"):
    return reverse(name, args=[initiative.regency.slug, initiative.pk])


def fill_in(initiative, by, **data):
    version = Initiative.objects.get(pk=initiative.pk).edit_version
    return initiatives.save(initiative, by=by, data=data, version=version)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_old_and_new_stand_question_by_question_since_last_confirmed(
    client_of, drafter, coordinator, agency_head, initiative
):
    seen = fill_in(initiative, coordinator, problem="Sudah dibenarkan.")
    confirm(initiative, version=seen.edit_version, by=agency_head)
    fill_in(initiative, coordinator, risk="Angin ribut.")
    fill_in(initiative, drafter, mitigation="Sendiri.")
    fill_in(initiative, coordinator, risk="Angin ribut dan hujan.")

    response = client_of(drafter).get(page(initiative))
    assert [(row["key"], row["old"], row["new"]) for row in response.context["rows"]] == [
        ("risk", "Angin kencang.", "Angin ribut dan hujan.")
    ]
    text = html(response)
    assert "Angin <del>kencang.</del>" in text
    assert reverse("thread_create", args=[initiative.regency.slug, initiative.pk, "risk"]) + "?dari=isian" in text


def test_the_agency_confirms_and_everybody_sees_it(client_of, drafter, coordinator, expert, initiative, agency):
    fill_in(initiative, coordinator, risk="Angin ribut.")
    client = client_of(drafter)
    for name in ("initiative_detail", "initiative_check"):
        assert "belum dibenarkan" in html(client.get(page(initiative, name)))
    assert "belum dibenarkan" in html(client_of(coordinator).get(page(initiative, "initiative_review")))

    version = re.search(r'name="version" value="(\d+)"', html(client.get(page(initiative))))[1]
    assert client.post(page(initiative), {"version": version}).url == page(initiative, "initiative_detail")
    for who, name in ((drafter, "initiative_detail"), (coordinator, "initiative_review")):
        text = html(client_of(who).get(page(initiative, name)))
        assert f"oleh Staf perangkat daerah, {agency.name}" in text
        assert "belum dibenarkan" not in text
    assert "Semua sudah dibenarkan" in html(client.get(page(initiative)))


def test_what_came_while_reading_is_not_confirmed_unseen(client_of, drafter, coordinator, initiative):
    seen = fill_in(initiative, coordinator, risk="Satu.").edit_version
    fill_in(initiative, coordinator, problem="Sementara itu.")
    client = client_of(drafter)

    assert client.post(page(initiative), {"version": seen}).url == page(initiative)
    text = html(client.get(page(initiative)))
    assert "Sementara itu." in text and "Satu." not in text


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_confirms_nothing(client_of, drafter, coordinator, initiative, version):
    fill_in(initiative, coordinator, risk="Satu.")
    client_of(drafter).post(page(initiative), {"version": version})

    assert Initiative.objects.get(pk=initiative.pk).awaits_confirmation


def test_others_read_and_do_not_confirm(client_of, coordinator, executive, expert, outsider, initiative):
    fill_in(initiative, coordinator, risk="Satu.")

    for person in (coordinator, executive):
        assert "Benarkan isian ini" not in html(client_of(person).get(page(initiative)))
        assert client_of(person).post(page(initiative), {"version": 99}).status_code == 403
    for person in (expert, outsider):
        assert client_of(person).get(page(initiative)).status_code == 404
        assert client_of(person).post(page(initiative), {"version": 99}).status_code == 404


def test_where_nobody_did_the_pages_say_nothing_of_it(client_of, drafter, initiative):
    assert "atas nama" not in html(client_of(drafter).get(page(initiative, "initiative_detail")))
    assert "Belum ada yang mengisi" in html(client_of(drafter).get(page(initiative)))


def test_it_is_a_task_of_the_agency_until_it_is_confirmed(client_of, drafter, coordinator, initiative):
    home = reverse("regency_home", args=[initiative.regency.slug])
    done = fill_in(initiative, coordinator, risk="Satu.")
    client = client_of(drafter)

    text = html(client.get(home))
    assert "Diisi atas nama Anda" in text
    assert page(initiative) in text
    confirm(initiative, version=done.edit_version, by=drafter)
    assert "Diisi atas nama Anda" not in html(client.get(home))
