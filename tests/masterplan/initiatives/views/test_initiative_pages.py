"""One initiative as it is shown: to whoever fills it in, to whoever reads it, and through time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.discussion.actions import threads
from masterplan.models import Workshop
from tests.factories import complete_answers, make_initiative


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


def address(initiative, name="initiative_detail"):
    return reverse(name, args=[initiative.regency.slug, initiative.pk])


def states(response):
    return {task["title"]: task["done"] or task["label"] for task in response.context["tasks"]}


def test_whoever_fills_in_sees_how_far_each_section_is(client_of, plan, agency, agency_head, drafter, coordinator):
    answers = complete_answers(plan)
    del answers["benefit_business"], answers["indicators"]
    initiative = make_initiative(plan, agency=agency, by=agency_head, **answers)
    threads.open_thread(initiative, field="budgets", body="Dasarnya?", by=coordinator)

    response = client_of(drafter).get(address(initiative))

    assert states(response) == {
        "Identitas dan masalah": "Selesai",
        "Manfaat": "Sedang diisi",
        "Pelaksana, mitra, dan lokasi": "Selesai",
        "Kegiatan dan tahun": "Selesai",
        "Indikator dan target": "Belum mulai",
        "Anggaran per tahun": "Perlu perbaikan",
        "Keselarasan dengan RPJMD dan Renstra": "Belum mulai",
        "Quick win, risiko, dan data": "Selesai",
    }
    assert "5 dari 8 bagian selesai" in response.content.decode()
    assert "1 catatan belum selesai" in response.content.decode()


@pytest.mark.parametrize("person", ["executive", "administrator"])
def test_readers_see_answers_and_no_way_to_change_them(client_of, request, plan, agency, agency_head, person):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    html = client_of(request.getfixturevalue(person)).get(address(initiative)).content.decode()

    assert initiative.problem in html
    assert "APBD Kabupaten/Kota" in html
    assert "/isian/" not in html
    assert "/langkah/" not in html


def test_the_message_of_a_return_stands_on_top(client_of, plan, agency, agency_head, drafter):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="returned")

    assert "Lengkapi target tahun terakhir." in client_of(drafter).get(address(initiative)).content.decode()


@pytest.mark.parametrize(("days", "words"), [(9, "9 hari lagi"), (0, "hari ini"), (1, "besok"), (-2, "sudah lewat")])
def test_the_deadline_of_the_workshop_is_said(client_of, drafter, initiative, days, words):
    moment = timezone.localtime().replace(hour=23, minute=59, second=30) + timedelta(days=days)
    Workshop.objects.create(regency=initiative.regency, stage="II", title="Tahap II", deadline=moment)

    assert client_of(drafter).get(address(initiative)).context["deadline"]["left"] == words


def test_the_next_deadline_counts(client_of, drafter, initiative):
    for days in (-30, 20, 5):
        moment = timezone.now() + timedelta(days=days)
        Workshop.objects.create(regency=initiative.regency, stage=str(days), title="Bimtek", deadline=moment)

    assert client_of(drafter).get(address(initiative)).context["deadline"]["left"] == "5 hari lagi"


def test_the_last_editor_is_known_by_role(client_of, drafter, initiative, agency, agency_head):
    html = client_of(drafter).get(address(initiative)).content.decode()

    assert f"oleh Kepala perangkat daerah, {agency.name}" in html
    assert agency_head.name not in html


@pytest.mark.parametrize(
    ("person", "status", "steps"),
    [
        ("agency_head", "draft", ["withdraw"]),
        ("drafter", "draft", []),
        ("agency_head", "withdrawn", ["reopen"]),
        ("executive", "submitted", []),
        ("coordinator", "submitted", ["withdraw"]),
    ],
)
def test_steps_that_are_open_are_offered(client_of, request, plan, agency, agency_head, person, status, steps):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status=status)
    response = client_of(request.getfixturevalue(person)).get(address(initiative))

    assert [move.name for move in response.context["moves"]] == steps
