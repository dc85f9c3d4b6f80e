"""Conversations at the fields of an initiative."""

import pytest
from django.urls import reverse

from masterplan.discussion.actions import threads
from masterplan.models import COMMENT_LIMIT, Thread
from tests.factories import make_initiative


@pytest.fixture
def initiative(plan, agency, agency_head, coordinator):
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def thread(initiative, coordinator):
    return threads.open_thread(initiative, field="risk", body="Bagaimana dengan warga tanpa ponsel?", by=coordinator)


def create(initiative, field="risk"):
    return reverse("thread_create", args=[initiative.regency.slug, initiative.pk, field])


def about(thread, name):
    return reverse(name, args=[thread.regency.slug, thread.pk])


def place(thread):
    page = reverse("initiative_review", args=[thread.regency.slug, thread.initiative_id])
    return f"{page}?catatan={thread.pk}#catatan-{thread.pk}"


def test_a_conversation_begins_at_its_field(client_of, coordinator, initiative):
    response = client_of(coordinator).post(create(initiative), {"body": "Tulis layanan penggantinya.\nTerima kasih."})

    thread = Thread.objects.get()
    assert response.url == place(thread)
    assert (thread.field, thread.opened_by) == ("risk", coordinator)
    assert thread.comments.get().body == "Tulis layanan penggantinya.\nTerima kasih."
    assert thread.comments.get().author_role == "Koordinator"


def test_it_stands_under_its_answer(client_of, expert, coordinator, thread):
    threads.reply(thread, body="Loket tunai <b>tetap</b> dibuka.", by=coordinator)

    text = client_of(expert).get(place(thread)).content.decode()

    row = text[text.index('id="isian-risk"') : text.index('id="isian-mitigation"')]
    assert "Bagaimana dengan warga tanpa ponsel?" in row
    assert "ditujukan ke Dinas Pariwisata" in row
    assert "Loket tunai &lt;b&gt;tetap&lt;/b&gt; dibuka." in row


def test_the_same_words_elsewhere_are_another_conversation(client_of, coordinator, expert, initiative):
    client_of(coordinator).post(create(initiative), {"body": "Mengapa?"})
    client_of(coordinator).post(create(initiative, "strategy"), {"body": "Mengapa?"})
    client_of(expert).post(create(initiative), {"body": "Mengapa?"})

    assert Thread.objects.count() == 3


@pytest.mark.parametrize(
    ("body", "sentence"),
    [("", "Catatan masih kosong"), (" \n ", "Catatan masih kosong"), ("a" * (COMMENT_LIMIT + 1), "batasnya 2.000")],
)
def test_bad_input_is_explained_at_the_field_and_kept(body, sentence, client_of, coordinator, initiative):
    response = client_of(coordinator).post(create(initiative), {"body": body})

    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Galat: " in text
    assert 'href="#id_risk_body"' in text
    assert sentence in text
    assert body.strip() in text
    assert Thread.objects.count() == 0


def test_an_unknown_field_does_not_exist(client_of, coordinator, initiative):
    assert client_of(coordinator).get(create(initiative, "password")).status_code == 404
    assert client_of(coordinator).post(create(initiative, "status"), {"body": "x"}).status_code == 404


def test_htmx_gets_the_form_alone(client_of, coordinator, initiative):
    text = client_of(coordinator).get(create(initiative), headers={"HX-Request": "true"}).content.decode()

    assert text.strip().startswith('<dd class="summary-extra">')
    assert "<html" not in text
    assert create(initiative) in text


def test_an_answer_joins_the_conversation(client_of, agency_head, thread):
    response = client_of(agency_head).post(about(thread, "comment_create"), {"body": "Loket tunai tetap dibuka."})

    assert response.url == place(thread)
    assert thread.comments.count() == 2
    assert thread.comments.last().author_role == "Kepala perangkat daerah, Dinas Pariwisata"


def test_answering_twice_gives_one_answer(client_of, agency_head, thread):
    for _ in range(2):
        client_of(agency_head).post(about(thread, "comment_create"), {"body": "Sudah."})

    assert thread.comments.count() == 2


def test_an_answer_takes_a_finished_conversation_up_again(client_of, agency_head, coordinator, thread):
    threads.resolve(thread, by=coordinator)

    client_of(agency_head).post(about(thread, "comment_create"), {"body": "Masih ada satu hal."})

    thread.refresh_from_db()
    assert thread.resolved_at is None
