"""From a portal with nothing in it to the first book of a regency in another province, without a shell or an admin."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.e2e import new_regency
from tests.e2e.conftest import running, window
from tests.e2e.page_checks import page_problems
from tests.e2e.walker import Tally, Walker
from tests.processes import wait_for
from tests.samples import EMPTY, Samples

pytestmark = pytest.mark.needs("chromium", "poppler")

# What the whole way may cost all people together: pages opened and fields answered.
MOST_PAGES, MOST_FIELDS = 65, 65
_SETUP = re.compile(r"http://\S+/penyiapan/\S+/")


@pytest.fixture
def setup_address(samples: Samples, tmp_path: Path) -> Iterator[str]:
    """The set-up address that a portal prints which was started with `run --no-demo`."""
    with samples.portal(tmp_path, kind=EMPTY) as portal, running(portal, "--no-demo"):
        yield wait_for(lambda: _SETUP.search(portal.log("run")), "the set-up address").group()


# Pages that `test_pages` cannot reach, for nobody of the sample may open them.
_ONLY_HERE = {"setup_accept", "operator_home", "operator_regions", "operator_open", "operator_regency"}


class Newcomers:
    """Opens a window for each person; all of them count on one tally, and pages of `_ONLY_HERE` are checked."""

    def __init__(self, browser: Browser, *, javascript: bool) -> None:
        self.browser, self.javascript = browser, javascript
        self.tally = Tally(opened=self._check if javascript else lambda page: None)
        self.errors: list[str] = []
        self.checked: set[str] = set()

    def __call__(self) -> Walker:
        return Walker(window(self.browser, self.errors, javascript=self.javascript), self.tally)

    def _check(self, page: Page) -> None:
        name = str(resolve(urlsplit(page.url).path).url_name)
        if name in _ONLY_HERE - self.checked:
            self.checked.add(name)
            self.errors += [f"{name}: {problem}" for problem in page_problems(page)]


def open_regency(setup_address: str, newcomer: Newcomers, folder: Path) -> Walker:
    """From the set-up address to the first approved initiative; gives the coordinator."""
    operator = newcomer()
    new_regency.become_operator(operator, setup_address)
    to_administrator, to_coordinator = new_regency.open_regency(operator)
    administrator = newcomer()
    new_regency.take_up(administrator, to_administrator, "Administrator Jayapura")
    to_head = new_regency.register_agencies(administrator)
    coordinator = newcomer()
    new_regency.take_up(coordinator, to_coordinator, "Koordinator Jayapura")
    new_regency.open_plan(coordinator)
    new_regency.import_rpjmd(coordinator, folder)
    new_regency.schedule_workshops(coordinator)
    new_regency.open_filling(coordinator)
    head = newcomer()
    new_regency.take_up(head, to_head, "Kepala Disparbud")
    new_regency.write_initiative(head)
    new_regency.send(head)
    new_regency.approve(coordinator)
    return coordinator


def test_from_the_set_up_address_to_the_first_book(
    setup_address: str, browser: Browser, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    newcomers = Newcomers(browser, javascript=True)
    book = new_regency.print_book(open_regency(setup_address, newcomers, tmp_path), tmp_path)
    text = subprocess.run(["pdftotext", str(book), "-"], capture_output=True, text=True, check=True).stdout
    plain = " ".join(text.split())
    for words in (
        new_regency.REGENCY, "Provinsi Papua", "Sentani", new_regency.INITIATIVE, new_regency.PROGRAM, "450,00",
    ):  # fmt: skip
        assert words in plain, words
    assert "Kabupaten Semarang" not in plain
    assert newcomers.errors == []
    assert newcomers.checked == _ONLY_HERE
    tally = newcomers.tally
    record_property("pages and fields", (tally.pages, tally.fields))
    assert tally.pages <= MOST_PAGES, tally
    assert tally.fields <= MOST_FIELDS, tally


def test_from_the_set_up_address_to_the_first_approved_initiative_without_javascript(
    setup_address: str, browser: Browser, tmp_path: Path
) -> None:
    """The book is asked for without JavaScript in `test_journey`."""
    newcomers = Newcomers(browser, javascript=False)
    open_regency(setup_address, newcomers, tmp_path)
    assert newcomers.errors == []
    assert newcomers.tally.pages <= MOST_PAGES
