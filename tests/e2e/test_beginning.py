"""From a portal with nothing in it to the first book of a regency in another province, without a shell or an admin."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import beginning
from tests.e2e.conftest import running, window
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
    with samples.place(tmp_path, kind=EMPTY) as place, running(place, "--no-demo"):
        yield wait_for(lambda: _SETUP.search(place.log("run")), "the set-up address").group()


def begin(setup_address: str, newcomer: "Newcomers", folder: Path) -> Path:
    """The whole way; gives the printed book."""
    operator = newcomer()
    beginning.become_operator(operator, setup_address)
    to_administrator, to_coordinator = beginning.open_regency(operator)
    administrator = newcomer()
    beginning.take_up(administrator, to_administrator, "Administrator Jayapura")
    to_head = beginning.register_agencies(administrator)
    coordinator = newcomer()
    beginning.take_up(coordinator, to_coordinator, "Koordinator Jayapura")
    beginning.open_plan(coordinator)
    beginning.import_rpjmd(coordinator, folder)
    beginning.schedule_workshops(coordinator)
    beginning.open_filling(coordinator)
    head = newcomer()
    beginning.take_up(head, to_head, "Kepala Disparbud")
    beginning.write_initiative(head)
    beginning.send(head)
    beginning.approve(coordinator)
    return beginning.print_book(coordinator, folder)


class Newcomers:
    """Opens a window for each person, all on one account of pages and fields."""

    def __init__(self, browser: Browser, *, javascript: bool) -> None:
        self.browser, self.javascript, self.tally = browser, javascript, Tally()
        self.complaints: list[str] = []

    def __call__(self) -> Walker:
        return Walker(window(self.browser, self.complaints, javascript=self.javascript), self.tally)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_the_set_up_address_to_the_first_book(
    javascript: bool,
    setup_address: str,
    browser: Browser,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    newcomers = Newcomers(browser, javascript=javascript)
    book = begin(setup_address, newcomers, tmp_path)
    text = subprocess.run(["pdftotext", str(book), "-"], capture_output=True, text=True, check=True).stdout
    plain = " ".join(text.split())
    for words in (beginning.REGENCY, "Provinsi Papua", "Sentani", beginning.INITIATIVE, beginning.PROGRAM, "450,00"):
        assert words in plain, words
    assert "Kabupaten Semarang" not in plain
    assert newcomers.complaints == []
    tally = newcomers.tally
    record_property("pages and fields", (tally.pages, tally.fields))
    assert tally.pages <= MOST_PAGES, tally
    assert tally.fields <= MOST_FIELDS, tally
