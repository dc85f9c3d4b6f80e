"""The tables of the form as hands use them: mouse, finger and keyboard; totals, echoes, questions; sixty rows."""

import re

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import new_draft
from tests.e2e.page_checks import page_problems

pytestmark = pytest.mark.needs("chromium")

ROWS = 60


@pytest.fixture
def form(web_portal: str, visit: Visit) -> Page:
    """The clerk, on the first page of a new initiative, for what one types is kept at once."""
    page = visit(web_portal, "petugas")
    new_draft(page)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def section(page: Page, key: str, width: int = 1280) -> None:
    """Open another page of the form."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(re.sub(r"/isian/.*", f"/isian/{key}/", page.url))


def fill_activities(page: Page, *names: str) -> None:
    """A row for each name, with the button that adds rows."""
    for number, name in enumerate(names):
        if page.locator(f"[name=activities-{number}-name]").count() == 0:
            page.get_by_role("button", name="Tambah kegiatan").click()
        page.locator(f"[name=activities-{number}-name]").fill(name)


def names(page: Page) -> list[str]:
    """The names in the order in which the rows stand."""
    return page.locator("[data-row]:not(.is-removed) input[name$=-name]").evaluate_all(
        "inputs => inputs.map(input => input.value)"
    )


def orders(page: Page) -> list[str]:
    """The hidden order numbers, in the order in which the rows stand."""
    return page.locator("[data-row]:not(.is-removed) input[name$=-ORDER]").evaluate_all(
        "inputs => inputs.map(input => input.value)"
    )


def handle(page: Page, place: int) -> Locator:
    """The handle of the row at a place."""
    return page.locator("[data-row]:not(.is-removed) [data-row-drag]").nth(place)


def middle(thing: Locator) -> tuple[float, float]:
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def count_events(page: Page) -> None:
    """Count the changes that somebody who watches the form hears of, by the name of the control."""
    page.evaluate(
        "() => { window.changes = []; document.addEventListener('input', event => changes.push(event.target.name ?? '')) }"
    )


def test_rows_are_dragged_with_the_mouse(form: Page) -> None:
    section(form, "kegiatan")
    fill_activities(form, "Satu", "Dua", "Tiga")
    count_events(form)
    handle(form, 0).scroll_into_view_if_needed()

    form.mouse.move(*middle(handle(form, 0)))
    form.mouse.down()
    expect(form.locator(".rows-dragging .row-name").nth(2)).to_have_text(": Tiga")
    assert form.evaluate("changes.length") == 0, "reported before the row has found its place"
    form.mouse.move(*middle(handle(form, 2)), steps=4)
    form.mouse.move(middle(handle(form, 2))[0], middle(handle(form, 2))[1] + 30, steps=2)
    form.mouse.up()

    assert names(form) == ["Dua", "Tiga", "Satu"]
    assert orders(form) == ["1", "2", "3"]
    assert form.evaluate("changes") == ["activities-TOTAL_FORMS"]
    expect(form.locator("[data-row-voice]")).to_have_text("Satu: urutan 3 dari 3.")
    expect(handle(form, 2)).to_be_focused()
    expect(form.locator(".rows-dragging")).to_have_count(0)


def test_a_drag_can_be_given_up(form: Page) -> None:
    section(form, "kegiatan")
    fill_activities(form, "Satu", "Dua", "Tiga")
    handle(form, 0).scroll_into_view_if_needed()
    form.mouse.move(*middle(handle(form, 0)))
    form.mouse.down()
    x, y = middle(handle(form, 1))
    form.mouse.move(x, y + 25, steps=3)
    form.keyboard.press("Escape")
    form.mouse.up()

    assert names(form) == ["Satu", "Dua", "Tiga"]


def touch(session: CDPSession, kind: str, x: float, y: float) -> None:
    points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_rows_are_dragged_with_a_finger_on_a_narrow_screen(form: Page) -> None:
    section(form, "kegiatan", width=320)
    fill_activities(form, "Satu", "Dua", "Tiga")
    session = form.context.new_cdp_session(form)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    handle(form, 2).scroll_into_view_if_needed()

    touch(session, "touchStart", *middle(handle(form, 2)))
    expect(form.locator(".rows-dragging")).to_have_count(1)
    x, y = middle(handle(form, 0))
    for step in (y + 40, y + 10, y - 12):
        touch(session, "touchMove", x, step)
        form.wait_for_timeout(40)
    touch(session, "touchEnd", x, y)

    assert names(form) == ["Tiga", "Satu", "Dua"]
    assert form.evaluate("document.documentElement.scrollWidth") == 320


def test_rows_are_moved_removed_and_brought_back_by_keyboard(form: Page) -> None:
    section(form, "kegiatan")
    fill_activities(form, "Satu", "Dua", "Tiga")

    handle(form, 0).focus()
    for key, expected in [("ArrowDown", "Dua Satu Tiga"), ("End", "Dua Tiga Satu"), ("Home", "Satu Dua Tiga")]:
        form.keyboard.press(key)
        assert " ".join(names(form)) == expected
        assert form.evaluate("document.activeElement.closest('[data-row]').querySelector('input').value") == "Satu"
    form.get_by_role("button", name="Turunkan").first.press("Enter")
    assert names(form)[:2] == ["Dua", "Satu"]
    expect(form.get_by_role("button", name="Turunkan").nth(1)).to_be_focused()

    form.get_by_role("button", name="Hapus baris").nth(1).press("Enter")
    assert names(form) == ["Dua", "Tiga"]
    expect(form.get_by_role("button", name="Batalkan hapus")).to_be_focused()
    form.keyboard.press("Enter")
    assert names(form) == ["Dua", "Satu", "Tiga"]
    expect(form.get_by_role("button", name="Hapus baris").nth(1)).to_be_focused()


def test_money_is_added_up_and_echoed_while_one_types(form: Page) -> None:
    section(form, "anggaran")
    cell = form.locator("[name=budgets-0-amount_2022]")
    cell.fill("450 jt")
    form.locator("[name=budgets-0-amount_2023]").fill("1.250.000.000")
    form.get_by_role("button", name="Tambah sumber dana").click()
    expect(form.locator("[name=budgets-1-source]")).to_be_focused()
    form.locator("[name=budgets-1-source]").select_option("csr")
    form.locator("[name=budgets-1-amount_2022]").fill("50 juta")

    expect(form.locator("[id='id_budgets-0-amount_2022_echo']")).to_have_text("Terbaca: Rp450.000.000")
    assert "id_budgets-0-amount_2022_echo" in (cell.get_attribute("aria-describedby") or "")
    expect(form.locator("[id='id_budgets-0-amount_2023_echo']")).to_have_count(0)
    expect(form.locator("[data-row-total]")).to_have_text(["1.700.000.000", "50.000.000"])
    expect(form.locator("[data-total]").first).to_have_text("500.000.000")
    expect(form.locator("[data-money-echo]")).to_have_text("Terbaca: Rp1.750.000.000, 2 tahun, 2 sumber dana")

    form.get_by_role("button", name="Hapus sumber dana").nth(1).click()
    expect(form.locator("[data-money-echo]")).to_have_text("Terbaca: Rp1.700.000.000, 2 tahun, 1 sumber dana")
    form.get_by_role("button", name="Batalkan hapus").click()
    expect(form.locator("[data-money-echo]")).to_contain_text("Rp1.750.000.000")

    form.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    form.wait_for_url("**/keselarasan/")
    section(form, "anggaran", width=320)
    expect(form.locator("[data-money-echo]")).to_have_text("Terbaca: Rp1.750.000.000, 2 tahun, 2 sumber dana")
    assert form.evaluate("document.documentElement.scrollWidth") == 320


def test_what_the_server_understood_is_shown_and_asked_about(form: Page) -> None:
    section(form, "indikator")
    target = form.locator("[name=indicators-0-target_2022]")
    form.locator("[name=indicators-0-name]").fill("Antrean di loket")
    form.locator("[name=indicators-0-target_2023]").fill("60")
    target.fill("70-75")

    expect(form.locator("[id='id_indicators-0-target_2022_echo']")).to_have_text("Terbaca: 70 sampai 75")
    expect(form.locator("[id='indicators-0-note']")).to_contain_text("naik")
    expect(form.get_by_role("status").filter(has_text="terbaca 70 sampai 75")).to_have_count(1)

    target.fill("1,250")
    expect(form.locator("[id='id_indicators-0-target_2022_echo']")).to_have_count(0)
    expect(form.locator(".ask button")).to_have_count(2)
    count_events(form)
    form.get_by_role("button", name="1,25 (satu koma dua lima)").click()

    expect(target).to_have_value("1,25")
    expect(target).to_be_focused()
    expect(form.locator(".ask")).to_have_count(0)
    assert form.evaluate("changes") == ["indicators-0-target_2022"]


WRONG = {
    "kegiatan": {"start_year": "22", "activities-0-start": "31/12/27", "activities-0-end": "06/2028"},
    "indikator": {"indicators-0-target_2022": "1,250", "indicators-0-baseline": "70-75", "indicators-1-unit": "orang"},
    "anggaran": {"budgets-0-amount_2022": "450 jt", "budgets-0-amount_2023": "empat ratus"},
}


@pytest.mark.parametrize("key", WRONG)
def test_refused_tables_are_readable_for_everybody(form: Page, key: str) -> None:
    section(form, key)
    for name, text in WRONG[key].items():
        form.locator(f"[name={name}]").fill(text)
    form.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    expect(form).to_have_title(re.compile("^Galat: "))

    assert page_problems(form) == []
    expect(form.locator(".echo").first).to_be_visible()


def test_a_refused_page_asks_with_buttons(form: Page) -> None:
    section(form, "kegiatan")
    form.locator("[name=start_year]").fill("22")
    form.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    expect(form).to_have_title(re.compile("^Galat: "))
    form.get_by_role("button", name="2022", exact=True).click()

    expect(form.locator("[name=start_year]")).to_have_value("2022")
    expect(form.locator("[name=start_year]")).to_be_focused()


def test_a_meaning_is_chosen_without_javascript(web_portal: str, form: Page, visit: Visit) -> None:
    page = visit(web_portal, "petugas", javascript=False)
    page.goto(form.url)
    section(page, "kegiatan")
    page.locator("[name=start_year]").fill("22")
    page.locator("[name=activities-0-name]").fill("Masih di sini")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.get_by_role("button", name="2022", exact=True).click()

    expect(page.locator("[name=start_year]")).to_have_value("2022")
    expect(page.locator("[name=activities-0-name]")).to_have_value("Masih di sini")
    expect(page.get_by_label("Urutan").first).to_be_visible()
    expect(page.get_by_label("Hapus baris ini").first).to_be_visible()


@pytest.mark.parametrize("key", ["kegiatan", "indikator"])
def test_a_table_takes_sixty_rows_and_says_when_it_is_full(form: Page, key: str) -> None:
    section(form, key)
    add = form.locator("[data-row-add]")
    add.evaluate("(button, rows) => { for (let row = 1; row < rows; row += 1) button.click(); }", ROWS)
    expect(form.locator("[data-row]")).to_have_count(ROWS)
    add.click()
    expect(form.get_by_text("Paling banyak 60 baris. Gabungkan baris yang serupa.")).to_be_visible()
    assert form.locator("[data-row]").count() == ROWS
    form.locator("[data-row] input[name$=-name]").first.fill("Pertama")
    handle(form, 0).press("End")
    assert names(form)[-1] == "Pertama"
