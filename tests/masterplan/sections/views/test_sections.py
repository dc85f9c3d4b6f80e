"""The writing place of the books: the list, one place, its autosave, references, and the page that changes the tree."""

import json

import pytest
from django.urls import reverse

from masterplan.models import SECTION_LIMIT, Section
from masterplan.sections.actions.outline import complete_outline
from masterplan.sections.actions.sections import save_section
from tests.factories import make_initiative
from tests.masterplan.page_form import form_of
from tests.masterplan.page_text import text_of

PERSONS = ["drafter", "agency_head", "executive", "expert", "administrator"]


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def section(plan, coordinator) -> Section:
    complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def at(name, regency, *args):
    return reverse(name, args=[regency.slug, *args])


def editing(section):
    return at("section_edit", section.regency, section.pk)


# Who may come in ------------------------------------------------------------------------------------------------------


def test_without_a_master_plan_there_is_no_narrative(page, regency):
    assert "sesudah rencana induk" in page.get(at("section_list", regency)).content.decode()


# The list -------------------------------------------------------------------------------------------------------------


def test_the_list_tells_the_state_of_each_place(page, regency, plan, section, coordinator):
    answers = {"body": "Empat kata sudah ditulis", "writing_state": "complete", "responsible": coordinator.pk}
    save_section(section, by=coordinator, data=answers, version=1)

    response = page.get(at("section_list", regency))

    lines = {line.section.key: line for line in response.context["lines"]}
    assert lines["pendahuluan"].number == "BAB I"
    assert lines["pendahuluan.latar-belakang"].number == "1.1"
    assert lines["strategi.bureaucracy"].depth == 2
    text = text_of(response)
    assert 'data-label="Kata">4</td>' in text
    assert coordinator.name in text
    assert "<b>1</b>dari" in text


def test_each_book_has_its_places(page, regency, section):
    for book, key in (("buku-1", "kesiapan.hasil"), ("buku-2", "visi.visi-misi"), ("buku-3", "ringkasan.profil")):
        lines = page.get(at("section_list", regency), {"buku": book}).context["lines"]
        assert key in {line.section.key for line in lines}
        assert {line.section.book for line in lines} == {book}
    assert page.get(at("section_list", regency), {"buku": "lain"}).context["book"] == "buku-2"


def test_a_plan_without_sections_offers_the_opening_texts(page, regency, plan):
    assert "Isi naskah bawaan" in text_of(page.get(at("section_list", regency)))

    response = page.post(at("section_prefill", regency), follow=True)

    assert f"{plan.sections.count()} bagian naskah ditambahkan." in response.content.decode()
    assert "Isi naskah bawaan" not in response.content.decode()


def test_missing_places_are_offered_and_added_once(page, regency, plan, section):
    count = plan.sections.count()
    section.delete()

    assert "1 bagian belum ada dalam naskah ini." in text_of(page.get(at("section_list", regency)))
    for _ in range(2):
        page.post(at("section_prefill", regency))
    assert plan.sections.count() == count


# One place ------------------------------------------------------------------------------------------------------------


def test_a_text_is_saved_and_shown_as_in_the_book(page, plan, regency, section, agency):
    initiative = make_initiative(plan, agency=agency)
    body = f"Lihat [{initiative.code}](rujuk:in-{initiative.code}) dan [hilang](rujuk:in-XX-99).\n\n- {{{{jumlah_inisiatif}}}}"

    answer = page.post(editing(section), form_of(page.get(editing(section))) | {"body": body})

    assert answer.headers["Location"] == editing(plan.sections.get(key="pendahuluan.gambaran-umum"))
    section.refresh_from_db()
    assert section.body == body
    text = text_of(page.get(editing(section)))
    assert f'<a href="{at("initiative_detail", regency, initiative.pk)}">{initiative.code}</a>dan hilang.' in text
    assert "<li>\u2039Jumlah inisiatif\u203a</li>" in text


def test_saving_can_stay_and_the_last_place_leads_to_the_list(page, plan, regency, section):
    last = plan.sections.get(key="ringkasan.komitmen")

    stay = page.post(editing(section), form_of(page.get(editing(section))) | {"body": "Selesai", "next": "stay"})
    end = page.post(editing(last), form_of(page.get(editing(last))) | {"body": "Selesai"})

    assert stay.headers["Location"] == editing(section)
    assert end.headers["Location"] == at("section_list", regency) + "?buku=buku-3"


def test_a_chapter_asks_for_its_lead_instead_of_a_text(page, plan, section):
    chapter = plan.sections.get(key="visi")
    fields = form_of(page.get(editing(chapter)))

    assert "body" not in fields
    page.post(editing(chapter), fields | {"lead": "Kata pembuka.", "title": "Visi Kami"})

    chapter.refresh_from_db()
    assert (chapter.lead, chapter.title) == ("Kata pembuka.", "Visi Kami")


def test_neighbours_are_linked(page, plan, section):
    text = text_of(page.get(editing(plan.sections.get(key="pendahuluan.gambaran-umum"))))

    assert "Sebelumnya: Latar belakang" in text
    assert "Berikutnya: Maksud dan tujuan" in text


@pytest.mark.parametrize(
    ("body", "words"),
    [("kata " * (SECTION_LIMIT // 5 + 1), "batasnya 20.000"), ("Ada {{jumlah_apa}}", "bukan data yang dikenal")],
)
def test_what_cannot_be_stored_stays_in_the_page(page, section, body, words):
    text = text_of(page.post(editing(section), form_of(page.get(editing(section))) | {"body": body}))

    assert "<title>Galat: Latar belakang" in text
    assert words in text
    assert body.strip() in text
    section.refresh_from_db()
    assert section.edit_version == 1


# References -----------------------------------------------------------------------------------------------------------


def test_references_are_found_by_any_of_their_words(page, plan, regency, section, agency):
    initiative = make_initiative(plan, agency=agency, name="Antrean puskesmas daring")

    def found(query):
        answer = json.loads(page.get(at("section_references", regency), {"q": query}).content)
        return [(target["anchor"], target["kind"]) for target in answer["targets"]]

    assert found("daring antre") == [(f"in-{initiative.code}", "Inisiatif")]
    assert (f"in-{initiative.code}", "Inisiatif") in found(initiative.code)
    assert ("bagian-visi-visi-misi", "Bagian Buku 2") in found("visi dan misi")
    assert (f"ag-{agency.pk}", "Perangkat daerah") in found(agency.name)
    assert found("zzz tidak ada") == []
    assert len(found("")) > 5


# The tree -------------------------------------------------------------------------------------------------------------


def test_a_place_is_added_moved_left_out_and_removed(page, plan, regency, section):
    tree = at("outline_edit", regency, "buku-2")
    chapter = plan.sections.get(key="penutup")

    page.post(tree, {"title": "Sejarah", "place": str(chapter.pk)})
    added = chapter.children.get(title="Sejarah")
    page.post(at("outline_move", regency, added.pk), {"arah": "naik"})
    page.post(at("outline_include", regency, plan.sections.get(key="penutup.penutup").pk), {"dimuat": "tidak"})

    lines = {line.section.title: line for line in (row["line"] for row in page.get(tree).context["rows"])}
    assert lines["Sejarah"].number == "6.2"
    assert [line.number for line in lines.values() if line.section.key == "penutup.penutup"] == [""]

    page.post(at("outline_relocate", regency, added.pk), {"parent": plan.sections.get(key="visi").pk})
    added.refresh_from_db()
    assert added.parent.key == "visi"
    assert "Hapus bagian ini?" in text_of(page.get(at("outline_remove", regency, added.pk)))
    page.post(at("outline_remove", regency, added.pk))
    assert not plan.sections.filter(pk=added.pk).exists()


def test_a_new_place_needs_a_title_and_keeps_what_was_chosen(page, plan, regency, section):
    text = text_of(page.post(at("outline_edit", regency, "buku-2"), {"title": " ", "place": "lampiran"}))

    assert "<title>Galat: Susunan Buku 2" in text
    assert '<option value="lampiran" selected>' in text


def test_what_the_default_has_is_not_removed(page, regency, section):
    assert page.post(at("outline_remove", regency, section.pk)).status_code == 404
