"""Pictures of a text in a real browser: sent, described while it saves itself, put into the text at @, and without a script."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import expect_saved, payload
from tests.e2e.page_checks import axe_violations, page_problems
from tests.factories import files

pytestmark = pytest.mark.needs("chromium")

SECTIONS = "/wilayah/kabupaten-semarang/naskah/"


def open_section(page: Page, title: str) -> str:
    """The page of a section's text, and its address."""
    page.goto(SECTIONS)
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(re.compile(r"/naskah/\d+/$"))
    return page.url


def choose(page: Page, *payloads: FilePayload) -> None:
    page.get_by_label("Pilih gambar untuk diunggah").set_input_files(list(payloads))


def send(page: Page, *payloads: FilePayload) -> None:
    choose(page, *payloads)
    page.get_by_role("button", name="Unggah gambar").click()


def test_from_the_file_to_its_place_in_the_text(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    address = open_section(page, "Maksud dan tujuan")
    page.get_by_role("link", name="Tambah gambar").click()
    choose(page, payload("peta.png", files.picture("PNG", (900, 600))), payload("bagan.svg", b"<svg/>"))
    expect(page.locator("[data-file-name]")).to_have_text("2 berkas: peta.png, bagan.svg")
    page.get_by_role("button", name="Unggah gambar").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    expect(page.locator(".upload-failed")).to_contain_text("bukan gambar PNG atau JPEG")
    expect(page.locator(".evidence-row")).to_contain_text("Belum ada teks pengganti")
    assert page_problems(page) == []

    page.get_by_role("link", name="Ubah keterangan Peta").click()
    page.get_by_label("Keterangan gambar").fill("Sebaran titik layanan")
    page.get_by_label("Teks pengganti").fill("Titik layanan paling rapat di utara.")
    page.get_by_label("Sumber").fill("Diskominfo, 2021")
    page.get_by_label("Sumber").blur()
    expect_saved(page)
    assert page_problems(page) == []
    assert page.locator(".picture-shown img").evaluate("image => image.naturalWidth") == 320

    page.goto(address)
    editor = page.locator("[contenteditable=true]")
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Lihat @gambar titik")
    offers = page.get_by_role("option", name="Sebaran titik layanan")
    expect(offers).to_be_visible()
    page.keyboard.press("Enter")
    expect(editor.locator("a").first).to_have_text("Gambar")
    editor.blur()
    expect_saved(page)
    page.reload()
    preview = page.get_by_role("region", name="Pratinjau")
    expect(preview.get_by_role("figure")).to_contain_text("Sebaran titik layanan")
    assert (
        preview.get_by_role("figure")
        .evaluate("figure => figure.previousElementSibling.textContent")
        .startswith("Lihat Gambar")
    )
    expect(page.get_by_role("region", name="Riwayat gambar")).to_contain_text("gambar “Peta” ditambahkan")
    assert page_problems(page) == []

    page.get_by_role("link", name="Tambah atau ubah gambar").click()
    page.get_by_role("link", name="Hapus Sebaran titik layanan").click()
    expect(page.locator(".note-warning")).to_contain_text("Disebut dalam naskah Maksud dan tujuan")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Hapus gambar").click()
    expect(page.locator("main")).to_contain_text("Belum ada gambar pada bagian ini.")


def test_a_button_puts_a_picture_where_one_writes(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    open_section(page, "Kerangka pikir")
    editor = page.locator("[contenteditable=true]")
    editor.click()
    page.keyboard.press("Control+End")
    before = editor.locator("a", has_text="Gambar").count()
    page.get_by_role("button", name="Kerangka pikir rencana induk (contoh)").click()
    expect(editor.locator("a", has_text="Gambar")).to_have_count(before + 1)
    expect_saved(page)


def test_without_a_script(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator", javascript=False, width=360)
    open_section(page, "Dasar hukum")
    page.get_by_role("link", name="Tambah gambar").click()
    send(page, payload("foto rapat.jpg", files.picture("JPEG", (800, 600))))
    page.wait_for_url(re.compile(r"/naskah/gambar/\d+/$"))
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("main")).to_contain_text("Teks pengganti masih kosong.")
    page.get_by_label("Teks pengganti").fill("Enam orang duduk melingkar.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    row = page.locator(".evidence-row")
    expect(row).to_contain_text("Foto rapat")
    expect(row).to_contain_text(re.compile(r"\[Gambar\]\(rujuk:gambar-\d+\)"))
    send(page, payload("denah.png", files.picture("PNG", (300, 200))))
    page.get_by_role("link", name="Semua gambar bagian ini").click()
    page.get_by_role("button", name="Naikkan Denah").click()
    expect(page.locator(".evidence-row").first).to_contain_text("Denah")
    for _ in range(2):
        page.get_by_role("link", name="Hapus").first.click()
        page.get_by_role("button", name="Hapus gambar").click()
    expect(page.locator("main")).to_contain_text("Belum ada gambar pada bagian ini.")
