"""Rich text in a real browser: written by keyboard, pasted from other programs, and nothing hostile ever runs."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import new_draft
from tests.e2e.page_checks import axe_violations
from tests.e2e.slow_network import delayed_script

pytestmark = pytest.mark.needs("chromium")

COMMON = Path(__file__).parents[1] / "smartcity" / "common"
CLIPBOARD = COMMON / "clipboard"
COPIES = sorted(path for path in CLIPBOARD.iterdir() if path.suffix in (".html", ".txt"))
CASES = json.loads((COMMON / "marks_cases.json").read_text(encoding="utf-8"))
HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 2'>",
    "[klik](javascript:window.ran=3) [data](data:text/html,<script>window.ran=4</script>)",
    "<svg onload='window.ran = 5'></svg><iframe srcdoc='<script>top.ran = 6</script>'></iframe>",
    '[tautan](https://a.id/"onmouseover="window.ran=7)',
)
# What sets a clipboard event off as a person's paste would.
PASTE = """(node, kinds) => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(web_portal: str, visit: Visit) -> Page:
    """The first page of the form of a new initiative."""
    page = visit(web_portal, "petugas")
    new_draft(page)
    return page


def text(page: Page, name: str = "problem") -> str:
    """What the form would send."""
    return page.locator(f"[name={name}]").input_value()


def paste(page: Page, kinds: dict[str, str], name: str = "problem") -> None:
    """Paste over what stands in the editor, and wait for the server's answer."""
    editor = page.locator(f"#id_{name}_editor")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    with page.expect_response("**/teks/tempel/"):
        editor.evaluate(PASTE, kinds)
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.rich-status')].some(node => node.textContent === 'Menempel…')"
    )


def press(page: Page, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def test_who_writes_before_the_editor_comes_goes_on_in_their_place(page: Page) -> None:
    with delayed_script(page, "rich-text"):
        page.goto(page.url, wait_until="commit")
        page.locator("[name=problem]").click()
        page.keyboard.type("Sampah belum terpilah.")
        press(page, *["ArrowLeft"] * len(" terpilah."))
    expect(page.locator("#id_description_editor")).to_be_visible()
    page.keyboard.type(" juga")
    assert text(page) == "Sampah belum juga terpilah."
    page.keyboard.press("Tab")
    expect(page.locator("#id_problem_editor")).to_have_text("Sampah belum juga terpilah.")
    assert axe_violations(page) == []


def test_writing_by_keyboard_alone(page: Page) -> None:
    assert axe_violations(page) == []
    page.locator("[name=sub_dimension]").focus()
    press(page, "Tab", "Tab", "Tab")  # over what can be looked up and said about the question before
    expect(page.get_by_role("button", name="Tebal").first).to_be_focused()
    press(page, "ArrowRight", "ArrowRight", "Tab")
    expect(page.get_by_role("textbox", name="Masalah yang dijawab")).to_be_focused()
    page.keyboard.type("Antrean ")
    press(page, "Control+b")
    page.keyboard.type("panjang")
    press(page, "Control+b")
    page.keyboard.type(" dan **bintang**.")
    press(page, "Enter", "Control+Shift+8")
    page.keyboard.type("satu")
    press(page, "Enter")
    page.keyboard.type("dua")
    press(page, "Enter", "Enter")
    page.keyboard.type("lihat ini")
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Control+k")
    expect(page.get_by_role("textbox", name="Alamat tautan")).to_be_focused()
    page.keyboard.type("contoh.go.id")
    press(page, "Enter", "End", "Enter")
    assert text(page) == (
        "Antrean **panjang** dan \\*\\*bintang\\*\\*.\n\n- satu\n- dua\n\nlihat [ini](https://contoh.go.id)"
    )
    press(page, "Control+z", "Control+z", "Control+z")
    assert "contoh.go.id" not in text(page)
    press(page, "Control+y", "Control+y", "Control+y")
    assert "contoh.go.id" in text(page)
    press(page, "Tab")
    expect(page.get_by_role("textbox", name="Masalah yang dijawab")).not_to_be_focused()


def test_a_table_is_made_and_changed(page: Page) -> None:
    field = page.locator("#div_id_problem")
    page.locator("#id_problem_editor").click()
    field.get_by_role("button", name="Tabel", exact=True).click()
    for words in ("No", "Uraian", "1", "a | b"):
        page.keyboard.type(words)
        press(page, "ArrowRight")
    page.keyboard.type("2")
    press(page, "Enter")
    page.keyboard.type("3")
    assert text(page) == "| No | Uraian |\n| 1 | a \\| b |\n| 2 |  |\n| 3 |  |"
    field.get_by_role("button", name="Tambah kolom").click()
    page.keyboard.type("x")
    field.get_by_role("button", name="Tambah baris").click()
    page.keyboard.type("y")
    assert text(page) == "| No |  | Uraian |\n| 1 |  | a \\| b |\n| 2 |  |  |\n| 3 | x |  |\n|  | y |  |"
    press(page, "Home", "Backspace")
    field.get_by_role("button", name="Hapus baris").click()
    field.get_by_role("button", name="Hapus kolom").click()
    assert text(page) == "|  | Uraian |\n|  | a \\| b |\n|  |  |\n| x |  |"
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_other_programs_put_on_the_clipboard(page: Page) -> None:
    for copy in COPIES:
        words = copy.read_text(encoding="utf-8")
        paste(
            page, {"text/html": words, "text/plain": "teks biasa"} if copy.suffix == ".html" else {"text/plain": words}
        )
        assert text(page) == copy.with_suffix(".marks").read_text(encoding="utf-8").strip(), copy.name
    assert page.evaluate("window.ran") is None


def test_too_much_is_pasted_as_plain_text_and_says_the_limit(page: Page) -> None:
    wide = "<table><tr><td colspan=100000>x</td></tr></table>"
    paste(page, {"text/html": wide, "text/plain": "isi tabel"})
    assert text(page) == "isi tabel"
    expect(page.locator("#div_id_problem .rich-status")).to_contain_text("batasnya 8")


def test_the_browser_speaks_the_grammar_of_the_server(page: Page) -> None:
    for case in CASES:
        found = page.evaluate(
            "text => [Marks.normal(text), Marks.write(Marks.read(Marks.build(Marks.parse(text))))]", case["text"]
        )
        assert found[0] == case["normal"], case["text"]
        assert page.evaluate("text => Marks.normal(text)", found[1]) == case["normal"], case["text"]


def test_a_restored_text_is_shown(page: Page) -> None:
    page.locator("[name=problem]").evaluate(
        "node => { node.value = 'Dari **salinan**'; node.dispatchEvent(new Event('portal:restored')); }"
    )
    expect(page.locator("#id_problem_editor b")).to_have_text("salinan")
    assert text(page) == "Dari **salinan**"


def test_how_much_is_left_is_said_near_the_limit(page: Page) -> None:
    field = page.locator("#div_id_strategy")
    area = page.locator("[name=strategy]")
    area.fill("a" * 1200)
    expect(field.locator("[data-counter]")).to_have_count(0)
    area.fill("a" * 1380)
    expect(field.get_by_role("status")).to_have_text("Sisa 120 karakter")
    area.fill("a" * 1530)
    expect(field.get_by_role("status")).to_have_text("Kelebihan 30 karakter, batasnya 1.500.")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.wait_for_url("**/isian/identitas/")
    expect(page.locator("#div_id_strategy [data-counter]")).to_have_text("Kelebihan 30 karakter, batasnya 1.500.")


def test_an_error_leads_into_the_editor(page: Page) -> None:
    page.locator("#id_problem_editor").click()
    page.keyboard.insert_text("kata " * 320)
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.locator("[data-error-summary] a").click()
    expect(page.get_by_role("textbox", name="Masalah yang dijawab")).to_be_focused()
    assert axe_violations(page) == []


def test_nothing_hostile_runs_once_it_is_stored(page: Page) -> None:
    words = "\n".join(HOSTILE)
    page.locator("[name=description]").evaluate(
        "(node, words) => { node.value = words; node.dispatchEvent(new Event('input', { bubbles: true })); }", words
    )
    paste(page, {"text/html": words, "text/plain": words})
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    page.wait_for_url("**/isian/manfaat/")
    start = page.url.rsplit("/isian/", 1)[0]
    for path in ("/isian/identitas/", "/periksa/", "/riwayat/"):
        page.goto(start + path)
        page.mouse.move(300, 300)
        assert page.evaluate("window.ran") is None, path
        bad = page.locator("main a[href^='javascript'], main a[href^='data'], main iframe, main img[src=x]")
        assert bad.count() == 0, path
    page.goto(start + "/periksa/")
    expect(page.locator("#isian-description")).to_contain_text("<script>window.ran = 1</script>")


def test_without_javascript_the_marks_are_the_editor(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator", javascript=False)
    page.goto("/wilayah/kabupaten-semarang/naskah/")
    page.get_by_role("link", name="Latar belakang", exact=True).click()
    expect(page.get_by_text("Tanda yang dikenal")).to_be_visible()
    page.get_by_label("Naskah", exact=True).fill("Isi **tebal**\n\n| a | b |\n| c | d |")
    page.get_by_role("button", name="Simpan, tetap di sini").click()
    expect(page.locator(".rich-table td").first).to_have_text("c")
    expect(page.locator("main strong", has_text="tebal").first).to_be_visible()


def test_a_section_is_written_with_the_editor(web_portal: str, visit: Visit) -> None:
    page = visit(web_portal, "koordinator")
    page.goto("/wilayah/kabupaten-semarang/naskah/")
    page.get_by_role("link", name="Maksud dan tujuan", exact=True).click()
    before: Any = text(page, "body")
    page.locator("#id_body_editor").click()
    press(page, "Control+End", "Enter")
    page.keyboard.type("Kalimat penutup.")
    assert text(page, "body").endswith("Kalimat penutup.")
    assert before.split()[:3] == text(page, "body").split()[:3]
    page.get_by_role("button", name="Simpan, tetap di sini").click()
    expect(page.locator(".section .measure")).to_contain_text("Kalimat penutup.")
