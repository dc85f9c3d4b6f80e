"""What was typed into a plain form before the session ended is offered again: a reason and a reply in a conversation."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit, enter_password
from tests.e2e.initiative_form import press
from tests.e2e.test_threads import open_first_note

pytestmark = pytest.mark.needs("chromium")

OFFER = "Isian Anda sebelum sesi berakhir masih ada."
KEPT = "Object.keys(sessionStorage).filter(name => name.startsWith('isian:')).length"


def test_the_reason_of_a_step_is_offered_to_its_writer_only(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    page.goto("/wilayah/kabupaten-semarang/tinjauan/?keadaan=in_review")
    press(page, page.get_by_role("row").nth(1).get_by_role("link").first)
    press(page, page.get_by_role("link", name=re.compile("^Kembalikan")).first)
    form_url = page.url
    reason = page.locator("main form textarea").first
    reason.fill("Rincian anggaran belum ada.")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_label("Isian 1")).to_have_value("Rincian anggaran belum ada.")

    page.get_by_role("link", name="Masuk, lalu kembali ke halaman tadi").click()
    enter_password(page, "koordinator")
    expect(page).to_have_url(form_url)
    page.get_by_role("button", name="Kembalikan isian").click()
    expect(reason).to_have_value("Rincian anggaran belum ada.")
    page.reload()
    expect(page.get_by_text(OFFER)).to_be_visible()

    page.context.clear_cookies(name="sessionid")
    page.goto("/akun/login/")
    enter_password(page, "admin")
    assert page.evaluate(KEPT) == 0


def test_a_reply_in_a_conversation_is_offered_and_gone_once_accepted(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    open_first_note(page)
    place = page.url[page.url.index("#catatan-") :]
    note = page.locator(place)
    note.get_by_text("Balas", exact=True).click()
    note.get_by_label("Balasan").fill("Dua belas desa wisata.")
    page.context.clear_cookies(name="sessionid")
    note.get_by_role("button", name="Kirim balasan").click()
    page.wait_for_url("**/akun/login/**")

    enter_password(page, "petugas")
    page.get_by_role("button", name="Kembalikan isian").click()
    expect(note.get_by_label("Balasan")).to_have_value("Dua belas desa wisata.")
    note.get_by_role("button", name="Kirim balasan").click()
    expect(note.locator(".comment-body").last).to_have_text("Dua belas desa wisata.")
    assert page.evaluate(KEPT) == 0
    page.reload()
    expect(page.get_by_text(OFFER)).to_have_count(0)
