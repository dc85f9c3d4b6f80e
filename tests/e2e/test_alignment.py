"""The regent's question in three clicks, and Diskominfo deciding many links at once, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import press
from tests.e2e.page_checks import page_problems

pytestmark = pytest.mark.needs("chromium")

HOME = "/wilayah/kabupaten-semarang/"
AGENCY = "Dinas Pariwisata"


def add_node(page: Page, plan: str, parent: str, text: str, **answers: str) -> str:
    """A node of the RPJMD; gives its id."""
    page.goto(f"{plan}unsur/tambah/{f'?induk={parent}' if parent else ''}")
    page.get_by_label("Uraian").fill(text)
    for label, answer in answers.items():
        page.locator(f"[name={label}]").select_option(label=answer)
    press(page, page.get_by_role("button", name="Tambahkan"))
    found = re.search(r"#el-(\d+)", page.url)
    assert found, page.url
    return found[1]


def add_empty_mission(page: Page) -> None:
    """A mission with one program, led by an agency, that no initiative carries out."""
    page.goto(f"{HOME}rpjmd/")
    link = page.locator("main a[href*='/rpjmd/']", has_text="2021").first
    plan = link.get_attribute("href")
    assert plan
    mission = add_node(page, plan, "", "Meningkatkan ketangguhan pangan daerah")
    goal = add_node(page, plan, mission, "Terjaganya cadangan pangan")
    objective = add_node(page, plan, goal, "Meningkatnya cadangan pangan desa")
    add_node(page, plan, objective, "Program Lumbung Desa", level="Program", agency=AGENCY)


def test_the_regent_asks_what_is_missing_and_whose_fault_it_is(web_portal: str, visit: Visit) -> None:
    add_empty_mission(visit(web_portal, "koordinator"))
    page = visit(web_portal, "bupati")
    page.goto(HOME)

    press(page, page.get_by_role("navigation").get_by_role("link", name="Keselarasan"))
    press(page, page.get_by_role("link", name="Yang masih kosong"))

    missions = page.locator("#mission_without_initiative")
    outside = page.locator("#initiative_without_program")
    expect(missions.get_by_role("rowheader")).to_have_text("Meningkatkan ketangguhan pangan daerah")
    expect(missions.get_by_role("row").last.get_by_role("cell").first).to_have_text(AGENCY)
    stray = outside.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("EC-09")))
    expect(stray.get_by_role("cell").first).to_contain_text("Dinas Koperasi")
    assert page_problems(page) == []

    press(page, missions.get_by_role("link", name=AGENCY, exact=True))

    expect(page.get_by_text(f"Hanya yang menjadi tanggung jawab {AGENCY}")).to_be_visible()
    expect(page.locator("#program_without_initiative").get_by_role("rowheader")).to_have_text("Program Lumbung Desa")
    expect(page.locator("#initiative_without_program")).not_to_contain_text("EC-09")


@pytest.mark.parametrize("javascript", [True, False])
def test_links_are_decided_many_at_once_by_keyboard(web_portal: str, visit: Visit, javascript: bool) -> None:
    page = visit(web_portal, "koordinator", javascript=javascript)
    page.goto(f"{HOME}keselarasan/")
    boxes = page.locator("input[name=pilih]")
    waiting = boxes.count()
    for number in range(2):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    if javascript:
        expect(page.locator("[data-pick-count]")).to_have_text("2 dipilih")

    with page.expect_navigation():
        page.get_by_role("button", name="Tolak yang dipilih").press("Enter")
    expect(page.get_by_text("Tulis alasan penolakan untuk perangkat daerah.").first).to_be_visible()
    expect(page.locator("input[name=pilih]:checked")).to_have_count(2)
    page.get_by_label("Alasan keputusan").fill("Di luar bidang inisiatif ini.")
    with page.expect_navigation():
        page.get_by_role("button", name="Tolak yang dipilih").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Tautan ditolak")
    expect(page.locator("main .plain-list li")).to_have_count(2)
    if javascript:
        assert page_problems(page) == []
    press(page, page.get_by_role("link", name="Kembali ke keselarasan"))
    expect(page.locator("input[name=pilih]")).to_have_count(waiting - 2)
