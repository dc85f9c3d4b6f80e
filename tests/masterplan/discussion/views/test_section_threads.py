"""Reading the texts of the books before they are printed, and talking about them."""

import pytest
from django.urls import reverse

from masterplan.discussion.actions import threads
from masterplan.models import Section, Thread
from masterplan.sections.actions import outline, sections
from tests.factories import make_initiative
from tests.masterplan.page_text import text_of

READERS = ["coordinator", "executive", "expert", "drafter", "agency_head"]


@pytest.fixture
def section(plan, coordinator, agency):
    outline.complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.get(key="pendahuluan.latar-belakang")
    answers = {"body": "Kota **tumbuh** cepat.", "owner_agency": agency.pk}
    return sections.save_section(section, by=coordinator, data=answers, version=1)


@pytest.fixture
def thread(section, expert):
    return threads.open_thread(section, body="Sebut sumbernya.", quote="tumbuh", by=expert)


def at(name, section, *args):
    return reverse(name, args=[section.regency.slug, *(args or [section.pk])])


def reading(thread):
    return f"{at('section_detail', thread.section)}?catatan={thread.pk}#catatan-{thread.pk}"


def writing(thread):
    return f"{at('section_edit', thread.section)}?catatan={thread.pk}#catatan-{thread.pk}"


@pytest.mark.parametrize("person", READERS)
def test_who_may_comment_reads_the_text(person, request, client_of, section):
    text = text_of(client_of(request.getfixturevalue(person)).get(at("section_detail", section)))

    assert "<strong>tumbuh</strong>" in text
    assert "1.1 Latar belakang" in text
    assert "Beri catatan" in text
    assert ("Tulis bagian ini" in text) is (person == "coordinator")


def test_an_agency_reads_what_it_answers_for_and_nothing_else(client_of, section, drafter, other_agency):
    page = client_of(drafter)
    other = section.master_plan.sections.get(key="penutup.penutup")
    listed = page.get(reverse("section_list", args=[section.regency.slug]))

    assert [line.section for line in listed.context["lines"]] == [section]
    assert listed.context["lines"][0].number == "1.1", "numbered as in the whole book"
    assert page.get(at("section_detail", other)).status_code == 404
    Section.objects.filter(pk=section.pk).update(owner_agency=other_agency)
    assert page.get(at("section_detail", section)).status_code == 404
    assert page.post(at("thread_create", section), {"body": "x"}).status_code == 404
    empty = text_of(page.get(reverse("section_list", args=[section.regency.slug])))
    assert "Belum ada bagian untuk Anda" in empty


def test_a_conversation_begins_where_one_reads(client_of, expert, section):
    page = client_of(expert)
    asked = text_of(page.get(at("thread_create", section), {"kutipan": "tumbuh cepat"}))
    assert "Beri catatan" in asked
    assert "Buku 2, Latar belakang" in asked
    assert "<strong>tumbuh</strong>" in asked
    assert "tumbuh cepat</textarea>" in asked

    response = page.post(at("thread_create", section), {"body": "Sebut sumbernya.", "quote": "tumbuh cepat"})

    thread = Thread.objects.get()
    assert response.url == reading(thread)
    assert (thread.section, thread.initiative, thread.field) == (section, None, "")
    shown = text_of(page.get(response.url))
    assert "Sebut sumbernya." in shown
    assert "ditujukan ke Dinas Pariwisata" in shown
    assert "1 catatan belum selesai" in shown


def test_it_is_worked_on_where_one_writes_or_reads(client_of, section, thread, coordinator, drafter, expert):
    address = at("thread_detail", section, thread.pk)
    assert client_of(coordinator).get(address).url == writing(thread)
    assert client_of(drafter).get(address).url == reading(thread)

    writer = client_of(coordinator)
    page = text_of(writer.get(writing(thread)))
    assert "1 catatan belum selesai" in page
    assert "Sebut sumbernya." in page
    assert 'value="isian"' in page
    assert writer.post(at("comment_create", section, thread.pk), {"body": "Sudah.", "dari": "isian"}).url == writing(
        thread
    )
    assert writer.post(at("thread_resolve", section, thread.pk), {"dari": "isian"}).url == writing(thread)
    thread.refresh_from_db()
    assert not thread.is_open
    assert "Semua catatan sudah selesai" in text_of(client_of(expert).get(reading(thread)))
    assert client_of(expert).post(at("thread_reopen", section, thread.pk)).url == reading(thread)
    thread.refresh_from_db()
    assert thread.is_open


def test_it_is_handed_to_a_person(client_of, section, thread, coordinator, drafter):
    page = client_of(coordinator)
    address = at("thread_assign", section, thread.pk)
    assert "Naskah, Buku 2, Latar belakang" in text_of(page.get(address))

    answer = page.post(address, {"person": drafter.pk, "due_date": "31 Desember 2040"})

    assert answer.url == reading(thread)
    thread.refresh_from_db()
    assert thread.assigned_to == drafter
    home = text_of(client_of(drafter).get(reverse("regency_home", args=[section.regency.slug])))
    assert "Tanggapi: Naskah" in home
    assert "Buku 2, Latar belakang" in home
    assert "paling lambat 31 Desember 2040" in home


def test_what_became_of_the_words_is_told(client_of, section, thread, coordinator, expert):
    new = {"body": "Kota berkembang."}
    sections.save_section(section, by=coordinator, data=new, version=section.edit_version)

    text = text_of(client_of(expert).get(reading(thread)))

    assert "Kata-kata ini tidak ada dalam naskah sekarang." in text
    assert "Naskah berubah sesudah ini" in text
    assert "<ins>berkembang." in text


@pytest.mark.parametrize("person", ["coordinator", "expert", "drafter"])
def test_it_is_counted_in_the_tree(person, request, client_of, section, thread, agency_head):
    threads.open_thread(section, body="Hanya untuk kita.", private=True, by=agency_head)
    listed = client_of(request.getfixturevalue(person)).get(reverse("section_list", args=[section.regency.slug]))

    counts = {line.section.key: line.open_threads for line in listed.context["lines"]}
    assert counts.pop(section.key) == (2 if person == "drafter" else 1), "private notes count for their agency alone"
    assert set(counts.values()) <= {0}


@pytest.mark.parametrize(("person", "page"), [("coordinator", "section_edit"), ("agency_head", "section_detail")])
def test_it_is_counted_on_the_first_page(person, page, request, client_of, section, thread, other_agency):
    home = reverse("regency_home", args=[section.regency.slug])
    client = client_of(request.getfixturevalue(person))
    text = text_of(client.get(home))
    assert "Naskah dengan catatan terbuka" in text
    assert "Tanggapi: Latar belakang" in text
    assert at(page, section) in text

    threads.resolve(thread, by=thread.opened_by)
    assert "Naskah dengan catatan terbuka" not in text_of(client.get(home))


def test_readers_are_led_to_pages_they_may_open(client_of, plan, section, coordinator, expert, agency):
    draft = make_initiative(plan, agency=agency)
    body = f"Lihat [{draft.code}](rujuk:in-{draft.code}) dan [penutup](rujuk:bagian-penutup-penutup)."
    sections.save_section(section, by=coordinator, data={"body": body}, version=section.edit_version)
    end = plan.sections.get(key="penutup.penutup")

    for person, name, knows in ((coordinator, "section_edit", True), (expert, "section_detail", False)):
        text = text_of(client_of(person).get(at("section_detail", section)))
        assert at(name, end) in text
        assert (f"/inisiatif/{draft.pk}/" in text) is knows, "an expert does not know of drafts"


def test_a_removed_section_says_what_goes_with_it(client_of, plan, section, coordinator):
    own = outline.add_section(plan, by=coordinator, book="buku-2", parent=section.parent, title="Tambahan")
    threads.open_thread(own, body="Mengapa?", by=coordinator)
    page = client_of(coordinator)

    assert "1 catatan yang belum selesai ikut dihapus." in text_of(page.get(at("outline_remove", own)))
    page.post(at("outline_remove", own))
    assert not Thread.objects.exists()
