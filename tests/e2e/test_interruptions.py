"""The twelve interruptions of U2 in a real browser: after each the text is there, and at most one click brings it back."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.e2e.conftest import enter_password
from tests.e2e.initiative_form import expect_saved, new_draft
from tests.processes import Portal, free_port, wait_for
from tests.samples import Samples

pytestmark = pytest.mark.needs("chromium")

PACKETS = re.compile(r"/simpan/$")


@dataclass
class InterruptedPortal:
    """A portal that can be stopped and started, with one draft of the tourism agency."""

    portal: Portal
    port: int
    running: ExitStack
    cookies: Any = None
    path: str = ""

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Run it until it answers."""
        self.running.enter_context(self.portal.web(self.port))

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """Ask or change its database directly."""
        with closing(sqlite3.connect(self.portal.folder / "var" / "db.sqlite3", timeout=20)) as database, database:
            return database.execute(sql, values).fetchall()

    def stored(self) -> str:
        """The problem of the draft, as the database has it."""
        pk = int(re.search(r"/inisiatif/(\d+)/", self.path)[1])  # type: ignore[index]
        [(text,)] = self.ask("SELECT problem FROM masterplan_initiative WHERE id = ?", pk)
        return str(text)


@pytest.fixture(scope="module")
def interrupted(
    browser: Browser, samples: Samples, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InterruptedPortal]:
    """The portal, somebody signed in, and a draft to write in."""
    with samples.portal(tmp_path_factory.mktemp("interrupted")) as portal, ExitStack() as running:
        interrupted = InterruptedPortal(portal, free_port(), running)
        interrupted.start()
        with closing(browser.new_context(base_url=interrupted.address)) as context:
            page = context.new_page()
            page.goto("/akun/login/")
            enter_password(page, "petugas")
            new_draft(page)
            interrupted.path = page.url.removeprefix(interrupted.address)
            interrupted.cookies = context.storage_state()
        yield interrupted


@pytest.fixture
def context(browser: Browser, interrupted: InterruptedPortal) -> Iterator[BrowserContext]:
    """A browser of the clerk; a fault in a script of the page fails the test."""
    faults: list[str] = []
    with closing(browser.new_context(base_url=interrupted.address, storage_state=interrupted.cookies)) as opened:
        opened.set_default_timeout(30_000)
        opened.on("weberror", lambda fault: faults.append(str(fault.error)))
        yield opened
    assert faults == []


@pytest.fixture
def page(context: BrowserContext, interrupted: InterruptedPortal) -> Page:
    """The first section of the draft, open."""
    opened = context.new_page()
    opened.goto(interrupted.path)
    return opened


def own_session(page: Page, interrupted: InterruptedPortal) -> None:
    """Sign in anew, for a test that ends the session."""
    page.context.clear_cookies()
    page.goto("/akun/login/")
    enter_password(page, "petugas")
    page.goto(interrupted.path)


def write(page: Page, text: str, *, at_once: bool = False) -> None:
    """Type over what stands in the question about the problem, in its editor; `at_once` it is one packet."""
    page.locator("#id_problem_editor").click()
    page.keyboard.press("Control+a")
    if at_once:
        page.keyboard.insert_text(text)
    else:
        page.keyboard.type(text)


def is_saved(page: Page, interrupted: InterruptedPortal, text: str) -> None:
    """The page says so and the database agrees."""
    expect_saved(page)
    # The browser is heard meanwhile: what the test holds back, or lets through, passes only then.
    wait_for(
        lambda: page.wait_for_timeout(100) or interrupted.stored() == text,
        f"{text!r}, not {interrupted.stored()!r}",
        10,
        every=0,
    )
    assert page.locator("[name=problem]").input_value() == text


def is_kept(page: Page, text: str) -> None:
    """The copy in the browser holds the text; a page may go away from here on."""
    page.wait_for_function("text => Object.values(localStorage).some(copy => copy.includes(text))", arg=text)


def restore(page: Page) -> None:
    """The one click."""
    page.get_by_role("button", name="Pulihkan isian").click()


def cut(page: Page, *, after: bool = False) -> list[str]:
    """No packet gets through; with `after` it arrives and only the answer is lost. Gives the list of what was lost."""
    lost: list[str] = []

    def handle(route: Route) -> None:
        if after:
            route.fetch()
        route.abort()
        lost.append(route.request.post_data or "")

    page.route(PACKETS, handle)
    return lost


def reconnect(page: Page) -> None:
    """Packets get through again."""
    page.unroute(PACKETS)


def test_expired_session(page: Page, interrupted: InterruptedPortal) -> None:
    own_session(page, interrupted)
    [cookie] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    interrupted.ask("DELETE FROM django_session WHERE session_key = ?", cookie)
    write(page, "Sesi berakhir saat ini ditulis.")
    page.get_by_role("button", name="Masuk lagi").click()
    enter_password(page, "petugas")
    restore(page)
    is_saved(page, interrupted, "Sesi berakhir saat ini ditulis.")


def test_logout_in_another_tab(page: Page, interrupted: InterruptedPortal) -> None:
    own_session(page, interrupted)
    cut(page)
    write(page, "Ditulis sebelum keluar di jendela lain.")
    is_kept(page, "sebelum keluar di jendela lain")
    other = page.context.new_page()
    other.goto("/akun/logout/")
    other.locator("main").get_by_role("button", name="Keluar").click()
    other.wait_for_url("**/akun/login/")
    assert other.evaluate("Object.keys(localStorage).filter(name => name.startsWith('naskah:'))") == []
    reconnect(page)
    page.get_by_role("button", name="Masuk lagi").click()
    enter_password(page, "petugas")
    restore(page)
    is_saved(page, interrupted, "Ditulis sebelum keluar di jendela lain.")


def test_network_cut(page: Page, interrupted: InterruptedPortal) -> None:
    page.context.set_offline(True)
    write(page, "Ditulis tanpa jaringan.")
    expect(page.locator("#saved-state")).to_contain_text("Tidak ada jaringan", timeout=10_000)
    page.get_by_role("button", name="Simpan dan lanjutkan").last.scroll_into_view_if_needed()
    expect(page.locator("#saved-state")).not_to_be_in_viewport()
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()  # stays on the page instead of losing it
    expect(page.locator("#saved-state")).to_be_in_viewport()  # and leads to what it says there
    page.context.set_offline(False)
    is_saved(page, interrupted, "Ditulis tanpa jaringan.")


def test_crash(page: Page, interrupted: InterruptedPortal) -> None:
    cut(page)
    write(page, "Ditulis sebelum peramban mogok.")
    is_kept(page, "sebelum peramban mogok")
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    again = page.context.new_page()
    again.goto(interrupted.path)
    restore(again)
    is_saved(again, interrupted, "Ditulis sebelum peramban mogok.")


def test_back_button(page: Page, interrupted: InterruptedPortal) -> None:
    cut(page)
    write(page, "Ditulis sebelum pergi.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name=re.compile("Manfaat")).click()
    page.wait_for_url("**/isian/manfaat/")
    reconnect(page)
    page.go_back()
    # The browser may have let the last packet through while it left; then the text is there without a click.
    back = page.get_by_role("button", name="Pulihkan isian")
    page.wait_for_function(
        "text => document.querySelector('[data-act=restore]') || document.querySelector('[name=problem]').value === text",
        arg="Ditulis sebelum pergi.",
    )
    if back.count():
        back.click()
        is_saved(page, interrupted, "Ditulis sebelum pergi.")
    assert page.locator("[name=problem]").input_value() == interrupted.stored() == "Ditulis sebelum pergi."


def test_csrf_rotation(page: Page, interrupted: InterruptedPortal) -> None:
    other = page.context.new_page()
    page.context.clear_cookies(name="sessionid")
    other.goto("/akun/login/")
    enter_password(other, "petugas")
    write(page, "Ditulis setelah masuk di jendela lain.")
    is_saved(page, interrupted, "Ditulis setelah masuk di jendela lain.")
    page.context.clear_cookies(name="csrftoken")
    write(page, "Ditulis tanpa kuki formulir.")
    is_saved(page, interrupted, "Ditulis tanpa kuki formulir.")


def test_413(page: Page, interrupted: InterruptedPortal) -> None:
    """One packet of two questions is too large for a proxy on the way; each alone is not."""

    def proxy(route: Route) -> None:
        too_large = len(route.request.post_data or "") > 1500
        route.fulfill(status=413, body="Request Entity Too Large") if too_large else route.continue_()

    page.route(PACKETS, proxy)
    page.locator("[name=smart_city_target]").fill("Uraian. " * 60)
    write(page, "Masalah. " * 40 + "Selesai.")
    is_saved(page, interrupted, "Masalah. " * 40 + "Selesai.")
    write(page, "Sangat panjang. " * 110, at_once=True)
    expect(page.locator("#saving-notes")).to_contain_text("Terlalu panjang untuk dikirim: Masalah", timeout=10_000)
    write(page, "Dipendekkan.")
    is_saved(page, interrupted, "Dipendekkan.")
    expect(page.locator("#saving-notes")).not_to_contain_text("Terlalu panjang")


def test_500(page: Page, interrupted: InterruptedPortal) -> None:
    page.route(PACKETS, lambda route: route.fulfill(status=500, body="<h1>Galat</h1>"))
    write(page, "Ditulis saat portal terganggu.")
    expect(page.locator("#saved-state")).to_contain_text("Portal sedang terganggu", timeout=10_000)
    reconnect(page)
    is_saved(page, interrupted, "Ditulis saat portal terganggu.")


def test_version_conflict(page: Page, interrupted: InterruptedPortal, browser: Browser) -> None:
    with closing(browser.new_context(base_url=interrupted.address)) as second:
        head = second.new_page()
        head.goto(f"/akun/login/?next={interrupted.path}")
        enter_password(head, "kepala")
        write(head, "Masalah menurut kepala dinas.")
        is_saved(head, interrupted, "Masalah menurut kepala dinas.")
    write(page, "Masalah menurut petugas.")
    page.get_by_role("button", name="Bandingkan kedua naskah").click()
    compared = page.locator(".compare")
    expect(compared).to_contain_text("Masalah menurut kepala dinas.")
    expect(compared).to_contain_text("petugas.")
    assert interrupted.stored() == "Masalah menurut kepala dinas."
    page.get_by_label("Pakai naskah Anda").check()
    page.get_by_role("button", name="Simpan pilihan ini").click()
    page.wait_for_url("**/isian/identitas/")
    expect(page.locator("[name=problem]")).to_have_value("Masalah menurut petugas.")
    assert interrupted.stored() == "Masalah menurut petugas."


def test_restart(page: Page, interrupted: InterruptedPortal) -> None:
    interrupted.running.close()
    write(page, "Ditulis saat portal dimulai ulang.")
    expect(page.locator("#saved-state")).to_contain_text("dikirim", timeout=10_000)
    interrupted.start()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # as when one comes back to the window
    is_saved(page, interrupted, "Ditulis saat portal dimulai ulang.")


def test_sent_meanwhile(page: Page, interrupted: InterruptedPortal) -> None:
    before = interrupted.stored()
    path = re.search(r"/inisiatif/(\d+)/", interrupted.path)
    state = "UPDATE masterplan_initiative SET status = ?, submitted_at = ?, submitted_by_id = ? WHERE id = ?"
    interrupted.ask(state, "submitted", "2026-01-01 00:00:00", 1, path[1])  # type: ignore[index]
    try:
        write(page, "Ditulis setelah inisiatif dikirim.")
        page.get_by_role("button", name="Lihat dan salin tulisan saya").click()
        expect(page.locator("#tulisan-problem")).to_have_text("Ditulis setelah inisiatif dikirim.")
        assert interrupted.stored() == before
    finally:
        interrupted.ask(state, "draft", None, None, path[1])  # type: ignore[index]
    page.goto(interrupted.path)  # as after it has been returned
    restore(page)
    is_saved(page, interrupted, "Ditulis setelah inisiatif dikirim.")


def test_lost_answer(page: Page, interrupted: InterruptedPortal) -> None:
    """The packet arrived and the answer did not: it is sent again under its name and makes nothing twice."""
    lost = cut(page, after=True)
    write(page, "Jawabannya hilang di jalan.", at_once=True)
    for _ in range(100):  # the browser is only heard while one waits in it
        page.wait_for_timeout(100)
        if lost:
            break
    assert interrupted.stored() == "Jawabannya hilang di jalan."
    count = "SELECT COUNT(*) FROM masterplan_initiativechange"
    made = interrupted.ask(count)
    reconnect(page)
    is_saved(page, interrupted, "Jawabannya hilang di jalan.")
    assert interrupted.ask(count) == made
