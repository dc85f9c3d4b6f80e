"""Somebody without an account holds a book and asks the portal about it: by its code, by the file, without JavaScript."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.page_checks import page_problems

pytestmark = pytest.mark.needs("chromium")

BOOKS = "/wilayah/kabupaten-semarang/buku/"
CODE = re.compile(r"^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$")


def hand_over(page: Page, file: Path) -> None:
    page.get_by_label("Berkas PDF buku").set_input_files(file)
    page.get_by_role("button", name="Periksa berkas").click()


def test_a_book_is_asked_about(web_portal: str, visit: Visit, tmp_path: Path) -> None:
    inside = visit(web_portal, "koordinator")
    inside.goto(BOOKS)
    code = inside.get_by_role("link", name=CODE).first.inner_text()
    edition = inside.get_by_role("heading", name=re.compile(r"^Edisi \d+$")).first.inner_text().lower()
    with inside.expect_download() as download:
        inside.get_by_role("link", name="Unduh PDF").first.click()
    book, changed = tmp_path / "buku.pdf", tmp_path / "lain.pdf"
    download.value.save_as(book)
    changed.write_bytes(book.read_bytes() + b"\n")

    page = visit(web_portal, "", javascript=False)
    page.goto("/akun/login/")
    page.get_by_role("link", name="Periksa keaslian buku").click()
    page.get_by_label("Kode pemeriksaan").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Cari buku").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Buku 2 {edition}, Kabupaten Semarang")
    hand_over(page, book)
    expect(page.get_by_role("heading", name="Berkas ini asli")).to_be_visible()
    hand_over(page, changed)
    expect(page.get_by_role("heading", name="Berkas ini sudah berubah")).to_be_visible()


def test_its_pages_are_fit_to_be_read(web_portal: str, visit: Visit, tmp_path: Path) -> None:
    """Empty, with errors, unknown, and with a verdict; for readers of screens and on narrow ones."""
    page = visit(web_portal, "")
    page.goto("/verifikasi/")
    assert page_problems(page) == []
    page.get_by_label("Kode pemeriksaan").fill("0000")
    page.get_by_role("button", name="Cari buku").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.wait_for_function("() => document.activeElement.closest('.error-summary') !== null")
    assert page_problems(page) == []
    page.goto("/verifikasi/2222-2222-2222-2222/")
    assert page_problems(page) == []
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_role("alert")).to_contain_text("Belum ada berkas yang dipilih")
    (tmp_path / "lain.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    page.goto("/verifikasi/")
    hand_over(page, tmp_path / "lain.pdf")
    expect(page.get_by_role("heading", name="Berkas ini bukan terbitan portal ini")).to_be_visible()
    assert page_problems(page) == []
