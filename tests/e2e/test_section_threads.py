"""The texts of the books talked about in a browser: quoted, answered in place, handed back and forth, put back."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import press
from tests.e2e.page_checks import page_problems
from tests.e2e.test_threads import MARK

pytestmark = pytest.mark.needs("chromium")

BOOK = "/wilayah/kabupaten-semarang/naskah/?buku=buku-2"


def test_an_expert_quotes_a_text_and_the_writer_answers_and_puts_it_back(web_portal: str, visit: Visit) -> None:
    expert, writer = visit(web_portal, "ahli"), visit(web_portal, "koordinator")
    expert.goto(BOOK)
    expert.get_by_role("link", name="Maksud dan tujuan", exact=True).click()
    assert page_problems(expert) == []
    words = expert.locator("[data-quotable]").evaluate(MARK)
    expert.get_by_role("button", name="Kutip dan beri catatan").click()
    expect(expert.get_by_label(re.compile("Kutipan"))).to_have_value(words.strip())
    expert.get_by_role("textbox", name="Catatan", exact=True).fill("Siapa yang dimaksud?")
    assert page_problems(expert) == []
    expert.get_by_role("button", name="Kirim catatan").click()
    expert.wait_for_url(re.compile(r"/baca/\?catatan=\d+#catatan-\d+$"))
    place = expert.url[expert.url.index("#catatan-") :]
    expect(expert.locator(f"{place} blockquote")).to_contain_text(words.strip())

    writer.goto(BOOK)
    row = writer.get_by_role("row", name=re.compile("Maksud dan tujuan"))
    expect(row.locator("[data-label='Catatan terbuka']")).to_have_text("1")
    row.get_by_role("link").click()
    note = writer.locator(place)
    note.get_by_text("Balas", exact=True).click()
    note.get_by_label("Balasan").fill("Warga dan pelaku usaha.")
    note.get_by_role("button", name="Kirim balasan").click()
    expect(note.locator(".comment-body").last).to_have_text("Warga dan pelaku usaha.")
    note.get_by_role("button", name="Tandai selesai").click()
    expect(note.get_by_text("Selesai", exact=True)).to_be_visible()
    assert page_problems(writer) == []

    title = writer.get_by_label("Judul", exact=True)
    title.fill("Maksud, tujuan, dan sasaran")
    press(writer, writer.get_by_role("button", name="Simpan, tetap di sini"))
    press(writer, writer.get_by_role("link", name="Lihat semua dan pulihkan"))
    assert page_problems(writer) == []
    press(writer, writer.get_by_role("link", name="Pulihkan yang semula Judul"))
    assert page_problems(writer) == []
    press(writer, writer.get_by_role("button", name="Pulihkan naskah ini"))
    expect(writer.get_by_text("Judul dipulihkan.")).to_be_visible()
    expert.reload()
    expect(expert.get_by_role("heading", level=1)).to_have_text(re.compile(r"Maksud dan tujuan\s*$"))


def test_without_javascript_an_agency_answers_on_the_reading_page(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "kepala", javascript=False, width=360)
    page.get_by_role("link", name="Tanggapi: Smart Branding").click()
    note = page.locator(".thread-open").first
    note.get_by_text("Balas", exact=True).click()
    note.get_by_label("Balasan").fill("Angkanya menyusul.")
    note.get_by_role("button", name="Kirim balasan").click()
    page.wait_for_url(re.compile(r"/baca/\?catatan=\d+#catatan-\d+$"))
    place = page.url[page.url.index("#catatan-") :]
    expect(page.locator(f"{place} .comment-body").last).to_have_text("Angkanya menyusul.")
    page.get_by_role("link", name="Beri catatan").click()
    page.get_by_label("Catatan", exact=True).fill("Kapan batasnya?")
    page.get_by_role("button", name="Kirim catatan").click()
    page.wait_for_url(re.compile(r"/baca/\?catatan=\d+#catatan-\d+$"))
