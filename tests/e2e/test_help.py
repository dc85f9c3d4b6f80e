"""Beginning without a blank page: from a model of the library, from another initiative, and one answer for many."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.page_checks import axe_violations

pytestmark = pytest.mark.needs("chromium")

NAME = "Tiket nontunai Rawa Pening"


def test_a_clerk_begins_from_a_model_copies_it_and_changes_several(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    page.get_by_role("link", name="Tambah inisiatif").first.click()
    page.get_by_role("link", name="mulai dari contoh model").click()
    page.get_by_label("Cari dalam semua isi contoh").fill("kode QR loket")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Tiket wisata nontunai dan data kunjungan harian").click()
    assert axe_violations(page) == []
    page.get_by_role("link", name="Mulai dari contoh ini").click()
    page.get_by_label("Nama inisiatif").fill(NAME)
    page.get_by_role("button", name="Buat draf dari contoh").click()
    page.wait_for_url(re.compile("/isian/identitas/"))
    marks = page.get_by_text("Masih sama dengan contoh model")
    expect(marks).to_have_count(4)
    assert axe_violations(page) == []
    draft = page.url.removesuffix("isian/identitas/")

    page.locator("[name=problem]").fill("Pengunjung Rawa Pening antre empat puluh menit pada hari Minggu.")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.wait_for_url(re.compile("/isian/manfaat/"))
    page.goto(f"{draft}isian/identitas/")
    expect(marks).to_have_count(3)

    page.goto(draft)
    page.get_by_role("link", name="Buat draf baru dari inisiatif ini").click()
    page.get_by_label("Nama inisiatif").fill(f"{NAME} tahap dua")
    assert axe_violations(page) == []
    page.get_by_label("Kosongkan semua bulan dan tahun").check()
    page.get_by_role("button", name="Buat draf dari salinan").click()
    page.wait_for_url(re.compile("/isian/identitas/"))
    expect(page.locator("[name=problem]")).to_have_value(re.compile("^Pengunjung Rawa Pening antre"))

    page.goto(f"{draft}../?status=draft")
    page.get_by_label("Pilih semua di halaman ini").check()
    expect(page.locator("[data-pick-count]")).to_have_text(re.compile(r"^\d+ dipilih$"))
    page.locator("[data-pick-row]").first.uncheck()
    page.locator("[data-pick-row]").first.press("Space")
    page.get_by_role("button", name="Ubah yang dipilih").click()
    page.get_by_label("Jangka").check()
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Panjang (10 tahun)").check()
    page.get_by_role("button", name="Lihat perubahannya").click()
    assert axe_violations(page) == []
    expect(page.get_by_role("row", name=re.compile(NAME)).first).to_contain_text("Menengah (5 tahun)")
    page.get_by_role("button", name=re.compile(r"^Ubah \d+ inisiatif$")).click()
    expect(page.get_by_role("status")).to_contain_text("inisiatif diubah.")


def test_the_same_without_javascript_on_a_phone(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas", javascript=False, width=360)
    page.goto(page.url + "inisiatif/contoh/bank-sampah-terhubung/mulai/")
    page.get_by_role("button", name="Buat draf dari contoh").click()
    page.wait_for_url(re.compile("/isian/identitas/"))
    draft = page.url.removesuffix("isian/identitas/")
    page.goto(f"{draft}../")
    page.locator("[data-pick-row]").first.check()
    page.get_by_role("button", name="Ubah yang dipilih").click()
    page.get_by_label("Seluruh wilayah").check()
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_role("button", name="Lihat perubahannya").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ubah 1 inisiatif")
