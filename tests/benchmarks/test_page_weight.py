"""What the form weighs and how soon it can be used: a cheap phone on a slow line, measured in a real browser (U5)."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.machine import chromium_path
from tests.processes import PASSWORD, Portal, free_port, wait_for

pytestmark = pytest.mark.needs("chromium")

REPORT = Path(django_settings.BASE_DIR) / "var" / "benchmarks" / "page_weight.json"
FIRST_KB, LATER_KB, USABLE_SECONDS = 150, 60, 5
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
CPU_SLOWER = 4
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
SECTIONS = ("identitas", "manfaat", "pelaksana", "kegiatan", "indikator", "anggaran", "keselarasan", "quick-win")
WITH_TEXTS = ("identitas", "manfaat", "anggaran", "quick-win")
HOME = "/wilayah/kabupaten-semarang/"


class Line:
    """A browser window behind the slow line, and what came through it."""

    def __init__(self, browser: Browser, address: str, cookies: Any = None) -> None:
        """A window of its own has an empty cache; `cookies` are those of another one in which somebody signed in."""
        self.page: Page = browser.new_context(base_url=address, storage_state=cookies, **PHONE).new_page()
        self.cdp: CDPSession = self.page.context.new_cdp_session(self.page)
        self.requests: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        self.cdp.on(
            "Network.requestWillBeSent",
            lambda event: self.requests.update({event["requestId"]: event["request"]["url"]}),
        )
        self.cdp.on("Network.loadingFinished", self._arrived)
        self.cdp.send("Network.enable")
        self.cdp.send("Network.emulateNetworkConditions", LINE)
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})

    def _arrived(self, event: dict[str, Any]) -> None:
        url = self.requests.get(event["requestId"], "?")
        self.bytes[url] = self.bytes.get(url, 0) + event["encodedDataLength"]

    def open(self, path: str) -> float:
        """Kilobytes that came over the line for a page, once nothing more comes."""
        self.bytes.clear()
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        return self.kilobytes

    @property
    def kilobytes(self) -> float:
        """All that came since the last page was asked for, headers included."""
        return round(sum(self.bytes.values()) / 1024, 1)

    def usable_after(self, path: str, word: str = "Antrean") -> float:
        """Seconds from asking for a form page until a word typed into its first long text stands there."""
        started = perf_counter()
        self.page.goto(path, wait_until="commit")
        first = self.page.locator("#isian textarea:visible").first
        first.wait_for()
        first.focus()
        self.page.keyboard.insert_text(word)
        self.page.wait_for_function(
            "word => [...document.querySelectorAll('#isian textarea')].some((area) => area.value.includes(word))",
            arg=word,
        )
        return round(perf_counter() - started, 2)

    def sign_in(self) -> None:
        self.page.get_by_label("Alamat surel").fill("petugas@contoh.test")
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        self.page.wait_for_url(lambda url: "/wilayah/" in url)
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A portal with the sample and no book to print, so that nothing else runs."""
    portal, port = Portal(tmp_path), free_port()
    for command in (("migrate", "--verbosity", "0"), ("load_demo", "--no-book")):
        portal.manage(*command)
    with portal.process("run", sys.executable, "manage.py", "run", "--port", str(port)):
        wait_for(lambda: "Portal berjalan" in portal.log("run"), "the portal", 180)
        yield f"http://127.0.0.1:{port}"


def own_initiative(page: Page) -> str:
    """The address of an initiative the person can fill in, made as they would."""
    page.goto(f"{HOME}inisiatif/tambah/")
    page.get_by_label("Nama inisiatif").fill("Peta jalur sepeda")
    page.get_by_label("Dimensi dan sub-dimensi").select_option(index=1)
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_url("**/isian/identitas/")
    return page.url.partition("isian/")[0]


def measured(browser: Browser, address: str) -> dict[str, Any]:
    """Sign-in and each form page from an empty cache, then every page somebody opens while filling in."""
    line = Line(browser, address)
    first = {"login": line.open("/akun/login/")}
    line.bytes.clear()
    line.sign_in()
    later = {"home after login": line.kilobytes}
    initiative = own_initiative(line.page)
    forms = {section: f"{initiative}isian/{section}/" for section in SECTIONS}
    others = {"home": HOME, "list": f"{HOME}inisiatif/", "initiative": initiative}
    others |= {"check": f"{initiative}periksa/", "review": f"{initiative}tinjauan/"}
    later |= {name: line.open(path) for name, path in (others | forms).items()}
    warm = line.usable_after(forms["identitas"])
    # Somebody who follows the link of a notice: signed in, and nothing of the portal in the cache.
    cold, cookies = {}, line.page.context.storage_state()
    for name, path in forms.items():
        line.page.context.close()
        line = Line(browser, address, cookies)
        if name in WITH_TEXTS:
            cold[name] = line.usable_after(path)
            line.page.context.close()
            line = Line(browser, address, cookies)
        first[name] = line.open(path)
    return {
        "first_kb": max(first.values()),
        "later_kb": max(later.values()),
        "usable_seconds": max(cold.values()),
        "usable_later_seconds": warm,
        "first": first,
        "later": later,
        "usable": cold,
        "files": {urlsplit(url).path: round(size / 1024, 1) for url, size in line.bytes.items()},
    }


def test_page_weight(address: str) -> None:
    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=quiet)
        try:
            report = measured(browser, address)
        finally:
            browser.close()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    assert report["first_kb"] <= FIRST_KB
    assert report["later_kb"] <= LATER_KB
    assert report["usable_seconds"] <= USABLE_SECONDS
