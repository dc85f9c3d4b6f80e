"""Checking an initiative before it is sent, and taking the steps of the workflow."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from masterplan.models import Initiative
from masterplan.review.views.steps import QUESTIONS
from masterplan.workflow import INITIATIVE_TRANSITIONS, find
from tests.factories import make_initiative


def check(initiative):
    return reverse("initiative_check", args=[initiative.regency.slug, initiative.pk])


def step(initiative, name):
    return reverse("initiative_transition", args=[initiative.regency.slug, initiative.pk, name])


def state(initiative):
    return Initiative.objects.get(pk=initiative.pk).status


def test_the_check_links_each_gap_to_its_question(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    html = client_of(agency_head).get(check(initiative)).content.decode()

    for section, field in (("identitas", "problem"), ("indikator", "indicators"), ("keselarasan", "links")):
        page = reverse("initiative_edit", args=[plan.regency.slug, initiative.pk, section])
        assert f'href="{page}#id_{field}"' in html
        assert f'id="id_{field}"' in client_of(agency_head).get(page).content.decode()


def test_a_head_sends_from_the_check(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    client = client_of(agency_head)
    html = client.get(check(initiative)).content.decode()

    response = client.post(step(initiative, "submit"))

    assert "Semua isian yang diperlukan sudah ada." in html
    assert "Kirim untuk ditinjau" in html
    assert response.url == reverse("initiative_detail", args=[plan.regency.slug, initiative.pk])
    assert state(initiative) == "submitted"
    assert [str(m) for m in get_messages(response.wsgi_request)] == [find(INITIATIVE_TRANSITIONS, "submit").done]


def test_staff_are_told_who_sends(client_of, plan, agency, agency_head, drafter):
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)
    html = client_of(drafter).get(check(initiative)).content.decode()

    assert f"Yang dapat mengirim: kepala {agency.name}" in html
    assert "Kirim untuk ditinjau</button>" not in html
    assert client_of(drafter).post(step(initiative, "submit")).status_code == 403
    assert state(initiative) == "draft"


def test_staff_are_told_when_nobody_can_send(client_of, plan, agency, drafter):
    initiative = make_initiative(plan, agency=agency, by=drafter)

    assert f"Belum ada akun kepala {agency.name}" in client_of(drafter).get(check(initiative)).content.decode()


def test_sending_too_early_says_what_is_missing(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    response = client_of(agency_head).post(step(initiative, "submit"))
    html = response.content.decode()

    assert response.status_code == 200
    assert "<title>Galat: " in html
    assert "isian yang perlu dilengkapi sebelum dikirim" in html
    assert "#id_problem" in html
    assert state(initiative) == "draft"


def test_every_step_asks_a_question_of_its_own():
    assert set(QUESTIONS) == {move.name for move in INITIATIVE_TRANSITIONS}
    assert all(question.endswith("?") for question, _ in QUESTIONS.values())


@pytest.mark.parametrize(
    ("name", "status", "person"),
    [
        ("submit", "returned", "agency_head"),
        ("start_review", "submitted", "coordinator"),
        ("return", "in_review", "coordinator"),
        ("approve", "in_review", "coordinator"),
        ("withdraw", "draft", "agency_head"),
        ("reopen", "withdrawn", "agency_head"),
    ],
)
def test_a_question_stands_before_every_step(client_of, request, plan, agency, agency_head, name, status, person):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status=status)
    html = client_of(request.getfixturevalue(person)).get(step(initiative, name)).content.decode()

    assert html.count(QUESTIONS[name][0]) == 2  # title and heading
    assert QUESTIONS[name][1] in html
    assert ("Pesan untuk perangkat daerah" in html) is (name == "return")
    assert state(initiative) == status


def test_a_return_needs_a_message_and_leads_back_to_the_queue(client_of, plan, agency, agency_head, coordinator):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="in_review")
    client = client_of(coordinator)

    without = client.post(step(initiative, "return"), {"comment": " "})
    assert "Tulis apa yang perlu diperbaiki." in without.content.decode()
    assert state(initiative) == "in_review"

    with_message = client.post(step(initiative, "return"), {"comment": "Lengkapi anggaran."})
    assert with_message.url == reverse("review_queue", args=[plan.regency.slug])
    assert initiative.status_changes.first().comment == "Lengkapi anggaran."


def test_starting_a_review_leads_to_the_review(client_of, plan, agency, agency_head, coordinator):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="submitted")

    response = client_of(coordinator).post(step(initiative, "start_review"))

    assert response.url == reverse("initiative_review", args=[plan.regency.slug, initiative.pk])


def test_an_approval_that_is_refused_keeps_the_page(client_of, plan, agency, agency_head, coordinator):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="in_review")

    html = client_of(coordinator).post(step(initiative, "approve")).content.decode()

    assert "Masih ada 1 tautan yang belum diputuskan" in html
    assert state(initiative) == "in_review"


def test_a_step_that_does_not_apply_leads_back_with_a_word(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    response = client_of(agency_head).get(step(initiative, "reopen"), follow=True)

    assert "inisiatif ini sekarang draf" in response.content.decode()


def test_a_sent_initiative_is_not_checked_again(client_of, plan, agency, agency_head, executive):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="submitted")

    assert client_of(agency_head).get(check(initiative)).status_code == 302
    assert client_of(executive).get(check(initiative)).status_code == 403
