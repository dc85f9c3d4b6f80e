"""Conversations in their place: on the form and on the review page, quoted, handed on, found again, worked on by htmx."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Notice
from masterplan.discussion.actions import threads
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative, Thread
from tests.factories import make_initiative

HTMX = {"HX-Request": "true"}


@pytest.fixture
def returned(plan, agency, agency_head, coordinator):
    return make_initiative(plan, status="returned", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def thread(returned, coordinator):
    return threads.open_thread(returned, field="risk", body="Risiko mana yang terbesar?", by=coordinator)


def about(thread, name="thread_detail"):
    return reverse(name, args=[thread.regency.slug, thread.pk])


def of(initiative, name, *more):
    return reverse(name, args=[initiative.regency.slug, initiative.pk, *more])


def save(initiative, by, **data):
    version = Initiative.objects.get(pk=initiative.pk).edit_version
    return initiatives.save(initiative, by=by, data=data, version=version)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


# Addresses ------------------------------------------------------------------------------------------------------------


def test_the_address_leads_the_agency_to_the_form_and_others_to_the_review(
    client_of, drafter, coordinator, expert, thread
):
    spot = f"?catatan={thread.pk}#catatan-{thread.pk}"
    form = of(thread.initiative, "initiative_edit", "quick-win") + spot
    review = of(thread.initiative, "initiative_review") + spot

    assert client_of(drafter).get(about(thread)).url == form
    assert client_of(coordinator).get(about(thread)).url == review
    assert client_of(expert).get(about(thread)).url == review


def test_once_sent_again_everybody_is_led_to_the_review(client_of, plan, agency, agency_head, coordinator):
    sent = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    thread = threads.open_thread(sent, field="risk", body="?", by=coordinator)

    assert "/tinjauan/" in client_of(agency_head).get(about(thread)).url


def test_a_contribution_has_an_address_of_its_own(client_of, drafter, coordinator, thread):
    second = threads.reply(thread, body="Cuaca.", by=drafter)
    foreign = threads.reply(
        threads.open_thread(thread.initiative, field="problem", body="x", by=coordinator), body="y", by=drafter
    )
    client = client_of(coordinator)

    assert client.get(about(thread), {"tanggapan": second.pk}).url.endswith(f"#tanggapan-{second.pk}")
    for wanted in (foreign.pk, "x", "9" * 30):
        assert client.get(about(thread), {"tanggapan": wanted}).url.endswith(f"#catatan-{thread.pk}")


def test_a_finished_one_is_unfolded_where_its_address_leads(client_of, coordinator, thread):
    threads.resolve(thread, by=coordinator)
    client = client_of(coordinator)
    place = client.get(about(thread)).url

    opening = re.compile(rf'<details[^>]*id="catatan-{thread.pk}"[^>]*\sopen\b')
    assert opening.search(html(client.get(place)))
    assert not opening.search(html(client.get(of(thread.initiative, "initiative_review"))))


# Quotes and what changed since ---------------------------------------------------------------------------------------


def test_a_marked_passage_begins_the_form_and_is_shown_as_a_quote(client_of, coordinator, returned):
    save(returned, returned.created_by, risk="Angin kencang pada musim hujan.")
    client = client_of(coordinator)
    address = of(returned, "thread_create", "risk")

    assert ">\nAngin kencang</textarea>" in html(client.get(address, {"kutipan": "Angin kencang"}, headers=HTMX))
    place = client.post(address, {"body": "Seberapa sering?", "quote": "Angin kencang"}).url
    text = html(client.get(place))
    quote = re.search(r'<blockquote class="quote">(.*?)</blockquote>', text, re.DOTALL)[1]
    assert "Angin kencang" in quote
    assert "tidak ada dalam isian" not in quote

    save(returned, returned.created_by, risk="Banjir.")
    quote = re.search(r'<blockquote class="quote">(.*?)</blockquote>', html(client.get(place)), re.DOTALL)[1]
    assert "Kata-kata ini tidak ada dalam isian sekarang." in quote


def test_tables_are_not_quoted(client_of, coordinator, returned):
    client = client_of(coordinator)

    assert 'name="quote"' not in html(client.get(of(returned, "thread_create", "budgets")))
    client.post(of(returned, "thread_create", "budgets"), {"body": "Dasarnya?", "quote": "x"})
    assert Thread.objects.get().comments.get().quote == ""


def test_a_quote_that_is_too_long_is_explained_and_kept(client_of, coordinator, returned):
    quote = "k" * 601
    text = html(client_of(coordinator).post(of(returned, "thread_create", "risk"), {"body": "Ini.", "quote": quote}))

    assert "batasnya 600" in text
    assert quote in text
    assert not Thread.objects.exists()


def test_it_is_told_word_by_word_what_changed_since_a_comment(client_of, coordinator, drafter, returned):
    save(returned, drafter, risk="Hujan lebat.")
    thread = threads.open_thread(returned, field="risk", body="Hanya hujan?", by=coordinator)
    save(returned, drafter, risk="Hujan lebat dan angin.")
    threads.reply(thread, body="Ditambah angin.", by=drafter)
    client = client_of(coordinator)

    text = html(client.get(client.get(about(thread)).url))
    assert text.count("Isian berubah sesudah ini") == 1
    first, second = re.findall(
        r'<div class="comment".*?(?=<div class="comment"|<details class="thread-reply")', text, re.S
    )
    assert "<ins>" in first and "dan angin." in first
    assert "Isian berubah" not in second


def test_a_change_is_said_once_below_the_last_comment_on_the_same_wording(client_of, coordinator, drafter, returned):
    thread = threads.open_thread(returned, field="risk", body="Satu.", by=coordinator)
    threads.reply(thread, body="Dua.", by=drafter)
    save(returned, drafter, risk="Lain sama sekali.")

    text = html(client_of(coordinator).get(about(thread, "comment_create")))
    assert text.count("Isian berubah sesudah ini") == 1
    assert text.index("Isian berubah sesudah ini") > text.index("Dua.")


# In place on the form -------------------------------------------------------------------------------------------------


def test_the_form_shows_a_conversation_in_full_with_its_form_outside(client_of, drafter, thread):
    text = html(client_of(drafter).get(of(thread.initiative, "initiative_edit", "quick-win")))
    main = text[text.index("data-guard") : text.index("</form>", text.index("data-guard"))]

    assert "Risiko mana yang terbesar?" in main
    assert f'form="kirim-{thread.pk}"' in main
    assert f'id="kirim-{thread.pk}"' not in main
    assert f'<form id="kirim-{thread.pk}"' in text


def test_without_javascript_an_answer_returns_to_the_form(client_of, drafter, thread):
    response = client_of(drafter).post(about(thread, "comment_create"), {"body": "Cuaca.", "dari": "isian"})

    assert response.url == of(thread.initiative, "initiative_edit", "quick-win") + (
        f"?catatan={thread.pk}#catatan-{thread.pk}"
    )


def test_htmx_gets_the_conversation_alone(client_of, drafter, thread):
    client = client_of(drafter)
    text = html(client.post(about(thread, "comment_create"), {"body": "Cuaca.", "dari": "isian"}, headers=HTMX))

    assert text.strip().startswith("<div") and "<html" not in text and "<form" not in text
    assert "Cuaca." in text and "Catatan" in text
    done = html(client.post(about(thread, "thread_resolve"), {"dari": "isian"}, headers=HTMX))
    assert done.strip().startswith("<details") and "Selesai" in done
    assert "Tandai selesai" in html(client.post(about(thread, "thread_reopen"), headers=HTMX))


def test_an_empty_answer_is_explained_in_place_and_a_long_one_kept(client_of, drafter, thread):
    client = client_of(drafter)

    empty = html(client.post(about(thread, "comment_create"), {"body": " "}, headers=HTMX))
    assert "Catatan masih kosong" in empty and 'aria-invalid="true"' in empty
    long = html(client.post(about(thread, "comment_create"), {"body": "p" * 2001}, headers=HTMX))
    assert "Ringkas sedikitnya 1 karakter" in long and "p" * 2001 in long
    assert thread.comments.count() == 1


# Private notes ---------------------------------------------------------------------------------------------------------


def test_the_agency_alone_chooses_who_reads(client_of, drafter, coordinator, returned):
    address = of(returned, "thread_create", "risk")
    reviewer, client = client_of(coordinator), client_of(drafter)
    assert "Siapa yang membaca" not in html(reviewer.get(address))
    reviewer.post(address, {"body": "Coba.", "readers": "internal"})
    assert Thread.objects.get().private_to is None

    assert "Hanya perangkat daerah ini" in html(client.get(address))
    for readers in ("", "admin"):
        text = html(client.post(address, {"body": "Tanya.", "readers": readers}))
        assert "Galat: " in text and "Tanya." in text
    place = client.post(address, {"body": "Tanya keuangan.", "readers": "internal", "dari": "isian"}).url
    assert [thread.private_to for thread in Thread.objects.order_by("pk")] == [None, returned.lead_agency]
    text = html(client.get(place))
    assert "Catatan internal 1" in text
    assert "tidak terlihat oleh peninjau" in text
    assert "#lock-fill" in text


# Handing on ------------------------------------------------------------------------------------------------------------


def test_a_person_is_chosen_by_role_with_a_day_in_words(client_of, coordinator, drafter, thread):
    client = client_of(coordinator)
    text = html(client.get(about(thread, "thread_assign")))
    assert f"Staf perangkat daerah, {thread.initiative.lead_agency.name}" in text
    assert drafter.name not in text

    response = client.post(about(thread, "thread_assign"), {"person": drafter.pk, "due_date": "3 des 2040"})
    text = html(client.get(response.url))
    assert f"Ditugaskan kepada <b>Staf perangkat daerah, {thread.initiative.lead_agency.name}</b>" in text
    assert "paling lambat 3 Desember 2040" in text
    assert "Ditugaskan kepada <b>Anda</b>" in html(client_of(drafter).get(of(thread.initiative, "initiative_review")))


@pytest.mark.parametrize(
    ("who", "due", "sentence"),
    [
        ("drafter", "31/02/2040", "tidak ada: Februari 2040"),
        ("drafter", "besok", "Tulis tanggal, bulan, tahun"),
        ("", "3 Desember 2040", "Pilih orang yang ditugasi"),
        ("expert", "", "Pilihan ini tidak ada"),
        ("9" * 30, "", "Pilihan ini tidak ada"),
    ],
)
def test_a_person_or_day_that_does_not_do_is_explained_and_kept(
    client_of, coordinator, drafter, expert, thread, who, due, sentence
):
    person = {"drafter": drafter.pk, "expert": expert.pk}.get(who, who)
    text = html(client_of(coordinator).post(about(thread, "thread_assign"), {"person": person, "due_date": due}))

    assert sentence in text
    assert f'value="{due}"' in text
    thread.refresh_from_db()
    assert thread.assigned_to is None


def test_a_late_one_says_so_with_icon_and_word(client_of, coordinator, drafter, thread):
    threads.assign(thread, to=drafter, due=timezone.localdate() - timedelta(days=1), by=coordinator)

    text = html(client_of(drafter).get(of(thread.initiative, "initiative_edit", "quick-win")))
    badge = text[text.index(f'id="catatan-{thread.pk}"') :].split("Terlambat")[0][-200:]
    assert "#clock-fill" in badge


# The first thing to mend -----------------------------------------------------------------------------------------------


def test_mending_goes_through_the_open_notes_in_the_order_of_the_form(client_of, drafter, coordinator, thread):
    initiative = thread.initiative
    earlier = threads.open_thread(initiative, field="problem", body="Angka?", by=coordinator)
    finished = threads.open_thread(initiative, field="description", body="Baik.", by=coordinator)
    threads.resolve(finished, by=coordinator)
    client, mend = client_of(drafter), of(initiative, "initiative_next_correction")

    assert client.get(mend).url == of(initiative, "initiative_edit", "identitas") + (
        f"?catatan={earlier.pk}#catatan-{earlier.pk}"
    )
    assert f"{mend}?sesudah={earlier.pk}" in html(client.get(of(initiative, "initiative_edit", "identitas")))
    for last in (earlier, finished):
        assert f"#catatan-{thread.pk}" in client.get(mend, {"sesudah": last.pk}).url
    assert client.get(mend, {"sesudah": thread.pk}).url == of(initiative, "initiative_check")


def test_a_note_that_was_just_finished_leads_on_to_the_next(client_of, drafter, coordinator, thread):
    earlier = threads.open_thread(thread.initiative, field="problem", body="Angka?", by=coordinator)
    threads.resolve(earlier, by=drafter)

    response = client_of(drafter).get(of(thread.initiative, "initiative_next_correction"), {"sesudah": earlier.pk})
    assert f"#catatan-{thread.pk}" in response.url


def test_without_notes_mending_begins_at_what_is_missing(client_of, drafter, returned):
    save(returned, drafter, benefit_business="")

    client, mend = client_of(drafter), of(returned, "initiative_next_correction")
    assert client.get(mend).url == of(returned, "initiative_edit", "manfaat") + "#id_benefit_business"
    save(returned, drafter, benefit_business="Ada.")
    assert client.get(mend).url == of(returned, "initiative_check")


def test_who_does_not_fill_in_is_led_to_the_initiative(client_of, expert, outsider, thread):
    mend = of(thread.initiative, "initiative_next_correction")

    assert client_of(expert).get(mend).url == of(thread.initiative, "initiative_detail")
    assert client_of(outsider).get(mend).status_code == 404


def test_the_news_of_a_return_leads_to_the_first_thing_to_mend(returned, agency_head):
    notice = Notice.objects.get(subject__contains="perlu perbaikan", user=agency_head)
    assert notice.path == of(returned, "initiative_next_correction")
