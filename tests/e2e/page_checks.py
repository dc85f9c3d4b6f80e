"""What is wrong with a page: what axe finds, and what sticks out on a narrow screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 320  # pixels
SECTIONS = ("identitas", "manfaat", "pelaksana", "kegiatan", "indikator", "anggaran", "keselarasan", "quick-win")
_AXE = Axe()


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page that is open, as short lines."""
    found = _AXE.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def page_problems(page: Page) -> list[str]:
    """What axe finds on the page that is open, and whether it is wider than a narrow screen."""
    problems = axe_violations(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return problems + ([f"{width} px wide at {NARROW}"] if width > NARROW else [])
