"""Saving while one types, in a real browser: two people on one page, rows that come back, errors at their field."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import expect_saved, new_draft
from tests.e2e.page_checks import SECTIONS
from tests.e2e.slow_network import delayed_script

pytestmark = pytest.mark.needs("chromium")

PACKETS = re.compile(r"/simpan/$")


@pytest.mark.parametrize("button", [None, "Simpan dan lanjutkan"])
def test_what_was_typed_before_the_scripts_came_is_saved(web_portal: str, visit: Visit, button: str | None) -> None:
    """On a slow line the page is there before its scripts are."""
    page = visit(web_portal, "petugas")
    path = new_draft(page)
    with page.expect_response(PACKETS):
        with delayed_script(page, "autosave"):
            page.goto(f"{path}manfaat/", wait_until="commit")
            page.locator("[name=benefit_citizens]").fill("Ditulis sebelum skrip datang.")
            page.locator("[name=benefit_citizens]").blur()
        if button:
            page.get_by_role("button", name=button).last.click()
    if button:
        page.wait_for_url(lambda url: "/manfaat/" not in url)
    page.goto(f"{path}manfaat/")
    expect(page.locator("[name=benefit_citizens]")).to_have_value("Ditulis sebelum skrip datang.")


def test_a_page_that_is_only_opened_saves_nothing(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    packets: list[str] = []
    page.on("request", lambda sent: packets.append(sent.url) if PACKETS.search(sent.url) else None)
    page.get_by_role("link", name=re.compile("^Perbaiki: ")).first.click()
    page.wait_for_url("**/isian/**")
    form, _, _ = page.url.partition("/isian/")
    for section in SECTIONS:
        page.goto(f"{form}/isian/{section}/")
        page.wait_for_timeout(1_500)  # longer than the pause after which it saves
    assert packets == []


def test_two_people_on_one_page(web_portal: str, visit: Visit) -> None:
    mine, theirs = visit(web_portal, "petugas"), visit(web_portal, "kepala")
    path = new_draft(mine)
    theirs.goto(f"{path}identitas/")
    expect(theirs.locator("[data-presence]")).to_contain_text("Juga sedang dibuka oleh Staf perangkat daerah")
    theirs.locator("[name=strategy]").fill("Strategi menurut kepala.")
    theirs.locator("[name=strategy]").blur()
    expect_saved(theirs)
    mine.locator("[name=smart_city_target]").fill("Masalah menurut petugas.")
    mine.locator("[name=smart_city_target]").blur()
    expect_saved(mine)
    strategy = mine.locator("[data-question=strategy]")
    expect(strategy).to_contain_text("Diubah oleh Kepala perangkat daerah, Dinas Pariwisata pukul")
    expect(mine.locator("[name=strategy]")).to_have_value("")
    mine.get_by_role("button", name="Simpan dan lanjutkan").last.click()  # what was not touched overwrites nothing
    mine.wait_for_url("**/isian/manfaat/")
    mine.goto(f"{path}identitas/")
    expect(mine.locator("[name=strategy]")).to_have_value("Strategi menurut kepala.")
    theirs.locator("[name=description]").fill("Uraian menurut kepala.")
    theirs.locator("[name=description]").blur()
    expect_saved(theirs)
    expect(theirs.locator("[data-question=smart_city_target]")).to_contain_text("Diubah oleh Staf perangkat daerah")
    theirs.get_by_role("button", name="Muat bagian ini").click()
    expect(theirs.locator("[name=smart_city_target]")).to_have_value("Masalah menurut petugas.")
    theirs.locator("[name=smart_city_target]").fill("Masalah menurut keduanya.")
    theirs.locator("[name=smart_city_target]").blur()
    expect_saved(theirs)
    expect(theirs.locator("#saving-notes")).to_have_text("")


def test_rows_of_a_table_come_back(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    path = new_draft(page)
    page.goto(f"{path}kegiatan/")
    page.locator("[name=activities-0-name]").fill("Kegiatan pertama")
    page.locator("[name=activities-0-name]").blur()
    expect_saved(page)
    page.route(PACKETS, lambda route: route.fulfill(status=204))  # an answer that says nothing: not saved
    page.get_by_role("button", name="Tambah kegiatan").click()
    page.locator("[name=activities-1-name]").fill("Kegiatan kedua")
    page.locator("[name=horizon][value=short]").check()
    page.wait_for_function(
        "() => Object.values(localStorage).some(copy => copy.includes('Kegiatan kedua') && copy.includes('short'))"
    )
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute(PACKETS)
    expect(page.locator("#saving-notes")).to_contain_text("Ada isian Anda yang belum tersimpan")
    page.get_by_role("button", name="Pulihkan isian").click()
    expect(page.locator("[name=activities-1-name]")).to_have_value("Kegiatan kedua")
    expect(page.locator("[name=horizon][value=short]")).to_be_checked()
    expect_saved(page)
    page.reload()
    expect(page.locator("[name=activities-1-name]")).to_have_value("Kegiatan kedua")
    expect(page.locator("#saving-notes")).to_have_text("")


def test_an_error_stands_at_its_field_until_it_is_mended(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    page.goto(f"{new_draft(page)}kegiatan/")
    year = page.locator("[name=start_year]")
    year.fill("dua ribu")
    year.blur()
    expect(page.locator("#id_start_year_error")).to_have_text("Tulis tahun dengan empat angka, misalnya 2027.")
    assert "id_start_year_error" in (year.get_attribute("aria-describedby") or "").split()
    expect(page.locator("#saved-state")).to_contain_text("Belum semua tersimpan")
    year.fill("2022")
    year.blur()
    expect_saved(page)
    assert page.locator("#id_start_year_error").count() == 0
    assert "id_start_year_error" not in (year.get_attribute("aria-describedby") or "")


def test_without_javascript_the_button_saves(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas", javascript=False)
    path = new_draft(page)
    page.locator("[name=smart_city_target]").fill("Ditulis tanpa JavaScript.")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.wait_for_url("**/isian/manfaat/")
    page.goto(f"{path}identitas/")
    assert page.locator("[name=smart_city_target]").input_value() == "Ditulis tanpa JavaScript."


def test_nothing_moves_below_a_button_that_is_being_pressed(web_portal: str, visit: Visit) -> None:
    """An error waits while somebody types at its field; when it came between press and release, the click was lost."""
    page = visit(web_portal, "petugas")
    page.goto(f"{new_draft(page)}kegiatan/")
    page.locator("[name=start_year]").fill("dua ribu")
    expect(page.locator("#saved-state")).to_contain_text("Belum semua tersimpan", timeout=15_000)
    error = page.locator("#id_start_year_error")
    expect(error).to_have_count(0)
    button = page.get_by_role("button", name="Simpan dan lanjutkan").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    page.mouse.down()
    page.wait_for_timeout(200)  # as long as a press takes
    expect(error).to_have_count(0)
    page.mouse.up()
    expect(page).to_have_title(re.compile("^Galat: "))
    expect(error).to_be_visible()
