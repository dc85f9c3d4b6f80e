"""Every page of every role, found by following links: axe has nothing to say, nothing sticks out, no error on the console."""

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.initiative_form import new_draft, press
from tests.e2e.page_checks import axe_violations, page_problems
from tests.sweep.addresses import ADDRESSES, PAGES

pytestmark = pytest.mark.needs("chromium")

ROLES = ("petugas", "kepala", "koordinator", "bupati", "ahli", "pengelola", "admin", "luar")
FILES = {
    "alignment_export", "book_download", "sheet_download", "regency_letter_download", "regency_overview_export", "workbook_export", "workbook_marked", "initiative_workbook", "initiative_word",
    "evidence_download", "evidence_thumbnail", "section_picture_download", "section_picture_thumbnail",
    "workshop_calendar", "workshop_round_calendar", "workshop_material_download", "workshop_paper_download",
    "progress_evidence_download", "national_export", "development_plan_workbook", "development_plan_export", "agency_export", "agency_template", "team_export",
}  # fmt: skip
ONLY_POSTED = {address.name for address in ADDRESSES} - {address.name for address in PAGES}
# Pages that need something the sample does not hold at rest, or that are answered by a redirect; each has tests elsewhere.
NOT_CRAWLED = {
    "comment_create": "the form stands on the page of the note; tried in test_threads",
    "evidence_add": "the form stands on the page of the evidence; tried in test_evidence",
    "link_propose": "the form stands on the page of the links; tried in test_journey",
    "book_progress": "linked while a book is being printed; tried below",
    "workbook_detail": "linked after an upload; tried in test_workbooks",
    "plan_import_detail": "linked after an upload; tried in views/test_plan_imports",
    "plan_import_correct": "linked after an upload; tried in views/test_plan_imports",
    "plan_import_map": "linked after an upload; tried in views/test_plan_imports",
    "evidence_edit": "linked where there is evidence to change; tried in test_evidence",
    "evidence_remove": "linked where there is evidence to change; tried in test_evidence",
    "section_picture_list": "linked where a section has a text; tried in test_section_pictures",
    "section_picture_edit": "linked where a section has pictures; tried in test_section_pictures",
    "section_picture_remove": "linked where a section has pictures; tried in test_section_pictures",
    "progress_deliver": "reached by saving a report; tried in views/test_progress_pages",
    "progress_evidence_remove": "linked where a report has a file; tried in views/test_progress_pages",
    "section_references": "JSON",
    "regency_extension_withdraw": "linked once an agency has longer; tried in views/test_deadlines",
    "edition_compare": "needs a second edition; tried in views/test_editions",
    "edition_compare_choice": "linked once there are two editions; tried in views/test_editions",
    "outline_remove": "linked where a regency added a place of its own; tried in test_sections",
    "attendance": "opened by whoever scans a code; tried below",
    "workshop_projector": "linked while a day is open; tried below",
    "workshop_attendee_edit": "linked once somebody signed in; tried below",
    "workshop_attendee_remove": "linked once somebody signed in; tried below",
    "workshop_attendee_forget": "linked once somebody signed in; tried below",
    "workshop_material_remove": "linked where there is material; tried in views/test_workshop_pages",
    "workshop_reopen": "linked where a stage is closed; tried below",
    "notice_stop": "opened through a signed link in a mail; tried in agencies/views/test_notices",
    "master_plan_resume": "linked where there is an earlier plan; tried in views/test_master_plans",
    "setup_accept": "opened once, before there is anybody; tried in test_first_book",
    "operator_home": "the operator's, who is no account of the sample; tried in test_first_book",
    "operator_regions": "the operator's; tried in test_first_book",
    "operator_open": "the operator's; tried in test_first_book",
    "operator_regency": "the operator's; tried in test_first_book",
    "operator_ministry": "the operator's; tried in agencies/views/test_operator",
    "home": "redirects people with one regency to its home",
    "healthz": "JSON",
    "readyz": "JSON",
    "member_invitation": "linked once somebody is invited; tried in test_ministry",
    "member_suspend": "linked from the page of somebody else; tried in test_ministry",
    "grant_end": "linked from the page of somebody else; tried in test_ministry",
    "participation_end": "linked from a round; tried in test_ministry",
    "cluster_remove": "linked from a round; tried in test_ministry",
    "member_invitation_revoke": "posted; tried in test_ministry",
    "member_reinstate": "posted; tried in programme/test_access",
    "national_view_keep": "posted; tried in national/test_desk",
    "national_view_forget": "posted; tried in national/test_desk",
    "identity_login": "posted, where there is a provider; tried in services/test_identity_provider",
    "identity_callback": "the provider leads there; tried in services/test_identity_provider",
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


class Links(HTMLParser):
    """The addresses a page links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (target := dict(attrs).get("href")):
            self.found.append(target)


def links(url: str, text: str) -> list[str]:
    """Those of this portal, whole."""
    found = (urljoin(url, target) for target in Links(text).found)
    return [each for each in found if urlsplit(each).netloc == urlsplit(url).netloc]


def crawl(page: Page, limit: int = 300) -> Iterator[tuple[str, int]]:
    """One page of each kind that can be reached from where the person lands: its address and status.

    They are fetched as that person, without being drawn: that takes a tenth of the time.
    """
    queue, seen = deque([page.url]), {key_of(page.url)}
    while queue:
        url = queue.popleft()
        answer = page.request.get(url, max_retries=2)  # a kept connection may end as it is used again
        yield url, answer.status
        for found in links(answer.url, answer.text()):
            if name_of(found) is None or name_of(found) in FILES or "/admin/" in found or "logout" in found:
                continue
            if key_of(found) not in seen and len(seen) < limit:
                seen.add(key_of(found))
                queue.append(found)


def look(page: Page, url: str) -> list[str]:
    """Draw the page and say what is wrong with it."""
    page.goto(url)
    return page_problems(page)


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
            notes = [f"status {status}"] if status != 200 else [] if kind in looked_at else look(page, url)
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
    assert page_problems(page) == []
    page.get_by_role("link", name="Unduh PDF").wait_for(timeout=240_000)
    assert page_problems(page) == []
    page.goto("/wilayah/kabupaten-semarang/inisiatif/1/lembar/")
    page.get_by_role("button", name="Susun lembar ini").click()
    assert page_problems(page) == []
    page.wait_for_selector("iframe", timeout=120_000)
    assert page_problems(page) == []


def test_pages_of_a_bimtek(embedded_portal: str, visit: Visit) -> None:
    """The clinic of the sample, which is today: people signed in at it, the way a phone and the coordinator see it."""
    page = visit(embedded_portal, "koordinator")
    page.goto("/wilayah/kabupaten-semarang/bimtek/")
    press(page, page.get_by_role("link", name="Buka tahap Klinik"))
    assert page_problems(page) == []
    stage = page.url
    for path in ("tutup/", "daftar-hadir/lupakan/", "agenda/", "hasil/", "daftar-hadir/"):
        page.goto(stage + path)
        assert page_problems(page) == [], path
    people = page.url
    for name in ("Perbaiki Peserta Contoh 1", "Hapus Peserta Contoh 1", "Tampilkan kode di layar"):
        page.goto(people)
        press(page, page.get_by_role("link", name=name))
        assert page_problems(page) == [], name
    address = urlsplit(page.locator(".projector-address").inner_text()).path

    phone = visit(embedded_portal, "")
    phone.goto(address)
    assert axe_violations(phone) == []
    phone.get_by_role("button", name="Catat kehadiran saya").click()
    expect(phone).to_have_title(re.compile("^Galat: "))
    assert axe_violations(phone) == []
    phone.get_by_label("Nama lengkap").fill("Peserta Contoh 9")
    phone.get_by_label("Jabatan", exact=True).fill("Staf (contoh)")
    phone.get_by_label("Perangkat daerah", exact=True).select_option(label="Dinas Sosial")
    phone.get_by_label("Daring").check()
    phone.get_by_label("Saya setuju").check()
    phone.get_by_role("button", name="Catat kehadiran saya").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kehadiran Anda tercatat")
    assert axe_violations(phone) == []
    page.goto(people)
    expect(page.get_by_role("row", name="Peserta Contoh 9")).to_contain_text("Dinas Sosial")

    page.goto("/wilayah/kabupaten-semarang/bimtek/")
    press(page, page.get_by_role("link", name="Buka tahap II", exact=True))
    press(page, page.get_by_role("link", name="Buka lagi tahap ini"))
    assert page_problems(page) == []


def test_forms_with_errors(embedded_portal: str, visit: Visit) -> None:
    page = visit(embedded_portal, "petugas")
    page.goto("/wilayah/kabupaten-semarang/inisiatif/tambah/")
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.wait_for_function("() => document.activeElement.closest('.error-summary') !== null")
    assert axe_violations(page) == []
    page.goto(f"{new_draft(page)}kegiatan/")
    page.locator("[name=start_year]").fill("dua ribu")
    page.get_by_role("button", name="Simpan dan lanjutkan").last.click()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert page.locator("[name=start_year]").input_value() == "dua ribu"
    assert axe_violations(page) == []


def test_pages_of_an_earlier_answer(embedded_portal: str, visit: Visit) -> None:
    clerk, head = visit(embedded_portal, "petugas"), visit(embedded_portal, "kepala")
    start = new_draft(clerk).removesuffix("isian/")
    head.goto(f"{start}isian/identitas/")
    head.get_by_label("Nama inisiatif").fill("Uji riwayat isian")
    press(head, head.get_by_role("button", name="Simpan dan lanjutkan").last)

    clerk.goto(f"{start}riwayat/")
    assert page_problems(clerk) == []
    press(clerk, clerk.get_by_role("link", name="Pulihkan Nama inisiatif"))
    assert page_problems(clerk) == []
    press(clerk, clerk.get_by_role("button", name="Pulihkan naskah ini"))
    clerk.goto(f"{start}isian/identitas/")
    expect(clerk.get_by_label("Nama inisiatif")).to_have_value("Inisiatif uji")


def test_sign_in_and_error_pages(embedded_portal: str, visit: Visit) -> None:
    page = visit(embedded_portal, "")
    for path in (
        "/akun/login/",
        "/akun/password/reset/",
        "/panduan/",
        "/undangan/tidak-ada/",
        "/verifikasi/",
        "/hadir/tidak-ada/",
    ):
        page.goto(path)
        assert axe_violations(page) == [], path
