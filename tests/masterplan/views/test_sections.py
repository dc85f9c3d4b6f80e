"""The narrative of the books: the list, one section, two people at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from masterplan.actions.outline import complete_outline
from masterplan.actions.sections import SECTION_LIMIT, save_section
from masterplan.models import Section
from tests.factories import make_master_plan
from tests.masterplan.page_text import text_of

# Session, person, membership with its regency, master plan, its sections.
PAGE_QUERIES = 4
# Besides the places that the plan lacks: its keys, and the dimensions of the regency.
LIST_QUERIES = 6


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def section(plan, coordinator) -> Section:
    complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def listing(regency):
    return reverse("section_list", args=[regency.slug])


def editing(section):
    return reverse("section_edit", args=[section.regency.slug, section.pk])


# Who may come in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator"])
def test_readers_may_not(request, client_of, regency, section, person):
    client = client_of(request.getfixturevalue(person))

    assert client.get(listing(regency)).status_code == 403
    assert client.get(editing(section)).status_code == 403
    assert client.post(editing(section), {"body": "Lain", "version": "1"}).status_code == 403
    assert client.post(reverse("section_prefill", args=[regency.slug])).status_code == 403


def test_outsiders_and_suspended_find_nothing(client_of, outsider, suspended, regency, section):
    for person in (outsider, suspended):
        assert client_of(person).get(listing(regency)).status_code == 404
        assert client_of(person).get(editing(section)).status_code == 404


def test_a_section_of_another_regency_is_not_found(page, regency, plan, outsider):
    foreign = make_master_plan(outsider.memberships.get().regency)
    complete_outline(foreign, bodies={}, by=outsider)

    for pk in (foreign.sections.first().pk, 0, 99999999999999999999):
        assert page.get(f"{listing(regency)}{pk}/").status_code == 404


def test_without_a_master_plan_there_is_no_narrative(page, regency):
    assert page.get(listing(regency)).status_code == 404


# The list ------------------------------------------------------------------------------------------------------------


def test_the_list_tells_the_state_of_each_section(page, regency, plan, section, coordinator):
    save_section(section, by=coordinator, body="Empat kata sudah ditulis", version=1)
    Section.objects.filter(pk=section.pk).update(updated_at=datetime(2021, 9, 6, 3, 0, tzinfo=UTC))
    plan.sections.filter(key="pendahuluan.dasar-hukum").update(body="")

    response = page.get(listing(regency))

    text = text_of(response)
    assert "Diubah pada 6 September 2021 oleh koordinator" in text
    empty = [line for line in response.context["lines"] if not line.section.body]
    assert text.count("Belum diisi</span>") == len(empty) > 1
    prefilled = plan.sections.filter(updated_at=None).exclude(body="")
    assert text.count("Bawaan</span>") == prefilled.count()
    assert 'data-label="Kata">4</td>' in text
    assert [book for book, _ in response.context["books"]] == ["Buku 1", "Buku 2", "Buku 3"]
    chapters = [chapter.title for chapter, _ in response.context["books"][1][1]]
    assert chapters[:2] == ["Pendahuluan", "Visi Smart City Daerah"]


def test_a_plan_without_sections_offers_the_opening_texts(page, regency, plan):
    assert "Isi naskah bawaan" in text_of(page.get(listing(regency)))

    response = page.post(reverse("section_prefill", args=[regency.slug]), follow=True)

    count = plan.sections.count()
    assert count > 80
    assert f"{count} bagian naskah ditambahkan." in response.content.decode()
    assert "Isi naskah bawaan" not in response.content.decode()


def test_missing_sections_are_offered_and_added_once(page, regency, plan, section):
    count = plan.sections.count()
    section.delete()

    assert "1 bagian belum ada dalam naskah ini." in text_of(page.get(listing(regency)))
    for _ in range(2):
        page.post(reverse("section_prefill", args=[regency.slug]))
    assert plan.sections.count() == count


def test_prefilling_needs_a_post(page, regency, plan):
    assert page.get(reverse("section_prefill", args=[regency.slug])).status_code == 405


def test_a_section_of_the_regency_itself_stands_in_its_chapter(page, regency, plan, section):
    plan.sections.create(key="pendahuluan.sejarah", title="Sejarah", order=99, parent=section.parent)

    chapters = page.get(listing(regency)).context["books"][1][1]

    assert chapters[0][1][-1].section.title == "Sejarah"


# One section ---------------------------------------------------------------------------------------------------------


def test_a_text_is_saved_and_shown_as_in_the_book(page, section):
    body = "Paragraf <b>satu</b>.\n\n- butir pertama\n- butir kedua"

    response = page.post(editing(section), {"body": body, "version": "1"}, follow=True)

    text = text_of(response)
    section.refresh_from_db()
    assert section.body == body
    assert "<p>Paragraf &lt;b&gt;satu&lt;/b&gt;.</p><ul><li>butir pertama</li><li>butir kedua</li></ul>" in text
    assert "Tersimpan pukul" in text


def test_saving_can_lead_to_the_next_section(page, plan, section):
    last = plan.sections.get(key="ringkasan.komitmen")
    following = plan.sections.get(key="pendahuluan.gambaran-umum")

    onward = page.post(editing(section), {"body": "Selesai", "version": "1", "next": "1"})
    end = page.post(editing(last), {"body": "Selesai", "version": "1", "next": "1"})

    assert onward.headers["Location"] == editing(following)
    assert end.headers["Location"] == editing(last)


def test_neighbours_are_linked(page, plan, section):
    second = plan.sections.get(key="pendahuluan.gambaran-umum")

    text = text_of(page.get(editing(second)))

    assert "Sebelumnya: Latar belakang" in text
    assert "Berikutnya: Maksud dan tujuan" in text


def test_two_people_lose_nothing(page, section, coordinator):
    save_section(section, by=coordinator, body="Naskah orang lain", version=1)

    response = page.post(editing(section), {"body": "Naskah saya", "version": "1"})

    text = text_of(response)
    assert "Isian ini diubah orang lain pukul" in text
    assert "Naskah orang lain</p>" in text
    assert "Naskah saya</textarea>" in text
    assert 'name="version" value="2"' in text
    section.refresh_from_db()
    assert section.body == "Naskah orang lain"

    page.post(editing(section), {"body": "Naskah saya", "version": "2"})
    section.refresh_from_db()
    assert section.body == "Naskah saya"


@pytest.mark.parametrize("version", ["", "x", "-3", "12345678901"])
def test_a_version_that_makes_no_sense_is_a_conflict(page, section, version):
    response = page.post(editing(section), {"body": "Lain", "version": version})

    assert response.context["conflict"]
    assert response.context["version"] == 1


def test_a_text_that_is_too_long_stays_in_the_page(page, section):
    body = "kata " * (SECTION_LIMIT // 5 + 1)

    response = page.post(editing(section), {"body": body, "version": "1"})

    text = text_of(response)
    assert "<title>Galat: Latar belakang" in text
    assert 'href="#id_body"' in text
    assert "batasnya 20.000" in text
    assert body.strip() in text
    assert 'name="version" value="1"' in text
    section.refresh_from_db()
    assert section.edit_version == 1


def test_a_section_may_be_emptied(page, section):
    page.post(editing(section), {"body": " ", "version": "1"})

    assert "Bagian ini masih kosong." in text_of(page.get(editing(section)))


# Queries -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_one_as_for_three(page, plan, regency, coordinator, count, django_assert_num_queries):
    chapter = plan.sections.create(key="visi", title="Visi")
    for number in range(count):
        plan.sections.create(key=f"visi.{number}", title="Bagian", body="Isi", parent=chapter)
    for section in plan.sections.exclude(parent=None):
        save_section(section, by=coordinator, body="Diubah", version=1)
    page.get(listing(regency))  # the first page of a session also notes when it began

    for address, queries in ((listing(regency), LIST_QUERIES), (editing(plan.sections.last()), PAGE_QUERIES)):
        with django_assert_num_queries(queries):
            page.get(address)
