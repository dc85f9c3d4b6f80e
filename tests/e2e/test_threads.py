"""Conversations where the browser matters: quoting what was marked, answering in place, the first note to answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import press
from tests.e2e.slow_network import delayed_script

pytestmark = pytest.mark.needs("chromium")

MARK = """answer => {
  const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  let words = walker.nextNode();
  while (words.data.trim().length < 20) words = walker.nextNode();
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, 12);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return range.toString();
}"""


def open_first_note(page: Page) -> None:
    """From the task of the first page."""
    page.get_by_role("link", name=re.compile("^Perbaiki: ")).first.click()
    page.wait_for_url(re.compile(r"/isian/\w+.*#catatan-\d+$"))


def test_a_returned_initiative_opens_at_the_first_note_and_is_answered_in_place(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    open_first_note(page)
    note = page.locator(page.url[page.url.index("#catatan-") :])
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()

    own = page.locator("#id_benefit_citizens")
    own.fill("Belum disimpan, dan harus tetap ada.")
    note.get_by_text("Balas", exact=True).click()
    note.get_by_role("button", name="Kirim balasan").click()
    expect(note.get_by_text("Catatan masih kosong")).to_be_visible()
    expect(note.get_by_label("Balasan")).to_be_focused()
    note.get_by_label("Balasan").fill("Sebelas desa wisata.")
    note.get_by_role("button", name="Kirim balasan").click()
    expect(note.locator(".comment-body").last).to_have_text("Sebelas desa wisata.")
    expect(note).to_be_focused()
    note.get_by_role("button", name="Tandai selesai").click()
    expect(note.get_by_text("Selesai", exact=True)).to_be_visible()
    expect(own).to_have_value("Belum disimpan, dan harus tetap ada.")

    note.locator("summary").first.click()
    note.get_by_role("button", name="Buka kembali catatan").click()
    expect(note.get_by_role("button", name="Tandai selesai")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    note.get_by_role("link", name=re.compile("^Catatan berikutnya")).click()
    page.wait_for_url(re.compile(r"/isian/indikator/"))
    expect(page.locator(page.url[page.url.index("#catatan-") :])).to_be_focused()


def test_what_was_marked_in_an_answer_is_quoted(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    page.get_by_role("link", name=re.compile("^Putuskan: ")).first.click()
    row = page.locator("#isian-problem")
    words = row.locator("[data-quotable]").evaluate(MARK)
    page.get_by_role("button", name="Kutip dan beri catatan").click()
    expect(row.get_by_label(re.compile("Kutipan"))).to_have_value(words.strip())
    row.get_by_label("Catatan", exact=True).fill("Dari mana angkanya?")
    row.get_by_role("button", name="Kirim catatan").click()
    page.wait_for_url(re.compile(r"\?catatan=\d+#catatan-\d+$"))
    note = page.locator(page.url[page.url.index("#catatan-") :])
    expect(note.locator("blockquote")).to_contain_text(words.strip())


def test_what_was_marked_before_the_script_arrived_is_quoted_too(web_portal: str, visit: Visit) -> None:
    """On a slow line a page is read, and marked, before all of it is there."""
    page = visit(web_portal, "koordinator")
    with delayed_script(page, "threads"):
        page.get_by_role("link", name=re.compile("^Putuskan: ")).first.click()
        page.locator("#isian-problem [data-quotable]").evaluate(MARK)
        expect(page.get_by_role("button", name="Kutip dan beri catatan")).to_have_count(0)
    expect(page.get_by_role("button", name="Kutip dan beri catatan")).to_be_visible()


def test_a_saved_reply_is_put_in_at_the_cursor(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    page.goto("/wilayah/kabupaten-semarang/tinjauan/?keadaan=in_review")
    press(page, page.get_by_role("row").nth(1).get_by_role("link").first)
    page.locator("[data-write]").first.click()
    text = page.get_by_label("Catatan", exact=True)
    text.fill("Halo.  Terima kasih.")
    for _ in "Terima kasih.":
        text.press("ArrowLeft")
    page.get_by_role("button", name="Sisipkan").click()
    expect(page.get_by_text("Pilih balasannya lebih dulu.")).to_be_visible()
    page.get_by_label("Balasan tersimpan").select_option(label="Indikator belum terukur")
    page.get_by_role("button", name="Sisipkan").press("Enter")
    expect(text).to_have_value(re.compile(r"^Halo\.\n\nMohon lengkapi .*\.\n\nTerima kasih\.$"))
    expect(text).to_be_focused()
    expect(page).to_have_url(re.compile("/tinjauan/$"))


def test_without_javascript_one_answers_on_the_same_page(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "kepala", javascript=False, width=360)
    open_first_note(page)
    place = page.url[page.url.index("#catatan-") :]
    note = page.locator(place)
    note.get_by_text("Balas", exact=True).click()
    note.get_by_label("Balasan").fill("Kami lengkapi.")
    note.get_by_role("button", name="Kirim balasan").click()
    page.wait_for_url(re.compile(rf"/isian/manfaat/.*{place}$"))
    expect(page.locator(f"{place} .comment-body").last).to_have_text("Kami lengkapi.")
