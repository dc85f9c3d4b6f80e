"""The desk's page for many: choose, check, confirm; nothing changes before, and every row says what became of it."""

import re

import pytest
from django.urls import reverse

from agencies.models import Notice, NoticeKind
from agencies.roles import Role
from masterplan.discussion.actions import threads
from masterplan.discussion.actions.snippets import save_snippet
from masterplan.models import Initiative, ReplySnippet
from masterplan.review.actions.desk import MOST_AT_ONCE
from masterplan.review.actions.reviews import assign_reviewer
from tests.factories import make_initiative, make_person


@pytest.fixture
def address(regency, plan):
    return reverse("initiative_desk", args=[regency.slug])


@pytest.fixture
def rows(plan, agency, agency_head, coordinator):
    return [
        make_initiative(
            plan, agency=agency, by=agency_head, coordinator=coordinator, status=status, name=f"Inisiatif {n}"
        )
        for n, status in enumerate(("submitted", "submitted", "draft"))
    ]


def picked(rows, **more):
    return {"pilih": [row.pk for row in rows], **more}


def hidden(response):
    sent = {}
    for name, value in re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', response.content.decode()):
        sent.setdefault(name, []).append(value)
    return sent


def test_the_lists_offer_it_to_who_reviews(client_of, coordinator, drafter, regency, rows, address):
    initiatives, queue = (reverse(name, args=[regency.slug]) for name in ("initiative_list", "review_queue"))

    assert f'formaction="{address}"' in client_of(coordinator).get(initiatives).content.decode()
    assert f'action="{address}"' in client_of(coordinator).get(queue).content.decode()
    assert address not in client_of(drafter).get(initiatives).content.decode()


def test_nothing_chosen_says_what_to_do(client_of, coordinator, address):
    assert "Belum ada inisiatif yang dipilih." in client_of(coordinator).get(address).content.decode()


def test_two_steps_lead_to_the_act(client_of, coordinator, rows, address):
    client = client_of(coordinator)
    html = client.get(address, picked(rows)).content.decode()
    assert "Mulai meninjau (2 dari 3)" in html
    assert "Ingatkan perangkat daerah (1 dari 3)" in html
    check = client.get(address, picked(rows, lakukan="start_review"))
    assert [row["initiative"].pk for row in check.context["ready"]] == [rows[0].pk, rows[1].pk]
    assert "Tidak berlaku untuk keadaan ini: draf." in check.content.decode()
    assert set(Initiative.objects.values_list("status", flat=True)) == {"submitted", "draft"}

    sent = hidden(check)
    html = client.post(address, sent).content.decode()
    assert "<b>2 inisiatif selesai.</b>" in html
    assert html.count("Sekarang sedang ditinjau.") == 2
    again = client.post(address, sent).content.decode()
    assert "Tidak ada yang berubah." in again
    assert again.count("Inisiatif ini sekarang sedang ditinjau.") == 2


def test_a_reviewer_is_named_only_where_there_is_a_choice(client_of, coordinator, regency, rows, address):
    client = client_of(coordinator)
    offered = 'value="reviewer"'
    assert offered not in client.get(address, picked(rows)).content.decode()

    colleague = make_person(regency, Role.COORDINATOR)
    assert offered in client.get(address, picked(rows)).content.decode()

    assign_reviewer(rows[0], to=colleague, by=coordinator)
    colleague.is_active = False
    colleague.save()
    assert offered in client.get(address, picked(rows)).content.decode(), "the name can be taken away"


def test_an_act_that_none_allows_says_why(client_of, coordinator, rows, address):
    html = client_of(coordinator).get(address, picked(rows[2:], lakukan="approve")).content.decode()

    assert "tidak dapat dilakukan pada satu pun inisiatif" in html
    assert '<form method="post" class="form"' not in html


def test_without_an_act_or_with_an_unknown_one_it_is_asked_again(client_of, coordinator, rows, address):
    for act, said in (({}, "Pilih apa yang dilakukan."), ({"lakukan": "hapus"}, "Pilihan ini tidak ada.")):
        html = client_of(coordinator).get(address, picked(rows, lanjut="1", **act)).content.decode()
        assert "Langkah 1 dari 2" in html
        assert said in html


def test_a_return_needs_words_and_keeps_the_rows(client_of, coordinator, agency_head, rows, address):
    client = client_of(coordinator)
    sent = hidden(client.get(address, picked(rows, lakukan="return")))
    refused = client.post(address, sent | {"comment": "  "})
    assert "Tulis apa yang perlu diperbaiki." in refused.content.decode()
    assert hidden(refused)["pilih"] == sent["pilih"]

    client.post(address, hidden(refused) | {"comment": "Lengkapi target."})
    assert sorted(Initiative.objects.values_list("status", flat=True)) == ["draft", "returned", "returned"]
    assert Notice.objects.filter(user=agency_head, kind=NoticeKind.RETURNED).count() == 2


def test_a_task_has_a_person_and_a_day(client_of, coordinator, agency_head, rows, address):
    thread = threads.open_thread(rows[0], field="risk", body="Kapan?", by=coordinator)
    client = client_of(coordinator)
    check = client.get(address, picked(rows, lakukan="assign"))
    assert len(check.context["ready"]) == 1
    assert "besoklah" in client.post(address, hidden(check) | {"to": "kepala", "due": "besoklah"}).content.decode()

    html = client.post(address, hidden(check) | {"to": "kepala", "due": "31 Desember 2027"}).content.decode()
    thread.refresh_from_db()
    assert "1 catatan ditugaskan." in html
    assert (thread.assigned_to, str(thread.due_date)) == (agency_head, "2027-12-31")


def test_a_reminder_may_go_without_words(client_of, coordinator, drafter, rows, address):
    client = client_of(coordinator)
    client.post(address, hidden(client.get(address, picked(rows, lakukan="remind"))))

    assert Notice.objects.filter(user=drafter, kind=NoticeKind.REMINDED).count() == 1
    assert "Sudah diingatkan hari ini." in client.get(address, picked(rows, lakukan="remind")).content.decode()


def test_a_saved_reply_is_put_in_without_javascript(client_of, coordinator, regency, rows, address):
    snippet = save_snippet(ReplySnippet(regency=regency), title="Target", text="Lengkapi target.", by=coordinator)
    client = client_of(coordinator)
    sent = hidden(client.get(address, picked(rows, lakukan="return"))) | {"comment": "Halo.", "balasan": snippet.pk}
    page = client.post(address, sent | {"sisipkan": "1"})

    assert page.context["form"]["comment"].value() == "Halo.\n\nLengkapi target."
    assert not page.context["form"].errors
    assert "returned" not in Initiative.objects.values_list("status", flat=True)


def test_all_that_fit_a_filter_are_chosen_up_to_the_most(
    client_of, coordinator, plan, agency, agency_head, rows, address
):
    client = client_of(coordinator)
    assert len(client.get(address, {"semua": "1", "status": "submitted"}).context["rows"]) == 2
    assert len(client.get(address, {"semua": "1", "q": "GO-03"}).context["rows"]) == 1
    for number in range(MOST_AT_ONCE):
        make_initiative(plan, agency=agency, by=agency_head, name=f"Lagi {number}")
    page = client.get(address, {"semua": "1", "opd": "semua"})

    assert len(page.context["rows"]) == MOST_AT_ONCE
    assert "3 lainnya tidak ikut" in page.content.decode()


@pytest.mark.parametrize("act", ["", "start_review", "approve", "assign", "reviewer", "remind"])
def test_the_number_of_queries_does_not_grow(client_of, coordinator, rows, address, act, django_assert_max_num_queries):
    client = client_of(coordinator)
    client.get(address)

    with django_assert_max_num_queries(10):
        client.get(address, picked(rows, **({"lakukan": act} if act else {})))


@pytest.mark.parametrize("page", ["initiative_desk", "initiative_bulk_edit"])
def test_a_number_of_no_initiative_here_is_refused_by_name(client_of, coordinator, regency, rows, page):
    client, address = client_of(coordinator), reverse(page, args=[regency.slug])
    sent = [rows[0].pk, 987654321, "abc"]

    answers = [client.get(address, {"pilih": sent}), client.get(address, {"pilih": sent[1:]})]
    if page == "initiative_desk":
        answers.append(client.post(address, {"pilih": sent, "lakukan": "start_review"}))
        rows[0].refresh_from_db()
        assert rows[0].status == "in_review"
    for html in (answer.content.decode() for answer in answers):
        assert "Nomor 987654321: tidak ditemukan di wilayah ini." in html
        assert "Nomor abc: tidak ditemukan di wilayah ini." in html
        assert f"Nomor {rows[0].pk}:" not in html
