"""Proposing, taking back and deciding one link."""

import pytest
from django.urls import reverse

from agencies.roles import Role
from masterplan.alignment.actions import links
from masterplan.models import AlignmentLink
from tests.factories import make_indicator, make_initiative, make_person, make_program


@pytest.fixture
def program(plan, agency):
    return make_program(plan.development_plan, agency, code="3.26.02", text="Program Pariwisata")


@pytest.fixture
def draft(plan, agency, drafter, program):
    return make_initiative(plan, agency=agency, by=drafter, name="Tiket wisata nontunai")


@pytest.fixture
def in_review(plan, agency, agency_head, coordinator, program):
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def link(in_review):
    return in_review.links.get()


def propose(initiative):
    return reverse("link_propose", args=[initiative.regency.slug, initiative.pk])


def about(link, name="link_decide"):
    return reverse(name, args=[link.regency.slug, link.pk])


def review(initiative):
    return reverse("initiative_review", args=[initiative.regency.slug, initiative.pk]) + "#isian-links"


def form_page(initiative):
    return reverse("initiative_edit", args=[initiative.regency.slug, initiative.pk, "keselarasan"])


# Proposing ------------------------------------------------------------------------------------------------------------


def test_an_agency_proposes_a_program(client_of, drafter, draft, program):
    indicator = make_indicator(program)
    data = {"element": program.pk, "indicator": indicator.pk, "rationale": "Menaikkan kunjungan.", "dari": "isian"}

    response = client_of(drafter).post(propose(draft), data)

    link = AlignmentLink.objects.get()
    assert response.url == form_page(draft)
    assert (link.element, link.indicator, link.state) == (program, indicator, "proposed")
    assert (link.rationale, link.proposed_by) == ("Menaikkan kunjungan.", drafter)


def test_proposing_twice_gives_one_link_and_a_sentence(client_of, drafter, draft, program):
    client = client_of(drafter)
    client.post(propose(draft), {"element": program.pk})

    text = client.post(propose(draft), {"element": program.pk, "rationale": "Sekali lagi."}).content.decode()

    assert "sudah diusulkan" in text
    assert "Sekali lagi." in text
    assert AlignmentLink.objects.filter(initiative=draft).count() == 1


def test_bad_input_is_explained_and_kept(client_of, drafter, draft, program):
    text = client_of(drafter).post(propose(draft), {"element": "", "rationale": "a" * 601}).content.decode()

    assert "<title>Galat: " in text
    assert "Belum dipilih" in text
    assert "batasnya 600" in text
    assert "a" * 601 in text
    assert AlignmentLink.objects.count() == 0


def test_programs_are_searched(client_of, drafter, draft, program):
    other = make_program(draft.master_plan.development_plan, text="Program Jalan")

    text = client_of(drafter).get(propose(draft) + "?cari=pariwisata").content.decode()

    assert program.text in text
    assert other.text not in text


# Taking back ----------------------------------------------------------------------------------------------------------


def test_an_undecided_link_is_taken_back(client_of, drafter, draft, program):
    link = links.propose(draft, element=program, by=drafter)

    response = client_of(drafter).post(about(link, "link_withdraw"))

    assert response.url == form_page(draft)
    assert AlignmentLink.objects.filter(initiative=draft).count() == 0
    assert client_of(drafter).post(about(link, "link_withdraw")).status_code == 404


def test_a_decided_link_stays(client_of, drafter, coordinator, draft, program):
    link = links.propose(draft, element=program, by=drafter)
    links.decide(link, accept=True, by=coordinator)
    client = client_of(drafter)

    client.post(about(link, "link_withdraw"))

    assert AlignmentLink.objects.get() == link
    assert "sudah diputuskan" in client.get(propose(draft)).content.decode()


# Deciding -------------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_speaks_for_and_against(client_of, coordinator, in_review, link, program):
    make_indicator(program, "Jumlah kunjungan")
    program.ceilings.create(year=2022, amount=100_000_000)

    response = client_of(coordinator).get(about(link))

    text = response.content.decode()
    assert [node.level for node in response.context["lineage"]] == ["mission", "goal", "objective"]
    for words in ("Jumlah kunjungan", "Loket terhubung", "Rp150.000.000", "Rp100.000.000", link.rationale):
        assert words in text
    assert "Anggaran 2022 dari APBD sebesar Rp150.000.000 melebihi pagu program Rp100.000.000." in text


def test_a_link_is_accepted(client_of, coordinator, in_review, link):
    response = client_of(coordinator).post(about(link), {"putusan": "terima", "dari": "tinjauan"})

    link.refresh_from_db()
    assert response.url == review(in_review)
    assert (link.state, link.decided_by) == ("accepted", coordinator)


def test_a_link_is_rejected_with_a_reason(client_of, coordinator, link):
    client_of(coordinator).post(about(link), {"putusan": "tolak", "reason": "Bukan programnya."})

    link.refresh_from_db()
    assert (link.state, link.decision_reason) == ("rejected", "Bukan programnya.")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"putusan": "tolak", "reason": " "}, "Tulis alasan penolakan untuk perangkat daerah."),
        ({}, "Tulis alasan penolakan untuk perangkat daerah."),
        ({"putusan": "tolak", "reason": "r" * 601}, "batasnya 600"),
    ],
)
def test_a_bad_reason_is_explained_at_the_field_and_kept(sent, sentence, client_of, coordinator, link):
    text = client_of(coordinator).post(about(link), sent).content.decode()

    assert "<title>Galat: " in text
    assert text.count(sentence) == 2
    assert sent.get("reason", "") in text
    link.refresh_from_db()
    assert link.state == "proposed"


def test_deciding_twice_decides_once(client_of, coordinator, link):
    client = client_of(coordinator)
    client.post(about(link), {"putusan": "terima"})
    link.refresh_from_db()
    first = link.decided_at

    client.post(about(link), {"putusan": "terima"})

    link.refresh_from_db()
    assert link.decided_at == first


def test_the_page_says_why_ones_own_proposal_is_left_to_another(client_of, coordinator, regency, in_review):
    link = links.propose(in_review, element=make_program(in_review.master_plan.development_plan), by=coordinator)
    client = client_of(coordinator)
    assert "pengusulnya sendiri yang memutuskan" in client.get(about(link)).content.decode()
    make_person(regency, Role.COORDINATOR)

    for page in (client.get(about(link)), client.post(about(link), {"putusan": "terima"})):
        assert page.status_code == 200
        assert "jadi koordinator lain yang memutuskannya." in page.content.decode()
        assert not page.context["may_decide"]
    link.refresh_from_db()
    assert link.state == "proposed"


def test_readers_are_told_who_decides(client_of, expert, link):
    assert "Menunggu keputusan Diskominfo" in client_of(expert).get(about(link)).content.decode()
