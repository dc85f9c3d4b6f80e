"""Conversations in the annex of the review: what is frozen of them, and how they are printed."""

import pytest
from django.utils import timezone

from masterplan.books.blueprint import book_parts, texts_of
from masterplan.books.render import render_part
from masterplan.discussion.actions import threads
from masterplan.editions.snapshot import compose
from masterplan.sections.actions import outline, sections
from smartcity.press.parts import REFERENCE_PREFIX as REFERENCE
from tests.factories import make_initiative
from tests.masterplan.books.plan_content import generate

ANNEX = "bagian-lampiran-telaah"


@pytest.fixture
def said(plan, agency, agency_head, coordinator, expert):
    """A plan with something said of an initiative, of a draft, of sections of all books, and in private."""
    outline.complete_outline(plan, bodies={}, by=coordinator)
    sent = make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)
    draft = make_initiative(plan, agency=agency, by=agency_head)
    about = threads.open_thread(sent, field="risk", body="Bagaimana warga tanpa ponsel?", quote="ponsel", by=expert)
    threads.reply(about, body="Loket tetap dibuka.\n\nSetiap hari.", by=agency_head)
    threads.resolve(about, by=coordinator)
    threads.open_thread(sent, field="risk", body="Rahasia kita.", private=True, by=agency_head)
    threads.open_thread(draft, field="risk", body="Belum dikirim.", by=coordinator)
    for key, words in (
        ("pendahuluan.latar-belakang", "Sebut dasar hukumnya."),
        ("kajian.tujuan", "Terlalu umum."),
        ("ringkasan.profil", "Gambarnya kurang jelas."),
        ("lampiran.bukti", "Daftar mana?"),
    ):
        section = plan.sections.get(key=key)
        section.master_plan = plan
        threads.open_thread(section, body=words, by=expert)
    return plan


def frozen(plan):
    return compose(plan, number=1, label="", day=timezone.localdate(), scope="submitted")


def annex_of(content):
    parts = {part.key: part for part in book_parts(content)}
    return parts[ANNEX], render_part(parts[ANNEX], content=content)


def test_what_was_said_to_everybody_is_frozen_by_role(said, expert, agency):
    content = frozen(said)

    words = [comment["body"] for thread in content["threads"] for comment in thread["said"]]
    assert "Rahasia kita." not in words
    assert "Belum dikirim." not in words, "readers may not know of drafts"
    assert len(content["threads"]) == 5
    first = content["threads"][0]
    assert (first["is_open"], first["asked"], first["said"][0]["quote"]) == (False, "Risiko", "ponsel")
    assert [comment["by"] for comment in first["said"]] == ["Tenaga ahli", f"Kepala perangkat daerah, {agency.name}"]
    assert expert.name not in str(content["threads"])


def test_the_annex_names_each_place_by_its_number_and_title(said):
    part, page = annex_of(frozen(said))

    code = said.initiatives.get(status="in_review").code
    assert f'<a href="{REFERENCE}in-{code}">{code} ' in page
    assert ", Risiko (selesai)</th>" in page
    assert "<p>Loket tetap dibuka.</p>" in page
    assert f'<a href="{REFERENCE}bagian-pendahuluan-latar-belakang">Buku 2, 1.1 Latar belakang</a> (terbuka)' in page
    assert "Buku 1, 1.2 Maksud dan tujuan (terbuka)" in page, "of another book without a link"
    assert "Buku 3, Profil satu halaman (terbuka)" in page
    assert "Buku 2, Bukti dukung (terbuka)" in page
    assert page.index("Buku 1, 1.2") < page.index("Buku 2, 1.1") < page.index("Buku 2, Bukti") < page.index("Buku 3,")
    titles = [caption.title for caption in part.captions]
    assert titles[-2:] == ["Catatan pada isian inisiatif", "Catatan pada naskah"]


def test_a_section_that_the_book_leaves_out_says_so(said, coordinator):
    section = said.sections.get(key="pendahuluan.latar-belakang")
    outline.include_section(section, by=coordinator, included=False)

    _, page = annex_of(frozen(said))

    assert "Buku 2, Latar belakang, tidak dimuat dalam buku (terbuka)" in page


def test_the_book_must_hold_every_word_of_it(said):
    expected = {text for path, text in texts_of(frozen(said), "buku-2") if path.startswith("threads")}

    assert {"Bagaimana warga tanpa ponsel?", "Setiap hari.", "Terlalu umum.", "Tenaga ahli", "Risiko"} <= expected


def test_numbers_follow_the_outline_also_where_a_text_was_renamed(said, coordinator):
    section = said.sections.get(key="pendahuluan.latar-belakang")
    section.master_plan = said
    sections.save_section(section, by=coordinator, data={"title": "Mengapa rencana ini"}, version=1)
    outline.move_section(section, by=coordinator, step=1)

    _, page = annex_of(frozen(said))

    assert "Buku 2, 1.2 Mengapa rencana ini</a>" in page


def test_editions_frozen_before_print_none():
    part, page = annex_of(generate(3))

    assert "Catatan pada" not in page
    assert not [caption for caption in part.captions if caption.title.startswith("Catatan")]
