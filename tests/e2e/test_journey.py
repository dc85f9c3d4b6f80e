"""The main job, end to end: fill in, send, return, mend, approve, freeze, print, and find in the PDF what was typed."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.filling import NAME, WORDS, fill_in, fill_in_money_and_rest, press, save, send

pytestmark = pytest.mark.needs("chromium", "poppler")


def review(page: Page, address: str) -> None:
    """Start the review, note something at a field, send it back."""
    page.goto(address + "tinjauan/")
    press(
        page,
        page.get_by_role("link", name="Mulai meninjau").or_(page.get_by_role("button", name="Mulai meninjau")).first,
    )
    if "/langkah/" in page.url:
        press(page, page.get_by_role("button", name="Mulai meninjau"))
    page.goto(address + "catatan/benefit_business/")
    page.locator("textarea").last.fill("Berapa warung yang sudah setuju?")
    press(page, page.locator("main form button[type=submit]").last)
    page.goto(address + "langkah/return/")
    page.locator("textarea").last.fill("Lengkapi manfaat bagi usaha.")
    press(page, page.get_by_role("button", name="Kembalikan dengan catatan"))
    page.goto(address + "tinjauan/")
    expect(page.get_by_text("Perlu perbaikan", exact=True).first).to_be_visible()


def mend(page: Page, address: str) -> None:
    """Answer the note and send again."""
    page.goto(address + "isian/manfaat/")
    page.locator("[name=benefit_business]").fill(WORDS["benefit_business"] + " Sudah 27 warung setuju.")
    save(page, "/isian/pelaksana/")
    page.goto(address + "periksa/")
    send(page)


def approve(page: Page, address: str) -> None:
    """See what changed, accept the link, approve."""
    page.goto(address + "tinjauan/")
    expect(page.get_by_text("Berubah", exact=True).first).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("27")
    page.goto(address + "langkah/start_review/")
    press(page, page.get_by_role("button", name="Mulai meninjau"))
    page.goto(address + "tinjauan/")
    press(
        page, page.get_by_role("button", name="Terima tautan").or_(page.get_by_role("link", name="Terima tautan")).first
    )
    page.goto(address + "langkah/approve/")
    press(page, page.get_by_role("button", name="Setujui inisiatif"))
    page.goto(address + "tinjauan/")
    expect(page.get_by_text("Disetujui", exact=True).first).to_be_visible()


def freeze_and_ask(page: Page, home: str) -> str:
    """A new edition and its Buku 2; gives the address of the page that waits for it."""
    page.goto(home + "buku/bekukan/")
    page.get_by_label("Keterangan edisi").fill("Uji perjalanan lengkap")
    press(page, page.get_by_role("button", name="Bekukan edisi"))
    press(page, page.get_by_role("button", name="Susun Buku 2", exact=True))
    page.wait_for_url(re.compile("/buku/pekerjaan/"))
    return page.url


def download(page: Page, address: str, folder: Path) -> Path:
    """Wait as a person would, reloading where nothing does it for them, then take the file."""
    page.goto(address)
    for _ in range(150):
        if page.get_by_role("link", name="Unduh PDF").count():
            break
        page.wait_for_timeout(2000)
        page.reload()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh PDF").click()
    name = waiting.value.suggested_filename
    assert re.fullmatch(r"Buku-2_Kab-Semarang_edisi-\d+_\d{4}-\d\d-\d\d\.pdf", name)
    waiting.value.save_as(folder / name)
    return folder / name


def check_book(path: Path) -> None:
    """Linked, tagged, named, and holding every word that was typed."""
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    plain = re.sub(r"\s+", "", text)
    for words in [NAME, *WORDS.values(), "Sudah 27 warung setuju.", "Komunitas sepeda Ambarawa", "450,00"]:
        assert re.sub(r"\s+", "", words) in plain, words
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 80
        assert str(pdf.Root.Lang) == "id"
        assert pdf.Root.MarkInfo.Marked
        assert "/Outlines" in pdf.Root
        assert "Buku 2" in str(pdf.docinfo["/Title"]) or "Master Plan" in str(pdf.docinfo["/Title"])


def journey(portal: str, visit: Visit, folder: Path, *, javascript: bool) -> None:
    clerk = visit(portal, "petugas", javascript=javascript)
    home = clerk.url
    fill_in(clerk)
    fill_in_money_and_rest(clerk, javascript=javascript)
    address = send(clerk)
    coordinator = visit(portal, "koordinator", javascript=javascript)
    review(coordinator, address)
    mend(clerk, address)
    approve(coordinator, address)
    waiting = freeze_and_ask(coordinator, home)
    book = download(visit(portal, "ahli", javascript=javascript), waiting, folder)
    check_book(book)


def test_the_main_job(portal: str, visit: Visit, tmp_path: Path) -> None:
    journey(portal, visit, tmp_path, javascript=True)


def test_the_main_job_without_javascript(embedded_portal: str, visit: Visit, tmp_path: Path) -> None:
    journey(embedded_portal, visit, tmp_path, javascript=False)


def test_an_outsider_finds_nothing(embedded_portal: str, visit: Visit) -> None:
    stranger = visit(embedded_portal, "luar")
    assert "kabupaten-magelang" in stranger.url
    answer = stranger.request.get("/wilayah/kabupaten-semarang/")
    unknown = stranger.request.get("/wilayah/kabupaten-entah/")
    assert (answer.status, unknown.status) == (404, 404)
