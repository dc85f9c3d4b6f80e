"""A manager of the ministry at work in a browser: inviting, assigning, taking regencies out of a round; each page looked at."""

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

    press(page, page.get_by_role("link", name="Ubah Tenaga Ahli Tiga Contoh"))
    assert page_problems(page) == []
    for link in ("Cabut penugasan", "Nonaktifkan akses"):
        press(page, page.get_by_role("link", name=link))
        assert page_problems(page) == [], link
        page.go_back()

    page.goto("/kementerian/putaran/")
    press(page, page.get_by_role("link", name="Putaran contoh").first)
    for link in ("Keluarkan Kabupaten Kendal", "Hapus klaster"):
        press(page, page.get_by_role("link", name=link))
        assert page_problems(page) == [], link
        page.go_back()
