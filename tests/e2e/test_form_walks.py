"""The whole form by keyboard, and every page of it in four states: empty, filled, with errors, and with everything as
long as it may be (U4). On a narrow screen and without JavaScript it is filled in by `test_journey`.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.db.models import Model
from playwright.sync_api import Page, expect

from masterplan.editing.forms.rows import limit_of
from masterplan.models import Activity, InitiativeIndicator, Partner, QuickWinScore, QuickWinWorksheet
from masterplan.registry import FIELDS, Kind
from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import NAME, WORDS, new_draft, press, texts_of
from tests.e2e.keyboard import Keyboard
from tests.e2e.page_checks import SECTIONS, page_problems

pytestmark = pytest.mark.needs("chromium")

NEXT = "Simpan dan lanjutkan"
# What is typed on each page, and the buttons with which a row is added; kinds and choices by arrows and space.
BY_KEYS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "identitas": (
        texts_of("identitas") | {"action_kind": "<Space>", "novelty": "<Space>"},
        (),
    ),
    "manfaat": (texts_of("manfaat"), ()),
    "pelaksana": (
        {
            "partners-0-kind": "<ArrowDown>",
            "partners-0-name": "Komunitas sepeda",
            "partners-1-kind": "<ArrowDown 2>",
            "partners-1-name": "Bank pembangunan daerah",
            "whole_regency": "<Space>",
        },
        ("Tambah mitra",),
    ),
    "kegiatan": (
        {
            "horizon": "<Space>",
            "start_year": "2022",
            "end_year": "2024",
            "activities-0-name": "Pemasangan penanda",
            "activities-0-start": "Januari 2022",
            "activities-0-end": "Juni 2022",
            "activities-1-name": "Pelatihan pemandu",
            "activities-1-start": "Juli 2022",
            "activities-1-end": "Desember 2022",
        },
        ("Tambah kegiatan",),
    ),
    "indikator": (
        {
            "indicators-0-name": "Penanda terpasang",
            "indicators-0-unit": "buah",
            "indicators-0-target_2022": "64",
            "indicators-1-name": "Kunjungan pesepeda",
            "indicators-1-unit": "orang",
            "indicators-1-target_2022": "1.500",
            "indicators-2-kind": "<ArrowDown>",
            "indicators-2-name": "Kepuasan pesepeda",
            "indicators-2-unit": "persen",
            "indicators-2-target_2022": "80",
        },
        ("Tambah indikator",),
    ),
    "anggaran": ({"budgets-0-amount_2022": "450 jt"} | texts_of("anggaran"), ()),
    "quick-win": (texts_of("quick-win"), ()),
}


def section_of(page: Page) -> str:
    """The page of the form somebody stands on."""
    return urlsplit(page.url).path.rstrip("/").rsplit("/", 1)[-1]


def test_the_whole_form_by_keyboard_alone(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    keys = Keyboard(page)
    keys.press("Tambah inisiatif")
    keys.fill({"name": NAME, "sub_dimension": "<ArrowDown 3>"}, NEXT)
    for section in SECTIONS:
        assert section_of(page) == section
        if section == "keselarasan":
            keys.fill({"element": "<ArrowDown>", "rationale": "Menambah daya tarik."}, "Usulkan tautan")
            keys.press(NEXT)
        else:
            answers, rows = BY_KEYS[section]
            keys.fill(answers, NEXT, rows)
    assert section_of(page) == "periksa"
    keys.press("Kirim untuk ditinjau")
    if "/langkah/" in page.url:
        keys.press("Kirim untuk ditinjau")
    expect(page.get_by_text("Diajukan", exact=True).first).to_be_visible()
    assert keys.unseen == [], "\n".join(keys.unseen)
    page.goto(page.url + "tinjauan/")
    for words in (
        NAME,
        *WORDS.values(),
        "Bank pembangunan daerah",
        "Pelatihan pemandu",
        "Kepuasan pesepeda",
        "450.000.000",
    ):
        assert page.get_by_text(words).count(), words


# Four states ------------------------------------------------------------------------------------------------------------

ROWS = 20
WORDY = "Penyelenggaraan layanan terpadu bagi warga di seluruh kecamatan dan desa, "
# The columns behind the controls of the tables, whose limits are those of the answers.
COLUMNS: dict[str, tuple[type[Model], str]] = {
    "partners-name": (Partner, "name"),
    "partners-contribution": (Partner, "contribution"),
    "activities-name": (Activity, "name"),
    "activities-output": (Activity, "output"),
    "indicators-name": (InitiativeIndicator, "name"),
    "indicators-unit": (InitiativeIndicator, "unit"),
    "worksheet-deliverable": (QuickWinWorksheet, "deliverable"),
    "worksheet-note": (QuickWinScore, "note"),
}
LONG_VALUES = {
    "start_year": "2022", "end_year": "2026", "activities-start": "September 2022", "activities-end": "Desember 2026",
    "indicators-baseline": "99.999.999,99", "indicators-end_condition": "99.999.999,99",
    "indicators-target": "99.999.999,99", "budgets-amount": "999.999.999.999", "worksheet-due_date": "31 Desember 2026",
}  # fmt: skip
_CONTROLS = """form => [...form.elements].filter((control) => control.name && !control.readOnly && control.type !== "hidden"
  && control.type !== "submit" && !control.name.endsWith("-DELETE")).map((control) => [control.name, control.type])"""
_PUT = r"""(form, values) => {
  for (const control of form.elements) {
    const value = values[control.name];
    if (value === undefined) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = true;
    else if (control.tagName === "SELECT") {
      const same = control.name.replace(/\d+/, "");
      const rows = [...form.elements].filter((other) => other.name.replace(/\d+/, "") === same && same.endsWith("-source"));
      const taken = new Set(rows.map((other) => other.value)); // a source of money may be chosen once
      const free = [...control.options].find((option) => option.value && !taken.has(option.value));
      if (!control.value && free) control.value = free.value;
    }
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
_ADD_ROWS = """(form, rows) => {
  for (const add of form.querySelectorAll("[data-row-add]")) {
    const group = add.closest("[data-rows]");
    const sources = group.querySelector("template")?.content.querySelector("[name$=-source]");
    const most = sources ? Math.min(rows, sources.options.length - 1) : rows;
    for (let n = 0; n < most && group.querySelectorAll("[data-row]").length < most; n += 1) add.click();
  }
}"""


def column_of(name: str) -> str:
    """A control's name without its row, year and aspect."""
    parts = name.split("-")
    column = re.sub(r"^(target|amount|note|score)_.*", r"\1", parts[-1])
    return column if len(parts) == 1 else f"{parts[0]}-{column}"


def limit_for(name: str) -> int:
    """How many characters an answer may have, 0 for what is not free text."""
    column = column_of(name)
    if column in COLUMNS:
        return limit_of(*COLUMNS[column])
    field = FIELDS.get(column)
    return field.limit if field and field.kind in (Kind.TEXT, Kind.LINE) else 0


def long_value(name: str, kind: str) -> str:
    """As long as the answer may be."""
    limit = limit_for(name)
    return (WORDY * (limit // len(WORDY) + 1))[:limit].strip() if limit else LONG_VALUES.get(column_of(name), "")


def usual_value(name: str, kind: str) -> str:
    """What most people write."""
    return "Layanan terpadu" if limit_for(name) else LONG_VALUES.get(column_of(name), "")


def wrong_value(name: str, kind: str) -> str | None:
    """What cannot be stored there, None where everything can."""
    limit = limit_for(name)
    return "x" * (limit + 1) if limit else "entah" if column_of(name) in LONG_VALUES else None


def put(page: Page, values: Callable[[str, str], str | None]) -> None:
    """Give every control of the form its value, as fast as a script can."""
    form = page.locator("#isian")
    found = {name: values(name, kind) for name, kind in form.evaluate(_CONTROLS)}
    form.evaluate(_PUT, {name: value for name, value in found.items() if value is not None})


class Look:
    """Looks closely at page after page and remembers what was wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.seen = 0

    def at(self, state: str, path: str = "") -> None:
        """The page somebody stands on, or the one at `path`."""
        if path:
            self.page.goto(path)
        self.seen += 1
        self.wrong += [f"{state} {urlsplit(self.page.url).path}: {problem}" for problem in page_problems(self.page)]


def test_every_page_of_the_form_in_four_states(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "petugas")
    look, address = Look(page), new_draft(page).removesuffix("isian/")
    others = [f"{address}periksa/", f"{address}tinjauan/"]
    pages = {section: f"{address}isian/{section}/" for section in SECTIONS}
    for path in (*pages.values(), *others):
        look.at("empty", path)
    for section, path in pages.items():
        page.goto(path)
        put(page, wrong_value)
        press(page, page.get_by_role("button", name=NEXT).last)
        if section != "keselarasan":  # has nothing that cannot be stored
            expect(page).to_have_title(re.compile("^Galat: "))
        look.at("errors")
    for state, rows, values in (("filled", 3, usual_value), ("long", ROWS, long_value)):
        for section, path in pages.items():
            page.goto(path)
            page.locator("#isian").evaluate(_ADD_ROWS, rows)
            put(page, values)
            press(page, page.get_by_role("button", name=NEXT).last)
            assert f"/isian/{section}/" not in page.url, page.locator(".error-summary").inner_text()
        for path in (*pages.values(), *others):
            look.at(state, path)
    assert look.seen == 4 * len(SECTIONS) + 3 * len(others)
    assert look.wrong == [], "\n".join(look.wrong)
