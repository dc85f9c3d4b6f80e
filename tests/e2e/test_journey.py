"""The main job, end to end: fill in, send, return, mend, approve, freeze, print, and find in the PDF what was typed."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.needs("chromium", "poppler")

NAME = "Peta jalur sepeda keliling Rawa Pening"
WORDS = {
    "problem": "Pesepeda sering tersesat karena penanda jalur Kalibeber belum ada.",
    "description": "Jalur sepanjang 38 km diberi penanda berkode QR yang membuka peta dan titik istirahat.",
    "smart_city_target": "Kunjungan merata ke dua belas desa di sekeliling danau.",
    "strategy": "Dimulai dari ruas yang sudah aman, lalu dilengkapi bersama desa.",
    "beneficiaries": "Pesepeda, warga dua belas desa, dan pemilik warung.",
    "benefit_citizens": "Warga mendapat jalan desa yang terawat dan bertanda jelas.",
    "benefit_business": "Warung dan penginapan tercantum di peta, tanpa biaya.",
    "budget_basis": "Harga satuan daerah untuk 64 penanda, termasuk pemasangan.",
    "risk": "Penanda rusak karena cuaca.",
    "mitigation": "Kelompok sadar wisata memeriksa setiap bulan.",
    "sustainability": "Perawatan dianggarkan dari retribusi wisata.",
}  # fmt: skip


def press(page: Page, button: Locator) -> None:
    """Press what leads to another page, and be there before anything else is done."""
    with page.expect_navigation():
        button.click()


def typed(page: Page, *keys: str) -> None:
    """Fill in the text fields of a page."""
    for key in keys:
        page.locator(f"[name={key}]").fill(WORDS[key])


def save(page: Page, following: str) -> None:
    """Press the page's one primary button and land on the next section."""
    press(page, page.get_by_role("button", name="Simpan dan lanjutkan").last)
    page.wait_for_url(re.compile(following))


def fill_in(page: Page) -> None:
    """The eight sections, as a clerk would."""
    press(page, page.get_by_role("link", name="Tambah inisiatif").first)
    page.get_by_label("Nama inisiatif").fill(NAME)
    page.get_by_label("Dimensi dan sub-dimensi").select_option(label="Ekosistem pariwisata")
    press(page, page.get_by_role("button", name="Simpan dan lanjutkan"))
    page.wait_for_url(re.compile("/isian/identitas/"))
    typed(page, "problem", "description", "smart_city_target", "strategy")
    page.get_by_label("Infrastruktur pendukung").check()
    page.get_by_label("Baru", exact=True).check()
    save(page, "/isian/manfaat/")
    typed(page, "beneficiaries", "benefit_citizens", "benefit_business")
    save(page, "/isian/pelaksana/")
    page.get_by_label("Banyubiru", exact=True).check()
    page.locator("[name=partners-0-kind]").select_option("community")
    page.locator("[name=partners-0-name]").fill("Komunitas sepeda Ambarawa")
    save(page, "/isian/kegiatan/")
    page.get_by_label("Menengah (5 tahun)").check()
    page.locator("[name=start_year]").fill("2022")
    page.locator("[name=end_year]").fill("2024")
    page.locator("[name=activities-0-name]").fill("Pemasangan penanda")
    page.locator("[name=activities-0-start]").fill("Januari 2022")
    page.locator("[name=activities-0-end]").fill("06/2022")
    save(page, "/isian/indikator/")
    for row, (kind, name) in enumerate([("output", "Penanda terpasang"), ("outcome", "Kunjungan pesepeda")]):
        page.locator(f"[name=indicators-{row}-kind]").select_option(kind)
        page.locator(f"[name=indicators-{row}-name]").fill(name)
        page.locator(f"[name=indicators-{row}-unit]").fill("buah" if row == 0 else "orang")
        page.locator(f"[name=indicators-{row}-target_2022]").fill("1.500" if row else "64")
    save(page, "/isian/anggaran/")


def fill_in_money_and_rest(page: Page, *, javascript: bool) -> None:
    """Budget, alignment and the last section; the first attempt at the budget is unreadable and must be kept."""
    cell = page.locator("[name=budgets-0-amount_2022]")
    cell.fill("empat ratus")
    page.locator("[name=budget_basis]").fill(WORDS["budget_basis"])
    press(page, page.get_by_role("button", name="Simpan dan lanjutkan").last)
    expect(page).to_have_title(re.compile("^Galat: "))
    expect(page.get_by_role("heading", name="Ada 1 isian yang perlu diperbaiki")).to_be_visible()
    assert cell.input_value() == "empat ratus"
    assert page.locator("[name=budget_basis]").input_value() == WORDS["budget_basis"]
    cell.fill("450 jt")
    if javascript:
        expect(page.locator("[data-money-echo]")).to_contain_text("450.000.000")
    save(page, "/isian/keselarasan/")
    program = page.locator("[name=element] option", has_text="3.26.02").first.get_attribute("value")
    page.locator("[name=element]").select_option(program)
    page.locator("[name=rationale]").fill("Menambah daya tarik di sekeliling danau.")
    press(page, page.get_by_role("button", name="Usulkan tautan"))
    expect(page.get_by_text("Diusulkan").first).to_be_visible()
    save(page, "/isian/quick-win/")
    typed(page, "risk", "mitigation", "sustainability")
    press(page, page.get_by_role("button", name="Simpan dan lanjutkan").last)


def send(page: Page) -> str:
    """Check, then send; gives the address of the initiative."""
    page.wait_for_url(re.compile("/periksa/|/inisiatif/\\d+/$"))
    if "/periksa/" not in page.url:
        press(page, page.get_by_role("link", name="Periksa sebelum kirim"))
    send_button = page.get_by_role("button", name="Kirim untuk ditinjau")
    press(page, send_button.or_(page.get_by_role("link", name="Kirim untuk ditinjau")).first)
    if "/langkah/" in page.url:
        press(page, page.get_by_role("button", name="Kirim untuk ditinjau"))
    page.wait_for_url(re.compile(r"/inisiatif/\d+/$"))
    expect(page.get_by_text("Diajukan", exact=True).first).to_be_visible()
    return page.url


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
    press(page, page.get_by_role("button", name="Susun Buku 2"))
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
