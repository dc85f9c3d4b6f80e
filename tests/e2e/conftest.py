"""A whole portal as `manage.py run` starts it, and a browser to visit it with."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.machine import chromium_path
from tests.processes import PASSWORD, SERVICES, Portal, answers, free_port, wait_for
from tests.samples import Samples

# The next page of a portal that has half a processor may take longer than the five seconds that Playwright waits.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which looks for nothing outside."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
    return {"executable_path": chromium_path(), "args": quiet}


@contextmanager
def running(portal: Portal, *options: str) -> Iterator[str]:
    """Start the portal with its one command (and `options` of it) and give its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with portal.process("run", sys.executable, "manage.py", "run", "--port", str(port), *options):
        wait_for(lambda: "Portal berjalan" in portal.log("run"), f"the portal at {address}\n{portal.folder}", 180)
        assert answers(f"{address}/healthz"), portal.log("run")
        yield address


# Each file has portals of its own, so what another one wrote is never seen, in whatever order they run.


@pytest.fixture(scope="module")
def services_portal(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a whole portal on PostgreSQL and Redis with the sample regency."""
    with samples.portal(tmp_path_factory.mktemp("portal"), SERVICES) as portal, running(portal) as address:
        yield address


@pytest.fixture(scope="module")
def embedded_portal(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One whole portal on SQLite with the sample regency and its printed book, for what does not depend on the backend."""
    with samples.portal(tmp_path_factory.mktemp("embedded")) as portal, running(portal) as address:
        yield address


@pytest.fixture(scope="module")
def web_portal(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same without workers, which starts in a moment: for pages on which nobody waits for one."""
    with samples.portal(tmp_path_factory.mktemp("web")) as portal, portal.web() as address:
        yield address


Visit = Callable[..., Page]


def is_page_error(message: ConsoleMessage) -> bool:
    """Whether the browser complains of the page; that a page is not there, or that a session has ended, is an answer, not a fault."""
    return message.type == "error" and not re.search(r"\b(404 \(Not Found|401 \(Unauthorized)\)", message.text)


def window(browser: Browser, errors: list[str], *, javascript: bool, width: int = 1280, address: str = "") -> Page:
    """A browser window of its own, in which nobody has signed in; errors on its console go into `errors`."""
    context = browser.new_context(
        base_url=address or None,
        java_script_enabled=javascript,
        viewport={"width": width, "height": 900},
        accept_downloads=True,
    )
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if is_page_error(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], list[Any]]:
    """The cookies of whoever has signed in, by portal and person: a password is checked slowly on purpose."""
    return {}


@pytest.fixture
def visit(browser: Browser, sessions: dict[tuple[str, str], list[Any]]) -> Iterator[Visit]:
    """Sign in as a sample account in a browser window of its own; errors on the console fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def sign_in(address: str, person: str, *, javascript: bool = True, width: int = 1280) -> Page:
        page = window(browser, errors, javascript=javascript, width=width, address=address)
        contexts.append(page.context)
        if person:
            page.context.add_cookies(sessions.get((address, person), []))
            page.goto("/")
            if "/akun/login/" in page.url:
                enter_password(page, person)
                sessions[address, person] = page.context.cookies()
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert errors == []


def enter_password(page: Page, person: str) -> None:
    """Sign in on the page for it, wherever it was opened from."""
    page.get_by_label("Alamat surel").fill(f"{person}@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/akun/" not in url)
