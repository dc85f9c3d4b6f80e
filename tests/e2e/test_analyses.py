"""Writing the analyses of Buku 1 in a real browser: saved while one types, kept when the network is cut, without JavaScript."""

import re
import time
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import expect_saved

pytestmark = pytest.mark.needs("chromium")

ANALYSES = "/wilayah/kabupaten-semarang/analisis/"
SAVED = re.compile(r"Tersimpan pukul \d\d\.\d\d WIB")
PACKETS = re.compile(r"/simpan/$")
number = count(1)


def new_gap(page: Page) -> str:
    """Begin a row of the gaps and give its address."""
    page.goto(f"{ANALYSES}kesenjangan/tambah/")
    page.get_by_label("Sub-dimensi").select_option(index=1)
    page.get_by_label("Indikator").fill(f"Indikator uji {next(number)}")
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_url(re.compile(r"/kesenjangan/\d+/$"))
    return page.url


def test_a_row_saves_itself_and_two_people_meet(web_portal: str, visit: Visit) -> None:
    mine, theirs = visit(web_portal, "koordinator"), visit(web_portal, "koordinator")
    address = new_gap(mine)
    theirs.goto(address)
    theirs.locator("[name=cause]").fill("Sebab menurut yang lain.")
    theirs.locator("[name=cause]").blur()
    expect_saved(theirs)
    mine.locator("[name=ideal]").fill("Semua layanan daring.")
    mine.locator("[name=ideal]").blur()
    expect_saved(mine)
    expect(mine.locator("[data-question=cause]")).to_contain_text("Diubah oleh Anda di jendela lain pukul")
    mine.locator("[name=cause]").fill("Sebab menurut saya.")
    mine.locator("[name=cause]").blur()
    mine.get_by_role("button", name="Bandingkan kedua naskah").click()
    expect(mine.locator("main")).to_contain_text("Sebab menurut yang lain.")
    mine.get_by_label("Pakai naskah Anda").check()
    mine.get_by_role("button", name="Simpan pilihan ini").click()
    expect(mine.locator("[name=cause]")).to_have_value("Sebab menurut saya.")
    expect(mine.locator("[name=ideal]")).to_have_value("Semua layanan daring.")


def test_what_could_not_be_sent_is_offered_again(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    new_gap(page)
    page.route(PACKETS, lambda route: route.fulfill(status=204))  # an answer that says nothing: not saved
    page.locator("[name=response]").fill("Tanggapan yang belum terkirim.")
    page.locator("summary", has_text="Inisiatif yang menjawab").click()
    page.locator("[name=initiatives]").first.check()
    expect(page.locator("#saved-state")).not_to_have_text(SAVED)
    kept = "Object.values(localStorage).some(copy => copy.includes('yang belum') && copy.includes('initiatives'))"
    deadline = time.monotonic() + 10
    while not page.evaluate(kept):  # the page's own policy forbids the browser to look again by itself
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute(PACKETS)
    expect(page.locator("#saving-notes")).to_contain_text("Tanggapan, Inisiatif yang menjawab")
    page.get_by_role("button", name="Pulihkan isian").click()
    expect_saved(page)
    page.reload()
    expect(page.locator("[name=response]")).to_have_value("Tanggapan yang belum terkirim.")
    assert page.locator("[name=initiatives]").first.is_checked()


def test_a_new_item_of_swot_is_asked_about_before_it_is_left(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    page.goto(f"{ANALYSES}swot/butir/tambah/t/")
    page.get_by_label("Uraian").fill("Kekeringan panjang.")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.assign('/')")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Uraian")).to_have_value("Kekeringan panjang.")
    page.get_by_label("Infrastruktur").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("main")).to_contain_text("Kekeringan panjang.")


def test_without_javascript_everything_goes_by_button(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator", javascript=False, width=320)
    page.goto(f"{ANALYSES}kesiapan/")
    page.get_by_role("link", name="Digital").click()
    page.get_by_label("Kondisi saat ini").fill("Ditulis tanpa JavaScript.")
    page.get_by_label("Kurang").check()
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_url("**/kesiapan/sosial/")
    page.goto(f"{ANALYSES}kesiapan/digital/")
    assert page.get_by_label("Kondisi saat ini").input_value() == "Ditulis tanpa JavaScript."
    address = new_gap(page)
    page.goto(f"{ANALYSES}kesenjangan/")
    page.locator(f"#gap-{address.split('/')[-2]}").get_by_role("button", name="Naikkan").click()
    page.goto(address)
    page.get_by_role("link", name="Hapus baris ini").click()
    page.get_by_role("button", name="Hapus baris").click()
    expect(page.get_by_role("link", name="Hapus baris ini")).to_have_count(0)
    assert page.url.endswith("/kesenjangan/")
