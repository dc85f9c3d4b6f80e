"""Looking at a page closely: what axe finds, and what sticks out on a narrow screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 320  # pixels
SECTIONS = ("identitas", "manfaat", "pelaksana", "kegiatan", "indikator", "anggaran", "keselarasan", "quick-win")


def complaints(page: Page) -> list[str]:
    """What axe finds, as short lines."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def faults(page: Page) -> list[str]:
    """What is wrong with the page somebody stands on: for readers, and on a narrow screen."""
    notes = complaints(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROW:
        notes.append(f"{wide} px wide at {NARROW}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return notes
