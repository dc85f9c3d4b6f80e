"""Workbooks through the browser, every page on the way checked: one of initiatives that goes out and comes back, and a
plan of Bappeda whose doubtful cells are answered.
"""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.page_checks import page_problems
from tests.masterplan.initiatives.workbook.books import Book
from tests.masterplan.plans.importing.samples import sample

pytestmark = pytest.mark.needs("chromium")

LIST = "/wilayah/kabupaten-semarang/inisiatif/"
READ = 60_000
DOUBT = "Yang dipakai untuk Cetak G16"


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


def read_plan(page: Page, file: Path) -> None:
    """Send a file for the RPJMD, agree to its columns as proposed, and wait for what it would change."""
    page.goto("/wilayah/kabupaten-semarang/rpjmd/")
    page.get_by_role("link", name="RPJMD Kabupaten Semarang 2021–2026").first.click()
    page.get_by_role("link", name="Impor dari Excel").click()
    page.get_by_label("Berkas Excel").set_input_files(file)
    page.get_by_role("button", name="Unggah dan cari tabel").click()
    page.get_by_role("link", name="Periksa arti kolom").click(timeout=READ)
    agree(page)


def agree(page: Page) -> None:
    """Have the tables read as the page of columns shows them."""
    page.get_by_role("button", name="Baca").click()
    expect(page.get_by_role("heading", name="Sel yang meragukan")).to_be_visible(timeout=READ)


def stays(page: Page, pressed: Locator) -> None:
    """Pressing that asks first, and whoever thinks better of it is where they were."""
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", no)
    pressed.click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_a_chosen_answer_is_not_left_behind(embedded_portal: str, visit: Visit, tmp_path: Path) -> None:
    """Not by another filter of the tree, nor by storing without it; and it outlives another look at the columns."""
    file = tmp_path / "rpjmd.xlsx"
    file.write_bytes(sample("basic/numbers_as_codes").data)
    page = visit(embedded_portal, "koordinator")
    read_plan(page, file)
    assert page_problems(page) == []
    doubt = page.get_by_label(DOUBT)
    expect(doubt).to_have_value("1,25")
    doubt.select_option("1.250")
    stays(page, page.get_by_label("Saring unsur").get_by_role("link").last)
    stays(page, page.get_by_role("button", name="Simpan"))
    expect(doubt).to_have_value("1.250")
    page.get_by_role("button", name="Pakai jawaban ini dan baca ulang").click()
    expect(page.get_by_role("heading", name="Sel yang meragukan")).to_be_visible(timeout=READ)
    expect(doubt).to_have_value("1.250")
    page.get_by_role("link", name="Ubah arti kolom").click()
    agree(page)
    expect(doubt).to_have_value("1.250")
    assert page_problems(page) == []
