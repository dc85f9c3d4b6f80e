"""A workbook through the browser: downloaded, filled in, uploaded, corrected, stored - and every page on the way looked at."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.page_checks import page_problems
from tests.masterplan.initiatives.workbook.books import Book

pytestmark = pytest.mark.needs("chromium")

LIST = "/wilayah/kabupaten-semarang/inisiatif/"
READ = 60_000


def downloaded(page: Page, name: str) -> Path:
    """What pressing a link hands out."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).first.click()
    return Path(waiting.value.path())


def send(page: Page, file: Path) -> None:
    """Upload a file and wait until a worker has read it."""
    page.goto(LIST)
    page.get_by_role("link", name="Unggah Excel").click()
    page.get_by_label("Berkas Excel").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_selector("#kartu dl.summary", timeout=READ)


def test_a_workbook_goes_out_and_comes_back(embedded_portal: str, visit: Visit, tmp_path: Path) -> None:
    page = visit(embedded_portal, "koordinator")
    page.goto(f"{LIST}?opd=semua&status=draft")
    book = Book(downloaded(page, "Unduh Excel").read_bytes())
    states = [book.get("Inisiatif", row, "Keadaan") for row in range(1, book.count("Inisiatif") + 1)]
    row = states.index("Draf") + 1
    file = tmp_path / "isian.xlsx"
    file.write_bytes(book.put("Inisiatif", row, Risiko="Sinyal lemah di hulu", Tahun_mulai="kapan").bytes)
    send(page, file)
    expect(page.get_by_text("Ada 1 sel yang perlu diperbaiki")).to_be_visible()
    assert page_problems(page) == []
    copy = downloaded(page, "Unduh salinan bertanda").read_bytes()
    place = Book(copy).place("Inisiatif", "Tahun mulai")
    file.write_bytes(copy)
    assert load_workbook(file)["Inisiatif"].cell(row + 2, place).comment is not None
    file.write_bytes(Book(copy).put("Inisiatif", row, Tahun_mulai=2022).bytes)
    send(page, file)
    expect(page.get_by_text("Sinyal lemah di hulu")).to_be_visible()
    assert page_problems(page) == []
    page.get_by_role("button", name="Simpan semua perubahan ini").click()
    expect(page.get_by_text("1 inisiatif tersimpan.")).to_be_visible(timeout=READ)
    assert page_problems(page) == []
