"""Every page of every role, found by following links: axe has nothing to say, nothing sticks out, no error on the console."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.filling import press
from tests.e2e.looking import SECTIONS, complaints, faults

pytestmark = pytest.mark.needs("chromium")

ROLES = ("petugas", "kepala", "koordinator", "bupati", "ahli", "admin", "luar")
FILES = {
    "book_download", "sheet_download", "workbook_export", "workbook_marked", "initiative_workbook", "initiative_word",
    "evidence_download", "evidence_thumbnail", "section_picture_download", "section_picture_thumbnail",
}  # fmt: skip
# Pages that need something the sample does not hold at rest, or that are answered by a redirect; each has tests elsewhere.
ONLY_POSTED = {
    "book_cancel", "book_request", "comment_create", "initiative_autosave", "initiative_presence", "invitation_revoke", "link_propose",
    "link_withdraw", "membership_reinstate", "section_prefill", "thread_reopen", "thread_resolve", "workbook_confirm", "notice_open", "notice_read_all",
    "evidence_add", "evidence_move", "evidence_upload", "text_paste", "readiness_autosave", "gap_autosave", "gap_move",
    "section_autosave", "section_picture_autosave", "section_picture_move", "outline_move", "outline_include", "edition_read", "shape_request", "swot_item_autosave", "swot_item_move", "swot_strategy_autosave", "swot_strategy_move",
}  # fmt: skip
NOT_CRAWLED = {
    "book_progress": "linked while a book is being printed; tried below",
    "workbook_detail": "linked after an upload; tried in test_workbooks",
    "evidence_edit": "linked where there is evidence to change; tried in test_evidence",
    "evidence_remove": "linked where there is evidence to change; tried in test_evidence",
    "section_picture_list": "linked where a section has a text; tried in test_section_pictures",
    "section_picture_edit": "linked where a section has pictures; tried in test_section_pictures",
    "section_picture_remove": "linked where a section has pictures; tried in test_section_pictures",
    "section_references": "JSON",
    "edition_compare": "needs a second edition; tried in views/test_editions",
    "edition_compare_choice": "linked once there are two editions; tried in views/test_editions",
    "outline_remove": "linked where a regency added a place of its own; tried in test_sections",
    "notice_stop": "opened through a signed link in a mail; tried in agencies/views/test_notices",
    "home": "redirects people with one regency to its home",
    "healthz": "JSON",
    "readyz": "JSON",
    "invitation_accept": "opened by strangers through a signed link",
    "invitation_detail": "the sample has no open invitation",
    "initiative_edit": "crawled below, page by page",
    "initiative_restore": "linked once an answer was changed; tried below",
    "written_restore": "linked once a text was changed; tried in test_section_threads",
}


def name_of(path: str) -> str | None:
    """The URL name behind a path, None for files and what is not ours."""
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def key_of(path: str) -> str:
    """Pages that look alike count as one: the name, with the words that choose a face of the page."""
    match = resolve(urlsplit(path).path)
    faces = {k: v for k, v in match.kwargs.items() if k in ("section", "name", "book")}
    return f"{match.url_name} {sorted(faces.values())} {sorted(part.split('=')[0] for part in urlsplit(path).query.split('&'))}"


def links(page: Page) -> list[str]:
    """Addresses of this portal that the page links to."""
    found = page.eval_on_selector_all("a[href]", "nodes => nodes.map(node => node.href)")
    here = urlsplit(page.url).netloc
    return [url for url in found if urlsplit(url).netloc == here]


def crawl(page: Page, limit: int = 160) -> Iterator[tuple[str, int]]:
    """Stand on one page of each kind that can be reached from where the person lands: its address and status."""
    queue, seen = deque([page.url]), {key_of(page.url)}
    while queue:
        url = queue.popleft()
        answer = page.goto(url)
        yield url, answer.status if answer else 0
        for found in links(page):
            if name_of(found) is None or name_of(found) in FILES or "/admin/" in found or "logout" in found:
                continue
            if key_of(found) not in seen and len(seen) < limit:
                seen.add(key_of(found))
                queue.append(found)


def test_pages_of_every_role(embedded_portal: str, visit: Visit) -> None:
    """Each kind of page is looked at closely once, the home of each role too; that it opens is tried for every role."""
    trouble: dict[str, list[str]] = {}
    reached: set[str] = set()
    looked_at: set[str] = set()
    for role in ROLES:
        page = visit(embedded_portal, role)
        for url, status in crawl(page):
            name = str(name_of(url))
            reached.add(name)
            kind = f"{role} home" if name == "regency_home" else key_of(url)
            notes = [f"status {status}"] if status != 200 else [] if kind in looked_at else faults(page)
            looked_at.add(kind)
            if notes:
                trouble[f"{role} {urlsplit(url).path}"] = notes
    assert trouble == {}
    ours = {
        name
        for name in map(str, get_resolver().reverse_dict)
        if not name.startswith(("account_", "mfa_", "<", "admin", "component_"))
    }
    assert ours - reached - ONLY_POSTED - set(NOT_CRAWLED) - FILES == set()


def test_pages_of_a_print_job(embedded_portal: str, visit: Visit) -> None:
    page = visit(embedded_portal, "koordinator")
    page.goto("/wilayah/kabupaten-semarang/buku/1/")
    press(page, page.get_by_role("button", name="Susun Buku 3", exact=True))
    assert "/buku/pekerjaan/" in page.url
    assert faults(page) == []
    page.get_by_role("link", name="Unduh PDF").wait_for(timeout=240_000)
    assert faults(page) == []
    page.goto("/wilayah/kabupaten-semarang/inisiatif/1/lembar/")
    page.get_by_role("button", name="Susun lembar ini").click()
    assert faults(page) == []
    page.wait_for_selector("iframe", timeout=120_000)
    assert faults(page) == []


def test_forms_with_errors(embedded_portal: str, visit: Visit) -> None:
    page = visit(embedded_portal, "petugas")
    page.goto("/wilayah/kabupaten-semarang/inisiatif/tambah/")
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.wait_for_function("document.activeElement.closest('.error-summary') !== null")
    assert complaints(page) == []
    page.get_by_label("Nama inisiatif").fill("Uji galat")
    page.get_by_label("Dimensi dan sub-dimensi").select_option(index=1)
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_url("**/isian/identitas/")
    for section in SECTIONS:
        page.goto(page.url.rsplit("/isian/", 1)[0] + f"/isian/{section}/")
        assert complaints(page) == [], section
    page.goto(page.url.rsplit("/isian/", 1)[0] + "/isian/kegiatan/")
    page.locator("[name=start_year]").fill("dua ribu")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert page.locator("[name=start_year]").input_value() == "dua ribu"
    assert complaints(page) == []


def test_pages_of_an_earlier_answer(embedded_portal: str, visit: Visit) -> None:
    clerk, head = visit(embedded_portal, "petugas"), visit(embedded_portal, "kepala")
    clerk.goto("/wilayah/kabupaten-semarang/inisiatif/tambah/")
    clerk.get_by_label("Nama inisiatif").fill("Uji riwayat")
    clerk.get_by_label("Dimensi dan sub-dimensi").select_option(index=1)
    press(clerk, clerk.get_by_role("button", name="Simpan dan lanjutkan"))
    start = clerk.url.rsplit("/isian/", 1)[0]
    head.goto(start + "/isian/identitas/")
    head.get_by_label("Nama inisiatif").fill("Uji riwayat isian")
    press(head, head.get_by_role("button", name="Simpan dan lanjutkan").last)

    clerk.goto(start + "/riwayat/")
    assert faults(clerk) == []
    press(clerk, clerk.get_by_role("link", name="Pulihkan Nama inisiatif"))
    assert faults(clerk) == []
    press(clerk, clerk.get_by_role("button", name="Pulihkan naskah ini"))
    clerk.goto(start + "/isian/identitas/")
    expect(clerk.get_by_label("Nama inisiatif")).to_have_value("Uji riwayat")


def test_sign_in_and_error_pages(embedded_portal: str, visit: Visit) -> None:
    page = visit(embedded_portal, "")
    for path in ("/akun/login/", "/akun/password/reset/", "/panduan/", "/undangan/tidak-ada/", "/verifikasi/"):
        page.goto(path)
        assert complaints(page) == [], path
