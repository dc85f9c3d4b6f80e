"""Evidence in a real browser: several files with a bar each, one refused, a cut and a reload, and all of it without a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import payload, press
from tests.e2e.slow_network import delayed_script
from tests.factories import files

pytestmark = pytest.mark.needs("chromium")

MEGABYTE = 1024 * 1024


def open_evidence(page: Page) -> str:
    """The page of evidence of an initiative that the clerk may change; gives its address."""
    task = page.get_by_role("link", name=re.compile("^(Perbaiki|Lanjutkan): ")).first
    initiative = re.match(r".*/inisiatif/\d+/", str(task.get_attribute("href")))
    assert initiative
    address = f"{initiative[0]}isian/bukti/"
    page.goto(address)
    return address


def remove_all(page: Page, address: str) -> None:
    """As a person would, one after the other, so that the tests do not meet."""
    page.goto(address)
    while page.locator(".evidence-row").count():
        press(page, page.get_by_role("link", name="Hapus").first)
        press(page, page.get_by_role("button", name="Hapus berkas"))


def test_several_files_at_once_one_refused_the_others_stay(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    address = open_evidence(page)
    page.locator("#id_files").set_input_files(
        [
            payload("antrean loket.jpg", files.picture("JPEG", (1600, 1200))),
            payload("palsu.pdf", b"bukan pdf"),
            payload("film.mp4", b"film"),
            payload("hitungan.xlsx", files.xlsx()),
        ]
    )
    items = page.locator(".upload-item")
    expect(items.nth(3)).to_contain_text("Tersimpan", timeout=15_000)
    expect(items.nth(0)).to_contain_text("Tersimpan")
    expect(items.nth(1)).to_contain_text("Berkas ini bukan PDF")
    expect(items.nth(2)).to_contain_text("Jenis berkas ini tidak diterima")
    rows = page.locator(".evidence-row")
    expect(rows).to_have_count(2)
    expect(page.get_by_text("2 berkas", exact=True)).to_be_visible()
    expect(page.get_by_text("Inisiatif boleh dikirim tanpa bukti dukung")).to_be_hidden()
    page.reload()
    expect(rows).to_have_count(2)
    expect(page.locator(".evidence-picture img")).to_have_js_property("naturalWidth", 320)
    rows.first.get_by_label("Letak dalam buku").select_option(label="Gambar pada lembar")
    page.wait_for_url(re.compile("#bukti-"))
    expect(rows.first.get_by_label("Letak dalam buku")).to_have_value("figure")
    with page.expect_download() as taken:
        page.get_by_role("link", name="hitungan.xlsx").click()
    assert taken.value.suggested_filename == "hitungan.xlsx"
    remove_all(page, address)


def test_files_chosen_before_the_script_came_are_sent(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    address = open_evidence(page)
    with delayed_script(page, "evidence"):
        page.goto(address, wait_until="commit")
        page.locator("#id_files").set_input_files([payload("awal.xlsx", files.xlsx())])
    expect(page.locator(".upload-item")).to_contain_text("Tersimpan", timeout=15_000)
    expect(page.locator(".evidence-row")).to_have_count(1)
    remove_all(page, address)


def test_an_upload_that_was_cut_off_goes_on_after_a_reload(
    web_portal: str, visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    signed_in = visit(web_portal, "petugas")
    address = open_evidence(signed_in)
    letter = tmp_path / "surat panjang.pdf"
    letter.write_bytes(files.pdf(b"/N " + b"1" * (3 * MEGABYTE - 300)))
    # A window of its own: the browser itself complains of a cut line, which is no fault of the page.
    context = browser.new_context(base_url=web_portal, storage_state=signed_in.context.storage_state())
    page = context.new_page()
    page.goto(address)
    sent: list[str] = []

    def cut_after_three(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) <= 3:
            route.continue_()
        else:
            route.abort("internetdisconnected")

    page.route("**/bukti/unggah/", cut_after_three)
    page.locator("#id_files").set_input_files(letter)
    item = page.locator(".upload-item")
    expect(item).to_contain_text("Sambungan terputus")
    assert item.locator("progress").evaluate("bar => bar.value") == MEGABYTE
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/bukti/unggah/")
    page.reload()
    expect(page.locator("[data-unfinished]")).to_contain_text("1 MB dari 3 MB sudah sampai")
    again: list[str] = []
    page.on("request", lambda request: again.append(request.url) if "/unggah/" in request.url else None)
    page.locator("#id_files").set_input_files(letter)
    expect(page.locator(".upload-item")).to_contain_text("Tersimpan")
    assert len(again) == 5, "one question and the four chunks that were missing"
    expect(page.locator("[data-unfinished]").get_by_text(letter.name)).to_have_count(0)
    context.close()
    remove_all(signed_in, address)


def test_calling_off(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas", width=360)
    address = open_evidence(page)
    held: list[Route] = []
    page.route("**/bukti/unggah/", lambda route: held.append(route))  # a line so slow that nothing comes back
    page.locator("#id_files").set_input_files(payload("surat.pdf", files.pdf()))
    with page.expect_request("**/bukti/unggah/"):
        page.get_by_role("button", name="Batalkan surat.pdf").click()
    expect(page.locator(".upload-item")).to_contain_text("Dibatalkan")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert held, "nothing came back while it was called off"
    for route in held:
        route.fulfill(json={"state": "cancelled"})
    page.goto(address)
    expect(page.locator(".evidence-row")).to_have_count(0)


def test_without_a_script_the_same_page_sends_all_files(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas", javascript=False)
    address = open_evidence(page)
    page.locator("#id_files").set_input_files(
        [payload("denah.png", files.picture("PNG", (300, 200))), payload("palsu.pdf", b"bukan pdf")]
    )
    page.get_by_role("button", name="Unggah berkas").click()
    expect(page.get_by_role("heading", name="Ada 1 isian yang perlu diperbaiki")).to_be_visible()
    expect(page.locator(".upload-failed")).to_contain_text("Berkas ini bukan PDF")
    page.get_by_role("link", name="Lihat berkas tersimpan").click()
    row = page.locator(".evidence-row")
    row.get_by_label("Judul").fill("Denah loket")
    row.get_by_role("button", name="Simpan").click()
    expect(row.get_by_label("Judul")).to_have_value("Denah loket")
    remove_all(page, address)
