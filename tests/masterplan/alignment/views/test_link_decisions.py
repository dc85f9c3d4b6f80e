"""Deciding what was ticked in the matrix or the list, with what became of each."""

import pytest
from django.urls import reverse

from masterplan.alignment.actions import links as alignment
from masterplan.models import AlignmentLink
from tests.factories import make_initiative, make_master_plan, make_program, make_rpjmd


@pytest.fixture
def waiting(plan, agency, agency_head, coordinator):
    """Three proposed links of one initiative that was sent."""
    initiative = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    for _ in range(2):
        alignment.propose(initiative, element=make_program(plan.development_plan), by=coordinator)
    return list(AlignmentLink.objects.filter(initiative=initiative).order_by("pk"))


def decide(client, regency, links, putusan="terima", **more):
    data = {"pilih": [link.pk for link in links], "putusan": putusan, "reason": "", "kembali": ""} | more
    return client.post(reverse("alignment_decide", args=[regency.slug]), data)


def states():
    return list(AlignmentLink.objects.order_by("pk").values_list("state", flat=True))


def test_what_was_ticked_is_accepted_and_the_rest_waits(client_of, coordinator, regency, waiting):
    response = decide(client_of(coordinator), regency, waiting[:2])

    assert states() == ["accepted", "accepted", "proposed"]
    assert "<b>2 tautan diterima.</b>" in response.content.decode()


def test_a_rejection_asks_for_a_reason_and_keeps_what_was_ticked(client_of, coordinator, regency, waiting):
    client = client_of(coordinator)

    asked = decide(client, regency, waiting[:2], "tolak", kembali="opd=3").content.decode()

    assert states() == ["proposed"] * 3
    assert "<title>Galat: " in asked
    assert "Tulis alasan penolakan untuk perangkat daerah." in asked
    assert asked.count(" checked ") == 2
    assert 'value="opd=3"' in asked
    done = decide(client, regency, waiting[:2], "tolak", reason="Di luar bidangnya.").content.decode()
    assert states() == ["rejected", "rejected", "proposed"]
    assert "Alasan: Di luar bidangnya." in done


def test_what_was_left_says_why(client_of, coordinator, regency, plan, waiting):
    alignment.decide(waiting[0], accept=False, reason="Bukan.", by=coordinator)
    approved = make_initiative(plan, status="approved", coordinator=coordinator)
    frozen = AlignmentLink.objects.create(
        initiative=approved, element=make_program(plan.development_plan), proposed_by=coordinator
    )

    response = decide(client_of(coordinator), regency, [*waiting, frozen])

    assert [(each.link.pk, each.obstacle[:14]) for each in response.context["skipped"]] == [
        (waiting[0].pk, "Sudah ditolak "),
        (frozen.pk, "Inisiatif ini "),
    ]
    assert len(response.context["decided"]) == 2
    assert "Dibiarkan seperti semula" in response.content.decode()


def test_nothing_ticked_and_things_that_are_not_there(client_of, coordinator, outsider, regency, waiting):
    client = client_of(coordinator)
    assert "Belum ada usulan yang dipilih." in decide(client, regency, []).content.decode()
    elsewhere = make_initiative(make_master_plan(outsider.memberships.get().regency), status="submitted").links.get()
    sent = {"pilih": ["x", "0", "999999999999", elsewhere.pk, waiting[0].pk], "putusan": "terima"}

    text = client.post(reverse("alignment_decide", args=[regency.slug]), sent).content.decode()

    for number in ("x", "0", "999999999999", elsewhere.pk):
        assert f"Nomor {number}: tidak ditemukan di wilayah ini." in text
    assert states() == ["accepted", "proposed", "proposed", "proposed"]
    assert elsewhere.element.text not in text


def test_the_way_back_keeps_the_filters(client_of, coordinator, regency, waiting):
    page = reverse("alignment_matrix", args=[regency.slug])
    client = client_of(coordinator)

    assert decide(client, regency, waiting[:1], kembali="opd=7&tampil=menunggu&q=a+b").context["back_url"] == (
        f"{page}?q=a+b&opd=7&tampil=menunggu"
    )
    assert decide(client, regency, waiting[1:], kembali="//jahat.example?tampil=x").context["back_url"] == page


def test_links_of_another_period_are_not_found(client_of, coordinator, regency, plan, waiting):
    plan.is_current = False
    plan.save()
    other = type(plan).objects.create(
        regency=regency, development_plan=make_rpjmd(regency, 2027, 2031), title="Baru", start_year=2027, end_year=2031
    )

    response = decide(client_of(coordinator), regency, waiting)

    assert other.is_current
    assert response.context["step"] == "nothing"
    assert states() == ["proposed"] * 3
