"""Copying from another initiative: found among one's own, chosen question by question, and nothing is overwritten."""

import pytest
from django.urls import reverse

from masterplan.models import Initiative
from tests.factories import make_initiative, make_master_plan, make_rpjmd
from tests.masterplan.page_form import form_of


@pytest.fixture
def earlier(regency):
    return make_master_plan(regency, make_rpjmd(regency, 2011, 2016), start_year=2012, end_year=2016, is_current=False)


@pytest.fixture
def source(earlier, plan, agency, agency_head):
    return make_initiative(earlier, agency=agency, by=agency_head, complete=True, name="Tiket lama")


@pytest.fixture
def address(regency, plan):
    def of(name, *arguments):
        return reverse(name, args=[regency.slug, *arguments])

    return of


def found(response):
    return [row.name for row in response.context["page"]]


def test_sources_are_ones_own_of_every_period(
    client_of, drafter, coordinator, plan, agency, other_agency, source, address
):
    make_initiative(plan, agency=agency, name="Tiket sekarang")
    make_initiative(plan, agency=other_agency, name="Antrean", status="submitted")

    assert found(client_of(drafter).get(address("initiative_copy"))) == ["Tiket sekarang", "Tiket lama"]
    assert found(client_of(drafter).get(address("initiative_copy"), {"q": "lama"})) == ["Tiket lama"]
    assert len(found(client_of(coordinator).get(address("initiative_copy")))) == 3


def test_the_way_to_copying_is_shown(client_of, drafter, agency, plan, address):
    initiative = make_initiative(plan, agency=agency, by=drafter)
    create = client_of(drafter).get(address("initiative_create")).content.decode()
    detail = client_of(drafter).get(address("initiative_detail", initiative.pk)).content.decode()

    assert address("initiative_copy") in create
    assert address("initiative_library") in create
    assert f"{address('initiative_copy')}?ke={initiative.pk}" in detail


def test_another_agencys_initiative_is_not_found(client_of, drafter, plan, other_agency, address):
    foreign = make_initiative(plan, agency=other_agency, status="submitted")
    assert client_of(drafter).get(address("initiative_copy_from", foreign.pk)).status_code == 404


def test_a_new_draft_holds_what_was_chosen(client_of, drafter, source, address):
    client, url = client_of(drafter), address("initiative_copy_from", source.pk)
    sent = form_of(client.get(url))
    assert "budgets" not in sent["questions"]
    assert sent["years"] == ["geser"]

    answer = client.post(url, sent | {"name": "Tiket baru", "questions": ["problem", "activities"]})

    draft = Initiative.objects.get(name="Tiket baru")
    assert answer.url == address("initiative_edit", draft.pk, "identitas")
    assert (draft.problem, draft.risk, draft.based_on) == (source.problem, "", source)
    assert draft.activities.get().start.year == 2022
    detail = client.get(address("initiative_detail", draft.pk)).content.decode()
    assert "Disalin dari" in detail
    assert str(source) in detail
    assert "(salinan)" in client.get(address("initiative_history", draft.pk)).content.decode()


def test_the_name_of_a_source_one_may_not_copy_from_stays_unsaid(
    client_of, drafter, coordinator, plan, agency, other_agency, address
):
    secret = make_initiative(plan, agency=other_agency, name="Rahasia dinas lain", complete=True)
    client, url = client_of(coordinator), address("initiative_copy_from", secret.pk)
    client.post(url, form_of(client.get(url)) | {"name": "Untuk kami", "lead_agency": str(agency.pk)})
    draft = Initiative.objects.get(name="Untuk kami")

    html = client_of(drafter).get(address("initiative_detail", draft.pk)).content.decode()

    assert "inisiatif lain" in html
    assert "Rahasia dinas lain" not in html


def test_nothing_chosen_is_asked_for_again_with_the_rest_kept(client_of, drafter, source, address):
    client, url = client_of(drafter), address("initiative_copy_from", source.pk)
    sent = form_of(client.get(url)) | {"name": "Nama saya", "years": "kosong"}
    del sent["questions"]

    html = client.post(url, sent).content.decode()

    assert "Isian yang disalin: Pilih sedikitnya satu isian." in html
    assert 'value="Nama saya"' in html
    assert not Initiative.objects.filter(name="Nama saya").exists()


def test_gaps_of_a_draft_are_filled(client_of, drafter, plan, agency, source, address):
    target = make_initiative(plan, agency=agency, by=drafter, problem="Kata saya.")
    client, url = client_of(drafter), f"{address('initiative_copy_from', source.pk)}?ke={target.pk}"

    page = client.post(url, form_of(client.get(url)), follow=True)

    target.refresh_from_db()
    assert (target.problem, target.risk) == ("Kata saya.", source.risk)
    assert f"isian kosong terisi dari {source.code}" in page.content.decode()


def test_a_draft_that_is_not_ours_or_was_sent_is_not_filled(
    client_of, drafter, agency_head, plan, agency, other_agency, source, address
):
    foreign = make_initiative(plan, agency=other_agency)
    sent = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    url = address("initiative_copy_from", source.pk)

    assert client_of(drafter).get(f"{url}?ke={foreign.pk}").status_code == 404
    assert client_of(drafter).get(f"{url}?ke=abc").status_code == 404
    page = client_of(drafter).get(f"{url}?ke={sent.pk}", follow=True).content.decode()
    assert "Inisiatif ini diajukan, jadi isiannya tidak dapat diubah." in page
