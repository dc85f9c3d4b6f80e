"""The main job, end to end: fill in, send, return, revise, approve, freeze, print, and find in the PDF what was typed."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import NAME, WORDS, fill_in, fill_in_money_and_rest, press, save, send
from tests.e2e.page_checks import NARROW, SECTIONS

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


def revise(page: Page, address: str) -> None:
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


# How wide a page was when it was opened and when it was left; the browser itself keeps it from page to page.
_WATCH_WIDTH = """
  const note = () => {
    const widths = JSON.parse(sessionStorage.getItem("widths") ?? "[]");
    widths.push([location.pathname, document.documentElement.scrollWidth]);
    sessionStorage.setItem("widths", JSON.stringify(widths));
  };
  addEventListener("load", note);
  addEventListener("pagehide", note);
"""


def check_widths(page: Page) -> None:
    """Every page of the form was opened, and none was wider than the screen."""
    widths = page.evaluate("JSON.parse(sessionStorage.widths)")
    assert {section for path, _ in widths for section in SECTIONS if f"/{section}/" in path} == set(SECTIONS)
    assert [f"{path}: {width}" for path, width in widths if width > NARROW] == []


def change_tables(page: Page, address: str) -> None:
    """Rows without a script: the server adds one by a button, and what was typed is still there after it."""
    for section, table, label in (
        ("pelaksana", "partners", "Tambah mitra"),
        ("kegiatan", "activities", "Tambah kegiatan"),
        ("indikator", "indicators", "Tambah indikator"),
    ):
        page.goto(f"{address}isian/{section}/")
        rows = page.locator(f"[name^={table}-][name$=-name]")
        before, name = rows.count(), f"{rows.first.input_value()} terpadu"
        rows.first.fill(name)
        press(page, page.get_by_role("button", name=label))
        assert (rows.count(), rows.first.input_value()) == (before + 1, name)
        press(page, page.get_by_role("button", name="Simpan, lanjutkan nanti"))
        page.goto(f"{address}isian/{section}/")
        assert rows.first.input_value() == name
    page.goto(f"{address}periksa/")


def decide(visit: Visit, portal: str, clerk: Page, address: str, *, javascript: bool) -> Page:
    """Returned once, answered and approved; gives the coordinator's window."""
    coordinator = visit(portal, "koordinator", javascript=javascript)
    review(coordinator, address)
    revise(clerk, address)
    approve(coordinator, address)
    return coordinator


@pytest.mark.needs("postgres", "redis")
def test_the_main_job_on_a_narrow_screen(services_portal: str, visit: Visit, tmp_path: Path) -> None:
    clerk = visit(services_portal, "petugas", width=NARROW)
    home = clerk.url
    clerk.context.add_init_script(_WATCH_WIDTH)
    fill_in(clerk)
    fill_in_money_and_rest(clerk, javascript=True)
    address = send(clerk)
    check_widths(clerk)
    coordinator = decide(visit, services_portal, clerk, address, javascript=True)
    waiting = freeze_and_ask(coordinator, home)
    check_book(download(visit(services_portal, "ahli"), waiting, tmp_path))


def test_the_main_job_without_javascript(embedded_portal: str, visit: Visit, tmp_path: Path) -> None:
    clerk = visit(embedded_portal, "petugas", javascript=False, width=360)
    home = clerk.url
    fill_in(clerk)
    form = clerk.url.partition("isian/")[0]
    fill_in_money_and_rest(clerk, javascript=False)
    change_tables(clerk, form)
    address = send(clerk)
    coordinator = decide(visit, embedded_portal, clerk, address, javascript=False)
    waiting = freeze_and_ask(coordinator, home)
    check_book(download(visit(embedded_portal, "ahli", javascript=False), waiting, tmp_path))
