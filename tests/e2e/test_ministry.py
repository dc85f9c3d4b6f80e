"""A manager of the ministry at work in a browser, who leaves things as they were; each page is looked at."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import press
from tests.e2e.page_checks import page_problems

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_manager_invites_assigns_and_takes_away(embedded_portal: str, visit: Visit, width: int) -> None:
    page = visit(embedded_portal, "pengelola", width=width)
    page.goto("/kementerian/orang/undang/")
    assert page_problems(page) == []
    page.get_by_label("Alamat surel").fill(f"ahli-baru-{width}@contoh.test")
    page.get_by_role("radio", name="Tenaga ahli: ").check()
    press(page, page.get_by_role("button", name="Kirim undangan"))
    expect(page.get_by_text(f"Undangan untuk ahli-baru-{width}@contoh.test dikirim.")).to_be_visible()
    assert page_problems(page) == []
    press(page, page.get_by_role("button", name="Batalkan undangan"))
    expect(page.get_by_text("Tautannya tidak berlaku lagi.")).to_be_visible()
    assert page_problems(page) == []

    press(page, page.get_by_role("link", name="Tugaskan Tenaga Ahli Tiga Contoh"))
    assert page_problems(page) == []
    page.get_by_role("combobox", name="Kabupaten/kota").select_option(label="Kabupaten Kendal, Jawa Tengah")
    page.get_by_label("Smart Living").check()
    press(page, page.get_by_role("button", name="Tugaskan"))
    expect(page.get_by_role("row", name="Kabupaten Kendal").first).to_contain_text("Smart Living")
    assert page_problems(page) == []
    press(page, page.get_by_role("link", name="Cabut penugasan Kabupaten Kendal"))
    assert page_problems(page) == []
    press(page, page.get_by_role("button", name="Cabut penugasan"))
    expect(page.get_by_role("row", name="Kabupaten Kendal").first).to_contain_text("dicabut")

    press(page, page.get_by_role("link", name="Nonaktifkan akses"))
    page.get_by_label("Alasan").fill("Pindah tugas.")
    press(page, page.get_by_role("button", name="Nonaktifkan akses"))
    press(page, page.get_by_role("link", name="Ubah Tenaga Ahli Tiga Contoh"))
    assert page_problems(page) == []
    press(page, page.get_by_role("button", name="Aktifkan lagi"))

    page.goto("/kementerian/putaran/")
    press(page, page.get_by_role("link", name="Putaran contoh").first)
    press(page, page.get_by_role("link", name="Hapus klaster"))
    assert page_problems(page) == []
    page.go_back()
    press(page, page.get_by_role("link", name="Keluarkan Kabupaten Kendal"))
    assert page_problems(page) == []
    press(page, page.get_by_role("button", name="Keluarkan"))
    expect(page.get_by_role("row", name="Kabupaten Kendal")).to_have_count(0)
    page.get_by_role("textbox", name="Kabupaten/kota").fill("33.24")
    page.get_by_role("textbox", name="Klaster").fill("Jawa Tengah (contoh)")
    press(page, page.get_by_role("button", name="Tambahkan"))
    expect(page.get_by_role("row", name="Kabupaten Kendal")).to_be_visible()
    assert page_problems(page) == []
